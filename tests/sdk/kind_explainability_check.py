"""Explainability checks: with the fewest options that the SDK accepts, and with all."""
from harness import *

from sagemaker.clarify import DataConfig, ImageConfig, ModelConfig, ModelPredictedLabelConfig, SHAPConfig, TextConfig
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.clarify_check_step import ClarifyCheckStep, ModelExplainabilityCheckConfig
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.functions import Join

job = CheckJobConfig(role=ROLE, sagemaker_session=session)
create = model_step("Create", model())
endpoint = ModelConfig(create.properties.ModelName, 1, "ml.m5.xlarge")
report = Join("/", ["s3:/", "amzn-s3-demo-bucket", ExecutionVariables.PIPELINE_EXECUTION_ID, "report"])


def explain(name, shap, scores=None, model=endpoint, **options):
    data = DataConfig(
        s3_data_input_path=f"{DEMO}/test",
        s3_output_path=report,
        s3_analysis_config_output_path=f"{DEMO}/config/{name}",
        **options,
    )
    config = ModelExplainabilityCheckConfig(data, model, shap, scores)
    return ClarifyCheckStep(name, config, job, skip_check=True, register_new_baseline=True)


steps = [
    create,
    explain("Plain", SHAPConfig()),
    explain(
        "Table",
        SHAPConfig(
            [[0.5, "basic"]], 50, "mean_abs", use_logit=True, save_local_shap_values=False, seed=7,
            features_to_explain=["age", "plan"],
        ),
        ModelPredictedLabelConfig("label", "score", 0.6, ["yes", "no"]),
        ModelConfig(create.properties.ModelName, 1, "ml.m5.xlarge", "text/csv", "text/csv"),
        label="churned",
        headers=["churned", "age", "plan"],
    ),
    explain("Text", SHAPConfig(num_clusters=1, text_config=TextConfig("sentence", "english")), 1, label=0),
    explain(
        "Image",
        SHAPConfig(
            num_samples=20,
            image_config=ImageConfig("OBJECT_DETECTION", 20, "segmentation", 5.5, 3, 0.5, 1.0),
        ),
        model=ModelConfig(create.properties.ModelName, 1, "ml.m5.xlarge", content_type="image/jpeg"),
        dataset_type="application/x-image",
    ),
]
emit_kind("ExplainabilityCheck", steps)
