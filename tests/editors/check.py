"""Runs the editors and their tools with editors/ and with programs. Started by check-editors, which builds what is needed."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import SAGEPIPEC, SECONDS, SRCDIR, done, ok, sagepipec  # noqa: E402

HERE = Path(__file__).resolve().parent
WORK = Path(sys.argv[1])
EDITORS = WORK / "editors"


def run(*command, cwd=None, **environment):
    """Runs a command and returns its output with its errors, and its status: 124 if it hangs. Scripts may wait SECONDS several times."""
    try:
        result = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", errors="replace", check=False,
                                timeout=5 * SECONDS, stdin=subprocess.DEVNULL, env=os.environ | environment)
    except subprocess.TimeoutExpired as error:
        return f"{error}\n{error.stdout}\n{error.stderr}", 124
    return result.stdout + result.stderr, result.returncode


def programs():
    return sorted(path for folder in ("samples", "stdlib", "tests") for path in (SRCDIR / folder).rglob("*.pipe"))


def is_broken(path):
    """Whether a program has syntax errors."""
    return re.search(r"error: .*\[SP1[01]\d\d\]", sagepipec("--check", "--message-format", "gcc", str(path)).stderr) is not None


# tree-sitter


def corpus(path):
    """Yields the cases of a file: name, program, tree."""
    parts = re.split(r"^====+\n(.+)\n====+\n", path.read_text(), flags=re.M)[1:]
    for name, body in zip(parts[::2], parts[1::2]):
        program, tree = body.split("\n----\n")
        yield name, program + "\n", tree.strip()


def pretty(tree):
    """Formats a tree with one node per line."""
    depth, lines, line = 0, [], ""
    for piece in re.findall(r"\(|\)|[^()\s]+", tree):
        if piece == "(":
            if not line.endswith(":"):
                if line:
                    lines.append(line)
                line = "  " * depth
            else:
                line += " "
            line += "("
            depth += 1
        elif piece == ")":
            line += ")"
            depth -= 1
        elif piece.endswith(":"):
            lines.append(line)
            line = "  " * depth + piece
        else:
            line += piece
    return "\n".join(lines + [line]).strip()


def check_tree_sitter():
    parse = str(WORK / "parse")
    if not os.path.exists(parse):
        ok(True, "tree-sitter: the grammar works # SKIP its generator needs Rust 1.74")
        return
    good = [path for path in programs() if not is_broken(path)]
    output, _ = run(parse, *map(str, good))
    ok(not output and len(good) > 300, f"tree-sitter: {len(good)} programs without syntax errors are accepted", output)
    broken = [path for path in (SRCDIR / "tests/mistakes").glob("*.pipe") if is_broken(path)]
    accepted = [path.name for path in broken if run(parse, str(path))[1] == 0]
    ok(len(accepted) < len(broken) / 2, "tree-sitter: most programs with syntax errors are rejected", *accepted)

    for path in sorted((EDITORS / "tree-sitter/test/corpus").glob("*.txt")):
        text = ""
        for name, program, tree in corpus(path):
            with tempfile.NamedTemporaryFile("w", suffix=".pipe") as file:
                file.write(program)
                file.flush()
                found = pretty(run(parse, "--tree", file.name)[0])
            text += f"====\n{name}\n====\n{program}----\n\n{found}\n\n"
            if "UPDATE" not in os.environ:
                ok(pretty(tree) == found and "ERROR" not in found, f"tree-sitter: {path.stem}: {name} has the right tree", found)
        if "UPDATE" in os.environ:
            (SRCDIR / "editors/tree-sitter/test/corpus" / path.name).write_text(text.rstrip() + "\n")

    sample = str(SRCDIR / "samples/abalone/abalone.pipe")
    for path in sorted((EDITORS / "tree-sitter/queries").glob("*.scm")):
        output, status = run(parse, "--query", str(path), sample)
        ok(status == 0 and output.count("\n") > 10, f"tree-sitter: {path.name} captures nodes", output[:500])
    highlights = run(parse, "--query", str(EDITORS / "tree-sitter/queries/highlights.scm"), sample)[0]
    for capture in ("keyword step", "title \"AbalonePipeline\"", "property RoleArn", "type.builtin Integer", "label AbaloneProcess",
                    "type ScriptProcessing", "function.call image", "keyword cache", "variable.builtin Pipeline"):
        ok(re.search(rf"^\d+:\d+ {re.escape(capture)}$", highlights, re.M), f"highlights.scm captures {capture}", highlights[:2000])


# VS Code


def check_vscode():
    folder = EDITORS / "vscode"
    output, status = run("npm", "run", "--silent", "test-grammar", cwd=folder)
    ok(status == 0 and output.count("run success") == 2, "TextMate: the tests of the grammar pass", output)
    output, status = run("npm", "run", "--silent", "package", cwd=folder)
    ok(status == 0, "VS Code: the extension compiles and is packed", output)
    if status:
        return
    manifest = json.loads((folder / "package.json").read_text())
    with zipfile.ZipFile(folder / "sagepipec.vsix") as package:
        names = set(package.namelist())
    contributes = manifest["contributes"]
    wanted = [manifest["main"]] + [contributes[point][0]["path"] for point in ("grammars", "snippets")]
    wanted += [contributes["languages"][0]["configuration"], "README.md", "LICENSE.txt"]
    missing = [name for name in wanted if "extension/" + name.removeprefix("./") not in names]
    ok(not missing, "VS Code: the package has the files that the manifest names", *missing, names)
    ok(not any(re.search(r"\.ts$|node_modules|\.map$", name) for name in names), "VS Code: the package has no sources", names)
    output, status = run("node", str(HERE / "activate.cjs"), str(folder / manifest["main"]), SAGEPIPEC,
                         str(SRCDIR / "samples/abalone/abalone.pipe"))
    ok(status == 0, "VS Code: the extension activates, talks to the server, and its commands show the results", output)
    for line in re.findall(r"^registered (.*)", output, re.M):
        declared = {command["command"] for command in contributes["commands"]} | {"sagepipec.showReferences"}
        ok(declared <= set(line.split()), "VS Code: every declared command is registered", line)


# Vim, Neovim, Emacs


def report(name, output, status, least):
    """Reports the TAP lines without numbers that an editor's script prints."""
    lines = re.findall(r"^(not )?ok - (.*)((?:\n#.*)*)", output, re.M)
    for failed, test, reason in lines:
        ok(not failed, f"{name}: {test}", reason.strip())
    ok(status == 0 and len(lines) >= least, f"{name} ran to its end", f"status {status}", output[-3000:])


