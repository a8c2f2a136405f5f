"""Training with a built-in algorithm: with the fewest options, with all, and with a custom image."""
from harness import *

from sagemaker.inputs import FileSystemInput, ShuffleConfig
from sagemaker.instance_group import InstanceGroup

MINE = "123456789012.dkr.ecr.us-west-2.amazonaws.com/mine:1"

count, spot, rounds = param("Count", 2), param("Spot", True), param("Rounds", 100)
eta, data, stage = param("Eta", 0.2), param("Data", f"{DEMO}/train"), param("Stage", "dev")

plain = Estimator(XGBOOST, hyperparameters={"num_round": 50, "objective": "reg:squarederror"}, **JOB)
full = Estimator(
    XGBOOST,
    instance_type="ml.m5.4xlarge",
    instance_count=count,
    output_path=f"{DEMO}/out",
    output_kms_key="alias/out",
    volume_size=50,
    volume_kms_key="alias/vol",
    hyperparameters={"eta": eta, "num_round": rounds, "eval_metric": "auc", "stage": stage},
    metric_definitions=[{"Name": "auc", "Regex": r"auc=([0-9\.]+)"}],
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
    enable_network_isolation=True,
    disable_profiler=True,
    **OWNER,
)
channels = {
    "train": TrainingInput(
        data,
        distribution="ShardedByS3Key",
        compression="Gzip",
        content_type="text/csv",
        record_wrapping="RecordIO",
        s3_data_type="AugmentedManifestFile",
        attribute_names=["source", "label"],
        input_mode="Pipe",
        shuffle_config=ShuffleConfig(1234),
    ),
    "shared": FileSystemInput("fs-12345678", "EFS", "/data", content_type="text/csv"),
}
own = Estimator(
    MINE,
    container_entry_point=["python", "train.py"],
    container_arguments=["--fast", "--threads", "4"],
    keep_alive_period_in_seconds=600,
    **JOB,
)
groups = [InstanceGroup("small", "ml.c5.xlarge", count), InstanceGroup("large", "ml.p3.2xlarge", 1)]
mixed = Estimator(MINE, instance_groups=groups, **OWNER)
trainium = Estimator(MINE, **JOB | dict(instance_type="ml.trn1.2xlarge"))
steps = [
    TrainingStep("Plain", plain.fit({"train": TrainingInput(data, content_type="text/csv")})),
    TrainingStep("Full", full.fit(channels), cache_config=cached("P30D"), depends_on=["Plain"]),
    TrainingStep("Own", own.fit()),
    TrainingStep("Mixed", mixed.fit({"train": TrainingInput(data, instance_groups=["small"])})),
    TrainingStep("Trainium", trainium.fit()),
]
emit("Built-in", steps, [count, spot, rounds, eta, data, stage])
