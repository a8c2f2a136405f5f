"""A transform step with every option."""
from harness import *

from sagemaker.inputs import BatchDataCaptureConfig
from sagemaker.transformer import Transformer
from sagemaker.workflow.steps import TransformStep

data = param("BatchData", f"{DEMO}/batch")
create = model_step("CreateModel", model())
transformer = Transformer(
    create.properties.ModelName,
    instance_count=2,
    instance_type="ml.m5.xlarge",
    strategy="MultiRecord",
    assemble_with="Line",
    accept="text/csv",
    output_path=f"{DEMO}/transform-output",
    max_concurrent_transforms=4,
    max_payload=6,
    tags=TEAM_TAG,
    env={"LOG_LEVEL": "info"},
    volume_kms_key="alias/my-key",
    sagemaker_session=session,
)
run = transformer.transform(
    data,
    content_type="text/csv",
    split_type="Line",
    input_filter="$[1:]",
    output_filter="$[0,-1]",
    join_source="Input",
    model_client_config={"InvocationsTimeoutInSeconds": 600, "InvocationsMaxRetries": 1},
    batch_data_capture_config=BatchDataCaptureConfig(f"{DEMO}/capture", generate_inference_id=True),
)
transform = TransformStep(
    "AbaloneTransform",
    run,
    cache_config=cached("PT1H"),
    display_name="Batch transform",
    description="Runs the batch",
)
emit("TransformPipeline", [create, transform], [data])
