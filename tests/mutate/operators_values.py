"""Faults in values: of another type, outside a set or range, not matching a pattern, not possible at run time."""
import re

from facts import Type
from mutant import Mutant, inserted, misspelled, operator
from program import PIPELINE_FACTS
from syntax import string_value

NUMBERS = ("Integer", "Float")
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


def instead(place, text):
    """Replaces the value at a place."""
    return Mutant([(place.node.start, place.node.end, text)], place.starts)


def is_member(place):
    """Whether the value is that of a field. Scalars in maps and lists are converted to strings."""
    return place.within.kind == "field"


def is_constant(node):
    return node.kind in ("string", "number", "constant") and node.name != "null"


@operator()
def text_for_number(program, rng):
    for place in program.places:
        if place.type.kind in NUMBERS and is_constant(place.node):
            yield instead(place, '"many"')


@operator()
def number_for_text(program, rng):
    for place in program.places:
        if place.type.kind in ("String", "Enum") and is_member(place) and is_constant(place.node):
            yield instead(place, rng.choice(["7", "1.5", "true"]))


@operator()
def text_for_boolean(program, rng):
    for place in program.places:
        if place.type.kind == "Boolean" and is_constant(place.node):
            yield instead(place, rng.choice(['"yes"', "1"]))


@operator()
def object_for_list(program, rng):
    for place in program.places:
        if place.type.kind == "List" and place.node.kind in ("list", "for_list"):
            yield instead(place, rng.choice(["{ first: 1 }", '"all"', "7"]))


@operator()
def list_for_object(program, rng):
    for place in program.places:
        if place.type.kind in ("Shape", "Map") and place.node.kind in ("object", "for_map"):
            yield instead(place, rng.choice(["[1]", '"all"', "7"]))


@operator()
def structure_for_scalar(program, rng):
    for place in program.places:
        if place.type.kind in ("String", "Enum", "Boolean", *NUMBERS) and is_constant(place.node):
            yield instead(place, rng.choice(["[1]", "{ first: 1 }"]))


@operator()
def misspell_enum(program, rng):
    for place in program.places:
        if place.type.kind == "Enum" and not place.type.is_open and place.node.kind == "string":
            yield instead(place, '"' + misspelled(string_value(place.node), rng, place.type.values) + '"')


@operator("warning")
def misspell_open_enum(program, rng):
    """A value that an open enum does not have: a warning."""
    for place in program.places:
        if place.type.kind == "Enum" and place.type.is_open and place.node.kind == "string":
            yield instead(place, '"' + misspelled(string_value(place.node), rng, place.type.values) + '"')


def beyond(limits):
    values = []
    if "min" in limits:
        values.append(limits["min"] - 1)
    if "max" in limits:
        values.append(limits["max"] + 1)
    return values


@operator()
def break_range(program, rng):
    """A number below the minimum or above the maximum."""
    for place in program.places:
        if place.type.kind in NUMBERS:
            for value in beyond(place.type.limits):
                yield instead(place, str(value))


@operator()
def break_length(program, rng):
    """A string that is too long or too short."""
    for place in program.places:
        limits = place.type.limits
        if place.type.kind == "String" and (is_member(place) or is_constant(place.node)):
            if limits.get("max", 10**6) < 5000:
                yield instead(place, '"' + "a" * (limits["max"] + 1) + '"')
            if limits.get("min"):
                yield instead(place, '""')


@operator()
def break_size(program, rng):
    """A list or map with too many elements or none."""
    for place in program.places:
        limits = place.type.limits
        if place.type.kind == "List" and place.node.kind == "list":
            if limits.get("min"):
                yield instead(place, "[]")
            items = place.node.items
            if items and items[0].kind != "spread" and limits.get("max", 1000) <= 20:
                item = program.text[items[0].start : items[0].end]
                yield instead(place, "[" + ", ".join([item] * (limits["max"] + 1)) + "]")


def fitting(pattern, text):
    """Whether a text matches a pattern; None if Python does not understand the pattern."""
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return None


