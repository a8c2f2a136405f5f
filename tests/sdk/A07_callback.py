"""A callback step and a training step that reads its outputs, one of them as Python prints the object."""
from harness import *

from sagemaker.workflow.callback_step import CallbackOutput, CallbackOutputTypeEnum, CallbackStep

data = param("InputData", "s3://sagemaker-us-west-2-012345678901/abalone/abalone-dataset.csv")
kinds = {"s3_data_out": "String", "rows": "Integer", "quality": "Float", "ok": "Boolean"}
outputs = {name: CallbackOutput(name, CallbackOutputTypeEnum[kind]) for name, kind in kinds.items()}
callback = CallbackStep(
    "MyCallbackStep",
    "https://sqs.us-east-2.amazonaws.com/012345678901/MyCallbackQueue",
    inputs={"number": 5, "stringArg": "some-arg", "inputData": data},
    outputs=list(outputs.values()),
    cache_config=cached("P1D"),
)
train = training(
    "Train", callback.properties.Outputs["s3_data_out"], num_round=50, row_count=outputs["rows"]
)
emit("CallbackPipeline", [callback, train], [data])
