"""A check for bias in a model, steered by parameters."""
from clarify import *

from sagemaker.clarify import ModelPredictedLabelConfig

skip = param("SkipModelBiasCheck", False)
register = param("RegisterNewModelBiasBaseline", False)
constraints = param("ModelBiasSuppliedBaselineConstraints", "")
group = param("ModelGroup", "model-monitor-clarify-group")
create = model_step("CreateModel", model())
check = check_step(
    "ModelBiasCheckStep",
    clarify_check_step.ModelBiasCheckConfig(
        data("modelbiascheckstep"),
        BIAS,
        endpoint(create),
        ModelPredictedLabelConfig(probability_threshold=0.8),
    ),
    skip_check=skip,
    register_new_baseline=register,
    supplied_baseline_constraints=constraints,
    model_package_group_name=group,
    fail_on_violation=False,
    cache_config=cached("P7D"),
)
emit("ModelBiasPipeline", [process, create, check], [skip, register, constraints, group])
