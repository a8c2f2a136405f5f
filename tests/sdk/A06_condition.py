"""A condition on a property file: register the model or fail."""
from harness import *

from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionLessThanOrEqualTo
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import JsonGet
from sagemaker.workflow.properties import PropertyFile

report = PropertyFile("EvaluationReport", output_name="evaluation", path="evaluation.json")
evaluate = processing(
    "Evaluate",
    [writes("evaluation", f"{DEMO}/evaluation")],
    [reads(f"{DEMO}/test", "test")],
    code=f"{DEMO}/code/evaluation.py",
    property_files=[report],
)
registered = model().register(
    content_types=["text/csv"],
    response_types=["text/csv"],
    inference_instances=["ml.m5.large"],
    transform_instances=["ml.m5.large"],
    model_package_group_name="group",
)
mse = JsonGet("Evaluate", property_file=report, json_path="regression_metrics.mse.value")
check = ConditionStep(
    "MSECond",
    conditions=[ConditionLessThanOrEqualTo(mse, 6.0)],
    if_steps=[ModelStep("Register", registered)],
    else_steps=[FailStep("MSEFail", "MSE too high")],
    display_name="MSE check",
    description="Registers good models only",
)
emit("ConditionPipeline", [evaluate, check])
