// The preview of a pipeline's graph, redrawn when its program changes.

import * as vscode from "vscode";

import { Client, activeProgram, messageOf, request } from "./server";

const DELAY = 300; // milliseconds without an edit

function escape(text: string): string {
    return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(body: string): string {
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<style>
body { margin: 0; padding: 1em; }
svg { max-width: 100%; height: auto; background: white; border-radius: 4px; }
pre { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); line-height: 1.2; }
</style>
</head>
<body>${body}</body>
</html>`;
}

/** The page for a result of the server: SVG unchanged, anything else as text. */
function pageOf(text: string): string {
    const start = text.indexOf("<svg");
    return page(start >= 0 ? text.slice(start) : `<pre>${escape(text)}</pre>`);
}

export class GraphPreview implements vscode.Disposable {
    private panel: vscode.WebviewPanel | undefined;
    private program: vscode.TextDocument | undefined;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private readonly changes: vscode.Disposable;

    constructor(private readonly client: Client) {
        this.changes = vscode.workspace.onDidChangeTextDocument((event) => {
            if (this.panel && event.document === this.program)
                this.later();
        });
    }

    async show(): Promise<void> {
        const program = activeProgram();
        if (!program)
            return;
        this.program = program;
        if (!this.panel) {
            this.panel = vscode.window.createWebviewPanel("sagepipec.graph", "Pipeline Graph",
                { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: false });
            this.panel.onDidDispose(() => {
                this.panel = undefined;
            });
        }
        await this.draw();
    }

    dispose(): void {
        clearTimeout(this.timer);
        this.changes.dispose();
        this.panel?.dispose();
    }

    private later(): void {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.draw(), DELAY);
    }

    /** Falls back to text if the compiler was built without Graphviz, and shows the error if the program has one. */
    private async draw(): Promise<void> {
        const uri = this.program?.uri.toString();
        const graph = (format: string): Promise<string> =>
            request(this.client, "sagepipec.graph", uri, format).then((answer) => answer.text);
        const text = await graph("svg").catch(() => graph("text")).catch(messageOf);
        if (this.panel)
            this.panel.webview.html = pageOf(text);
    }
}
