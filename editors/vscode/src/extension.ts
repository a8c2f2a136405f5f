// Starts the language server, `sagepipec --lsp`, and registers the extension's commands and tasks.

import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions, State } from "vscode-languageclient/node";

import { registerCommands } from "./commands";
import { GraphPreview } from "./graph";
import { registerTasks } from "./tasks";

let client: LanguageClient | undefined;

function newClient(output: vscode.OutputChannel): LanguageClient {
    const path = vscode.workspace.getConfiguration("sagepipec").get<string>("path") || "sagepipec";
    const server: ServerOptions = { command: path, args: ["--lsp"] };
    const options: LanguageClientOptions = {
        documentSelector: [{ scheme: "file", language: "pipe" }, { scheme: "untitled", language: "pipe" }],
        outputChannel: output,
        synchronize: {
            configurationSection: "sagepipec",
            fileEvents: vscode.workspace.createFileSystemWatcher("**/*.pipe"),
        },
    };
    return new LanguageClient("sagepipec", "sagepipec", server, options);
}

async function start(output: vscode.OutputChannel): Promise<void> {
    client = newClient(output);
    try {
        await client.start();
    } catch (error) {
        output.appendLine(String(error));
        const settings = "Open the Settings";
        const answer = await vscode.window.showErrorMessage(
            "Cannot start the compiler sagepipec. Install it, or set sagepipec.path to its location.", settings);
        if (answer === settings)
            await vscode.commands.executeCommand("workbench.action.openSettings", "sagepipec.path");
    }
}

async function stop(): Promise<void> {
    const old = client;
    client = undefined;
    // A server that never started need not be stopped.
    if (old && old.state === State.Running)
        await old.stop();
    await old?.dispose();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    const output = vscode.window.createOutputChannel("sagepipec");
    const restart = async (): Promise<void> => {
        await stop();
        await start(output);
    };
    const graphs = new GraphPreview(() => client);
    context.subscriptions.push(
        output,
        graphs,
        vscode.commands.registerCommand("sagepipec.restart", restart),
        vscode.commands.registerCommand("sagepipec.showOutput", () => output.show()),
        vscode.commands.registerCommand("sagepipec.showGraph", () => graphs.show()),
        vscode.workspace.onDidChangeConfiguration(async (event) => {
            if (event.affectsConfiguration("sagepipec.path"))
                await restart();
        }),
        ...registerCommands(() => client),
        registerTasks(),
    );
    await start(output);
}

export async function deactivate(): Promise<void> {
    await stop();
}
