"""Steps that run when another failed, was stopped, or ended in any way."""
from harness3 import *
from sagemaker.core.lambda_helper import Lambda
from sagemaker.mlops.workflow.lambda_step import LambdaStep
from sagemaker.mlops.workflow.step_dependency import StepDependency, TriggerCondition


def step(name, depends_on=(), **inputs):
    function = Lambda(function_arn=f"arn:aws:lambda:{REGION}:012345678910:function:{name.lower()}", session=session)
    return LambdaStep(name=name, lambda_func=function, inputs=inputs, depends_on=list(depends_on) or None)


prepare = step("Prepare")
train, export = step("Train", [prepare]), step("Export", [prepare])
emit(
    "RunConditions",
    [
        prepare,
        train,
        export,
        step("Notify", [StepDependency(train, TriggerCondition.FAILED)], failed="Train"),
        step(
            "Retrain",
            [
                prepare,
                StepDependency(train, TriggerCondition.STOPPED),
                StepDependency("Export", TriggerCondition.ANY),
            ],
        ),
        step("Publish", [StepDependency(train, TriggerCondition.COMPLETED), "Export"]),
    ],
)
