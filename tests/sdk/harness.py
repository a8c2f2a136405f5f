"""Shared by the scripts: the SDK with moto as AWS, and parts of many pipelines.

Clock, temporary names and account are fixed, so that a script prints the same definition on every run.
"""
import hashlib
import itertools
import json
import logging
import os
import re
import tempfile
import warnings

REGION = "us-west-2"
ROLE = "arn:aws:iam::123456789012:role/SageMakerRole"
DEMO = "s3://amzn-s3-demo-bucket"
NOW = "2026-01-01-00-00-00-000"

_scratch = tempfile.TemporaryDirectory()
tempfile.tempdir = _scratch.name
tempfile._name_sequence = (f"tmp{n:05}" for n in itertools.count())

# The caller's own AWS account and SDK defaults must not affect a definition, and the SDK's messages must not be printed.
os.environ.pop("AWS_PROFILE", None)
os.environ.update(
    AWS_CONFIG_FILE=os.devnull,
    AWS_DEFAULT_REGION=REGION,
    XDG_CONFIG_HOME=_scratch.name,
    XDG_CONFIG_DIRS=_scratch.name,
    SAGEMAKER_SUPPRESS_V2_WARNING="1",
)
logging.disable(logging.WARNING)
warnings.simplefilter("ignore")
os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "code"))

import boto3  # noqa: E402
from moto import mock_aws  # noqa: E402

mock_aws().start()

import sagemaker.telemetry.telemetry_logging  # noqa: E402
import sagemaker.utils  # noqa: E402
import sagemaker.workflow._steps_compiler  # noqa: E402
from sagemaker import image_uris  # noqa: E402
from sagemaker.estimator import Estimator  # noqa: E402
from sagemaker.inputs import TrainingInput  # noqa: E402
from sagemaker.lambda_helper import Lambda  # noqa: E402
from sagemaker.model import Model  # noqa: E402
from sagemaker.processing import ProcessingInput, ProcessingOutput  # noqa: E402
from sagemaker.remote_function.runtime_environment import runtime_environment_manager  # noqa: E402
from sagemaker.sklearn.processing import SKLearnProcessor  # noqa: E402
from sagemaker.workflow import parameters  # noqa: E402
from sagemaker.workflow.lambda_step import LambdaOutput, LambdaOutputTypeEnum, LambdaStep  # noqa: E402
from sagemaker.workflow.model_step import ModelStep  # noqa: E402
from sagemaker.workflow.pipeline import Pipeline  # noqa: E402
from sagemaker.workflow.pipeline_context import PipelineSession  # noqa: E402
from sagemaker.workflow.steps import CacheConfig, ProcessingStep, TrainingStep  # noqa: E402

sagemaker.utils.sagemaker_timestamp = lambda: NOW
sagemaker.workflow._steps_compiler.sagemaker_timestamp = lambda: NOW
sagemaker.telemetry.telemetry_logging._requests_helper = lambda url, timeout: None
# A step function's arguments contain the version of the Python that packed it. The expected definitions are from 3.11.
runtime_environment_manager.RuntimeEnvironmentManager._current_python_version = lambda self: "3.11"

boto3.client("s3").create_bucket(
    Bucket="amzn-s3-demo-bucket", CreateBucketConfiguration={"LocationConstraint": REGION}
)
session = PipelineSession(boto_session=boto3.Session())
OWNER = dict(role=ROLE, sagemaker_session=session)
JOB = dict(OWNER, instance_type="ml.m5.xlarge", instance_count=1)
XGBOOST = image_uris.retrieve("xgboost", REGION, version="1.5-1")
TEAM_TAG = [{"Key": "team", "Value": "ml"}]


def definition(name, steps, parameters=()):
    return Pipeline(name, parameters=list(parameters), steps=steps, sagemaker_session=session).definition()


def emit(name, steps, parameters=()):
    print(definition(name, steps, parameters))


def by_content(name, text):
    """Moves JSON that the SDK wrote and uploaded to where `text_file` puts it: below its own SHA-256."""

    def place(match):
        try:
            body = session.boto_session.client("s3").get_object(Bucket=match[1], Key=match[2])["Body"].read()
        except session.boto_session.client("s3").exceptions.ClientError:
            return match[0]
        folder = f"s3://{session.default_bucket()}/{name}/code/{hashlib.sha256(body).hexdigest()}"
        return f"{folder}/{os.path.basename(match[2])}"

    return re.sub(r's3://([^/"]+)/([^"]+\.json)(?=")', place, text)


def emit_kind(name, steps, parameters=()):
    print(by_content(name, definition(name, steps, parameters)))


def emit_sample(name, steps, parameters=(), without=()):
    """Prints the definition without what the SDK adds by itself: its folder for code, its names for steps, empty metrics."""
    text = by_content(name, definition(name, steps, parameters))
    text = text.replace(f"{name}/code/", f"{name}/assets/").replace("-RegisterModel", "").replace("-CreateModel", "")
    for nothing in (', "Bias": {}', ', "Explainability": {}'):
        text = text.replace(nothing, "")
    print(json.dumps({key: value for key, value in json.loads(text).items() if key not in without}))


def param(name, default=None, **options):
    """A parameter of the type of its default; without one, a string."""
    kinds = {
        bool: parameters.ParameterBoolean,
        int: parameters.ParameterInteger,
        float: parameters.ParameterFloat,
        str: parameters.ParameterString,
    }
    return kinds[str if default is None else type(default)](name=name, default_value=default, **options)


def cached(duration):
    return CacheConfig(enable_caching=True, expire_after=duration)


def reads(uri, folder="input"):
    return ProcessingInput(source=uri, destination=f"/opt/ml/processing/{folder}")


def writes(name, uri=None, folder=None):
    """An output. Without a URI, the SDK generates one."""
    return ProcessingOutput(
        output_name=name, source=f"/opt/ml/processing/{folder or name}", destination=uri
    )


def processing(
    name, outputs, inputs=None, code="preprocessing.py", arguments=None, version="1.2-1", **options
):
    """A processing step that runs a script with scikit-learn."""
    processor = SKLearnProcessor(framework_version=version, **JOB)
    run = processor.run(code=code, inputs=inputs, outputs=outputs, arguments=arguments)
    return ProcessingStep(name=name, step_args=run, **options)


def output_of(step, name):
    return step.properties.ProcessingOutputConfig.Outputs[name].S3Output.S3Uri


def training(name, uri, **hyperparameters):
    """A training step with the built-in XGBoost and one channel."""
    estimator = Estimator(XGBOOST, output_path=f"{DEMO}/out", hyperparameters=hyperparameters, **JOB)
    return TrainingStep(name=name, step_args=estimator.fit({"train": TrainingInput(uri)}))


def artifacts_of(step):
    return step.properties.ModelArtifacts.S3ModelArtifacts


def model(image=XGBOOST, data=f"{DEMO}/model.tar.gz", **options):
    return Model(image_uri=image, model_data=data, **OWNER, **options)


def model_step(name, model, **options):
    return ModelStep(name=name, step_args=model.create(instance_type="ml.m5.large"), **options)


def lambda_step(name, function, inputs, **outputs):
    """A Lambda step. The function is a Lambda or the name of an existing one; outputs map names to types."""
    if isinstance(function, str):
        arn = f"arn:aws:lambda:{REGION}:012345678910:function:{function}"
        function = Lambda(function_arn=arn, session=session)
    outputs = [LambdaOutput(output, LambdaOutputTypeEnum[kind]) for output, kind in outputs.items()]
    return LambdaStep(name, function, inputs=inputs, outputs=outputs)
