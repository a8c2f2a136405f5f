"""The sample pipeline samples/abalone: the Abalone tutorial with retries and step descriptions."""
from harness import *

from sagemaker.model_metrics import MetricsSource, ModelMetrics
from sagemaker.processing import ScriptProcessor
from sagemaker.transformer import Transformer
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionLessThanOrEqualTo
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.retry import SageMakerJobExceptionTypeEnum, SageMakerJobStepRetryPolicy
from sagemaker.workflow.steps import TransformStep

BUCKET = f"s3://{session.default_bucket()}"
MODELS = f"{BUCKET}/abalone/models"
IMAGE = image_uris.retrieve("xgboost", REGION, version="1.7-1")
SHARED = dict(
    cache_config=cached("P30D"),
    retry_policies=[
        SageMakerJobStepRetryPolicy(
            exception_types=[
                SageMakerJobExceptionTypeEnum.CAPACITY_ERROR,
                SageMakerJobExceptionTypeEnum.INTERNAL_ERROR,
            ],
            interval_seconds=30,
            backoff_rate=2.0,
            max_attempts=5,
        )
    ],
)

count = param("ProcessingInstanceCount", 1)
instance = param("TrainingInstanceType", "ml.m5.xlarge")
approval = param(
    "ModelApprovalStatus", "PendingManualApproval", enum_values=["PendingManualApproval", "Approved"]
)
data = param("InputData", f"{BUCKET}/abalone/abalone-dataset.csv")
batch = param("BatchData", f"{BUCKET}/abalone/abalone-dataset-batch")
threshold = param("MseThreshold", 6.0)
report = PropertyFile("Report", output_name="evaluation", path="evaluation.json")


def script_step(name, processor, script, inputs, outputs, **options):
    folder = "/opt/ml/processing"
    run = processor.run(
        code=f"../../../samples/abalone/code/{script}",
        inputs=[ProcessingInput(uri, f"{folder}/{key}", key) for key, uri in inputs.items()],
        outputs=[writes(output) for output in outputs],
    )
    return ProcessingStep(name, run, **SHARED, **options)


process = script_step(
    "AbaloneProcess",
    SKLearnProcessor("1.2-1", **JOB | {"instance_count": count}),
    "preprocess.py",
    {"data": data},
    ["train", "validation", "test"],
    description="Encodes the data and splits it for training, validation and test.",
)

estimator = Estimator(
    IMAGE,
    output_path=MODELS,
    hyperparameters={
        "objective": "reg:squarederror",
        "num_round": 50,
        "max_depth": 5,
        "eta": 0.2,
        "gamma": 4,
        "min_child_weight": 6,
        "subsample": 0.7,
    },
    **JOB | {"instance_type": instance},
)
channels = {
    name: TrainingInput(output_of(process, name), content_type="text/csv") for name in ("train", "validation")
}
train = TrainingStep("AbaloneTrain", estimator.fit(channels), **SHARED)

evaluate = script_step(
    "AbaloneEval",
    ScriptProcessor(image_uri=IMAGE, command=["python3"], **JOB),
    "evaluate.py",
    {"model": artifacts_of(train), "test": output_of(process, "test")},
    ["evaluation"],
    property_files=[report],
)

metrics = MetricsSource("application/json", Join("", [output_of(evaluate, "evaluation"), "/evaluation.json"]))
register = ModelStep(
    "AbaloneRegisterModel",
    model(IMAGE, artifacts_of(train)).register(
        content_types=["text/csv"],
        response_types=["text/csv"],
        inference_instances=["ml.t2.medium", "ml.m5.xlarge"],
        transform_instances=["ml.m5.xlarge"],
        model_package_group_name="AbaloneModels",
        approval_status=approval,
        model_metrics=ModelMetrics(metrics),
    ),
)
create = model_step("AbaloneCreateModel", model(IMAGE, artifacts_of(train)))
transformer = Transformer(
    create.properties.ModelName,
    instance_count=1,
    instance_type="ml.m5.xlarge",
    assemble_with="Line",
    output_path=Join("", [f"{BUCKET}/abalone/predictions/", ExecutionVariables.PIPELINE_EXECUTION_ID]),
    sagemaker_session=session,
)
predict = TransformStep(
    "AbaloneTransform", transformer.transform(batch, content_type="text/csv", split_type="Line")
)

mse = JsonGet("AbaloneEval", property_file=report, json_path="regression_metrics.mse.value")
check = ConditionStep(
    "AbaloneMSECond",
    conditions=[ConditionLessThanOrEqualTo(mse, threshold)],
    if_steps=[register, create, predict],
    else_steps=[FailStep("AbaloneMSEFail", Join("", ["The model's MSE is above ", threshold, "."]))],
    description="Lets only good models through.",
)

given = [count, instance, approval, data, batch, threshold]
emit_sample("AbalonePipeline", [process, train, evaluate, check], given)