def new_project(folder):
    """Copies a sample, and adds a version with a mistake and an unformatted one."""
    shutil.copytree(SRCDIR / "samples/abalone", folder, dirs_exist_ok=True)
    text = (folder / "abalone.pipe").read_text()
    (folder / ".sagepipec.json").write_text("{}\n")
    (folder / "broken.pipe").write_text(text.replace("S3ModelArtifacts", "S3ModelArtifact"))
    (folder / "messy.pipe").write_text(text.replace("    cache for", "  cache   for").replace(": Float = 6.0", ":Float=6.0"))


def check_editor(name, least, *command):
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "project")
        new_project(project)
        home = Path(folder, "home")
        home.mkdir()
        output, status = run(*command, cwd=project, HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home),
                             XDG_STATE_HOME=str(home), EDITORS=str(EDITORS), SAGEPIPEC=SAGEPIPEC, SAMPLES=str(SRCDIR / "samples"),
                             PARSER=str(WORK / "pipe.so"), PATH=f"{Path(SAGEPIPEC).parent}:{os.environ['PATH']}", TERM="dumb")
    report(name, output, status, least)


def main():
    check_tree_sitter()
    check_vscode()
    check_editor("Vim", 15, "vim", "-e", "-s", "-N", "-u", "NONE", "-i", "NONE", "-S", str(HERE / "static.vim"))
    check_editor("Neovim", 15, "nvim", "--headless", "-e", "-s", "-u", "NONE", "-i", "NONE", "-S", str(HERE / "static.vim"))
    check_editor("Neovim's client", 12, "nvim", "--headless", "-u", "NONE", "-i", "NONE", "-c", f"luafile {HERE / 'neovim.lua'}")
    check_editor("Emacs", 12, "emacs", "-Q", "--batch", "-l", str(HERE / "emacs.el"))
    done()


main()
