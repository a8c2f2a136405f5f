#!/usr/bin/env python3
"""Compares JSON files as values and prints TAP, numbered from the argument on.

Each line of standard input holds a name, the expected file and the actual one, separated by tabs. Numbers are equal
when their values are, members of an object have no order, and a PipelineDefinition is compared as the JSON in it.
"""

import json
import sys
from decimal import Decimal

MOST_DIFFERENCES = 10


def load(text):
    def members(pairs):
        names = [name for name, _ in pairs]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"members given twice: {', '.join(sorted(twice))}")
        return dict(pairs)

    return json.loads(text, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=members)


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


def compare(expected_path, actual_path):
    try:
        with open(expected_path, encoding="utf-8") as expected, open(actual_path, encoding="utf-8") as actual:
            return list(differences("$", load(expected.read()), load(actual.read())))
    except ValueError as error:
        return [str(error)]


def main():
    number = int(sys.argv[1])
    for line in sys.stdin:
        name, expected, actual = line.rstrip("\n").split("\t")
        found = compare(expected, actual)
        print(f"{'not ok' if found else 'ok'} {number} - {name}")
        for difference in found[:MOST_DIFFERENCES]:
            print("#", difference)
        number += 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main()
