// Commands that show results of the server, and the command that its code lenses call.

import * as vscode from "vscode";
import { Location, Position } from "vscode-languageclient/node";

import { Client, activeProgram, messageOf, request } from "./server";

async function showBeside(client: Client, command: string): Promise<void> {
    const program = activeProgram();
    if (!program)
        return;
    try {
        const answer = await request(client, command, program.uri.toString());
        const document = await vscode.workspace.openTextDocument({ content: answer.text, language: await known(answer.languageId) });
        await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true, preserveFocus: true });
    } catch (error) {
        void vscode.window.showErrorMessage(messageOf(error));
    }
}

async function known(language: string): Promise<string> {
    return (await vscode.languages.getLanguages()).includes(language) ? language : "plaintext";
}

async function showReferences(client: Client, uri: string, position: Position, locations: Location[]): Promise<void> {
    const convert = client()?.protocol2CodeConverter;
    if (convert)
        await vscode.commands.executeCommand("editor.action.showReferences", vscode.Uri.parse(uri),
            convert.asPosition(position), locations.map((location) => convert.asLocation(location)));
}

export function registerCommands(client: Client): vscode.Disposable[] {
    return [
        vscode.commands.registerCommand("sagepipec.showDefinition", () => showBeside(client, "sagepipec.compile")),
        vscode.commands.registerCommand("sagepipec.showDiff", () => showBeside(client, "sagepipec.diff")),
        vscode.commands.registerCommand("sagepipec.showReferences",
            (uri: string, position: Position, locations: Location[]) => showReferences(client, uri, position, locations)),
    ];
}
