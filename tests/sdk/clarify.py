"""What the pipelines of ClarifyCheck steps share beyond the other checks."""
from checks import *

from sagemaker.clarify import BiasConfig, DataConfig, ModelConfig
from sagemaker.workflow import clarify_check_step

BIAS = BiasConfig([15.0], [8], [[0.5]])


def data(report):
    return DataConfig(
        s3_data_input_path=output_of(process, "train"),
        s3_output_path=report_uri(report),
        s3_analysis_config_output_path=f"{DEMO}/analysis_cfg",
        label=0,
    )


def endpoint(create):
    return ModelConfig(create.properties.ModelName, instance_count=1, instance_type="ml.m5.xlarge")


def check_step(name, config, **options):
    return clarify_check_step.ClarifyCheckStep(name, config, job, **options)
