"""A folder of code in a processing job: with the fewest options that the SDK accepts, and with all."""
from harness import *

from sagemaker.network import NetworkConfig
from sagemaker.processing import FrameworkProcessor
from sagemaker.pytorch import PyTorch
from sagemaker.sklearn import SKLearn

count, data = param("Count", 2), param("Data", f"{DEMO}/raw")
folder = "../../stdlib/code/sourcedir"

plain = FrameworkProcessor(PyTorch, "1.13.1", py_version="py39", **JOB)
first = ProcessingStep("Plain", plain.run(code="train.py", source_dir=folder))

everything = FrameworkProcessor(
    SKLearn,
    "1.2-1",
    command=["python3", "-u"],
    **JOB | {"instance_count": count},
    volume_size_in_gb=60,
    volume_kms_key="alias/volume",
    output_kms_key="alias/output",
    max_runtime_in_seconds=7200,
    env={"STAGE": "dev"},
    tags=TEAM_TAG,
    network_config=NetworkConfig(security_group_ids=["sg-1"], subnets=["subnet-1"]),
)
run = everything.run(
    code="train.py",
    source_dir=folder,
    inputs=[ProcessingInput(data, "/opt/ml/processing/raw", "raw")],
    outputs=[writes("model"), writes("report", f"{DEMO}/report")],
    arguments=["--count", count.to_string(), "--epochs", "3"],
)
second = ProcessingStep("Everything", run, cache_config=cached("P7D"))
emit_kind("FrameworkProcessing", [first, second], [count, data])
