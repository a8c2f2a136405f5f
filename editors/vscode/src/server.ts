// Requests for the server's commands, and their results.

import * as vscode from "vscode";
import { ExecuteCommandRequest, LanguageClient, State } from "vscode-languageclient/node";

export type Client = () => LanguageClient | undefined;

export interface Answer {
    text: string;
    languageId: string;
}

/** The active program; undefined, after a message, if there is none. */
export function activeProgram(): vscode.TextDocument | undefined {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId === "pipe")
        return document;
    void vscode.window.showInformationMessage("Open a .pipe program first.");
    return undefined;
}

/** Runs one of the server's commands. Fails with a message for the user. */
export async function request(client: Client, command: string, ...args: unknown[]): Promise<Answer> {
    const server = client();
    if (server?.state !== State.Running)
        throw new Error("The language server of sagepipec is not running.");
    return (await server.sendRequest(ExecuteCommandRequest.type, { command, arguments: args })) as Answer;
}

export function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
