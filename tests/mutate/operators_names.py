"""Faults in names: misspelled, missing, duplicate."""
from facts import PRIMITIVES
from mutant import Mutant, misspelled, operator, replaced, whole_lines
from program import EVERYTHING, Texts

# The built-in functions. A misspelled or removed name must not be one of them.
BUILT_IN = set(
    "len keys values range lower upper replace split trim startswith endswith contains matches basename dirname min max"
    " abs floor ceil round string integer float known tojson readjson readtext base64 sha256 name join s3json jsonget"
    " image file folder text_file archive zip channel input output output_uri best_model best_automl_model continuous"
    " integers categories".split()
)
KEYWORDS = set(
    "import pipeline param config let step condition kind component export use defaults function schedule assert shape"
    " enum type test depends cache retry property output when given expect as from on off for in if else at file and or"
    " not true false null".split()
)


def all_names(program):
    words = {node.text for node in program.nodes if node.kind == "word"}
    names = {node.name for node in program.nodes if node.kind == "name"}
    return words | names | KEYWORDS | BUILT_IN | {"Pipeline", "Execution", "Step"}


def misspell_uses(program, rng, *kinds):
    taken = all_names(program) | set(program.facts.kinds) | set(program.facts.declarations)
    for declaration, uses in program.uses.items():
        if declaration.kind in kinds:
            for node in uses:
                end = node.start + len(node.name)
                yield Mutant([(node.start, end, misspelled(node.name, rng, taken))], [node.start])


@operator()
def misspell_step(program, rng):
    yield from misspell_uses(program, rng, "step", "condition")


@operator()
def misspell_parameter(program, rng):
    yield from misspell_uses(program, rng, "param", "config")


@operator()
def misspell_let(program, rng):
    yield from misspell_uses(program, rng, "let")


@operator()
def misspell_local(program, rng):
    """The name of a function's argument or of a comprehension's variable, where it is used."""
    yield from misspell_uses(program, rng, "parameter", "word")


@operator()
def misspell_function(program, rng):
    taken = all_names(program)
    for node in program.nodes:
        if node.kind == "call":
            end = node.start + len(node.name)
            yield Mutant([(node.start, end, misspelled(node.name, rng, taken))], [node.start])


@operator()
def misspell_argument(program, rng):
    for node in program.nodes:
        if node.kind == "argument" and node.name and node.parent._declaration:
            taken = {parameter.name.text for parameter in node.parent._declaration.parameters}
            yield replaced(node.name, misspelled(node.name.text, rng, taken))


@operator()
def misspell_field(program, rng):
    """A member of a closed shape. Only unquoted names are misspelled, because a quoted name gives only a warning."""
    for structure in program.structures:
        if structure.type.is_open:
            continue
        for name, field in structure.fields.items():
            if name in structure.type.members and not field.is_quoted:
                slip = misspelled(name, rng, set(structure.type.members) | set(structure.fields))
                yield Mutant([(field.start, field.name_end, slip)], [field.start, *structure.via])


@operator()
def misspell_property(program, rng):
    """A member of a property path, of an execution variable, or of `Pipeline`."""
    for path in program.paths:
        shape = program.shape_of(path.base) if path.node.kind == "member" else None
        if shape and path.node.name in shape.members:
            slip = misspelled(path.node.name, rng, shape.members)
            yield Mutant([(path.node.name_start, path.node.end, slip)], [path.node.name_start, *path.via])


@operator()
def misspell_element(program, rng):
    """The name of an output in a property path: `Outputs["tarin"]`."""
    strings = {node.text for node in program.nodes if node.kind == "string"}
    for path in program.paths:
        if path.node.kind == "index" and path.node.left.name == "Outputs" and isinstance(path.texts, Texts):
            for node in path.texts.nodes:
                slip = '"' + misspelled(node.text.strip('"'), rng) + '"'
                # The string may also declare the output: `for n in ["train"]: output(n)`.
                if slip not in strings and not declares_output(program, node):
                    yield replaced(node, slip, [path.node.start, *path.via])


