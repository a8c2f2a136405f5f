"""Steps that run once for each item: items from a parameter and from a list, a selected iteration, and steps that read the results."""
from harness3 import *
from sagemaker.core.lambda_helper import Lambda
from sagemaker.mlops.workflow.for_each_step import CurrentItem, ForEachSelector, ForEachStep, IterationOutput
from sagemaker.mlops.workflow.lambda_step import LambdaOutput, LambdaOutputTypeEnum, LambdaStep


def step(step_name, outputs=(), depends_on=(), **inputs):
    function = Lambda(function_arn=f"arn:aws:lambda:{REGION}:012345678910:function:{step_name.lower()}", session=session)
    return LambdaStep(
        name=step_name,
        lambda_func=function,
        inputs=inputs,
        outputs=[LambdaOutput(output, LambdaOutputTypeEnum.Float) for output in outputs],
        depends_on=list(depends_on) or None,
    )


regions = ParameterString("Regions", default_value='["eu", "us"]')
item = CurrentItem()
prepare = step("Prepare", ["x"])
score = step("Score", ["score"], region=item, name=item.name, key=item["a b"].c[0])
note = step("Note", score=score.properties.Outputs["score"])
each = ForEachStep(
    name="Each",
    iterable_items=regions,
    max_concurrency=4,
    for_each_body=[score, note],
    selector=ForEachSelector("MaxBy", IterationOutput("Score").OutputParameters["score"]),
    display_name="Each region",
    description="Scores each region.",
    depends_on=[prepare],
)
listed = ForEachStep(
    name="Listed",
    iterable_items=["a", 1, 0.5, True, regions, prepare.properties.Outputs["x"]],
    max_concurrency=1,
    for_each_body=[step("Copy", item=item)],
)
publish = step(
    "Publish",
    depends_on=[listed],
    best=each.properties.Selected.OutputParameters["score"],
    first=each.properties.IterationOutputs[0].Score.OutputParameters["score"],
    status=each.properties.Status,
    failed=each.properties.FailedStepCount,
)
emit("ForEach", [prepare, each, listed, publish], [regions])
