"""The mutation test: makes single faults in correct programs, and counts how many the compiler reports in the right place.

    mutate.py --sagepipec FILE [--seed N] [--count N] [--only OPERATOR]... [--survivors FILE]

Every sample, expanded to plain steps, and every conformance program is parsed here, without the compiler. Each operator makes
faults that break the rules of the language and of stdlib/, and gives the lines on which a message is expected. For each
operator, --count faults are chosen at random. A fault is caught if an error (or a warning, if the operator expects one) has its
place, or a related place, on such a line. Exit status 1: a program without a fault has messages, or less than 97 percent of the
faults are caught.
"""
import argparse
import difflib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import operators_expressions  # noqa: F401
import operators_lint  # noqa: F401
import operators_names  # noqa: F401
import operators_rules  # noqa: F401
import operators_steps  # noqa: F401
import operators_text  # noqa: F401
import operators_values  # noqa: F401
from facts import Facts
from mutant import OPERATORS, source
from program import Program

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))
from tap import SECONDS  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LEAST_SHARE = 0.97
CHUNK = 40


class Trial:
    """One mutant: its text, the lines on which a message is expected, and the compiler's messages."""

    def __init__(self, operator, program, mutant):
        self.operator, self.program = operator, program
        self.text, self.lines = mutant.apply(program.text)
        self.messages, self.crash = [], None

    @property
    def severities(self):
        return ("error", "warning") if OPERATORS[self.operator].level == "warning" else ("error",)

    @property
    def is_caught(self):
        return not self.crash and any(self.is_at(message) for message in self.messages)

    def is_at(self, message):
        lines = {line for place in (message, *message["related"]) for line in lines_of(place)}
        return message["severity"] in self.severities and not lines.isdisjoint(self.lines)

    @property
    def errors(self):
        return [message for message in self.messages if message["severity"] == "error"]

    @property
    def outcome(self):
        if self.crash:
            return "crash"
        if self.is_caught:
            return "caught"
        return "elsewhere" if any(message["severity"] in self.severities for message in self.messages) else "missed"

    def show(self):
        before, after = self.program.text.splitlines(), self.text.splitlines()
        diff = [line for line in difflib.unified_diff(before, after, lineterm="", n=0)][2:]
        lines = ", ".join(map(str, self.lines))
        messages = [f"    {m['start']['line']}: {m['severity']}[{m['code']}] {m['message']}" for m in self.messages]
        shown = [line if len(line) < 160 else line[:157] + "..." for line in diff]
        where = f"{self.outcome}: {self.operator} in {self.program.path.relative_to(ROOT)}, expected on line {lines}"
        return "\n".join([where, *shown[:12], *(messages or [f"    {self.crash or 'no message'}"])])


def lines_of(place):
    """The lines of a message's place. Of a long place only the first line counts: a whole block would match everywhere."""
    first, last = place["start"]["line"], place["end"]["line"]
    return range(first, last + 1) if last - first < 2 else [first]


def plain_text(command, path):
    """The text of a program with plain steps only; the expanded text of any other, or "" if it needs options."""
    if path.parent.name in ("steps", "conformance"):
        return path.read_text()
    return subprocess.run([command, "--dump", "expanded", path], capture_output=True, text=True, timeout=SECONDS, check=False).stdout


def programs_of(command, folder):
    paths = sorted([*(folder / "samples").rglob("*.pipe"), *(folder / "tests" / "conformance").glob("*.pipe")])
    facts = Facts(folder / "stdlib")
    texts = [(path, plain_text(command, path)) for path in paths]
    return [Program(path, text, facts) for path, text in texts if text]


