"""Training with every option, a distributed framework with a debugger, instance groups, and a warm pool."""
from harness import *

from sagemaker.debugger import CollectionConfig, DebuggerHookConfig, Rule, rule_configs
from sagemaker.debugger import TensorBoardOutputConfig
from sagemaker.inputs import FileSystemInput, ShuffleConfig
from sagemaker.instance_group import InstanceGroup
from sagemaker.tensorflow import TensorFlow

OUT = f"{DEMO}/out"
MINE = "123456789012.dkr.ecr.us-west-2.amazonaws.com/mine:1"

# The SDK keeps collections in a set, whose order changes from run to run with the hashes of strings.
CollectionConfig.__hash__ = lambda self: len(self._to_request_dict())

count, spot, instance = param("Count", 2), param("Spot", True), param("InstanceType", "ml.m5.xlarge")
full = Estimator(
    XGBOOST,
    instance_type=instance,
    instance_count=count,
    output_path=OUT,
    output_kms_key="alias/out",
    volume_size=50,
    volume_kms_key="alias/vol",
    hyperparameters={"eta": 0.2, "flag": True, "num_round": count, "objective": "reg:squarederror"},
    metric_definitions=[{"Name": "rmse", "Regex": r".*rmse=([0-9\.]+).*"}],
    environment={"E": "1"},
    tags=[{"Key": "a", "Value": "b"}],
    subnets=["subnet-1", "subnet-2"],
    security_group_ids=["sg-1"],
    use_spot_instances=spot,
    max_run=3600,
    max_wait=7200,
    max_retry_attempts=2,
    checkpoint_s3_uri=f"{DEMO}/ckpt",
    checkpoint_local_path="/opt/ml/checkpoints",
    encrypt_inter_container_traffic=True,
    enable_network_isolation=True,
    disable_profiler=True,
    **OWNER,
)
channels = {
    "train": TrainingInput(
        f"{DEMO}/train",
        distribution="ShardedByS3Key",
        compression="Gzip",
        content_type="text/csv",
        record_wrapping="RecordIO",
        s3_data_type="ManifestFile",
        attribute_names=["x"],
        input_mode="Pipe",
        shuffle_config=ShuffleConfig(1234),
    ),
    "fs": FileSystemInput("fs-1", "EFS", "/data", content_type="application/x-recordio"),
}
tensorflow = TensorFlow(
    entry_point="train.py",
    source_dir="model",
    framework_version="2.11",
    py_version="py39",
    distribution={"smdistributed": {"dataparallel": {"enabled": True}}},
    rules=[Rule.sagemaker(rule_configs.loss_not_decreasing())],
    debugger_hook_config=DebuggerHookConfig(
        f"{DEMO}/debug", collection_configs=[CollectionConfig("losses")]
    ),
    tensorboard_output_config=TensorBoardOutputConfig(f"{DEMO}/tb"),
    disable_profiler=True,
    **JOB | {"instance_type": "ml.p3.16xlarge", "instance_count": 2},
)
groups = [InstanceGroup("g1", "ml.c5.xlarge", 2), InstanceGroup("g2", "ml.p3.2xlarge", 1)]
mixed = Estimator(MINE, instance_groups=groups, output_path=OUT, **OWNER)
warm = Estimator(
    MINE,
    container_entry_point=["python", "train.py"],
    container_arguments=["--a", "1"],
    keep_alive_period_in_seconds=600,
    **JOB,
)
steps = [
    TrainingStep("Full", full.fit(channels)),
    TrainingStep("TF", tensorflow.fit(TrainingInput(f"{DEMO}/tfdata"))),
    TrainingStep("Hetero", mixed.fit({"train": TrainingInput(f"{DEMO}/train", instance_groups=["g1"])})),
    TrainingStep("WarmPool", warm.fit(), depends_on=["Full"]),
]
emit("TrainingPipeline", steps, [count, spot, instance])
