"""The Abalone pipeline of the SageMaker tutorial. The caller sets the locations of code and outputs."""
from harness import *

from sagemaker.model_metrics import MetricsSource, ModelMetrics
from sagemaker.processing import ScriptProcessor
from sagemaker.transformer import Transformer
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionLessThanOrEqualTo
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.steps import TransformStep

BUCKET = session.default_bucket()
IMAGE = image_uris.retrieve(
    "xgboost", REGION, version="1.0-1", py_version="py3", instance_type="ml.m5.xlarge"
)
CACHE = cached("P30d")

count = param("ProcessingInstanceCount", 1)
instance = param("TrainingInstanceType", "ml.m5.xlarge")
approval = param("ModelApprovalStatus", "PendingManualApproval")
data = param("InputData", f"s3://{BUCKET}/abalone/abalone-dataset.csv")
batch = param("BatchData", f"s3://{BUCKET}/abalone/abalone-dataset-batch")
threshold = param("MseThreshold", 6.0)


def preprocess(code, output_uri):
    processor = SKLearnProcessor("1.2-1", **JOB | {"instance_count": count})
    outputs = [writes(name, output_uri(name)) for name in ("train", "validation", "test")]
    run = processor.run(code=code, inputs=[reads(data)], outputs=outputs)
    return ProcessingStep("AbaloneProcess", run, cache_config=CACHE)


def train(process):
    estimator = Estimator(
        IMAGE,
        output_path=f"s3://{BUCKET}/AbaloneTrain",
        hyperparameters={
            "objective": "reg:linear",
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
        name: TrainingInput(output_of(process, name), content_type="text/csv")
        for name in ("train", "validation")
    }
    return TrainingStep("AbaloneTrain", estimator.fit(channels), cache_config=CACHE)


def evaluate(code, output_uri, process, trained, report):
    processor = ScriptProcessor(
        image_uri=IMAGE, command=["python3"], base_job_name="script-abalone-eval", **JOB
    )
    inputs = [reads(artifacts_of(trained), "model"), reads(output_of(process, "test"), "test")]
    outputs = [writes("evaluation", output_uri("evaluation"))]
    run = processor.run(code=code, inputs=inputs, outputs=outputs)
    return ProcessingStep("AbaloneEval", run, property_files=[report], cache_config=CACHE)


def register(trained, metrics_uri):
    return model(IMAGE, artifacts_of(trained)).register(
        content_types=["text/csv"],
        response_types=["text/csv"],
        inference_instances=["ml.t2.medium", "ml.m5.xlarge"],
        transform_instances=["ml.m5.xlarge"],
        model_package_group_name="AbaloneModelPackageGroupName",
        approval_status=approval,
        model_metrics=ModelMetrics(MetricsSource("application/json", metrics_uri)),
    )


def transform(create):
    transformer = Transformer(
        create.properties.ModelName,
        instance_count=1,
        instance_type="ml.m5.xlarge",
        output_path=f"s3://{BUCKET}/AbaloneTransform",
        sagemaker_session=session,
    )
    return TransformStep("AbaloneTransform", transformer.transform(batch))


def emit_abalone(code, output_uri, metrics_uri):
    """Prints the pipeline; code is the folder of the scripts, output_uri and metrics_uri are functions."""
    report = PropertyFile("EvaluationReport", output_name="evaluation", path="evaluation.json")
    process = preprocess(f"{code}preprocessing.py", output_uri)
    trained = train(process)
    evaluation = evaluate(f"{code}evaluation.py", output_uri, process, trained, report)
    create = model_step("AbaloneCreateModel", model(IMAGE, artifacts_of(trained)))
    mse = JsonGet("AbaloneEval", property_file=report, json_path="regression_metrics.mse.value")
    check = ConditionStep(
        "AbaloneMSECond",
        conditions=[ConditionLessThanOrEqualTo(mse, threshold)],
        if_steps=[
            ModelStep("AbaloneRegisterModel", register(trained, metrics_uri(evaluation))),
            create,
            transform(create),
        ],
        else_steps=[FailStep("AbaloneMSEFail", Join(" ", ["Execution failed due to MSE >", threshold]))],
    )
    emit(
        "AbalonePipeline",
        [process, trained, evaluation, check],
        [count, instance, approval, data, batch, threshold],
    )
