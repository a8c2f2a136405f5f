"""A model quality check of the predictions of a transform step."""
from checks import *

from sagemaker.model_monitor import DatasetFormat
from sagemaker.transformer import Transformer
from sagemaker.workflow.quality_check_step import ModelQualityCheckConfig, QualityCheckStep
from sagemaker.workflow.steps import TransformStep

create = model_step("CreateModel", model())
transformer = Transformer(
    create.properties.ModelName,
    instance_count=1,
    instance_type="ml.m5.xlarge",
    assemble_with="Line",
    accept="text/csv",
    output_path=f"{DEMO}/transform",
    sagemaker_session=session,
)
run = transformer.transform(
    output_of(process, "test"),
    content_type="text/csv",
    split_type="Line",
    input_filter="$[1:]",
    output_filter="$[0,-1]",
    join_source="Input",
)
transform = TransformStep("Transform", run)
check = QualityCheckStep(
    "ModelQualityCheckStep",
    ModelQualityCheckConfig(
        transform.properties.TransformOutput.S3OutputPath,
        DatasetFormat.csv(header=False),
        output_s3_uri=report_uri("modelqualitycheckstep"),
        problem_type="BinaryClassification",
        inference_attribute="_c1",
        ground_truth_attribute="_c0",
        probability_attribute="_c2",
        probability_threshold_attribute="0.5",
    ),
    job,
    register_new_baseline=True,
    fail_on_violation=False,
    model_package_group_name="MyModelPackageGroup",
    cache_config=cached("P30D"),
    display_name="Model quality",
    description="Model quality drift check",
)
emit("ModelQualityPipeline", [process, create, transform, check])
