"""Asks the compiler for the images in tests/images/table.tsv. Each line has the SDK's answer, a URI or `-` for an error; a
framework; and arguments."""

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
    """Yields (URI or "-", framework, arguments) of each line."""
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


def rejected(questions):
    """The numbers of the questions that the compiler rejects. Each question is one line of a program."""
    found = set()
    for start in range(0, len(questions), 100):  # a report has a limited number of messages
        report = compiled(questions[start:start + 100], "--check", "--message-format=json")
        if report.returncode not in (0, 1):
            raise RuntimeError(f"exit status {report.returncode}\n{report.stderr}")
        for diagnostic in map(json.loads, report.stderr.splitlines()):
            if re.match("SP307", diagnostic["code"]):
                found.add(start + diagnostic["start"]["line"] - FIRST_LINE)
    return found


def answers(questions):
    """The URIs, in order, and no reason; or None and the reason."""
    result = compiled(questions)
    if result.returncode != 0:
        return None, f"exit status {result.returncode}\n{result.stderr}"
    arguments = json.loads(result.stdout)["Steps"][0]["Arguments"]
    return [arguments[str(number)] for number in range(len(questions))], ""


def differences(table):
    """Yields where the compiler's answers differ from those in the text of a table."""
    expected = [(uri, framework, arguments) for uri, framework, arguments in rows(table) if uri != "-"]
    found, reason = answers([row[1:] for row in expected])
    if found is None:
        yield from reason.splitlines()[:20]
    for (uri, *question), answer in zip(expected, found or []):
        if uri != answer:
            yield "%s: the SDK has %s, the compiler %s" % (call(*question), uri, answer)
    wrong = [row[1:] for row in rows(table) if row[0] == "-"]
    for number in sorted(set(range(len(wrong))) - rejected(wrong)):
        yield "%s: the SDK rejects it, the compiler does not" % call(*wrong[number])
