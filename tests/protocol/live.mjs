// A client built with vscode-languageserver-protocol opens a program, sends requests and edits. Prints TAP.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as p from "vscode-languageserver-protocol/node.js";

const path = process.argv[2], uri = pathToFileURL(path).href, text = readFileSync(path, "utf8");
const server = spawn(process.env.SAGEPIPEC ?? "sagepipec", ["--lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const ended = new Promise((resolve) => server.on("exit", resolve));
const connection = p.createProtocolConnection(new p.StreamMessageReader(server.stdout), new p.StreamMessageWriter(server.stdin));

let number = 0, failed = false;
function ok(passed, name, ...why) {
	console.log(`${passed ? "ok" : "not ok"} ${++number} - live: ${name}`);
	if (!passed) console.log(JSON.stringify(why, null, 1).slice(0, 2000).replace(/^/gm, "# "));
	failed ||= !passed;
}

const published = [];
let wake = () => {};
connection.onNotification(p.PublishDiagnosticsNotification.type, (params) => { published.push(params); wake(); });
const diagnostics = async () => {
	while (!published.length) await new Promise((resolve) => { wake = resolve; });
	return published.shift();
};
const registered = [], progress = [];
connection.onRequest(p.RegistrationRequest.type, (params) => { registered.push(...params.registrations.map((r) => r.method)); });
connection.onRequest(p.ConfigurationRequest.type, (params) => params.items.map(() => ({ inlayHints: { types: true } })));
for (const refresh of [p.InlayHintRefreshRequest, p.CodeLensRefreshRequest, p.SemanticTokensRefreshRequest, p.DiagnosticRefreshRequest])
	connection.onRequest(refresh.type, () => {});
connection.onUnhandledNotification((message) => ok(false, "the server sends no unknown notification", message));
connection.listen();

const timer = setTimeout(() => { ok(false, "the server answers in time"); process.exit(1); }, 1000 * (process.env.TEST_SECONDS ?? 120));

function place(before, after) {
	const at = text.indexOf(before + after) + before.length;
	const line = text.slice(0, at).split("\n");
	return { line: line.length - 1, character: line.at(-1).length };
}
const at = (before, after) => ({ textDocument: { uri }, position: place(before, after) });

const initialized = await connection.sendRequest(p.InitializeRequest.type, {
	processId: process.pid, rootUri: null, workspaceFolders: [{ uri: pathToFileURL(path.replace(/\/[^/]*$/, "")).href, name: "abalone" }],
	capabilities: {
		general: { positionEncodings: ["utf-16"] },
		window: { workDoneProgress: true },
		workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true }, workspaceEdit: { documentChanges: true } },
		textDocument: {
			synchronization: {}, publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
			completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
			hover: { contentFormat: ["markdown"] }, definition: { linkSupport: true },
			documentSymbol: { hierarchicalDocumentSymbolSupport: true },
		},
	},
});
const can = initialized.capabilities;
for (const name of ["textDocumentSync", "completionProvider", "hoverProvider", "signatureHelpProvider", "declarationProvider",
	"definitionProvider", "typeDefinitionProvider", "referencesProvider", "documentHighlightProvider", "documentSymbolProvider",
	"workspaceSymbolProvider", "codeActionProvider", "codeLensProvider", "documentLinkProvider", "documentFormattingProvider",
	"documentRangeFormattingProvider", "documentOnTypeFormattingProvider", "renameProvider", "foldingRangeProvider",
	"selectionRangeProvider", "callHierarchyProvider", "semanticTokensProvider", "inlayHintProvider", "diagnosticProvider",
	"executeCommandProvider"])
	ok(can[name], `the server has ${name}`, can);
await connection.sendNotification(p.InitializedNotification.type, {});
await connection.sendNotification(p.DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: "pipe", version: 1, text } });
const first = await diagnostics();
ok(first.diagnostics.length === 0 && first.version === 1, "a sample has no diagnostics", first);

