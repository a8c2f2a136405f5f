"""A script in a processing job: with the fewest options that the SDK accepts, and with all."""
from harness import *

from sagemaker.network import NetworkConfig
from sagemaker.processing import ScriptProcessor

count, instance, rows = param("Count", 1), param("Instance", "ml.m5.xlarge"), param("Rows", 100)
volume, data = param("Volume", 50), param("Data", f"{DEMO}/raw")
image = image_uris.retrieve("sklearn", REGION, version="1.2-1")
script = "../../stdlib/code/preprocess.py"

plain = ProcessingStep("Plain", ScriptProcessor(image_uri=image, command=["python3"], **JOB).run(code=script))

everything = ScriptProcessor(
    role="arn:aws:iam::123456789012:role/Processing",
    image_uri=image,
    command=["python3", "-u"],
    instance_count=count,
    instance_type=instance,
    volume_size_in_gb=volume,
    volume_kms_key="alias/volume",
    output_kms_key="alias/output",
    max_runtime_in_seconds=3600,
    env={"STAGE": "dev", "DATA": data},
    tags=TEAM_TAG,
    network_config=NetworkConfig(
        enable_network_isolation=True,
        encrypt_inter_container_traffic=True,
        security_group_ids=["sg-1"],
        subnets=["subnet-1", "subnet-2"],
    ),
    sagemaker_session=session,
)
run = everything.run(
    code=script,
    inputs=[ProcessingInput(data, "/opt/ml/processing/raw", "raw")],
    outputs=[writes("train"), writes("test", f"{DEMO}/test")],
    arguments=["--rows", rows.to_string(), "--seed", "7"],
)
full = ProcessingStep(
    "Everything", run, cache_config=cached("P30D"), display_name="Preprocess", description="Splits the data.",
    depends_on=[plain],
)
emit_kind("ScriptProcessing", [plain, full], [count, instance, rows, volume, data])
