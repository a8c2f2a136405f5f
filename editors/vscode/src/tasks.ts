// Tasks of the type `sagepipec`: run the compiler on a file and show its messages as problems.

import * as vscode from "vscode";

interface Definition extends vscode.TaskDefinition {
    file: string;
    arguments?: string[];
}

function newTask(definition: Definition, scope: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task {
    const path = vscode.workspace.getConfiguration("sagepipec").get<string>("path") || "sagepipec";
    const run = new vscode.ProcessExecution(
        path, ["--message-format", "gcc", ...(definition.arguments ?? ["--check"]), definition.file]);
    const task = new vscode.Task(definition, scope, `check ${definition.file}`, "sagepipec", run, "$sagepipec");
    task.group = vscode.TaskGroup.Build;
    return task;
}

export function registerTasks(): vscode.Disposable {
    return vscode.tasks.registerTaskProvider("sagepipec", {
        async provideTasks(): Promise<vscode.Task[]> {
            const files = await vscode.workspace.findFiles("**/*.pipe", "**/node_modules/**", 100);
            return files.map((uri) => newTask(
                { type: "sagepipec", file: vscode.workspace.asRelativePath(uri, false) },
                vscode.workspace.getWorkspaceFolder(uri) ?? vscode.TaskScope.Workspace));
        },
        resolveTask(task: vscode.Task): vscode.Task {
            return newTask(task.definition as Definition, task.scope as vscode.WorkspaceFolder ?? vscode.TaskScope.Workspace);
        },
    });
}
