"""The mutation test: single faults in programs that are right, and how many the compiler reports where it should.

    mutate.py --sagepipec FILE [--seed N] [--count N] [--only OPERATOR]... [--survivors FILE]

Every sample, expanded to plain steps, and every conformance program is parsed here, without the compiler; each operator makes faults that are wrong
by the language and by the facts in stdlib/, and says on which lines a message belongs. Of each operator, --count faults
are drawn at random. A fault is caught when an error (or the warning that the language has for it) has its place, or a
related one, on such a line. Exit status 1: a program is not clean without a fault, or fewer than 97 % are caught.
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
import operators_steps  # noqa: F401
import operators_text  # noqa: F401
import operators_values  # noqa: F401
from facts import Facts
from mutant import OPERATORS, source
from program import Program

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))
from tap import SECONDS  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHARE_DUE = 0.97
CHUNK = 40


class Trial:
    """One mutant on its way: its text, the lines that count, and what the compiler said."""

    def __init__(self, operator, program, mutant):
        self.operator, self.program = operator, program
        self.text, self.lines = mutant.apply(program.text)
        self.messages, self.crash = [], None

    @property
    def due(self):
        return ("error", "warning") if OPERATORS[self.operator].level == "warning" else ("error",)

    @property
    def is_caught(self):
        return not self.crash and any(self.is_at(message) for message in self.messages)

    def is_at(self, message):
        lines = {line for place in (message, *message["related"]) for line in lines_of(place)}
        return message["severity"] in self.due and not lines.isdisjoint(self.lines)

    @property
    def errors(self):
        return [message for message in self.messages if message["severity"] == "error"]

    @property
    def outcome(self):
        if self.crash:
            return "crash"
        if self.is_caught:
            return "caught"
        return "elsewhere" if any(message["severity"] in self.due for message in self.messages) else "missed"

    def show(self):
        before, after = self.program.text.splitlines(), self.text.splitlines()
        diff = [line for line in difflib.unified_diff(before, after, lineterm="", n=0)][2:]
        lines = ", ".join(map(str, self.lines))
        said = [f"    {m['start']['line']}: {m['severity']}[{m['code']}] {m['message']}" for m in self.messages]
        shown = [line if len(line) < 160 else line[:157] + "..." for line in diff]
        where = f"{self.outcome}: {self.operator} in {self.program.path.relative_to(ROOT)}, due on line {lines}"
        return "\n".join([where, *shown[:12], *(said or [f"    {self.crash or 'nothing was said'}"])])


def lines_of(place):
    """The lines of a message's place; only the first of a long one, as a whole block would be everywhere."""
    first, last = place["start"]["line"], place["end"]["line"]
    return range(first, last + 1) if last - first < 2 else [first]


def plain_text(command, path):
    """A program of plain steps as it is; any other as what `--dump expanded` makes of it, "" when it needs options."""
    if path.parent.name in ("steps", "conformance"):
        return path.read_text()
    return subprocess.run([command, "--dump", "expanded", path], capture_output=True, text=True, timeout=SECONDS, check=False).stdout


def programs_of(command, folder):
    paths = sorted([*(folder / "samples").rglob("*.pipe"), *(folder / "tests" / "conformance").glob("*.pipe")])
    facts = Facts(folder / "stdlib")
    texts = [(path, plain_text(command, path)) for path in paths]
    return [Program(path, text, facts) for path, text in texts if text]


def drawn(operator, programs, seed, count):
    """As many mutants of an operator as are wanted, from all programs alike."""
    rng = source(f"{seed} {operator}")
    trials = {}
    for program in programs:
        for mutant in OPERATORS[operator](program, rng):
            trial = Trial(operator, program, mutant)
            if trial.text != program.text:
                # Different flows of one value make the same fault: its lines are those of all.
                known = trials.setdefault((program.path, trial.text), trial)
                known.lines = sorted({*known.lines, *trial.lines})
    trials = list(trials.values())
    rng.shuffle(trials)
    return trials[:count]


def check(command, trials, folder):
    """Runs the compiler over some mutants at once; should it crash, over each by itself."""
    paths = {f"{folder}/{id(trial):x}.pipe": trial for trial in trials}
    for path, trial in paths.items():
        pathlib.Path(path).write_text(trial.text)
    done = subprocess.run([command, "--check", "--message-format", "json", *paths], capture_output=True, text=True, timeout=SECONDS)
    if done.returncode in (0, 1):
        for line in done.stderr.splitlines():
            message = json.loads(line)
            paths[message["file"]].messages.append(message)
    elif len(trials) == 1:
        trials[0].crash = f"exit status {done.returncode}: {done.stderr[-300:]}"
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
    """Complaints about programs without a fault: samples bear no warning, conformance programs no error."""
    complaints = []
    for program in programs:
        run = [command, "--check", "--message-format", "json", program.path]
        report = subprocess.run(run, capture_output=True, text=True, timeout=SECONDS).stderr
        due = ("error", "warning") if "samples" in program.path.parts else ("error",)
        for message in map(json.loads, report.splitlines()):
            if message["severity"] in due:
                place = f"{message['file']}:{message['start']['line']}"
                complaints.append(f"{place}: [{message['code']}] {message['message']}")
    return complaints


def table(trials):
    """Markdown: of each operator how many mutants there were, were caught there, and brought one error only."""
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
    trials = [trial for name in names for trial in drawn(name, programs, options.seed, options.count)]
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
    return bool(complaints) or share < SHARE_DUE


if __name__ == "__main__":
    sys.exit(main())
