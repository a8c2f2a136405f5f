"""An explainability check."""
from clarify import *

from sagemaker.clarify import SHAPConfig

create = model_step("CreateModel", model())
check = check_step(
    "ModelExplainabilityCheckStep",
    clarify_check_step.ModelExplainabilityCheckConfig(
        data("modelexplainabilitycheckstep"),
        endpoint(create),
        SHAPConfig(baseline=[[0.5] * 8], num_samples=50, agg_method="mean_abs"),
    ),
    skip_check=True,
    register_new_baseline=True,
    model_package_group_name="MyModelPackageGroup",
)
emit("ExplainabilityPipeline", [process, create, check])
