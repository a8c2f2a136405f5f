"""Quality checks of data and of a model: with the fewest options that the SDK accepts, and with all."""
from harness import *

from sagemaker.model_monitor import DatasetFormat
from sagemaker.network import NetworkConfig
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.quality_check_step import DataQualityCheckConfig, ModelQualityCheckConfig, QualityCheckStep

data, target, skip = param("Data", f"{DEMO}/train"), param("Target", "_c0"), param("Skip", False)
instance = param("Instance", "ml.m5.xlarge")
usual = CheckJobConfig(role=ROLE, sagemaker_session=session)
special = CheckJobConfig(
    role=ROLE,
    instance_count=2,
    instance_type=instance,
    volume_size_in_gb=120,
    volume_kms_key="alias/volume",
    output_kms_key="alias/output",
    max_runtime_in_seconds=1800,
    env={"STAGE": "dev"},
    tags=TEAM_TAG,
    network_config=NetworkConfig(False, ["sg-1"], ["subnet-1"]),
    sagemaker_session=session,
)
one = QualityCheckStep(
    "DataPlain",
    DataQualityCheckConfig(data, DatasetFormat.csv(), output_s3_uri=f"{DEMO}/quality"),
    usual,
    skip_check=True,
)
two = QualityCheckStep(
    "DataEverything",
    DataQualityCheckConfig(
        f"{DEMO}/train",
        DatasetFormat.json(lines=False),
        output_s3_uri=f"{DEMO}/quality",
        record_preprocessor_script=f"{DEMO}/code/records.py",
        post_analytics_processor_script=f"{DEMO}/code/after.py",
    ),
    special,
    skip_check=skip,
    fail_on_violation=skip,
    register_new_baseline=True,
    model_package_group_name="ChurnModels",
    supplied_baseline_statistics=f"{DEMO}/baseline/statistics.json",
    supplied_baseline_constraints=f"{DEMO}/baseline/constraints.json",
    cache_config=cached("P7D"),
)
three = QualityCheckStep(
    "ModelPlain",
    ModelQualityCheckConfig(data, DatasetFormat.csv(header=False), "Regression", output_s3_uri=f"{DEMO}/quality"),
    usual,
    skip_check=True,
)
four = QualityCheckStep(
    "ModelEverything",
    ModelQualityCheckConfig(
        data,
        DatasetFormat.csv(output_columns_position="END"),
        "BinaryClassification",
        "_c1",
        "_c2",
        target,
        "0.5",
        output_s3_uri=f"{DEMO}/quality",
        post_analytics_processor_script=f"{DEMO}/code/after.py",
    ),
    special,
    model_package_group_name="ChurnModels",
)
emit_kind("QualityCheck", [one, two, three, four], [data, target, skip, instance])
