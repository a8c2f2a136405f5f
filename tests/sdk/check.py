"""Runs the scripts in this folder and in v3 with the SageMaker Python SDK, and compares their output with what is expected.

    check.py [--against FOLDER] [NAME...]

Expected is the output of the compiler, SAGEPIPEC, for the script's program: tests/stdlib/X.pipe for kind_X,
samples/X/X.pipe for sample_X, tests/conformance/NAME.pipe for all others. With --against, it is FOLDER/X.json or
FOLDER/NAME.json, for those scripts that have one there. Both sides are normalized as tests/json_equal.py does.
SDK3_PYTHON is a Python with version 3 of the SDK, which the scripts in v3 need. The name `images` asks the SDK
and the compiler for thousands of image URIs. Prints TAP.
"""
import argparse
import os
import pathlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
TESTS = HERE.parent
sys.path[:0] = [str(TESTS), str(TESTS / "images")]
from json_equal import differences, load, normalized  # noqa: E402
import image_table  # noqa: E402


class Failed(Exception):
    pass


def run(*command):
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if result.returncode != 0:
        words = " ".join(map(str, command))
        raise Failed(f"{words}: exit status {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout


def from_sdk(name):
    if (HERE / "v3" / f"{name}.py").exists():
        return load(run(os.environ["SDK3_PYTHON"], "-B", HERE / "v3" / f"{name}.py"))
    return load(run(sys.executable, "-B", HERE / f"{name}.py"))


def program_of(name):
    if name.startswith("kind_"):
        return TESTS / "stdlib" / f"{name.removeprefix('kind_')}.pipe"
    if name.startswith("sample_"):
        sample = name.removeprefix("sample_")
        return TESTS.parent / "samples" / sample / f"{sample}.pipe"
    return TESTS / "conformance" / f"{name}.pipe"


def from_compiler(name):
    return load(run(os.environ.get("SAGEPIPEC", "sagepipec"), program_of(name)))


def image_complaints():
    """Where the SDK's answers differ from tests/images/table.tsv, and the compiler's from the SDK's."""
    table = run(sys.executable, "-B", HERE / "images.py")
    if table != image_table.TABLE.read_text():
        yield "tests/images/table.tsv is not what tests/sdk/images.py prints"
    yield from image_table.differences(table)


def complaints(name, expect):
    """How a pipeline differs from the expected one, as lines."""
    try:
        if name == "images":
            return list(image_complaints())
        return list(differences("$", normalized(expect(name)), normalized(from_sdk(name))))
    except (Failed, OSError, ValueError) as failure:
        return str(failure).splitlines()


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--against", type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    patterns = ("[AB][0-9][0-9]_*.py", "kind_*.py", "sample_*.py", "images.py", "v3/[AB][0-9][0-9]_*.py", "v3/kind_*.py")
    scripts = [path for pattern in patterns for path in HERE.glob(pattern)]

    def expected_file(name):
        return options.against / f"{name.removeprefix('kind_')}.json"

    def expect(name):
        return load(expected_file(name).read_text()) if options.against else from_compiler(name)

    names = options.names or sorted(path.stem for path in scripts)
    if options.against and not options.names:
        names = [name for name in names if expected_file(name).exists()]
    print(f"1..{len(names)}")
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda name: complaints(name, expect), names)
        for number, (name, lines) in enumerate(zip(names, results), 1):
            failed += bool(lines)
            print(f"{'not ok' if lines else 'ok'} {number} - {name} is as expected", flush=True)
            for line in lines:
                print(f"#   {line}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
