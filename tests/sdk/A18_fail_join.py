"""A failure whose message joins a parameter, an execution variable and a step's output."""
from harness import *

from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionEquals
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join

threshold = param("MseThreshold", 6.0)
mode = param("Mode", "strict", enum_values=["strict", "lax"])
evaluate = processing("Evaluate", [writes("out", f"{DEMO}/out")], code=f"{DEMO}/evaluation.py")
execution = ExecutionVariables.PIPELINE_EXECUTION_ARN
message = ["Execution", execution, "failed due to MSE >", threshold, "see", output_of(evaluate, "out")]
strict = FailStep("StrictFail", Join(" ", message), "Strict fail", "Stops the run")
check = ConditionStep("IsStrict", conditions=[ConditionEquals(mode, "strict")], if_steps=[strict])
plain = FailStep("PlainFail", "static text", depends_on=[check])
emit("FailPipeline", [evaluate, check, plain], [threshold, mode])
