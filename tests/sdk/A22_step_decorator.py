"""Python functions as steps, together with ordinary steps."""
from harness import *

from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionGreaterThanOrEqualTo
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.function_step import step
from sagemaker.workflow.functions import Join

PLACE = dict(
    image_uri="123456789012.dkr.ecr.us-west-2.amazonaws.com/mine:1", instance_type="ml.m5.large", role=ROLE
)


@step(name="preprocess", keep_alive_period_in_seconds=300, **PLACE)
def preprocess(uri):
    return [f"{uri}.{part}" for part in ("train", "test")]


@step(name="train", display_name="Train it", description="trains", environment_variables={"A": "1"}, **PLACE)
def train(uri):
    return {"model": f"{uri}.model", "accuracy": len(uri) / 100}


@step(name="register", max_retry_attempts=2, tags=TEAM_TAG, volume_size=60, **PLACE)
def register(uri):
    return uri


data, floor = param("Data", f"{DEMO}/data.csv"), param("Floor", 0.8)
trained = train(preprocess(data)[0])
accuracy = trained["accuracy"]
check = ConditionStep(
    "GoodEnough",
    conditions=[ConditionGreaterThanOrEqualTo(accuracy, floor)],
    if_steps=[register(trained["model"])],
    else_steps=[FailStep("TooBad", Join(" ", ["accuracy was", accuracy]))],
)
emit("StepDecoratorPipeline", [check], [data, floor])
