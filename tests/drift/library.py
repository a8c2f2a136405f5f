"""What the library knows: read from the text of stdlib/, and from src/deploy/ for the statuses of executions."""

import re
from pathlib import Path

# What the compiler writes into every definition and step, and what the clauses of a step become.
DEFINITION = {"Version", "Metadata", "Parameters", "Steps"}
STEP = {"Name", "Type", "Arguments", "DependsOn"}
CLAUSES = {"cache": "CacheConfig", "retry": "RetryPolicies", "property": "PropertyFiles", "output": "OutputParameters"}


def blocks(text, word):
    """The declarations `WORD NAME { ... }` of a text, as pairs of a name and what is between the braces."""
    for found in re.finditer(r"^%s (\w+) \{" % word, text, re.M):
        yield found[1], between_braces(text, found.end())


def between_braces(text, at):
    depth, start = 1, at
    while depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return text[start:at - 1]


def members(block):
    """The names of a shape's members, without those of inner shapes."""
    while "{" in block:
        block = re.sub(r"\{[^{}]*\}", "", block)
    return set(re.findall(r"(?:^|,)\s*(\w+)\??:", block, re.M))


def keys_of_kind(block):
    found = re.search(r"^ *keys \{", block, re.M)
    keys = members(between_braces(block, found.end())) if found else set()
    clauses = re.search(r"^ *clauses (.*)$", block, re.M)
    words = clauses[1].split(", ") if clauses else []
    return keys | {CLAUSES[word.split()[0]] for word in words}


def image_versions(text):
    """The versions and aliases of a table of images, by scope."""
    versions, scopes = {}, []
    for line in re.sub(r"\n +", " ", text).splitlines():
        word, *rest = line.split(" ")
        if word == "scope":
            scopes = rest or [""]
        found = re.search(r" versions=([^=]*)(?: \w+=|$)", line)
        names = re.split(r"[\s,]+", found[1]) if found else []
        if word == "aliases":
            names = [pair.split("=")[0] for pair in rest]
        for scope in scopes:
            versions.setdefault(scope, set()).update(names)
    return versions


class Library:
    def __init__(self, stdlib, source):
        texts = [path.read_text() for path in sorted(Path(stdlib).glob("**/*.pipe"))]
        prelude = Path(stdlib, "prelude.pipe").read_text()
        shapes = dict(blocks(prelude, "shape"))
        common = STEP | members(shapes["StepKeys"])
        self.definition = DEFINITION | members(shapes["Pipeline"])
        self.keys = {}
        for text in texts:
            for _, block in blocks(text, "kind"):
                found = re.search(r'^ *type "(\w+)"', block, re.M)
                if found:
                    self.keys[found[1]] = common | keys_of_kind(block)
        self.exceptions = {"%s.%s" % (family, value)
                           for family, block in re.findall(r"^enum (\w+)Exception \{([^}]*)\}", prelude, re.M)
                           for value in re.findall(r'"(\w+)"', block)}
        deploy = "".join(path.read_text() for path in Path(source, "deploy").glob("*.c"))
        self.statuses = set(re.findall(r'"([A-Z]\w+)"', deploy))
        self.images = {path.stem: image_versions(path.read_text()) for path in Path(stdlib, "images").glob("*.txt")}