@operator()
def break_pattern(program, rng):
    """A string that does not match its pattern, such as an invalid role, URI, name or image."""
    for place in program.places:
        pattern = place.type.limits.get("pattern")
        text = string_value(place.node)
        if place.type.kind != "String" or not pattern or text is None:
            continue
        slips = [" " + text, text.replace("/", "\t"), "arn:nope", "no good!", "ftp nowhere", text + " "]
        slips = [slip for slip in slips if fitting(pattern, slip) is False]
        if slips and fitting(pattern, text):
            yield instead(place, '"' + rng.choice(slips).replace("\t", "\\t") + '"')


@operator()
def default_of_another_type(program, rng):
    wrong = {"Integer": ['"one"', "1.5", "true"], "Float": ['"one"', "true"]}
    wrong |= {"String": ["7", "true"], "Boolean": ["1", '"no"']}
    for node in program.nodes:
        if node.kind in ("param", "config") and node.value and node.type.name.text in wrong:
            value = rng.choice(wrong[node.type.name.text])
            yield Mutant([(node.value.start, node.value.end, value)], [node.value.start])


@operator()
def default_outside_its_choices(program, rng):
    for node in program.nodes:
        if node.kind in ("param", "config") and node.value and is_constant(node.value):
            default = program.text[node.value.start : node.value.end]
            others = {"String": '"other"', "Integer": "2" if default == "1" else "1", "Float": default + "1"}
            other = others.get(node.type.name.text)
            if node.choices and other:
                yield Mutant([(node.value.start, node.value.end, other)], [node.value.start])
            elif other:
                yield Mutant([(node.type.end, node.type.end, f" in [{other}]")], [node.value.start])


@operator()
def default_beyond_a_field(program, rng):
    """A parameter's default is out of the range of a field that the parameter reaches."""
    for place in program.places:
        declaration = place.node._declaration
        if place.type.kind in NUMBERS and declaration and declaration.kind == "param" and declaration.value:
            for value in beyond(place.type.limits):
                if declaration.type.name.text == "Integer":
                    edit = (declaration.value.start, declaration.value.end, str(value))
                    yield Mutant([edit], [declaration.value.start, *place.starts])


def parameters_of(program, *types):
    names = [node.name.text for node in program.root.items if node.kind == "param" and node.type.name.text in types]
    return [name for name in names if program.declared[name].kind == "param"]


@operator()
def parameter_of_another_type(program, rng):
    """A parameter of another type than the member."""
    wrong = {"String": ("Integer", "Float", "Boolean"), "Enum": ("Integer", "Float"), "Integer": ("String", "Float")}
    wrong |= {"Boolean": ("String", "Integer"), "Float": ("String", "Boolean")}
    for place in program.places:
        names = parameters_of(program, *wrong.get(place.type.kind, ()))
        if names and is_member(place):
            yield instead(place, rng.choice(names))


@operator()
def parameter_for_structure(program, rng):
    """A parameter instead of a whole list or object."""
    for place in program.places:
        names = parameters_of(program, "String", "Integer", "Float", "Boolean")
        if names and place.type.kind in ("List", "Map", "Shape") and place.node.kind in ("list", "object"):
            yield instead(place, rng.choice(names))


@operator()
def parameter_for_literal(program, rng):
    """A parameter where the service accepts only literals."""
    for place in program.places:
        names = parameters_of(program, "String")
        if names and place.type.is_literal and place.type.kind in ("String", "Enum"):
            yield instead(place, rng.choice(names))


@operator()
def arithmetic_on_parameter(program, rng):
    """Arithmetic with a run-time value."""
    for place in program.places:
        names = parameters_of(program, "Integer")
        if names and place.type.kind in NUMBERS and is_member(place):
            yield instead(place, f"{rng.choice(names)} {rng.choice('+-*/')} 2")


