#!/usr/bin/env python3
"""Compares JSON files as values and prints TAP, numbered from the argument on: json_equal.py NUMBER [--normalize].

Each line of standard input holds a name, the expected file and the actual one, separated by tabs. Numbers are equal
when their values are, members of an object have no order, and a PipelineDefinition is compared as the JSON in it.
With --normalize, `normalized` is applied to both sides first.
"""

import json
import re
import sys
from decimal import Decimal

MOST_DIFFERENCES = 10

# A folder in an S3 URI that is the hash of its contents. A .json file keeps its hash: both sides must generate the same bytes.
CONTENT_HASH = re.compile(r"(?<=/)[0-9a-f]{64}(?=/(?!.*\.json$))")
TIME_STAMP = re.compile(r"-[0-9]{4}(-[0-9]{2}){5}-[0-9]{3}(?![0-9])")
FOLDERS_OF_SOURCE = re.compile(r"^.*/(?=[\w.-]+\.py$)")


def load(text):
    def members(pairs):
        names = [name for name, _ in pairs]
        duplicates = {name for name in names if names.count(name) > 1}
        if duplicates:
            raise ValueError(f"duplicate members: {', '.join(sorted(duplicates))}")
        return dict(pairs)

    return json.loads(text, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=members)


def normalized(value):
    """Removes from a definition what depends on when and where the SDK ran:

    - the SHA-256 of uploaded code, a folder in an S3 URI, becomes a number: equal hashes stay equal, different ones
      different;
    - a time stamp in a name or URI is removed, with the hyphen before it;
    - the description of a step function without a docstring is the path of its source: only the file name stays.
    """
    hashes = {}

    def text(value):
        value = CONTENT_HASH.sub(lambda match: f"sha256-{hashes.setdefault(match[0], len(hashes) + 1)}", value)
        return TIME_STAMP.sub("", value)

    def walk(value, name=None):
        if isinstance(value, dict):
            return {name: walk(value[name], name) for name in sorted(value)}
        if isinstance(value, list):
            return [walk(element) for element in value]
        if not isinstance(value, str):
            return value
        return text(FOLDERS_OF_SOURCE.sub("", value) if name == "Description" else value)

    return walk(value)


def differences(path, expected, actual):
    """Yields one line for each place where two values differ."""
    if type(expected) is not type(actual):
        yield f"{path}: {show(expected)} expected, {show(actual)} found"
    elif isinstance(expected, dict):
        for name in [*expected, *(name for name in actual if name not in expected)]:
            place = f"{path}.{name}"
            if name not in actual:
                yield f"{place}: missing, {show(expected[name])} expected"
            elif name not in expected:
                yield f"{place}: not expected, {show(actual[name])} found"
            elif name == "PipelineDefinition" and isinstance(actual[name], str):
                yield from differences(place, load(expected[name]), load(actual[name]))
            else:
                yield from differences(place, expected[name], actual[name])
    elif isinstance(expected, list):
        if len(expected) != len(actual):
            yield f"{path}: {len(expected)} elements expected, {len(actual)} found"
        for i, (left, right) in enumerate(zip(expected, actual)):
            yield from differences(f"{path}[{i}]", left, right)
    elif expected != actual:
        yield f"{path}: {show(expected)} expected, {show(actual)} found"


def show(value):
    text = json.dumps(value, default=float)
    return text if len(text) <= 300 else text[:300] + "…"


def compare(expected_path, actual_path, prepare):
    try:
        with open(expected_path, encoding="utf-8") as expected, open(actual_path, encoding="utf-8") as actual:
            return list(differences("$", prepare(load(expected.read())), prepare(load(actual.read()))))
    except (OSError, ValueError) as error:
        return [str(error)]


def main():
    number = int(sys.argv[1])
    prepare = normalized if "--normalize" in sys.argv[2:] else lambda value: value
    for line in sys.stdin:
        name, expected, actual = line.rstrip("\n").split("\t")
        found = compare(expected, actual, prepare)
        print(f"{'not ok' if found else 'ok'} {number} - {name}")
        for difference in found[:MOST_DIFFERENCES]:
            print("#", difference)
        number += 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main()
