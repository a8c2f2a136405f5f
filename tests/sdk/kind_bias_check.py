"""Checks for bias in data and in a model: with the fewest options that the SDK accepts, and with all."""
from harness import *

from sagemaker.clarify import BiasConfig, DataConfig, ModelConfig, ModelPredictedLabelConfig, SegmentationConfig
from sagemaker.network import NetworkConfig
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.clarify_check_step import ClarifyCheckStep, DataBiasCheckConfig, ModelBiasCheckConfig

data, model_name, skip = param("Data", f"{DEMO}/train"), param("Model", "churn"), param("Skip", False)
count = param("Count", 2)
REPORT, CONFIG = f"{DEMO}/report", f"{DEMO}/config"
usual = CheckJobConfig(role=ROLE, sagemaker_session=session)
special = CheckJobConfig(
    role=ROLE,
    instance_count=count,
    instance_type="ml.c5.xlarge",
    volume_size_in_gb=120,
    volume_kms_key="alias/volume",
    output_kms_key="alias/output",
    max_runtime_in_seconds=1800,
    env={"STAGE": "dev"},
    tags=TEAM_TAG,
    network_config=NetworkConfig(True, ["sg-1"], ["subnet-1"], True),
    sagemaker_session=session,
)


def dataset(step, **options):
    """Each step has its own location for the configuration, because the SDK would overwrite a shared one."""
    return DataConfig(
        s3_data_input_path=data, s3_output_path=REPORT, s3_analysis_config_output_path=f"{CONFIG}/{step}", **options
    )


one = ClarifyCheckStep(
    "DataPlain",
    DataBiasCheckConfig(
        data_config=dataset("DataPlain", label=0), data_bias_config=BiasConfig([1], 3)
    ),
    usual,
    skip_check=True,
)
two = ClarifyCheckStep(
    "DataEverything",
    DataBiasCheckConfig(
        data_config=dataset(
            "DataEverything",
            label="churned",
            headers=["churned", "age", "plan", "region", "id"],
            features="values(@)",
            dataset_type="text/csv",
            joinsource="id",
            facet_dataset_uri=f"{DEMO}/facets",
            facet_headers=["age"],
            predicted_label_dataset_uri=f"{DEMO}/predicted",
            predicted_label_headers=["predicted"],
            predicted_label="predicted",
            excluded_columns=["id"],
            segmentation_config=[
                SegmentationConfig("age", [["[0, 40)"], ["[40, 120)"]], "by age", ["young", "old"])
            ],
        ),
        data_bias_config=BiasConfig(["yes"], ["age", "plan"], [[40], ["basic", "free"]], "region"),
        methods=["CI", "DPL"],
    ),
    special,
    skip_check=skip,
    fail_on_violation=False,
    register_new_baseline=True,
    model_package_group_name="ChurnModels",
    supplied_baseline_constraints=f"{DEMO}/baseline/analysis.json",
    cache_config=cached("P7D"),
)
three = ClarifyCheckStep(
    "ModelPlain",
    ModelBiasCheckConfig(
        data_config=dataset("ModelPlain", label=0),
        data_bias_config=BiasConfig([1], 3),
        model_config=ModelConfig(model_name, 1, "ml.m5.xlarge"),
        model_predicted_label_config=ModelPredictedLabelConfig(),
    ),
    usual,
    skip_check=True,
)
four = ClarifyCheckStep(
    "ModelEverything",
    ModelBiasCheckConfig(
        data_config=dataset("ModelEverything", label="churned", dataset_type="application/jsonlines", features="f"),
        data_bias_config=BiasConfig([0.5], ["age", "plan"], [[40.5], ["basic"]]),
        model_config=ModelConfig(
            model_name,
            2,
            "ml.c5.xlarge",
            accept_type="application/jsonlines",
            content_type="application/jsonlines",
            content_template='{"features": $features}',
            record_template="$features_kvp",
            custom_attributes="c000b4f9",
            accelerator_type="ml.eia1.medium",
            endpoint_name_prefix="shadow",
            target_model="model-1.tar.gz",
        ),
        model_predicted_label_config=ModelPredictedLabelConfig(
            label="label", probability="score", probability_threshold=0.8, label_headers=["yes", "no"]
        ),
        methods=["DI", "DPPL"],
    ),
    special,
    model_package_group_name="ChurnModels",
)
emit_kind("BiasCheck", [one, two, three, four], [data, model_name, skip, count])
