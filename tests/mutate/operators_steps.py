"""Faults in dependencies, branches and clauses."""
from mutant import Mutant, inserted, operator, whole_lines


def first_in_block(step, clause, *places):
    """Inserts a clause at the beginning of a step's block, or adds a block with it."""
    if step.block:
        at = step.block.start + 1
        return Mutant([(at, at, f" {clause}\n")], [(0, 1), *places])
    return Mutant([(step.end, step.end, f" {{ {clause} }}")], [(0, 3), *places])


@operator()
def depend_on_unknown(program, rng):
    for step in program.steps:
        yield first_in_block(step, f"depends on {rng.choice(['Nobody', 'Prepair', 'Step9'])}")


@operator()
def depend_on_itself(program, rng):
    for step in program.steps:
        yield first_in_block(step, f"depends on {step.name.text}")


@operator()
def close_a_cycle(program, rng):
    """A step depends on one that refers to it."""
    for step in program.steps:
        for use in program.references(step):
            if use._declaration.kind == "step" and use._declaration is not step:
                yield first_in_block(use._declaration, f"depends on {step.name.text}", use.start)


@operator()
def depend_on_fail(program, rng):
    """A step depends on one that ends the execution."""
    for fail in program.steps:
        others = [step for step in program.steps if step is not fail]
        if program.kind_of(fail).is_terminal:
            for step in others:
                yield first_in_block(step, f"depends on {fail.name.text}")


@operator()
def refer_to_fail(program, rng):
    for fail in program.steps:
        if program.kind_of(fail).is_terminal:
            for place in program.places:
                is_inside = fail.start <= place.node.start < fail.end
                if place.type.kind == "String" and place.within.kind == "field" and not is_inside:
                    if program.step_of(place.node) and not place.type.is_literal:
                        edit = (place.node.start, place.node.end, f"{fail.name.text}.ErrorMessage")
                        yield Mutant([edit], place.starts)


def arms_of(condition):
    return condition.arms + ([condition.otherwise] if condition.otherwise else [])


def readers_in(program, arm):
    """Yields each step in a branch that refers to another step of the branch, with the reference."""
    steps = [item for item in arm.block.items if item.kind == "step"]
    for step in steps:
        for use in program.references(step):
            if use._declaration in steps and use._declaration is not step:
                yield step, use


@operator()
def read_across_branches(program, rng):
    """A step is moved to another branch, but a step that stays still reads it."""
    for condition in program.conditions:
        for arm in arms_of(condition):
            for _, use in readers_in(program, arm):
                moved = use._declaration
                start, end = whole_lines(program.text, moved)
                text = program.text[moved.start : moved.end]
                others = [other for other in arms_of(condition) if other is not arm]
                if others:
                    at = rng.choice(others).block.end - 1
                    yield Mutant([(start, end, ""), (at, at, f"\n{text}\n")], [use.start])
                else:
                    at = condition.end
                    yield Mutant([(start, end, ""), (at, at, f" else {{\n{text}\n}}")], [use.start])


@operator()
def wait_across_branches(program, rng):
    """A step depends on one in another branch. Only one of them can run."""
    for condition in program.conditions:
        arms = [[item for item in arm.block.items if item.kind == "step"] for arm in arms_of(condition)]
        for steps in arms:
            others = [step for other in arms if other is not steps for step in other]
            others = [step for step in others if not program.kind_of(step).is_terminal]
            for step in steps if others else []:
                yield first_in_block(step, f"depends on {rng.choice(others).name.text}")


AFTER = """

step Afterwards: Lambda {
    FunctionArn: "arn:aws:lambda:us-west-2:123456789012:function:tidy"
    depends on %s
}
"""


def after_all(program, name):
    text = AFTER % name
    at = len(program.text)
    return Mutant([(at, at, text)], [(0, text.index("depends"))])


def may_be_skipped(program, condition, arm):
    """Whether the pipeline can go on without running a branch."""
    others = [other for other in arms_of(condition) if other is not arm]
    return not condition.otherwise or any(not ends(program, other) for other in others)


@operator("warning")
def wait_from_outside_branch(program, rng):
    """A step outside a branch depends on one in it, which may not run: a warning, if the pipeline can go on without it."""
    for condition in program.conditions:
        if condition.parent is program.root:
            for arm in arms_of(condition):
                for step in arm.block.items:
                    is_step = step.kind == "step" and not program.kind_of(step).is_terminal
                    if is_step and may_be_skipped(program, condition, arm):
                        yield after_all(program, step.name.text)


@operator("warning")
def read_from_outside_branch(program, rng):
    """A step is moved out of its branch, so that what it reads may not run. The `else` is removed: it may end the execution."""
    for condition in program.conditions:
        if condition.parent is not program.root or len(condition.arms) > 1:
            continue
        for reader, use in readers_in(program, condition.arms[0]):
            start, end = whole_lines(program.text, reader)
            text = program.text[reader.start : reader.end]
            moved = (condition.arms[0].end, condition.end, f"\n\n{text}\n")
            yield Mutant([(start, end, ""), moved], [(1, 2 + use.start - reader.start)])