const completion = await connection.sendRequest(p.CompletionRequest.type, at("trained = AbaloneTrain.", "ModelArtifacts"));
const items = Array.isArray(completion) ? completion : completion?.items ?? [];
ok(items.some((item) => item.label === "ModelArtifacts"), "completion offers the properties of a step", items.slice(0, 5));
const item = items.find((item) => item.label === "ModelArtifacts");
const resolved = items.length ? await connection.sendRequest(p.CompletionResolveRequest.type, item) : null;
ok(resolved?.documentation !== undefined, "a completion item has documentation", resolved);
const hover = await connection.sendRequest(p.HoverRequest.type, at("let train", "ed"));
ok(hover && JSON.stringify(hover.contents).includes("Steps.AbaloneTrain.ModelArtifacts.S3ModelArtifacts"),
	"hover shows the JSON expression that a let compiles to", hover);
const links = await connection.sendRequest(p.DefinitionRequest.type, at('input("model", tra', "ined"));
ok(JSON.stringify(links).includes(uri), "a request for the definition of a let finds it", links);
const edit = await connection.sendRequest(p.RenameRequest.type, { ...at("let tra", "ined"), newName: "model" });
const edits = edit?.documentChanges?.flatMap((change) => change.edits) ?? [];
ok(edits.length === text.split(/\btrained\b/).length - 1 && edits.every((one) => one.newText === "model"), "rename edits each occurrence", edit);
const symbols = await connection.sendRequest(p.DocumentSymbolRequest.type, { textDocument: { uri } });
ok(symbols?.some((symbol) => symbol.name === "AbaloneTrain"), "the document symbols contain a step", symbols);
const lines = text.split("\n").length;
const formatted = await connection.sendRequest(p.DocumentFormattingRequest.type,
	{ textDocument: { uri }, options: { tabSize: 4, insertSpaces: true } });
ok(formatted?.length === 0, "formatting a sample changes nothing", formatted);
const hints = await connection.sendRequest(p.InlayHintRequest.type,
	{ textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } } });
ok(hints?.length > 0, "there are inlay hints", hints);
const tokens = await connection.sendRequest(p.SemanticTokensRequest.type, { textDocument: { uri } });
ok(tokens?.data.length % 5 === 0 && tokens.data.length > 100, "there are semantic tokens", tokens);

await connection.sendNotification(p.DidChangeTextDocumentNotification.type, {
	textDocument: { uri, version: 2 },
	contentChanges: [{ range: { start: place("param MseThresh", "old"), end: place("param MseThresh", "old") }, text: "h" }],
});
let wrong = await diagnostics();
while (wrong.version !== 2) wrong = await diagnostics();
ok(wrong.diagnostics.some((item) => item.code === "SP2004"), "a mistake is reported", wrong);
const actions = await connection.sendRequest(p.CodeActionRequest.type,
	{ textDocument: { uri }, range: wrong.diagnostics[0].range, context: { diagnostics: wrong.diagnostics } });
ok(actions?.some((action) => action.edit?.documentChanges?.length || action.data), "the mistake has a quick fix", actions);

const source = new p.CancellationTokenSource();
const cancelled = connection.sendRequest(p.WorkspaceSymbolRequest.type, { query: "a" }, source.token);
source.cancel();
const outcome = await cancelled.then(() => "answered", (error) => error.code);
ok(outcome === "answered" || outcome === p.LSPErrorCodes.RequestCancelled, "a cancelled request is answered", outcome);
connection.onProgress(p.WorkDoneProgress.type, "token", (value) => progress.push(value.kind));
await connection.sendRequest(p.ReferencesRequest.type, { ...at("let tra", "ined"), context: { includeDeclaration: true }, workDoneToken: "token" });
ok(progress[0] === "begin" && progress.at(-1) === "end", "a request with a progress token reports its progress", progress);
ok(registered.includes("workspace/didChangeWatchedFiles"), "the server asks the client to watch files", registered);

await connection.sendRequest(p.ShutdownRequest.type);
await connection.sendNotification(p.ExitNotification.type);
const status = await ended;
ok(status === 0, "the server exits with status 0", status);
clearTimeout(timer);
process.exit(failed ? 1 : 0);
