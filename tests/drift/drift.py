"""Compares the library with AWS's packages, and prints what is new. Exit status 1 if anything is.

    drift.py NEW OLD                              with the packages in the folder NEW, and version 2 of the SDK in OLD
    drift.py --facts FILE                         with facts that packages.py found earlier, as JSON
    drift.py ... --stdlib DIR --source DIR --known FILE     instead of the project's own
"""

import argparse
import importlib.machinery
import importlib.util
import json
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

import packages
from library import Library


def difference(facts, library):
    """What the library lacks: pairs of what it is and the package that has it."""
    for name in facts["metadata"]:
        if name not in library.keys:
            yield "step type %s" % name, "botocore"
    for name in facts["types"]:
        if name not in library.keys and name not in facts["metadata"]:
            yield "step type %s" % name, "sagemaker-mlops"
    for status, values in facts["statuses"].items():
        for value in values:
            if value not in library.statuses:
                yield "status %s %s" % (status, value), "botocore"
    for name, keys in sorted(facts["keys"].items()):
        for key in sorted(set(keys) - library.keys.get(name, set(keys))):
            yield "step key %s %s" % (name, key), "sagemaker-mlops"
    for key in sorted(set(facts["definition"]) - library.definition):
        yield "definition key %s" % key, "sagemaker-mlops"
    for name in sorted(set(facts["exceptions"]) - library.exceptions):
        yield "retry exception %s" % name, "sagemaker-mlops"
    for package, tables in facts["images"].items():
        yield from ((what, package) for what in image_difference(tables, library))
    for what in facts["shapes"]:
        yield what, "botocore"


def image_difference(tables, library):
    for table, scopes in sorted(tables.items()):
        if table not in library.images:
            yield "image table %s" % table
            continue
        for scope, versions in sorted(scopes.items()):
            for version in sorted(set(versions) - library.images[table].get(scope, set())):
                yield "image version %s %s" % (" ".join(filter(None, (table, scope))), version)


# --- requests and responses ---


def generator():
    """tools/gen-api, which is a script, as a module."""
    loader = importlib.machinery.SourceFileLoader("gen_api", str(ROOT / "tools/gen-api"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("gen_api", loader))
    loader.exec_module(module)
    return module


def declarations(text):
    """The declarations of a generated file, by name: the set of their parts."""
    bodies = re.split(r"^(?=(?:shape|enum|type) )", text, flags=re.M)[1:]
    return {re.split(r"\W+", body)[1]: body for body in bodies}


def parts(body):
    """The members or values of a declaration; of a type, all of it."""
    found = re.search(r"\{(.*)\}", body, re.S)
    if not found:
        return [" ".join(body.split())]
    separator = r",\s*" if body.startswith("enum") else r"\n|, (?=\w+\??:)"
    return [part.strip() for part in re.split(separator, found[1]) if part.strip()]


def shape_difference(old, new):
    """What is new or changed in the text of a generated file."""
    old, new = declarations(old), declarations(new)
    for name, body in new.items():
        if name not in old:
            yield "shape %s" % name
        elif body != old[name]:
            yield from ("shape %s has %s" % (name, part) for part in parts(body) if part not in parts(old[name]))
            yield from ("shape %s no longer has %s" % (name, part) for part in parts(old[name]) if part not in parts(body))
    yield from ("shape %s is gone" % name for name in old if name not in new)


def shapes(folder, stdlib):
    gen_api = generator()
    return [what for service in gen_api.SERVICES
            for what in shape_difference((Path(stdlib) / "api" / service.file).read_text(encoding="utf-8"),
                                         gen_api.service_text(service, Path(folder, "botocore"), ""))]


# --- the report ---


def known_reasons(path):
    """The reasons in known.txt, by what is known."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines()[1:] if line]
    return dict(line.split(": ", 1) for line in lines)


def made_of(stdlib):
    """The packages and versions of which the library's generated files are made."""
    text = (Path(stdlib, "api/sagemaker.pipe").read_text() + Path(stdlib, "images/registries.txt").read_text())
    return dict(re.findall(r"\b(botocore|sagemaker|sagemaker-core) (\d[\w.]*\w)", "\n".join(
        line for line in text.splitlines() if line.startswith("// GENERATED"))))


def print_table(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for row in rows:
        print("  ".join([row[0].ljust(widths[0]), row[1].ljust(widths[1]), *row[2:]]).rstrip())


def report(facts, library, known, made):
    """Prints what is new and what is known. Returns whether nothing is new."""
    found = {}
    for what, package in difference(facts, library):
        found.setdefault(what, package)
    new = [what for what in found if what not in known]
    print("The library is made of", ", ".join("%s %s" % pair for pair in sorted(made.items())) + ".")
    if new:
        rows = [("NEW", "WHERE", "SINCE")]
        for what in new:
            package = found[what]
            version = facts["versions"][package]
            is_generated = what.startswith(("shape ", "image ")) and made.get(package, version) != version
            rows.append((what, "%s %s" % (package, version), "after %s" % made[package] if is_generated else ""))
        print_table(rows)
    if len(found) > len(new):
        print_table([("KNOWN", "WHERE", "WHY NOT")] +
                    [(what, "%s %s" % (found[what], facts["versions"][found[what]]), known[what])
                     for what in found if what in known])
    gone = [what for what in known if what not in found]
    for what in gone:
        print("known.txt lists `%s`, but the library has it, or AWS's packages no longer do: remove the line" % what)
    print("%d new, %d known" % (len(new), len(found) - len(new)))
    return not new and not gone


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--facts", type=Path)
    parser.add_argument("--stdlib", type=Path, default=ROOT / "stdlib")
    parser.add_argument("--source", type=Path, default=ROOT / "src")
    parser.add_argument("--known", type=Path, default=HERE / "known.txt")
    options = parser.parse_args()
    if options.facts:
        facts = json.loads(options.facts.read_text(encoding="utf-8"))
    else:
        new, old = options.folders
        facts = {**packages.facts(new, old), "shapes": shapes(new, options.stdlib)}
    empty = [name for name, fact in facts.items() if not fact and name != "shapes"]
    if empty:
        sys.exit("drift: the packages show no %s; adapt tests/drift/packages.py to how they are written now" % ", ".join(empty))
    library = Library(options.stdlib, options.source)
    sys.exit(0 if report(facts, library, known_reasons(options.known), made_of(options.stdlib)) else 1)


if __name__ == "__main__":
    main()
