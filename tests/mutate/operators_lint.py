"""Programs that run, but are probably not what was meant: warnings are expected."""
from mutant import Mutant, inserted, operator

MAPS = ("Environment", "HyperParameters", "StaticHyperParameters")
# The arguments that SageMaker compares to find an earlier run of a cached step.
COMPARED = {
    "Processing": ("AppSpecification", "Environment", "ProcessingInputs"),
    "Training": ("AlgorithmSpecification", "Environment", "HyperParameters", "InputDataConfig"),
    "Transform": ("Environment", "ModelName", "TransformInput"),
}


@operator("warning")
def unused_declaration(program, rng):
    at = len(program.text)
    for text in ("param Spare: Integer = 1", "config spare: String = \"x\"", "let spare = 1", "function spare(x) = x"):
        yield inserted(at, f"\n{text}\n")


@operator("warning")
def secret_in_map(program, rng):
    """A password, or a string that looks like an AWS key, in environment variables or hyperparameters."""
    entries = ['db_password: "Tr0ub4dor-and-3"', 'AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMIK7MDENGbPxRfiCYzKEYabcdefgh"']
    entries += ['key_id: "AKIAQ3EGVRZ5YQ7M2XWT"', 'api_token: "9f86d081884c7d659a2feaa0c55ad015"']
    for node in program.nodes:
        if node.kind == "field" and node.name in MAPS and node.value.kind == "object":
            at = node.value.start + 1
            entry = rng.choice(entries)
            yield Mutant([(at, at, f" {entry}, ")], [(0, 1)])


@operator("warning")
def cache_that_never_hits(program, rng):
    """A cached step has the time or the execution's id in an argument that the cache compares."""
    for place in program.places:
        step = program.step_of(place.node)
        if step is None or step.kind != "step" or place.node.kind not in ("string", "template"):
            continue
        field = [node.name for node in place.node.above() if node.kind == "field" and node.parent is step.block]
        is_cached = any(item.kind == "cache" and item.value for item in step.block.items)
        if is_cached and field and field[0] in COMPARED.get(step.base.text, ()) and place.type.kind == "String":
            variable = rng.choice(["CurrentDateTime", "StartDateTime", "PipelineExecutionId"])
            edit = (place.node.end - 1, place.node.end - 1, f"${{Execution.{variable}}}")
            if not place.type.is_literal:
                yield Mutant([edit], place.starts)
