"""Runs the code of a `Code` step in the container of a training job. Python 3.8 or newer, nothing else.

    code_runner.py [--setup FILE] ENTRY [PATH=TYPE...]

ENTRY is `file.py:function`, `file.py` or `file.ipynb` in the channel `code`. Before it runs, FILE of the same channel
does, a script of the shell or of Python, and what its `requirements.txt` names is installed.

The hyperparameters are the arguments of ENTRY as JSON. Those whose PATH is given are put together to lists and objects;
TYPE says how the text is read: JSON, or that of a value which only the pipeline run knew (String, Integer, Float,
Boolean, Scalar for any of them). Constants that are too long for a hyperparameter stand in `arguments.json` beside this
file. The result goes to `result.json` in the model folder, as the member `result` of an object. Why the job failed goes
to the file `failure`, where SageMaker looks for it.
"""

import argparse
import importlib.util
import inspect
import json
import os
import re
import subprocess
import sys
import tempfile
import traceback
import types
import typing
from pathlib import Path

BASE = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))
CODE = BASE / "input/data/code"
MODEL = BASE / "model"
OUTPUT = BASE / "output"
LAST_WORDS = 500
READERS = {"Integer": int, "Float": float, "Boolean": bool, "String": str}


class Failure(Exception):
    """What is wrong, said so that it needs no traceback."""


# The container's folders, and the environment that SageMaker's own containers give


def load(path, default):
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else default


def describe_container():
    """Sets the variables SM_*, and tells whether this is the first of the job's instances."""
    resources = load(BASE / "input/config/resourceconfig.json", {})
    hosts = sorted(resources.get("hosts", ["algo-1"]))
    current = resources.get("current_host", hosts[0])
    variables = {
        "SM_MODEL_DIR": MODEL,
        "SM_OUTPUT_DATA_DIR": OUTPUT / "data",
        "SM_HOSTS": json.dumps(hosts),
        "SM_CURRENT_HOST": current,
    }
    for channel in load(BASE / "input/config/inputdataconfig.json", {}):
        variables[f"SM_CHANNEL_{channel.upper()}"] = BASE / "input/data" / channel
    if "AWS_REGION" in os.environ:
        variables["AWS_DEFAULT_REGION"] = os.environ["AWS_REGION"]
    for name, value in variables.items():
        os.environ.setdefault(name, str(value))
    for folder in (MODEL, OUTPUT / "data"):
        folder.mkdir(parents=True, exist_ok=True)
    return current == hosts[0]


def run(what, *command):
    """Runs a command in the code's folder; its errors go to the log, and the last line of them into a failure."""
    last = ""
    process = subprocess.Popen(
        list(map(str, command)), cwd=CODE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
    )
    for line in process.stderr:
        sys.stderr.write(line)
        last = line.strip() or last
    status = process.wait()
    if status:
        raise Failure(f"{what} ended with exit status {status}" + (f": {last[-LAST_WORDS:]}" if last else ""))


def prepare(setup):
    if setup:
        script = find(setup)
        run(setup, *([sys.executable] if setup.endswith(".py") else ["sh"]), script)
    if (CODE / "requirements.txt").exists():
        run("pip install -r requirements.txt", sys.executable, "-m", "pip", "install", "-r", "requirements.txt")
    importlib.invalidate_caches()


def find(name):
    path = CODE / name
    if not path.is_file():
        there = ", ".join(sorted(str(p.relative_to(CODE)) for p in CODE.rglob("*") if p.is_file())[:20])
        raise Failure(f"the code has no file {name}; there are: {there or 'none'}")
    return path


# Arguments


def read(text, kind, what):
    """The value that a text of the given type stands for; `kind` is one of READERS, JSON, or anything for a guess."""
    try:
        if kind == "String":
            return text
        if kind == "Boolean":
            return {"true": True, "false": False}[text.strip().lower()]
        if kind == "Integer":
            return int(text) if re.fullmatch(r"\s*[-+]?\d+\s*", text) else whole(float(text))
        if kind == "Float":
            return float(text)
        if kind == "JSON":
            return json.loads(text)
    except (ValueError, KeyError):
        raise Failure(f"{what} cannot be read as {kind}: {text[:LAST_WORDS]}") from None
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, (bool, int, float)) else text


def whole(number):
    if number != int(number):
        raise ValueError
    return int(number)


def place(tree, path, value):
    """Puts a value where `a.b[0]['c d']` says; lists are objects with whole numbers until `grow` is done."""
    steps = re.findall(r"\.?([A-Za-z_]\w*)|\['([^']*)'\]|\[(\d+)\]", path)
    keys = [int(position) if position else quoted or name for name, quoted, position in steps]
    for key in keys[:-1]:
        tree = tree.setdefault(key, {})
    tree[keys[-1]] = value


def grow(tree):
    """The structure that `place` has prepared. Values that came whole are no trees: they are wrapped in `Whole`."""
    if isinstance(tree, Whole):
        return tree.value
    if all(isinstance(key, int) for key in tree):
        return [grow(tree[key]) for key in sorted(tree)]
    return {key: grow(value) for key, value in tree.items()}


class Whole:
    def __init__(self, value):
        self.value = value


def read_arguments(kinds):
    """The arguments by name, and the text of those that a run gave, which a function may want to read otherwise."""
    hyperparameters = load(BASE / "input/config/hyperparameters.json", {})
    constants = load(Path(__file__).resolve().with_name("arguments.json"), {})
    tree, texts = {}, {}
    for key, text in hyperparameters.items():
        constants[key] = read(text, kinds.get(key, "JSON"), f"the argument {key}")
        if kinds.get(key, "JSON") != "JSON":
            texts[key] = text
    for key, value in constants.items():
        if key in kinds:
            place(tree, key, Whole(value))
        else:
            tree[key] = Whole(value)
    return {name: grow(value) for name, value in tree.items()}, texts