@operator("warning")
def wait_for_condition(program, rng):
    for condition in program.conditions:
        if condition.parent is program.root:
            yield after_all(program, condition.name.text)


def ends(program, arm):
    return any(item.kind == "step" and program.kind_of(item).is_terminal for item in arm.block.items)


@operator()
def second_else(program, rng):
    for condition in program.conditions:
        if condition.otherwise:
            yield Mutant([(condition.end, condition.end, " else { }")], [(0, 1), condition.otherwise.start])


@operator()
def clause_not_taken(program, rng):
    """A clause that the step's kind does not accept."""
    clauses = {
        "cache": 'cache for "P1D"',
        "retry": "retry on Step.THROTTLING { MaxAttempts: 2 }",
        "property": 'property file Extra from "out" at "extra.json"',
        "output": "output extra: String",
    }
    for step in program.steps:
        for word, clause in clauses.items():
            if word not in program.kind_of(step).clauses:
                yield first_in_block(step, clause)


@operator()
def exception_not_taken(program, rng):
    """A retry on an exception of jobs, in a step that runs no job."""
    for step in program.steps:
        families = program.kind_of(step).clauses.get("retry")
        if families is not None and "SageMaker" not in families:
            yield first_in_block(step, "retry on SageMaker.CAPACITY_ERROR { MaxAttempts: 2 }")


@operator()
def retry_without_or_with_two_ends(program, rng):
    """A retry must end either after some attempts or after some time: here it has neither or both."""
    for step in program.steps:
        if "retry" in program.kind_of(step).clauses:
            members = rng.choice(["MaxAttempts: 2, ExpireAfterMin: 10", "IntervalSeconds: 5"])
            yield first_in_block(step, f"retry on Step.THROTTLING {{ {members} }}")


@operator()
def retry_out_of_range(program, rng):
    for step in program.steps:
        if "retry" in program.kind_of(step).clauses:
            members = ["MaxAttempts: 0", "MaxAttempts: 21", "ExpireAfterMin: 14401", "MaxAttempts: -1"]
            members += ["MaxAttempts: 2, BackoffRate: -1", "MaxAttempts: 2, IntervalSeconds: -5"]
            yield first_in_block(step, f"retry on Step.SERVICE_FAULT {{ {rng.choice(members)} }}")


@operator()
def repeat_clause(program, rng):
    """Two cache clauses."""
    for step in program.steps:
        has_cache = step.block and any(item.kind == "cache" for item in step.block.items)
        if "cache" in program.kind_of(step).clauses and not has_cache:
            yield first_in_block(step, 'cache for "P1D"\n cache for "P2D"', (0, 18))


@operator()
def property_file_of_no_output(program, rng):
    for step in program.steps:
        if "property" in program.kind_of(step).clauses and step.base.text != "Raw":
            yield first_in_block(step, 'property file Extra from "no_such_output" at "extra.json"')


@operator()
def bad_step_name(program, rng):
    """A step name with a blank or dot, or too long."""
    for step in program.steps + program.conditions:
        name = '"' + rng.choice(["two words", "dotted.name", "n" * 65, "", "naïve"]) + '"'
        if step.called:
            yield Mutant([(step.called.start, step.called.end, name)], [step.called.start])
        else:
            yield inserted(step.name.end, f" as {name}")


@operator()
def bad_pipeline_name(program, rng):
    for node in program.root.items:
        if node.kind == "pipeline":
            for name in ("under_score", "-dash", "dash-", "two words", "p" * 257, ""):
                yield Mutant([(node.called.start, node.called.end, f'"{name}"')], [node.start])


@operator()
def bad_parameter_name(program, rng):
    for node in program.root.items:
        if node.kind == "param" and not node.called:
            yield inserted(node.name.end, ' as "two words"')


@operator()
def clause_in_the_wrong_place(program, rng):
    """A step's clause in the pipeline block, or a declaration in a step's block."""
    for node in program.root.items:
        if node.kind == "pipeline":
            yield first_in_block(node, rng.choice(['cache for "P1D"', "depends on Nobody", "output x: String"]))
    for step in program.steps:
        yield first_in_block(step, rng.choice(["param Inner: String", "let inner = 1", "step Inner: Fail {}"]))


@operator()
def field_that_pipelines_refuse(program, rng):
    """A member of the API's request that does not work in a pipeline."""
    for step in program.steps:
        for name in program.kind_of(step).without:
            yield first_in_block(step, f"{name}: {{}}")


@operator()
def members_that_exclude_each_other(program, rng):
    for structure in program.structures:
        for rule in structure.type.requires:
            present = [name for name in rule.members if name in structure.fields]
            absent = [name for name in rule.members if name not in structure.fields]
            if rule.rule in ("exactly", "most") and not rule.condition and present and absent:
                member = structure.type.members[rng.choice(absent)]
                value = {"Shape": "{}", "Map": "{}", "List": "[]", "Integer": "5"}.get(member.type.kind, '"j-1"')
                at = structure.node.start + 1
                yield Mutant([(at, at, f" {member.name}: {value}, ")], [(0, 1), *structure.starts])
