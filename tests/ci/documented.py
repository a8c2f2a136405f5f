"""Writes the files that doc/ci.md shows into a project."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

GOOD = """/// Fails, for a reason.
pipeline "Train" {
    RoleArn: "arn:aws:iam::123456789012:role/R"
    Region: "us-west-2"
}

step Stop: Fail { ErrorMessage: "because" }
"""


def files():
    """Maps paths to texts."""
    text = (ROOT / "doc/ci.md").read_text()
    return {match[1]: match[2] for match in re.finditer(r"^```\w+ file (\S+)\n(.*?)^```$", text, re.M | re.S)}


def write(folder, program=GOOD):
    """Makes the folder a git repository with these files and a program."""
    subprocess.run(["git", "init", "-q", "--template=", "-b", "main", folder], check=True)
    for name, text in {**files(), "pipelines/train.pipe": program}.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755 if text.startswith("#!") else 0o644)