def chosen(operator, programs, seed, count):
    """Up to `count` mutants of an operator, chosen at random from all programs."""
    rng = source(f"{seed} {operator}")
    trials = {}
    for program in programs:
        for mutant in OPERATORS[operator](program, rng):
            trial = Trial(operator, program, mutant)
            if trial.text != program.text:
                # A value that flows to several places gives the same fault for each: a message at any of them counts.
                known = trials.setdefault((program.path, trial.text), trial)
                known.lines = sorted({*known.lines, *trial.lines})
    trials = list(trials.values())
    rng.shuffle(trials)
    return trials[:count]


def check(command, trials, folder):
    """Runs the compiler for several mutants at once. If it crashes, runs it for each alone."""
    paths = {f"{folder}/{id(trial):x}.pipe": trial for trial in trials}
    for path, trial in paths.items():
        pathlib.Path(path).write_text(trial.text)
    result = subprocess.run([command, "--check", "--message-format", "json", *paths], capture_output=True, text=True, timeout=SECONDS)
    if result.returncode in (0, 1):
        for line in result.stderr.splitlines():
            message = json.loads(line)
            paths[message["file"]].messages.append(message)
    elif len(trials) == 1:
        trials[0].crash = f"exit status {result.returncode}: {result.stderr[-300:]}"
    else:
        for trial in trials:
            check(command, [trial], folder)
    for path in paths:
        pathlib.Path(path).unlink(missing_ok=True)


def check_all(command, trials):
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        chunks = [trials[i : i + CHUNK] for i in range(0, len(trials), CHUNK)]
        for _ in pool.map(lambda chunk: check(command, chunk, folder), chunks):
            pass


def unclean(command, programs):
    """Messages for programs without a fault. Samples must have no error or warning, conformance programs no error."""
    complaints = []
    for program in programs:
        run = [command, "--check", "--message-format", "json", program.path]
        report = subprocess.run(run, capture_output=True, text=True, timeout=SECONDS).stderr
        severities = ("error", "warning") if "samples" in program.path.parts else ("error",)
        for message in map(json.loads, report.splitlines()):
            if message["severity"] in severities:
                place = f"{message['file']}:{message['start']['line']}"
                complaints.append(f"{place}: [{message['code']}] {message['message']}")
    return complaints


def table(trials):
    """A Markdown table: for each operator, the number of mutants, of each outcome, and of mutants with at most one error."""
    rows = ["| operator | mutants | caught | elsewhere | missed | one message |", "| --- |" + " --: |" * 5]
    for name in [*sorted({trial.operator for trial in trials}), None]:
        of_name = [trial for trial in trials if name in (trial.operator, None)]
        outcomes = [trial.outcome for trial in of_name]
        single = sum(len(trial.errors) <= 1 for trial in of_name)
        numbers = [len(of_name), *(outcomes.count(o) for o in ("caught", "elsewhere", "missed")), single]
        rows.append(f"| {name or '**all**'} | " + " | ".join(map(str, numbers)) + " |")
    return "\n".join(rows)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--sagepipec", default=os.environ.get("SAGEPIPEC", "sagepipec"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--only", action="append", choices=sorted(OPERATORS))
    parser.add_argument("--survivors", type=pathlib.Path)
    options = parser.parse_args()

    programs = programs_of(options.sagepipec, ROOT)
    complaints = unclean(options.sagepipec, programs)
    names = options.only or sorted(OPERATORS)
    trials = [trial for name in names for trial in chosen(name, programs, options.seed, options.count)]
    check_all(options.sagepipec, trials)

    survivors = [trial for trial in trials if not trial.is_caught]
    shown = "\n\n".join(trial.show() for trial in survivors) + "\n"
    if options.survivors:
        options.survivors.write_text(shown)
    elif survivors:
        print(shown)
    share = 1 - len(survivors) / max(1, len(trials))
    print(table(trials))
    print(f"\nseed {options.seed}: {len(trials) - len(survivors)} of {len(trials)} caught, {share:.2%}")
    for complaint in complaints:
        print(f"without a fault: {complaint}")
    return bool(complaints) or share < LEAST_SHARE


if __name__ == "__main__":
    sys.exit(main())
