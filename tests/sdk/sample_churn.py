"""The sample pipeline samples/churn: four checks, and a registration with their results."""
from harness import *

from sagemaker.clarify import BiasConfig, DataConfig, ModelConfig, ModelPredictedLabelConfig
from sagemaker.drift_check_baselines import DriftCheckBaselines
from sagemaker.model_metrics import MetricsSource, ModelMetrics
from sagemaker.model_monitor import DatasetFormat
from sagemaker.transformer import Transformer
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.clarify_check_step import ClarifyCheckStep, DataBiasCheckConfig, ModelBiasCheckConfig
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionGreaterThanOrEqualTo
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.quality_check_step import DataQualityCheckConfig, ModelQualityCheckConfig, QualityCheckStep
from sagemaker.workflow.steps import TransformStep

NAME = "Churn"
BUCKET = f"s3://{session.default_bucket()}"
CODE = "../../../samples/churn/code"
FEATURES = ["age", "tenure_months", "monthly_charge", "support_calls"]
IMAGE = image_uris.retrieve("xgboost", REGION, version="1.7-1")
EXECUTION = ExecutionVariables.PIPELINE_EXECUTION_ID

customers, minimum = param("Customers", f"{BUCKET}/churn/customers.csv"), param("MinimumAuc", 0.75)
approval = param("ModelApprovalStatus", "PendingManualApproval", enum_values=["PendingManualApproval", "Approved"])
first = param("IsFirstRun", False)
CHECKS = dict(
    check_job_config=CheckJobConfig(role=ROLE, sagemaker_session=session),
    model_package_group_name="ChurnModels",
    skip_check=first,
    register_new_baseline=first,
)


def result_uri(step, output):
    return Join("/", ["s3:/", session.default_bucket(), NAME, EXECUTION, step, "output", output])


def quality(step):
    return result_uri(step, "quality_check_output")


def script(name, code, inputs, outputs, arguments=None, **options):
    run = SKLearnProcessor("1.2-1", **JOB).run(
        code=f"{CODE}/{code}",
        inputs=[ProcessingInput(uri, f"/opt/ml/processing/{key}", key) for key, uri in inputs.items()],
        outputs=[writes(output) for output in outputs],
        arguments=arguments,
    )
    return ProcessingStep(name, run, **options)


def dataset(step, data):
    return DataConfig(
        s3_data_input_path=data,
        s3_output_path=result_uri(step, "analysis_result"),
        s3_analysis_config_output_path=f"{BUCKET}/{step}",
        label="churned",
        headers=["churned", *FEATURES],
        dataset_type="text/csv",
    )


prepare = script(
    "Prepare",
    "prepare.py",
    {"customers": customers},
    ["train", "validation", "test", "features"],
    ["--label", "churned", "--features", *FEATURES],
    cache_config=cached("P7D"),
)
data_quality = QualityCheckStep(
    "DataQuality",
    DataQualityCheckConfig(output_of(prepare, "features"), DatasetFormat.csv(False), output_s3_uri=quality("DataQuality")),
    **CHECKS,
)
bias = BiasConfig([1], "age", [60])
data_bias = ClarifyCheckStep("DataBias", DataBiasCheckConfig(dataset("DataBias", output_of(prepare, "train")), bias), **CHECKS)

estimator = Estimator(
    IMAGE,
    output_path=f"{BUCKET}/churn/models",
    hyperparameters={"objective": "binary:logistic", "eval_metric": "auc", "num_round": 100, "max_depth": 4, "eta": 0.1},
    **JOB,
)
channels = {name: TrainingInput(output_of(prepare, name), content_type="text/csv") for name in ("train", "validation")}
train = TrainingStep("Train", estimator.fit(channels), depends_on=[data_quality, data_bias], cache_config=cached("P7D"))
create = model_step("Create", model(IMAGE, artifacts_of(train)))
transformer = Transformer(
    create.properties.ModelName,
    instance_count=1,
    instance_type="ml.m5.xlarge",
    accept="text/csv",
    assemble_with="Line",
    output_path=Join("", [f"{BUCKET}/churn/scores/", EXECUTION]),
    sagemaker_session=session,
)
score = TransformStep(
    "Score",
    transformer.transform(
        output_of(prepare, "test"),
        content_type="text/csv",
        split_type="Line",
        input_filter="$[1:]",
        join_source="Input",
        output_filter="$[0,-1]",
    ),
    description="Each line of the result has a label and the model's prediction for this row.",
)
scores = score.properties.TransformOutput.S3OutputPath
model_quality = QualityCheckStep(
    "ModelQuality",
    ModelQualityCheckConfig(
        scores,
        DatasetFormat.csv(False),
        "BinaryClassification",
        probability_attribute="_c1",
        ground_truth_attribute="_c0",
        probability_threshold_attribute="0.5",
        output_s3_uri=quality("ModelQuality"),
    ),
    **CHECKS,
)
model_bias = ClarifyCheckStep(
    "ModelBias",
    ModelBiasCheckConfig(
        dataset("ModelBias", output_of(prepare, "test")),
        bias,
        ModelConfig(create.properties.ModelName, 1, "ml.m5.xlarge", accept_type="text/csv"),
        ModelPredictedLabelConfig(probability_threshold=0.5),
    ),
    **CHECKS,
)
report = PropertyFile("Report", output_name="evaluation", path="evaluation.json")
evaluate = script("Evaluate", "evaluate.py", {"scores": scores}, ["evaluation"], property_files=[report])


def source(uri):
    return MetricsSource("application/json", uri)


found = ModelMetrics(
    model_statistics=source(model_quality.properties.CalculatedBaselineStatistics),
    model_constraints=source(model_quality.properties.CalculatedBaselineConstraints),
    model_data_statistics=source(data_quality.properties.CalculatedBaselineStatistics),
    model_data_constraints=source(data_quality.properties.CalculatedBaselineConstraints),
    bias_pre_training=source(data_bias.properties.CalculatedBaselineConstraints),
    bias_post_training=source(model_bias.properties.CalculatedBaselineConstraints),
)
baselines = DriftCheckBaselines(
    model_statistics=source(model_quality.properties.BaselineUsedForDriftCheckStatistics),
    model_constraints=source(model_quality.properties.BaselineUsedForDriftCheckConstraints),
    model_data_statistics=source(data_quality.properties.BaselineUsedForDriftCheckStatistics),
    model_data_constraints=source(data_quality.properties.BaselineUsedForDriftCheckConstraints),
    bias_pre_training_constraints=source(data_bias.properties.BaselineUsedForDriftCheckConstraints),
    bias_post_training_constraints=source(model_bias.properties.BaselineUsedForDriftCheckConstraints),
)
register = ModelStep(
    "Register",
    model(IMAGE, artifacts_of(train)).register(
        content_types=["text/csv"],
        response_types=["text/csv"],
        inference_instances=["ml.m5.large", "ml.m5.xlarge"],
        transform_instances=["ml.m5.xlarge"],
        model_package_group_name="ChurnModels",
        approval_status=approval,
        model_metrics=found,
        drift_check_baselines=baselines,
    ),
)
auc = JsonGet("Evaluate", property_file=report, json_path="auc")
check = ConditionStep(
    "IsGood",
    conditions=[ConditionGreaterThanOrEqualTo(auc, minimum)],
    if_steps=[register],
    else_steps=[FailStep("TooPoor", Join("", ["The area under the curve is below ", minimum, "."]))],
)

steps = [prepare, data_quality, data_bias, train, create, score, model_quality, model_bias, evaluate, check]
emit_sample(NAME, steps, [customers, minimum, approval, first], without=["PipelineExperimentConfig"])