def declares_output(program, node):
    return any(above.name == "ProcessingOutputConfig" for above in node.above() if above.kind == "field")


@operator()
def rename_output(program, rng):
    """A declared output gets another name, but a path or property file still uses the old one."""
    for step in program.steps:
        asked = [item.source for item in (step.block.items if step.block else []) if item.kind == "property"]
        for path in program.paths:
            if path.node.kind == "index" and path.node.left.name == "Outputs" and isinstance(path.texts, Texts):
                if program.type_of(path.node.left.left.left, {}) is step or len(program.steps) == 1:
                    asked += [node for node in path.texts.nodes]
        for node in step.walk():
            if node.kind == "string" and declares_output(program, node) and is_output_name(node):
                uses = [use for use in asked if use.text == node.text and not declares_output(program, use)]
                if uses:
                    slip = '"' + misspelled(node.text.strip('"'), rng) + '"'
                    yield replaced(node, slip, [use.start for use in uses] + paths_of(program, uses))


def is_output_name(node):
    parent = node.parent
    in_call = parent.kind == "argument" and parent.parent.arguments[0] is parent
    return in_call or (parent.kind == "field" and parent.name == "OutputName") or parent.parent.kind == "for_list"


def paths_of(program, strings):
    """The places of the paths that use the strings."""
    found = [path for path in program.paths if isinstance(path.texts, Texts)]
    found = [path for path in found if any(node in strings for node in path.texts.nodes)]
    return [place for path in found for place in (path.node.start, *path.via)]


@operator()
def misspell_property_file_output(program, rng):
    for node in program.nodes:
        if node.kind == "property":
            text = node.source.text.strip('"')
            yield replaced(node.source, f'"{misspelled(text, rng)}"')


@operator()
def misspell_kind(program, rng):
    for step in program.steps:
        yield replaced(step.base, misspelled(step.base.text, rng, set(program.facts.kinds) | all_names(program)))
    for node in program.root.items:
        if node.kind == "defaults":
            for word in node.kinds:
                yield replaced(word, misspelled(word.text, rng, set(program.facts.kinds) | all_names(program)))


@operator()
def misspell_type(program, rng):
    for node in program.nodes:
        if node.kind == "type" and node.name:
            taken = {*PRIMITIVES, "List", "Map", *program.facts.declarations}
            yield replaced(node.name, misspelled(node.name.text, rng, taken))


@operator()
def misspell_exception(program, rng):
    taken = {value for name in ("StepException", "SageMakerException") for value in program.facts.named(name).values}
    for node in program.nodes:
        if node.kind == "retry":
            for exception in node.exceptions or []:
                slip = misspelled(exception.name, rng, taken)
                yield Mutant([(exception.name_start, exception.end, slip)], [exception.start])


@operator()
def misspell_keyword(program, rng):
    """The first word of a declaration or clause."""
    for node in program.nodes:
        if node.keyword_end:
            word = program.text[node.start : node.keyword_end]
            slip = misspelled(word, rng, KEYWORDS)
            yield Mutant([(node.start, node.keyword_end, slip)], [node.start])


@operator()
def remove_declaration(program, rng):
    """Removes a declaration that is referenced from outside."""
    for declaration, uses in program.uses.items():
        uses = [use for use in uses if not declaration.start <= use.start < declaration.end]
        is_built_in = declaration.kind == "function" and declaration.name.text in BUILT_IN
        if uses and declaration.name and not is_built_in and declaration.kind != "parameter":
            start, end = whole_lines(program.text, declaration)
            yield Mutant([(start, end, "")], [place for use in uses for place in places_of(program, use)])


def places_of(program, use):
    """The place of a use. If it is in a let or function, the uses of that count, too."""
    above = [node for node in use.above() if node.kind in ("let", "function")]
    return [use.start] + [node.start for declaration in above for node in program.uses.get(declaration, [])]


