"""Training in script mode with each framework: with the fewest options, with all, and with each kind of distribution."""
from harness import *

from sagemaker.debugger import (
    CollectionConfig,
    DebuggerHookConfig,
    ProfilerConfig,
    Rule,
    TensorBoardOutputConfig,
    rule_configs,
)
from sagemaker.huggingface import HuggingFace
from sagemaker.mxnet import MXNet
from sagemaker.pytorch import PyTorch
from sagemaker.sklearn import SKLearn
from sagemaker.tensorflow import TensorFlow
from sagemaker.xgboost import XGBoost

# The SDK keeps collections in a set, whose order changes from run to run with the hashes of strings.
CollectionConfig.__hash__ = lambda self: len(self._to_request_dict())

SCRIPT = dict(entry_point="train.py", source_dir="model")
GPU = JOB | dict(instance_type="ml.p4d.24xlarge", instance_count=2)

count, epochs, rate = param("Count", 2), param("Epochs", 10), param("Rate", 0.1)
data, stage, spot = param("Data", f"{DEMO}/train"), param("Stage", "dev"), param("Spot", True)

plain = SKLearn(framework_version="1.2-1", **SCRIPT, **JOB)
boosted = XGBoost(
    framework_version="1.7-1",
    hyperparameters={"num_round": 50, "objective": "reg:squarederror", "verbose": True, "eta": 0.2, "sizes": [1, 2]},
    **SCRIPT,
    **JOB,
)
full = PyTorch(
    framework_version="2.0.1",
    py_version="py310",
    distribution={"torch_distributed": {"enabled": True}},
    hyperparameters={"epochs": epochs, "rate": rate, "stage": stage, "layers": {"hidden": 2}},
    instance_type="ml.p4d.24xlarge",
    instance_count=count,
    output_path=f"{DEMO}/out",
    code_location="s3://sagemaker-us-west-2-123456789012",
    output_kms_key="alias/out",
    volume_size=50,
    volume_kms_key="alias/vol",
    metric_definitions=[{"Name": "loss", "Regex": r"loss=([0-9\.]+)"}],
    environment={"STAGE": stage, "LEVEL": "1"},
    tags=TEAM_TAG,
    subnets=["subnet-1", "subnet-2"],
    security_group_ids=["sg-1"],
    use_spot_instances=spot,
    max_run=3600,
    max_wait=7200,
    max_retry_attempts=2,
    checkpoint_s3_uri=f"{DEMO}/checkpoints",
    checkpoint_local_path="/opt/ml/checkpoints",
    encrypt_inter_container_traffic=True,
    container_log_level=10,
    **SCRIPT,
    **OWNER,
)
isolated = SKLearn(framework_version="1.2-1", enable_network_isolation=True, **SCRIPT, **JOB)
mpi = {"mpi": {"enabled": True, "processes_per_host": 8, "custom_mpi_options": "-verbose"}}
horovod = TensorFlow(framework_version="2.11", py_version="py39", distribution=mpi, **SCRIPT, **GPU)
single = TensorFlow(
    framework_version="2.11", py_version="py39", model_dir=f"{DEMO}/tf", **SCRIPT, **JOB
)
mirrored = TensorFlow(
    framework_version="2.11",
    py_version="py39",
    model_dir=False,
    distribution={"multi_worker_mirrored_strategy": {"enabled": True}},
    **SCRIPT,
    **GPU,
)
face = HuggingFace(
    transformers_version="4.28.1",
    pytorch_version="2.0.0",
    py_version="py310",
    distribution={"smdistributed": {"dataparallel": {"enabled": True, "custom_mpi_options": "-x A"}}},
    **SCRIPT,
    **GPU | dict(instance_type=param("Type", "ml.p4d.24xlarge")),
)
server = MXNet(
    framework_version="1.8.0", py_version="py37", distribution={"parameter_server": {"enabled": True}}, **SCRIPT, **JOB
)
parallel = PyTorch(
    framework_version="1.13.1",
    py_version="py39",
    distribution={
        "smdistributed": {"modelparallel": {"enabled": True, "parameters": {"partitions": 2, "ddp": True}}},
        "mpi": {"enabled": True, "processes_per_host": 8},
    },
    **SCRIPT,
    **GPU,
)
debugged = TensorFlow(
    framework_version="2.11",
    py_version="py39",
    model_dir=False,
    rules=[Rule.sagemaker(rule_configs.loss_not_decreasing())],
    debugger_hook_config=DebuggerHookConfig(f"{DEMO}/debug", collection_configs=[CollectionConfig("weights")]),
    tensorboard_output_config=TensorBoardOutputConfig(f"{DEMO}/tensorboard"),
    profiler_config=ProfilerConfig(f"{DEMO}/profile", system_monitor_interval_millis=500),
    **SCRIPT,
    **JOB,
)
channel = {"train": TrainingInput(data)}
steps = [
    TrainingStep("Plain", plain.fit(channel)),
    TrainingStep("Boosted", boosted.fit({"train": TrainingInput(data, content_type="text/csv")})),
    TrainingStep("Full", full.fit(channel), cache_config=cached("P30D"), depends_on=["Plain"]),
    TrainingStep("Isolated", isolated.fit(channel)),
    TrainingStep("Horovod", horovod.fit(channel)),
    TrainingStep("Single", single.fit(channel)),
    TrainingStep("Mirrored", mirrored.fit(channel)),
    TrainingStep("Face", face.fit(channel)),
    TrainingStep("Server", server.fit(channel)),
    TrainingStep("Parallel", parallel.fit(channel)),
    TrainingStep("Debugged", debugged.fit(channel)),
]
emit("Framework", steps, [count, epochs, rate, data, stage, spot, face.instance_type])
