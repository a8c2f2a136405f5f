"""Faults in expressions, and wrong types that show only where a value flows to."""
from facts import Type
from mutant import Mutant, inserted, operator, replaced
from operators_values import NUMBERS, beyond, fitting, instead, is_constant, is_member, parameters_of
from syntax import string_value


@operator()
def fraction_for_integer(program, rng):
    for place in program.places:
        if place.type.kind == "Integer" and is_constant(place.node):
            yield instead(place, rng.choice(["1.5", "2.0e-1", "99999999999999999999"]))


@operator()
def impossible_constant(program, rng):
    """A computation without a result."""
    for place in program.places:
        if place.type.kind in NUMBERS and is_member(place):
            yield instead(place, rng.choice(["1 / 0", "[1, 2][5]", 'integer("many")', "{ a: 1 }.b.c", "7 % 0"]))


@operator()
def misused_function(program, rng):
    """A built-in function with arguments that it does not accept."""
    for place in program.places:
        if place.type.kind in ("String", "Enum") and is_member(place):
            calls = ["upper(5)", "join(5, 6)", "lower()", "keys(5)[0]", "basename([1])"]
            yield instead(place, rng.choice([*calls, 'replace("a", "b")', 'upper("a", "b")']))


@operator()
def member_of_scalar(program, rng):
    """A member or element of a parameter, which has none."""
    for declaration, uses in program.uses.items():
        if declaration.kind == "param":
            for use in uses:
                yield inserted(use.end, rng.choice([".Value", '["first"]', "[0]"]), use.start)


@operator()
def call_of_a_value(program, rng):
    for declaration, uses in program.uses.items():
        if declaration.kind in ("param", "let", "step"):
            for use in uses:
                if not any(above.kind == "depends" for above in use.above()):
                    yield inserted(use.end, "(1)", use.start)


@operator()
def made_of_itself(program, rng):
    for node in program.root.items:
        if node.kind == "let" and node in program.uses:
            value = Mutant([(node.value.start, node.value.end, f'"${{{node.name.text}}}/more"')], [node.start])
            yield value
        elif node.kind == "function" and node in program.uses:
            call = f"{node.name.text}({', '.join(parameter.name.text for parameter in node.parameters)})"
            yield Mutant([(node.value.start, node.value.end, call)], [node.start])


@operator()
def reserved_name(program, rng):
    for word in ("let", "param"):
        name = rng.choice(["Pipeline", "Execution", "Step"])
        rest = " = 1" if word == "let" else ": Integer = 1"
        yield inserted(len(program.text), f"\n{word} {name}{rest}\n")


@operator()
def failing_assertion(program, rng):
    at = len(program.text)
    for claim in ("1 == 2", 'Pipeline.Region == "nowhere"', "len([1, 2]) > 2"):
        yield inserted(at, f'\nassert {claim}, "it does not hold"\n')


@operator()
def second_pipeline(program, rng):
    pipelines = [node for node in program.root.items if node.kind == "pipeline"]
    for node in pipelines:
        yield inserted(len(program.text), '\npipeline "Another" { }\n', node.start)


@operator()
def when_at_run_time(program, rng):
    """The existence of a step cannot depend on a parameter."""
    names = parameters_of(program, "Integer", "Float")
    for step in program.steps if names else []:
        if step.block:
            at = step.block.start + 1
            yield Mutant([(at, at, f" when {rng.choice(names)} > 1\n")], [(0, 1)])


@operator()
def condition_that_is_none(program, rng):
    """A number, string or list where a Boolean is expected."""
    names = parameters_of(program, "Integer", "Float", "String")
    for condition in program.conditions:
        for arm in condition.arms:
            value = rng.choice([*names, "7", '"yes"', "[1]"])
            yield replaced(arm.condition, value)


@operator()
def long_display_name(program, rng):
    for step in program.steps:
        if step.block and not any(item.name == "DisplayName" for item in step.block.items):
            at = step.block.start + 1
            yield Mutant([(at, at, f' DisplayName: "{"n" * 257}", ')], [(0, 1)])


