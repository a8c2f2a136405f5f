// Runs the packed extension with the real server and a mock of VS Code's API:
//
//     activate.cjs EXTENSION SAGEPIPEC PROGRAM
//
// Prints the registered commands. If anything fails, prints the reason and exits with status 1.
"use strict";

const Module = require("node:module");
const fs = require("node:fs");
const { pathToFileURL } = require("node:url");

const [extension, compiler, program] = process.argv.slice(2).map((path) => fs.realpathSync(path));
const commands = new Map();
const shown = [];
const panel = { webview: { html: "" }, onDidDispose: () => disposable, dispose() {} };
const disposable = { dispose() {} };

// A mock of any part of the API that is not defined below: a function, class and object whose members are such mocks, too.
function anything() {
    const target = class {
        dispose() {}
    };
    return new Proxy(target, {
        get(object, key) {
            if (key === "then")
                return undefined;
            if (key === Symbol.iterator)
                return [][Symbol.iterator];
            if (key === Symbol.toPrimitive)
                return () => "";
            return key in object ? object[key] : (object[key] = anything());
        },
        apply: () => anything(),
    });
}

// An object whose other members are mocks.
function mixed(known) {
    return Object.setPrototypeOf(known, anything());
}

class EventEmitter {
    listeners = [];
    event = (listener) => {
        this.listeners.push(listener);
        return disposable;
    };
    fire(value) {
        this.listeners.forEach((listener) => listener(value));
    }
    dispose() {}
}

class Position {
    constructor(line, character) {
        Object.assign(this, { line, character });
    }
}

class Range {
    constructor(line, character, endLine, endCharacter) {
        Object.assign(this, { start: new Position(line, character), end: new Position(endLine, endCharacter) });
    }
}

class Location {
    constructor(uri, range) {
        Object.assign(this, { uri, range });
    }
}

function newUri(text) {
    const url = new URL(text);
    return { scheme: "file", authority: "", path: url.pathname, fsPath: url.pathname, toString: () => text, with: () => newUri(text) };
}

const text = fs.readFileSync(program, "utf8");
const document = {
    uri: newUri(pathToFileURL(program).href), languageId: "pipe", version: 1, fileName: program, isClosed: false,
    getText: () => text, lineCount: text.split("\n").length,
};

const vscode = mixed({
    EventEmitter, Position, Range, Location,
    Disposable: class {
        static from() {
            return disposable;
        }
        constructor(call) {
            this.call = call;
        }
        dispose() {
            this.call?.();
        }
    },
    CancellationTokenSource: class {
        token = { isCancellationRequested: false, onCancellationRequested: () => disposable };
        dispose() {}
        cancel() {}
    },
    version: "1.82.0",
    Uri: mixed({ parse: newUri, file: (path) => newUri(pathToFileURL(path).href) }),
    env: mixed({ appName: "a test", language: "en" }),
    commands: mixed({
        registerCommand(name, call) {
            commands.set(name, call);
            return disposable;
        },
        executeCommand: (name, ...rest) => shown.push([name, ...rest]),
    }),
    languages: mixed({ getLanguages: async () => ["json", "plaintext"], match: () => 10 }),
    workspace: mixed({
        textDocuments: [document], workspaceFolders: undefined, notebookDocuments: [], isTrusted: true,
        getConfiguration: (section) => mixed({
            get: (name, otherwise) => (section === "sagepipec" && name === "path" ? compiler : otherwise),
            inspect: () => undefined, has: () => false,
        }),
        openTextDocument: async (options) => ({ ...options, getText: () => options.content }),
    }),
    window: mixed({
        activeTextEditor: { document }, visibleTextEditors: [],
        createOutputChannel: () => mixed({ append() {}, appendLine: (line) => console.log("output:", line), show() {}, dispose() {} }),
        createWebviewPanel: () => panel,
        showTextDocument: async (opened) => shown.push(["text", opened.content, opened.language]),
        showErrorMessage: async (message) => fail(message),
        showInformationMessage: async (message) => fail(message),
    }),
});

function fail(why) {
    console.log(why);
    process.exit(1);
}

async function main() {
    const { activate, deactivate } = require(extension);
    await activate({ subscriptions: [] });
    console.log("registered", [...commands.keys()].join(" "));

    await commands.get("sagepipec.showDefinition")();
    if (!shown.some(([kind, content, language]) => kind === "text" && language === "json" && JSON.parse(content).Steps.length > 3))
        fail(`the definition is not shown: ${JSON.stringify(shown)}`);
    await commands.get("sagepipec.showGraph")();
    if (!/AbaloneProcess/.test(panel.webview.html) || !/<svg|<pre>/.test(panel.webview.html))
        fail(`the graph is not shown: ${panel.webview.html}`);
    const place = { line: 1, character: 2 };
    await commands.get("sagepipec.showReferences")(document.uri.toString(), place,
        [{ uri: document.uri.toString(), range: { start: place, end: place } }]);
    const references = shown.find(([name]) => name === "editor.action.showReferences");
    if (!references || references[2].line !== 1 || references[3][0].range.start.character !== 2)
        fail(`references are not shown: ${JSON.stringify(references)}`);
    await commands.get("sagepipec.restart")();
    await deactivate();
    process.exit(0);
}

const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
setTimeout(() => fail("it did not end in time"), 1000 * (process.env.TEST_SECONDS ?? 120));
main().catch((error) => fail(error.stack));
