// A client that is made with vscode-languageserver-protocol opens a program, asks and edits. Prints TAP.
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

const told = [];
let tell = () => {};
connection.onNotification(p.PublishDiagnosticsNotification.type, (params) => { told.push(params); tell(); });
const diagnostics = async () => {
	while (!told.length) await new Promise((resolve) => { tell = resolve; });
	return told.shift();
};
const registered = [], progress = [];
connection.onRequest(p.RegistrationRequest.type, (params) => { registered.push(...params.registrations.map((r) => r.method)); });
connection.onRequest(p.ConfigurationRequest.type, (params) => params.items.map(() => ({ inlayHints: { types: true } })));
for (const refresh of [p.InlayHintRefreshRequest, p.CodeLensRefreshRequest, p.SemanticTokensRefreshRequest, p.DiagnosticRefreshRequest])
	connection.onRequest(refresh.type, () => {});
connection.onUnhandledNotification((message) => ok(false, "no notification that a client does not know", message));
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
ok(items.some((item) => item.label === "ModelArtifacts"), "completion knows the properties of a step", items.slice(0, 5));
const resolved = items.length ? await connection.sendRequest(p.CompletionResolveRequest.type, items.find((item) => item.label === "ModelArtifacts")) : null;
ok(resolved?.documentation !== undefined, "an item has a documentation", resolved);
const hover = await connection.sendRequest(p.HoverRequest.type, at("let train", "ed"));
ok(hover && JSON.stringify(hover.contents).includes("Steps.AbaloneTrain.ModelArtifacts.S3ModelArtifacts"), "hover shows what an expression becomes", hover);
const links = await connection.sendRequest(p.DefinitionRequest.type, at('input("model", tra', "ined"));
ok(JSON.stringify(links).includes(uri), "the definition of a let", links);
const edit = await connection.sendRequest(p.RenameRequest.type, { ...at("let tra", "ined"), newName: "model" });
const edits = edit?.documentChanges?.flatMap((change) => change.edits) ?? [];
ok(edits.length === text.split(/\btrained\b/).length - 1 && edits.every((one) => one.newText === "model"), "rename edits each place", edit);
const symbols = await connection.sendRequest(p.DocumentSymbolRequest.type, { textDocument: { uri } });
ok(symbols?.some((symbol) => symbol.name === "AbaloneTrain"), "document symbols", symbols);
const lines = text.split("\n").length;
const formatted = await connection.sendRequest(p.DocumentFormattingRequest.type, { textDocument: { uri }, options: { tabSize: 4, insertSpaces: true } });
ok(formatted?.length === 0, "a sample is formatted", formatted);
const hints = await connection.sendRequest(p.InlayHintRequest.type,
	{ textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } } });
ok(hints?.length > 0, "inlay hints", hints);
const tokens = await connection.sendRequest(p.SemanticTokensRequest.type, { textDocument: { uri } });
ok(tokens?.data.length % 5 === 0 && tokens.data.length > 100, "semantic tokens", tokens);

await connection.sendNotification(p.DidChangeTextDocumentNotification.type, {
	textDocument: { uri, version: 2 },
	contentChanges: [{ range: { start: place("param MseThresh", "old"), end: place("param MseThresh", "old") }, text: "h" }],
});
let wrong = await diagnostics();
while (wrong.version !== 2) wrong = await diagnostics();
ok(wrong.diagnostics.some((item) => item.code === "SP2004"), "a mistake shows", wrong);
const actions = await connection.sendRequest(p.CodeActionRequest.type,
	{ textDocument: { uri }, range: wrong.diagnostics[0].range, context: { diagnostics: wrong.diagnostics } });
ok(actions?.some((action) => action.edit?.documentChanges?.length || action.data), "and has a repair", actions);

const source = new p.CancellationTokenSource();
const cancelled = connection.sendRequest(p.WorkspaceSymbolRequest.type, { query: "a" }, source.token);
source.cancel();
const outcome = await cancelled.then(() => "answered", (error) => error.code);
ok(outcome === "answered" || outcome === p.LSPErrorCodes.RequestCancelled, "a request that is cancelled ends", outcome);
connection.onProgress(p.WorkDoneProgress.type, "token", (value) => progress.push(value.kind));
await connection.sendRequest(p.ReferencesRequest.type, { ...at("let tra", "ined"), context: { includeDeclaration: true }, workDoneToken: "token" });
ok(progress[0] === "begin" && progress.at(-1) === "end", "work that takes long says so", progress);
ok(registered.includes("workspace/didChangeWatchedFiles"), "files are watched", registered);

await connection.sendRequest(p.ShutdownRequest.type);
await connection.sendNotification(p.ExitNotification.type);
const status = await ended;
ok(status === 0, "the server ends in order", status);
clearTimeout(timer);
process.exit(failed ? 1 : 0);