@operator()
def choice_beyond_a_field(program, rng):
    """One of the values that a parameter may have is invalid for a field that the parameter reaches."""
    for place in program.places:
        declaration = place.node._declaration
        if not declaration or declaration.kind != "param" or not declaration.value:
            continue
        end = declaration.choices.end if declaration.choices else declaration.type.end
        if place.type.kind == "Enum" and not place.type.is_open and declaration.choices:
            at = declaration.choices.end - 1
            yield Mutant([(at, at, ', "Elsewhere"')], [(0, 0), *place.starts])
        elif place.type.kind in NUMBERS and not declaration.choices and is_constant(declaration.value):
            default = program.text[declaration.value.start : declaration.value.end]
            for value in beyond(place.type.limits):
                yield Mutant([(end, end, f" in [{default}, {value}]")], [(0, 0), *place.starts])


@operator()
def default_that_does_not_fit(program, rng):
    """A parameter's default is not in the set, or does not fit the pattern, of a field that the parameter reaches."""
    for place in program.places:
        declaration = place.node._declaration
        if not declaration or declaration.kind != "param" or not declaration.value or declaration.choices:
            continue
        pattern, default = place.type.limits.get("pattern"), declaration.value
        slip = rng.choice(["no good!", "ftp nowhere", "a b/c"])
        is_out = place.type.kind == "Enum" and not place.type.is_open
        if is_out or (place.type.kind == "String" and pattern and fitting(pattern, slip) is False):
            if string_value(default) is not None or default.kind == "template":
                yield Mutant([(default.start, default.end, f'"{slip}"')], [default.start, *place.starts])


@operator()
def output_of_another_type(program, rng):
    """A typed output of a step is used where another type is expected."""
    outputs = []
    for step in program.steps:
        for item in step.block.items if step.block else []:
            if item.kind == "output":
                outputs.append((step, f"{step.name.text}.OutputParameters.{item.name.text}", item.type.name.text))
    wrong = {"String": ("Integer", "Float", "Boolean"), "Integer": ("String", "Float")}
    wrong["Boolean"] = ("String", "Integer")
    for place in program.places:
        step = program.step_of(place.node)
        if not step or not is_member(place) or place.type.is_literal:
            continue
        kinds = wrong.get(place.type.kind, ())
        texts = [text for giver, text, kind in outputs if kind in kinds and giver is not step]
        if texts:
            yield instead(place, rng.choice(texts))


@operator()
def property_of_another_type(program, rng):
    """A property that is a string is used where a number is expected, or a number or Boolean where a string is."""
    for place in program.places:
        step = program.step_of(place.node)
        if not step or step.kind != "step" or not is_member(place) or place.type.is_literal:
            continue
        for other in program.steps:
            if other is step or other.base.text not in ("Training", "Processing", "Model"):
                continue
            text, number = {
                "Training": ("ModelArtifacts.S3ModelArtifacts", "ResourceConfig.InstanceCount"),
                "Processing": ("AppSpecification.ImageUri", "ProcessingResources.ClusterConfig.InstanceCount"),
                "Model": ("ModelName", "EnableNetworkIsolation"),
            }[other.base.text]
            if place.type.kind in ("Integer", "Float", "Boolean"):
                yield instead(place, f"{other.name.text}.{text}")
            elif place.type.kind == "String":
                yield instead(place, f"{other.name.text}.{number}")


@operator()
def element_of_a_structure(program, rng):
    """A position in a structure, or a member of a list."""
    for path in program.paths:
        shape = path.base if isinstance(path.base, Type) else None
        if path.node.kind == "member" and shape and shape.kind == "Shape" and shape.members:
            start = path.node.left.end
            yield Mutant([(start, path.node.end, "[0]")], [path.node.start, *path.via])
        elif path.node.kind == "index" and shape and shape.kind == "List":
            start = path.node.left.end
            yield Mutant([(start, path.node.end, ".First")], [path.node.start, *path.via])


@operator()
def uri_without_scheme(program, rng):
    """A URI whose constant beginning is invalid, whatever follows."""
    for place in program.places:
        pattern = place.type.limits.get("pattern") or ""
        if pattern.startswith("(https|s3)://") and not place.type.is_literal and program.step_of(place.node):
            slip = rng.choice(["s3:/", "S3://", "s3//", "/mnt/", "file://"])
            yield instead(place, f'"{slip}${{Execution.PipelineExecutionId}}/data"')
