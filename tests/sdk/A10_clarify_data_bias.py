"""A check for bias in data."""
from clarify import *

check = check_step(
    "DataBiasCheckStep",
    clarify_check_step.DataBiasCheckConfig(data("databiascheckstep"), BIAS),
    supplied_baseline_constraints="s3://sagemaker-us-west-2-111122223333/baseline/analysis.json",
    model_package_group_name="MyModelPackageGroup",
)
emit("DataBiasPipeline", [process, check])