@operator()
def choice_by_parameter(program, rng):
    """A ternary whose condition is a run-time value."""
    for place in program.places:
        names = parameters_of(program, "Integer")
        if names and is_member(place) and place.node.kind in ("string", "number"):
            value = program.text[place.node.start : place.node.end]
            yield instead(place, f"{rng.choice(names)} > 1 ? {value} : {value}")


@operator()
def null_for_required(program, rng):
    for structure in program.structures:
        for name, field in structure.fields.items():
            member = structure.type.members.get(name)
            if member and member.is_required and not member.type.is_nullable and not structure.given:
                edit = (field.value.start, field.value.end, "null")
                yield Mutant([edit], [field.start, *structure.starts])


@operator()
def shortened_property(program, rng):
    """A property that is a structure or list is used where a scalar is expected."""
    for place in program.places:
        node = place.node
        if node.kind == "member" and place.type.kind == "String" and node.left.kind in ("member", "index"):
            whole = program.type_of(node.left, {})
            if isinstance(whole, Type) and whole.kind in ("Shape", "List"):
                yield Mutant([(node.left.end, node.end, "")], place.starts)


@operator()
def unknown_execution_variable(program, rng):
    for place in program.places:
        if place.type.kind == "String" and is_member(place) and not place.type.is_literal:
            base = rng.choice(["Pipeline", "Execution"])
            taken = {*PIPELINE_FACTS, *program.facts.named("Execution").members}
            yield instead(place, f"{base}.{misspelled('PipelineExecutionId', rng, taken)}")


@operator()
def position_out_of_range(program, rng):
    for path in program.paths:
        limit = path.base.limits.get("max") if isinstance(path.base, Type) else None
        if path.node.kind == "index" and path.node.right.kind == "number" and limit:
            right = path.node.right
            yield Mutant([(right.start, right.end, str(limit))], [path.node.start, *path.via])


def looks_into_files(program):
    """Yields the complete paths into property files, each with the node of the file."""
    for path in program.paths:
        node, inner = path.node, path.node
        if node.parent.kind in ("member", "index") and node.parent.left is node:
            continue
        while inner.left.kind in ("member", "index"):
            inner = inner.left
        file = program.type_of(inner, {})
        if inner is not node and isinstance(file, Type) and file.kind == "Any" and file.name == "a property file":
            yield path, inner


@operator()
def key_that_no_path_holds(program, rng):
    """A member of a property file whose name has an apostrophe."""
    for path, _ in looks_into_files(program):
        yield inserted(path.node.end, '["it\'s"]', path.node.start, *path.via)


@operator()
def break_jsonget(program, rng):
    """An invalid path into a property file."""
    for path, file in looks_into_files(program):
        slip = rng.choice(["a..b", "rows[0", ".mse", "mse.", "rows[]", "a]b", ""])
        text = f'jsonget({program.text[file.start : file.end]}, "{slip}")'
        yield Mutant([(path.node.start, path.node.end, text)], [path.node.start, *path.via])


@operator()
def compare_text_with_number(program, rng):
    numbers, texts = parameters_of(program, "Integer", "Float"), parameters_of(program, "String")
    for node in program.nodes:
        if node.kind == "binary" and node.op in COMPARISONS:
            for side, other in ((node.left, node.right), (node.right, node.left)):
                if side.name in numbers:
                    yield Mutant([(other.start, other.end, '"many"')], [node.start])
                elif side.name in texts:
                    yield Mutant([(other.start, other.end, "3")], [node.start])


@operator()
def structure_in_text(program, rng):
    """A list or object in a string."""
    for node in program.nodes:
        if node.kind == "template":
            part = rng.choice(node.parts)
            yield Mutant([(part.start, part.end, "[1, 2]")], [part.start])


@operator()
def break_cache(program, rng):
    """A duration in a form that the service is not known to accept."""
    for node in program.nodes:
        if node.kind == "cache" and node.value:
            slip = rng.choice(["30 days", "P", "PT", "P30", "thirty", "P3X", "-P1D", "P1D2H", "30", "", "PTD"])
            yield Mutant([(node.value.start, node.value.end, f'"{slip}"')], [node.start])
