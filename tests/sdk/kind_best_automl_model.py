"""The best candidate of an AutoML step, as a model and in a model package group."""
from harness import *

from sagemaker.automl.automl import AutoML, AutoMLInput
from sagemaker.workflow.automl_step import AutoMLStep

automl = AutoML(target_attribute_name="price", mode="ENSEMBLING", output_path=f"{DEMO}/automl", **OWNER)
search = AutoMLStep("Search", automl.fit(AutoMLInput(f"{DEMO}/train", "price", channel_type="training")))
best = search.get_best_auto_ml_model(ROLE, session)
package = best.register(
    content_types=["text/csv"], response_types=["text/csv"], model_package_group_name="automl"
)
emit("AutoML", [search, model_step("Best", best), ModelStep("Package", step_args=package)])
