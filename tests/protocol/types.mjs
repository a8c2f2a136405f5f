// Checks the server's messages in recorded sessions against the protocol's types. Each message becomes a constant of its type in
// a TypeScript file, and TypeScript reports what does not fit, including members that the type lacks. Prints TAP, with a test
// for each method.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import * as protocol from "vscode-languageserver-protocol/node.js";

// "textDocument/hover" → "HoverRequest"
const names = new Map();
for (const [name, value] of Object.entries(protocol))
	if (value?.method && value?.type) names.set(value.method, name);

const HEAD = `import * as p from "vscode-languageserver-protocol/node.js";
type Params<T> = T extends p.RequestType<infer P, any, any> ? P : T extends p.NotificationType<infer P> ? P : never;
type Result<T> = T extends p.RequestType<any, infer R, any> ? Sent<R> : T extends p.RequestType0<infer R, any> ? Sent<R> : never;
type Sent<R> = 0 extends 1 & R ? R : [R] extends [void] ? null : R; // any stays any
`;

const lines = []; // the lines of the TypeScript file after HEAD, each with its method
const seen = new Set();

function add(what, type, value) {
	const text = `export const m${lines.length}: ${type} = ${JSON.stringify(value)};`;
	if (seen.has(type + text.slice(text.indexOf("=")))) return;
	seen.add(type + text.slice(text.indexOf("=")));
	lines.push({ what, text });
}

const asked = new Map();
const unknown = new Set();
for (const line of readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
	const { from, message } = JSON.parse(line);
	const key = (sender) => `${sender} ${JSON.stringify(message.id)}`;
	if (message.method) {
		if ("id" in message) asked.set(key(from), message.method);
		const name = names.get(message.method);
		if (!name && !message.method.startsWith("$/")) unknown.add(message.method);
		if (name && from === "server" && (message.params ?? null) !== null)
			add(message.method, `Params<typeof p.${name}.type>`, message.params);
	} else if (from === "server" && "result" in message) {
		const method = asked.get(key("client"));
		if (names.get(method)) add(method, `Result<typeof p.${names.get(method)}.type>`, message.result);
	} else if (from === "server") {
		add("error replies", "p.ResponseMessage[\"error\"]", message.error);
	}
}

writeFileSync("check.ts", HEAD + lines.map((line) => line.text).join("\n") + "\n");
let output = "";
try {
	execFileSync("node_modules/.bin/tsc", ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext",
		"--moduleResolution", "nodenext", "--pretty", "false", "check.ts"], { encoding: "utf8", maxBuffer: 1 << 26 });
} catch (error) {
	output = error.stdout || String(error);
}

const complaints = new Map();
let others = "";
const before = HEAD.split("\n").length - 1;
for (const match of output.matchAll(/^(?:check\.ts\((\d+),(\d+)\): )?(.*(?:\n[ \t].*)*)\n?/gm)) {
	const line = lines[Number(match[1]) - before - 1];
	if (line) {
		const column = Number(match[2]) - 1;
		const text = `${match[3]}\n  at: ${line.text.slice(Math.max(0, column - 60), column + 160)}`;
		complaints.set(line.what, [...(complaints.get(line.what) ?? []), text]);
	} else others += match[0];
}

let number = 0;
function ok(passed, name, why = "") {
	console.log(`${passed ? "ok" : "not ok"} ${++number} - ${name}`);
	if (!passed) console.log(why.replace(/^/gm, "# "));
}
const counts = new Map();
for (const { what } of lines) counts.set(what, (counts.get(what) ?? 0) + 1);
for (const [what, count] of counts) ok(!complaints.has(what), `${what}: ${count} messages have the right type`,
	(complaints.get(what) ?? []).slice(0, 5).join("\n"));
ok(others.trim() === "", "TypeScript reports nothing else", others.slice(0, 3000));
ok(unknown.size === 0, "the protocol has all methods", [...unknown].join(" "));
ok(lines.length > 5, "more than 5 messages were checked");
