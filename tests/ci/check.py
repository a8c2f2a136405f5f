"""Validates the files in doc/ci.md with the schemas of GitHub and GitLab, and runs the hooks with pre-commit. Prints TAP."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import documented

sys.path.insert(0, str(documented.ROOT / "tests"))

from tap import done, ok

SCHEMAS = {"vendor.github-workflows": ".github/workflows/pipelines.yml",
           "vendor.github-actions": ".github/actions/sagepipec/action.yml",
           "vendor.gitlab-ci": ".gitlab-ci.yml"}
PROGRAM = "pipelines/train.pipe"


def run(*command, cwd):
    environment = {**os.environ, "HOME": str(cwd.parent), "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_HOME": str(cwd.parent / "cache"),
                   "PATH": f"{cwd.parent / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


def validates(name, *command, cwd):
    result = run(*command, cwd=cwd)
    ok(result.returncode == 0, f"{name} is valid", result.stdout, result.stderr)


def commit(folder, message="A change"):
    run("git", "add", "-A", cwd=folder)
    return run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", message, cwd=folder)


def check_hooks(project, hooks):
    """The project gets the hooks from a local repository instead of sagepipec's."""
    hooks.mkdir()
    run("git", "init", "-q", cwd=hooks)
    (hooks / ".pre-commit-hooks.yaml").write_bytes((documented.ROOT / ".pre-commit-hooks.yaml").read_bytes())
    commit(hooks)
    run("git", "tag", "v0.1.0", cwd=hooks)
    config = project / ".pre-commit-config.yaml"
    config.write_text(config.read_text().replace("https://github.com/OWNER/sagepipec", str(hooks)))
    run("pre-commit", "install", cwd=project)
    for name, program, reason in (("a good program", documented.GOOD, ""),
                                  ("a program with an error", documented.GOOD.replace("Fail", "Fial"), "SP2010"),
                                  ("an unformatted program", documented.GOOD.replace(" }", "   }"), "files were modified")):
        (project / PROGRAM).write_text(program)
        result = commit(project)
        output = result.stdout + result.stderr
        ok((result.returncode != 0) == bool(reason) and reason in output, f"pre-commit {'rejects' if reason else 'accepts'} {name}", output)
    ok((project / PROGRAM).read_text() == documented.GOOD, "pre-commit formats the unformatted program")


def main():
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "project")
        documented.write(project)
        Path(folder, "bin").mkdir()
        Path(folder, "bin/sagepipec").symlink_to(os.path.abspath(os.environ["SAGEPIPEC"]))
        for schema, name in SCHEMAS.items():
            validates(name, "check-jsonschema", "--builtin-schema", schema, name, cwd=project)
        validates(".pre-commit-config.yaml", "pre-commit", "validate-config", ".pre-commit-config.yaml", cwd=project)
        validates(".pre-commit-hooks.yaml", "pre-commit", "validate-manifest", str(documented.ROOT / ".pre-commit-hooks.yaml"), cwd=project)
        check_hooks(project, Path(folder, "hooks"))
    done()


main()
