"""Typos in brackets, quotes and separators."""
from mutant import Mutant, operator
from tokens import CLOSERS, tokens_of

OPENERS = ("{", "[", "(")


def brackets(program):
    """Yields pairs of an opening bracket and its closing bracket."""
    open_brackets = []
    for token in tokens_of(program.text)[0]:
        if token.kind == "mark" and token.text in OPENERS:
            open_brackets.append(token)
        elif token.kind == "mark" and token.text in CLOSERS.values():
            yield open_brackets.pop(), token


def neighbors(program, offset):
    """An offset, and that of the next character that is not blank."""
    after = len(program.text) - len(program.text[offset + 1 :].lstrip())
    return [offset, min(after, len(program.text) - 1)]


@operator()
def drop_closer(program, rng):
    """The message is expected at the opener, where the closer was, or, if the rest of that line is blank, on the next line."""
    for opener, closer in brackets(program):
        yield Mutant([(closer.start, closer.end, "")], [opener.start, *neighbors(program, closer.start)])


@operator()
def drop_opener(program, rng):
    for opener, closer in brackets(program):
        yield Mutant([(opener.start, opener.end, "")], [opener.start, closer.start])


@operator()
def change_closer(program, rng):
    for opener, closer in brackets(program):
        other = rng.choice([text for text in CLOSERS.values() if text != closer.text])
        yield Mutant([(closer.start, closer.end, other)], [opener.start, closer.start])


@operator()
def change_opener(program, rng):
    for opener, closer in brackets(program):
        other = rng.choice([text for text in CLOSERS if text != opener.text])
        yield Mutant([(opener.start, opener.end, other)], [opener.start, closer.start])


@operator()
def drop_quote(program, rng):
    for token in tokens_of(program.text)[0]:
        if token.kind == "string" and not token.text.startswith('"""'):
            at = rng.choice([token.start, token.end - 1])
            yield Mutant([(at, at + 1, "")], [token.start])


@operator()
def drop_colon(program, rng):
    for node in program.nodes:
        if node.kind == "field":
            at = program.text.index(":", node.name_end)
            yield Mutant([(at, at + 1, "")], [node.start])


@operator()
def equals_for_colon(program, rng):
    for node in program.nodes:
        if node.kind == "field":
            at = program.text.index(":", node.name_end)
            yield Mutant([(at, at + 1, " =")], [node.start])


@operator()
def break_before_if(program, rng):
    """Moves the `if` of a condition to a line of its own, where the message is expected."""
    for node in program.nodes:
        if node.kind == "condition":
            at = program.text.index(" if ", node.start)
            yield Mutant([(at, at + 1, "\n    ")], [(0, 5)])


@operator()
def drop_equals(program, rng):
    for node in program.nodes:
        if node.kind in ("let", "function"):
            at = program.text.rindex("=", node.start, node.value.start)
            yield Mutant([(at, at + 1, "")], [node.start])


@operator()
def drop_comma(program, rng):
    """Removes a comma between elements or arguments on one line."""
    for node in program.nodes:
        items = node.items if node.kind == "list" else node.arguments if node.kind == "call" else None
        for before, after in zip(items or [], (items or [])[1:]):
            gap = program.text[before.end : after.start]
            if gap.strip() == "," and "\n" not in gap and program.text[after.start] not in "[({-":
                at = before.end + gap.index(",")
                yield Mutant([(at, at + 1, "")], [before.start])


@operator()
def double_operator(program, rng):
    for node in program.nodes:
        if node.kind == "binary":
            yield Mutant([(node.left.end, node.left.end, " *")], [node.left.end])


@operator()
def chain_comparison(program, rng):
    for node in program.nodes:
        if node.kind == "binary" and node.op in ("<", "<=", ">", ">=", "=="):
            yield Mutant([(node.end, node.end, f" {node.op} 3")], [(0, 1)])


@operator()
def bad_escape(program, rng):
    for node in program.nodes:
        if node.kind == "string" and not node.text.startswith('"""'):
            yield Mutant([(node.start + 1, node.start + 1, "\\q")], [node.start])


@operator()
def stray_character(program, rng):
    for node in program.nodes:
        if node.kind in ("field", "param", "let", "step"):
            yield Mutant([(node.start, node.start, rng.choice("@#;^&~"))], [node.start])