@operator()
def remove_clause(program, rng):
    """Removes a property file or a typed output that something reads."""
    for step in program.steps:
        for item in step.block.items if step.block else []:
            if item.kind not in ("property", "output"):
                continue
            readers = [path for path in program.paths if path.node.name == item.name.text]
            readers = [path for path in readers if reads(program, path, step)]
            if readers:
                start, end = whole_lines(program.text, item)
                yield Mutant([(start, end, "")], [p for path in readers for p in (path.node.name_start, *path.via)])


def reads(program, path, step):
    """Whether a path reads a property file of the step, or one of its outputs."""
    left = path.node.left
    return path.base is step or (left.name == "OutputParameters" and program.type_of(left.left, {}) is step)


@operator()
def duplicate_field(program, rng):
    for structure in program.structures:
        for field in structure.fields.values():
            copy = program.text[field.start : field.end]
            yield Mutant([(field.end, field.end, ", " + copy)], [(0, 2), field.start, *structure.via])


@operator()
def duplicate_declaration(program, rng):
    for node in program.nodes:
        if node.kind in ("param", "config", "let", "step", "condition", "function", "property", "output"):
            copy = program.text[node.start : node.end]
            yield Mutant([(node.end, node.end, "\n" + copy)], [(0, 1), node.start])


@operator()
def same_step_name(program, rng):
    """Two steps with the same name, set with `as`."""
    for step in program.steps:
        others = [other for other in program.steps + program.conditions if other is not step]
        if others and not step.called:
            other = rng.choice(others)
            name = program.text[other.called.start : other.called.end] if other.called else f'"{other.name.text}"'
            if "${" not in name:
                yield Mutant([(step.name.end, step.name.end, f" as {name}")], [step.start, other.start])


@operator()
def drop_required(program, rng):
    """Removes a required member without a default, if nothing else may provide it."""
    for structure in program.structures:
        if structure.has_spread or structure.given == EVERYTHING:
            continue
        for name, field in structure.fields.items():
            member = structure.type.members.get(name)
            if member and member.is_required and name not in structure.given:
                start, end = whole_lines(program.text, field)
                yield Mutant([(start, end, "")], structure.starts)


@operator()
def break_require(program, rng):
    """Removes the only one of several members of which one is required, or a member that another requires."""
    for structure in program.structures:
        if structure.has_spread or structure.given == EVERYTHING:
            continue
        for rule in structure.type.requires:
            present = [name for name in rule.members if name in structure.fields]
            is_given = any(name.partition(".")[0] in structure.given for name in [*rule.members, rule.condition or ""])
            is_due = rule.rule in ("all", "exactly", "least") and applies(program, structure, rule)
            if is_due and not is_given and len(present) == 1:
                start, end = whole_lines(program.text, structure.fields[present[0]])
                needing = structure.fields.get(rule.condition)
                yield Mutant([(start, end, "")], structure.starts + ([needing.start] if needing else []))


def applies(program, structure, rule):
    """Whether the condition of a rule holds, as far as the text shows."""
    field = structure.fields.get(rule.condition)
    if rule.condition is None or field is None:
        return rule.condition is None
    return rule.wanted is None or program.text[field.value.start : field.value.end] == rule.wanted


@operator()
def add_argument(program, rng):
    for node in program.nodes:
        if node.kind == "call" and node._declaration:
            comma = ", " if node.arguments and not program.text[: node.end - 1].rstrip().endswith(",") else ""
            if len(node.arguments) == len(node._declaration.parameters):
                yield Mutant([(node.end - 1, node.end - 1, f'{comma}"more"')], [node.start, (0, len(comma))])


@operator()
def drop_argument(program, rng):
    for node in program.nodes:
        if node.kind == "call" and node._declaration and node.arguments:
            position = len(node.arguments) - 1
            argument, parameter = node.arguments[position], node._declaration.parameters[position]
            if parameter.value is None and not argument.name:
                start = node.arguments[position - 1].end if position else argument.start
                yield Mutant([(start, argument.end, "")], [node.start])
