"""Models with an inference script, created and registered, alone and in an inference pipeline, with all options."""
from harness import *

from sagemaker import PipelineModel
from sagemaker.drift_check_baselines import DriftCheckBaselines
from sagemaker.metadata_properties import MetadataProperties
from sagemaker.model_metrics import FileSource, MetricsSource, ModelMetrics
from sagemaker.sklearn import SKLearnModel
from sagemaker.xgboost import XGBoostModel

SCRIPT = dict(entry_point="inference.py", source_dir="model", **OWNER)
DATA = f"{DEMO}/model.tar.gz"

data, stage, approval = param("Data", DATA), param("Stage", "dev"), param("Approval", "Approved")


def report(name):
    return MetricsSource("application/json", f"{DEMO}/{name}.json")


def xgboost(**options):
    return XGBoostModel(model_data=data, framework_version="1.7-1", **SCRIPT, **options)


plain = SKLearnModel(model_data=DATA, framework_version="1.2-1", py_version="py3", **SCRIPT)
full = xgboost(
    env={"STAGE": stage, "LEVEL": "1"},
    model_server_workers=2,
    container_log_level=10,
    vpc_config={"Subnets": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]},
)
no_script = model(data=data, env={"STAGE": stage})
row = PipelineModel([plain, xgboost()], **OWNER)
registered = dict(
    content_types=["text/csv"],
    response_types=["application/json"],
    inference_instances=["ml.t2.medium", "ml.m5.xlarge"],
    transform_instances=["ml.m5.xlarge"],
)
metrics = ModelMetrics(
    model_statistics=report("statistics"),
    model_constraints=report("constraints"),
    model_data_statistics=report("data_statistics"),
    model_data_constraints=report("data_constraints"),
    bias_pre_training=report("bias_before"),
    bias_post_training=report("bias_after"),
    explainability=report("explainability"),
)
baselines = DriftCheckBaselines(
    model_statistics=report("statistics"),
    model_constraints=report("constraints"),
    model_data_statistics=report("data_statistics"),
    model_data_constraints=report("data_constraints"),
    bias_config_file=FileSource(f"{DEMO}/bias_config.json", content_type="application/json"),
    bias_pre_training_constraints=report("bias_before"),
    bias_post_training_constraints=report("bias_after"),
    explainability_config_file=FileSource(f"{DEMO}/explainability_config.json", content_type="application/json"),
    explainability_constraints=report("explainability"),
)
steps = [
    model_step("Plain", plain),
    ModelStep("Full", step_args=full.create(instance_type="ml.m5.large", tags=TEAM_TAG), depends_on=["Plain-CreateModel"]),
    model_step("NoScript", no_script),
    ModelStep("Registered", step_args=plain.register(model_package_group_name="models", **registered)),
    ModelStep(
        "Documented",
        step_args=xgboost().register(
            model_package_group_name="models",
            approval_status=approval,
            model_metrics=metrics,
            drift_check_baselines=baselines,
            metadata_properties=MetadataProperties("abc123", "repository", "pipeline", "project"),
            customer_metadata_properties={"stage": "dev"},
            domain="MACHINE_LEARNING",
            task="REGRESSION",
            sample_payload_url=f"{DEMO}/payload.tar.gz",
            skip_model_validation="All",
            source_uri=f"{DEMO}/source",
            description="A model of houses",
            **registered,
        ),
    ),
    ModelStep("Row", step_args=row.register(model_package_group_name="rows", **registered)),
]
emit("Models", steps, [data, stage, approval])
