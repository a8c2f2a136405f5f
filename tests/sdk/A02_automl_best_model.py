"""An AutoML step; its best model is created and registered."""
from harness import *

from sagemaker import AutoML, AutoMLInput
from sagemaker.model_metrics import MetricsSource, ModelMetrics
from sagemaker.workflow.automl_step import AutoMLStep

TARGET = "my_target_attribute_name"
job = AutoML(target_attribute_name=TARGET, mode="ENSEMBLING", **OWNER)
automl = AutoMLStep(
    "AutoMLStep",
    job.fit([AutoMLInput(f"{DEMO}/my-{c}-data", TARGET, channel_type=c) for c in ("training", "validation")]),
)
best = automl.get_best_auto_ml_model(**OWNER)


def report(uri):
    return MetricsSource("application/json", uri)


reports = automl.properties.BestCandidateProperties
registered = best.register(
    content_types=["text/csv"],
    response_types=["text/csv"],
    inference_instances=["ml.m5.large"],
    transform_instances=["ml.m5.large"],
    model_package_group_name="AutoMLModels",
    approval_status="PendingManualApproval",
    model_metrics=ModelMetrics(
        model_statistics=report(reports.ModelInsightsJsonReportPath),
        explainability=report(reports.ExplainabilityJsonReportPath),
    ),
)
create = model_step("BestModelCreate", best)
emit("AutoMLPipeline", [automl, create, ModelStep("BestModelRegister", registered)])