# The four kinds of entries; each gives what it returned


def call(path, name, arguments, texts):
    """Calls a function with the arguments that it asks for by name."""
    sys.path[:0] = [str(CODE), str(path.parent)]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    function = getattr(module, name, None)
    if not callable(function):
        raise Failure(f"{path.name} has no function {name}")
    for argument, kind in annotations(function).items():
        if argument in texts:
            arguments[argument] = read(texts[argument], kind, f"the argument {argument}")
    try:
        inspect.signature(function).bind(**arguments)
    except TypeError as error:
        raise Failure(f"{name}: {error}") from None
    return function(**arguments)


def annotations(function):
    """How the parameters of a function want to be read: by their annotations, where these are types of JSON."""
    wanted = {kind: name for name, kind in READERS.items()}
    wanted.update({list: "JSON", dict: "JSON"})
    unions = (typing.Union, getattr(types, "UnionType", typing.Union))
    try:
        hints = typing.get_type_hints(function)
    except Exception:  # a name that only the type checker knows
        hints = {}
    found = {}
    for name, hint in hints.items():
        if typing.get_origin(hint) in unions:
            inner = [kind for kind in typing.get_args(hint) if kind is not type(None)]
            hint = inner[0] if len(inner) == 1 else None
        hint = typing.get_origin(hint) or hint
        if hint in wanted:
            found[name] = wanted[hint]
    return found


def run_script(path, arguments):
    """Runs a script with `--name value` for each argument; what is no text is JSON."""
    options = []
    for name, value in arguments.items():
        options += [f"--{name}", value if isinstance(value, str) else json.dumps(value)]
    run(path.name, sys.executable, path, *options)


def run_notebook(path, arguments):
    """Executes a copy of the notebook, with the arguments set in a cell of their own, into the model folder."""
    odd = [name for name in arguments if not name.isidentifier()]
    if odd:
        raise Failure(f"the argument {odd[0]} is no name for a variable of a notebook")
    notebook = load(path, None)
    lines = [f"{name} = {value!r}\n" for name, value in arguments.items()]
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"tags": ["injected-parameters"]},
        "outputs": [],
        "source": lines,
    }
    if (notebook.get("nbformat", 4), notebook.get("nbformat_minor", 0)) >= (4, 5):
        cell["id"] = "injected-parameters"
    cells = notebook.get("cells", [])
    marked = [i for i, old in enumerate(cells) if "parameters" in old.get("metadata", {}).get("tags", [])]
    cells.insert(marked[0] + 1 if marked else 0, cell)
    copy = path.with_name(f"{path.stem}.with-arguments.ipynb")
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    if importlib.util.find_spec("papermill"):
        command = ["papermill", "--cwd", path.parent, "--no-progress-bar", copy, MODEL / path.name]
    elif importlib.util.find_spec("nbconvert"):
        command = ["nbconvert", "--to", "notebook", "--execute", "--output-dir", MODEL, "--output", path.name, copy]
    else:
        raise Failure("the image has neither papermill nor nbconvert to run a notebook: name one in requirements.txt")
    run(path.name, sys.executable, "-m", *command)


def run_entry(entry, arguments, texts):
    name, _, function = entry.partition(":")
    path = find(name)
    if function:
        return call(path, function, arguments, texts)
    result = Path(os.environ["SAGEPIPEC_RESULT"])
    if path.suffix == ".ipynb":
        run_notebook(path, arguments)
    else:
        run_script(path, arguments)
    try:
        return load(result, None)
    except ValueError as error:
        raise Failure(f"what {name} wrote to SAGEPIPEC_RESULT is not JSON: {error}") from None


# What comes of it


def as_json(result, entry):
    def plain(value):  # NumPy's scalars and arrays know how to become Python's own
        if hasattr(value, "tolist"):
            return value.tolist()
        raise TypeError(f"{type(value).__name__} is no type of JSON")

    try:
        return json.dumps({"result": result}, allow_nan=False, default=plain)
    except (TypeError, ValueError, RecursionError) as error:
        raise Failure(f"what {entry} returned cannot be written as JSON: {error}") from None


def reason_of(error):
    """One line: what happened, and where in the user's code."""
    if isinstance(error, Failure):
        return str(error)
    what = "".join(traceback.format_exception_only(type(error), error)).strip()
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) != Path(__file__)]
    inside = [frame for frame in frames if CODE.resolve() in Path(frame.filename).resolve().parents]
    return f"{what} ({Path(inside[-1].filename).name}, line {inside[-1].lineno})" if inside else what


def work(options):
    is_first = describe_container()
    os.chdir(CODE)
    os.environ["SAGEPIPEC_RESULT"] = os.path.join(tempfile.mkdtemp(), "result.json")
    kinds = dict(argument.rsplit("=", 1) for argument in options.types)
    prepare(options.setup)
    arguments, texts = read_arguments(kinds)
    text = as_json(run_entry(options.entry, arguments, texts), options.entry)
    if is_first:  # the others would overwrite it with theirs
        (MODEL / "result.json").write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--setup")
    parser.add_argument("entry")
    parser.add_argument("types", nargs="*")
    options = parser.parse_args()
    try:
        work(options)
    except BaseException as error:  # SystemExit as well: a function may not end the job in its own way
        if not isinstance(error, Failure):
            traceback.print_exc()
        reason = reason_of(error)
        print(f"code_runner: {reason}", file=sys.stderr)
        OUTPUT.mkdir(parents=True, exist_ok=True)
        (OUTPUT / "failure").write_text(reason, encoding="utf-8")
        sys.exit(1)


if __name__ == "__main__":
    main()
