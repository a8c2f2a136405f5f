"""A data quality check."""
from checks import *

from sagemaker.model_monitor import DatasetFormat
from sagemaker.workflow.quality_check_step import DataQualityCheckConfig, QualityCheckStep

BASELINE = "s3://sagemaker-us-west-2-555555555555/baseline"
config = DataQualityCheckConfig(
    output_of(process, "train"),
    DatasetFormat.csv(header=False),
    output_s3_uri=report_uri("dataqualitycheckstep"),
)
check = QualityCheckStep(
    "DataQualityCheckStep",
    config,
    job,
    supplied_baseline_statistics=f"{BASELINE}/statistics.json",
    supplied_baseline_constraints=f"{BASELINE}/constraints.json",
    model_package_group_name="MyModelPackageGroup",
)
emit("DataQualityPipeline", [process, check])
