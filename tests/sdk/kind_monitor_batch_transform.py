"""Monitored batch transforms: checks of the data before, of the predictions after, and of explainability."""
from harness import *

from sagemaker.clarify import BiasConfig, DataConfig, ModelConfig, ModelPredictedLabelConfig, SHAPConfig
from sagemaker.model_monitor import DatasetFormat
from sagemaker.transformer import Transformer
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.clarify_check_step import (
    DataBiasCheckConfig,
    ModelBiasCheckConfig,
    ModelExplainabilityCheckConfig,
)
from sagemaker.workflow.monitor_batch_transform_step import MonitorBatchTransformStep
from sagemaker.workflow.quality_check_step import DataQualityCheckConfig, ModelQualityCheckConfig

data, model_name = param("Data", f"{DEMO}/batch"), param("Model", "churn")
job = CheckJobConfig(role=ROLE, instance_type="ml.c5.xlarge", sagemaker_session=session)
transformer = Transformer(
    model_name, instance_count=1, instance_type="ml.m5.xlarge", output_path=f"{DEMO}/scores", sagemaker_session=session
)
scores = f"{DEMO}/scores"
BASELINE = f"{DEMO}/baseline"
bias, endpoint = BiasConfig([1], 3, [40]), ModelConfig(model_name, 1, "ml.m5.xlarge")


def monitored(name, configuration, **options):
    run = transformer.transform(data, content_type="text/csv")
    return MonitorBatchTransformStep(name, run, configuration, job, **options)


def dataset(name):
    return DataConfig(scores, f"{DEMO}/report", f"{DEMO}/config/{name}", label=0)


full = Transformer(
    model_name,
    instance_count=2,
    instance_type="ml.c5.xlarge",
    strategy="MultiRecord",
    assemble_with="Line",
    accept="text/csv",
    output_path=f"{DEMO}/scores",
    output_kms_key="alias/output",
    volume_kms_key="alias/volume",
    max_concurrent_transforms=2,
    max_payload=6,
    tags=TEAM_TAG,
    env={"STAGE": "dev"},
    sagemaker_session=session,
)
full_run = full.transform(
    data,
    content_type="text/csv",
    compression_type="Gzip",
    split_type="Line",
    input_filter="$[1:]",
    output_filter="$[0,-1]",
    join_source="Input",
)
steps = [
    monitored(
        "Quality",
        DataQualityCheckConfig(data, DatasetFormat.csv(), output_s3_uri=f"{DEMO}/report"),
        supplied_baseline_statistics=f"{BASELINE}/statistics.json",
        supplied_baseline_constraints=f"{BASELINE}/constraints.json",
    ),
    MonitorBatchTransformStep(
        "Answers",
        full_run,
        ModelQualityCheckConfig(
            scores, DatasetFormat.csv(False), "Regression", "_c1", ground_truth_attribute="_c0",
            output_s3_uri=f"{DEMO}/report",
        ),
        job,
        fail_on_violation=False,
        supplied_baseline_constraints=f"{BASELINE}/constraints.json",
        description="Scores the day's customers.",
        display_name="Scores",
    ),
    monitored(
        "Before",
        DataQualityCheckConfig(data, DatasetFormat.csv(), output_s3_uri=f"{DEMO}/report"),
        monitor_before_transform=True,
        supplied_baseline_constraints=f"{BASELINE}/constraints.json",
    ),
    monitored(
        "DataBias",
        DataBiasCheckConfig(dataset("DataBias"), data_bias_config=bias),
        supplied_baseline_constraints=f"{BASELINE}/analysis.json",
    ),
    monitored(
        "ModelBias",
        ModelBiasCheckConfig(
            dataset("ModelBias"), data_bias_config=bias, model_config=endpoint,
            model_predicted_label_config=ModelPredictedLabelConfig(probability_threshold=0.5),
        ),
        supplied_baseline_constraints=f"{BASELINE}/analysis.json",
    ),
    monitored(
        "Explained",
        ModelExplainabilityCheckConfig(dataset("Explained"), endpoint, SHAPConfig(num_samples=10)),
        monitor_before_transform=True,
        supplied_baseline_constraints=f"{BASELINE}/analysis.json",
    ),
]
emit_kind("MonitorBatchTransform", steps, [data, model_name])
