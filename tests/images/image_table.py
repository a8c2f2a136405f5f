"""Asks the compiler what tests/images/table.tsv asks the SDK: lines of a URI or `-`, a framework, and arguments."""

import json
import re
import tempfile
from pathlib import Path

from tap import sagepipec

TABLE = Path(__file__).resolve().parent / "table.tsv"
FLAGS = {"compiler", "smdistributed", "serverless"}
PROGRAM = """pipeline "Images" { RoleArn: "arn:aws:iam::123456789012:role/R" }
step Ask: Raw {
    Type: "Ask"
    Arguments: {
%s    }
}
"""
FIRST_LINE = 5


def rows(text):
    """(URI or "-", framework, arguments) of each line."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            uri, framework, words = line.split("\t")
            yield uri, framework, [tuple(word.split("=", 1)) for word in words.split()]


def call(framework, arguments):
    words = [json.dumps(framework)]
    words += ["%s: %s" % (name, value if name in FLAGS else json.dumps(value)) for name, value in arguments]
    return "image(%s)" % ", ".join(words)


def compiled(questions, *options):
    calls = ["        \"%d\": %s\n" % (number, call(*each)) for number, each in enumerate(questions)]
    with tempfile.NamedTemporaryFile("w", suffix=".pipe") as program:
        program.write(PROGRAM % "".join(calls))
        program.flush()
        return sagepipec(*options, program.name)


def refused(questions):
    """Which of the questions the compiler refuses, by their numbers; each is one line of a program."""
    found = set()
    for start in range(0, len(questions), 100):  # reports have an end
        report = compiled(questions[start:start + 100], "--check", "--message-format=json")
        if report.returncode not in (0, 1):
            raise RuntimeError(f"exit status {report.returncode}\n{report.stderr}")
        for diagnostic in map(json.loads, report.stderr.splitlines()):
            if re.match("SP307", diagnostic["code"]):
                found.add(start + diagnostic["start"]["line"] - FIRST_LINE)
    return found


def answers(questions):
    """The URIs in order, or None and what the compiler says."""
    done = compiled(questions)
    if done.returncode != 0:
        return None, f"exit status {done.returncode}\n{done.stderr}"
    arguments = json.loads(done.stdout)["Steps"][0]["Arguments"]
    return [arguments[str(number)] for number in range(len(questions))], ""


def differences(table):
    """Where the compiler answers otherwise than the text of a table says."""
    due = [(uri, framework, arguments) for uri, framework, arguments in rows(table) if uri != "-"]
    got, complaint = answers([row[1:] for row in due])
    if got is None:
        yield from complaint.splitlines()[:20]
    for (uri, *question), answer in zip(due, got or []):
        if uri != answer:
            yield "%s: the SDK has %s, the compiler %s" % (call(*question), uri, answer)
    wrong = [row[1:] for row in rows(table) if row[0] == "-"]
    for number in sorted(set(range(len(wrong))) - refused(wrong)):
        yield "%s: the SDK refuses it" % call(*wrong[number])
