"""Runs the scripts beside it with the SageMaker Python SDK and compares what they print with what is due.

    check.py [--against FOLDER] [NAME...]

Due is what the compiler in SAGEPIPEC makes of tests/conformance/NAME.pipe, and of samples/NAME/NAME.pipe for
sample_NAME; with --against, which leaves the samples out, FOLDER/NAME.json. The result is TAP.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
CONFORMANCE = HERE.parent / "conformance"
SAMPLES = HERE.parent.parent / "samples"


class Failed(Exception):
    pass


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        words = " ".join(map(str, command))
        raise Failed(f"{words}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def from_sdk(name):
    return json.loads(run(sys.executable, "-B", HERE / f"{name}.py"))


def program_of(name):
    sample = name.removeprefix("sample_")
    return CONFORMANCE / f"{name}.pipe" if sample == name else SAMPLES / sample / f"{sample}.pipe"


def from_compiler(name):
    return json.loads(run(os.environ.get("SAGEPIPEC", "sagepipec"), program_of(name)))


def normalized(definition):
    """The definition less what the SDK takes from the files of whoever ran it, rather than from the pipeline.

    Two things only, and alike on both sides:
    - the SHA-256 of uploaded code, a folder in an S3 key, becomes a number: equal hashes stay equal,
      different ones different;
    - of the description of a step function without a docstring, which is the path of its source,
      the file's name stays.
    """
    hashes = {}
    text = json.dumps(definition, sort_keys=True)

    def numbered(match):
        return f"sha256-{hashes.setdefault(match[0], len(hashes) + 1)}"

    text = re.sub(r"(?<=/code/)[0-9a-f]{64}(?=/)", numbered, text)
    text = re.sub(r'(?<="Description": ")[^"]*/(?=[\w.-]+\.py")', "", text)
    return json.loads(text)


def kind(value):
    """The JSON type of a value; Python's own would take 1 and 1.0 for different, True and 1 for equal."""
    return "number" if type(value) in (int, float) else type(value).__name__


def differences(sdk, due, path="$"):
    if kind(sdk) != kind(due):
        yield path, json.dumps(sdk), json.dumps(due)
    elif isinstance(sdk, dict):
        for key in sorted(sdk.keys() | due.keys()):
            place = f"{path}.{key}"
            if key not in due:
                yield place, json.dumps(sdk[key]), "nothing"
            elif key not in sdk:
                yield place, "nothing", json.dumps(due[key])
            else:
                yield from differences(sdk[key], due[key], place)
    elif isinstance(sdk, list):
        for i, (one, two) in enumerate(zip(sdk, due)):
            yield from differences(one, two, f"{path}[{i}]")
        if len(sdk) != len(due):
            yield f"{path}.length", str(len(sdk)), str(len(due))
    elif sdk != due:
        yield path, json.dumps(sdk), json.dumps(due)


def complaints(name, expect):
    """What is wrong with a pipeline, in lines; nothing if all is well."""
    try:
        pairs = differences(normalized(from_sdk(name)), normalized(expect(name)))
        return [line for place, sdk, due in pairs for line in (place, f"  SDK: {sdk}", f"  due: {due}")]
    except (Failed, OSError, ValueError) as failure:
        return str(failure).splitlines()


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--against", type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    scripts = [] if options.against else [*HERE.glob("sample_*.py")]
    scripts += HERE.glob("[AB][0-9][0-9]_*.py")
    names = options.names or sorted(path.stem for path in scripts)

    def expect(name):
        if options.against:
            return json.loads((options.against / f"{name}.json").read_text())
        return from_compiler(name)

    print(f"1..{len(names)}")
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda name: complaints(name, expect), names)
        for number, (name, lines) in enumerate(zip(names, results), 1):
            failed += bool(lines)
            print(f"{'not ok' if lines else 'ok'} {number} - {name}", flush=True)
            for line in lines:
                print(f"#   {line}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
