"""Shared by the scripts in this folder: version 3 of the SDK, with moto as AWS."""

import json
import logging
import os
import warnings
from unittest import mock

REGION = "us-west-2"
ROLE = "arn:aws:iam::123456789012:role/SageMakerRole"
DEMO = "s3://amzn-s3-demo-bucket"
HUB = "jumpstart-demo-bucket"

# The caller's own AWS account must not affect a definition, and the SDK's messages must not be printed.
os.environ.pop("AWS_PROFILE", None)
os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_DEFAULT_REGION=REGION)
logging.disable(logging.WARNING)
warnings.simplefilter("ignore")

import boto3  # noqa: E402
from moto import mock_aws  # noqa: E402

mock_aws().start()

import sagemaker.core.telemetry.telemetry_logging  # noqa: E402
import sagemaker.train.common_utils.finetune_utils as finetune_utils  # noqa: E402
from sagemaker.core.workflow.parameters import ParameterInteger, ParameterString  # noqa: E402
from sagemaker.core.workflow.pipeline_context import PipelineSession  # noqa: E402
from sagemaker.mlops.workflow.pipeline import Pipeline  # noqa: E402
from sagemaker.mlops.workflow.steps import TrainingStep  # noqa: E402
from sagemaker.train.defaults import TrainDefaults  # noqa: E402
from sagemaker.train.dpo_trainer import DPOTrainer  # noqa: E402
from sagemaker.train.rlaif_trainer import RLAIFTrainer  # noqa: E402
from sagemaker.train.rlvr_trainer import RLVRTrainer  # noqa: E402
from sagemaker.train.sft_trainer import SFTTrainer  # noqa: E402

sagemaker.core.telemetry.telemetry_logging._requests_helper = lambda url, timeout: None
# moto lacks SimulatePrincipalPolicy, with which the SDK checks the permissions of the role.
TrainDefaults.get_role = lambda role=None, sagemaker_session=None: role

for bucket in "amzn-s3-demo-bucket", HUB:
    boto3.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
session = PipelineSession(boto_session=boto3.Session())


def describe_model(name, techniques, settings):
    """Makes the hub describe a model: its customization techniques, and their hyperparameters."""
    boto3.client("s3").put_object(Bucket=HUB, Key="settings.json", Body=json.dumps(settings))
    recipes = [
        {
            "CustomizationTechnique": technique,
            "Peft": peft,
            "SequenceLength": "4K",
            "SmtjRecipeTemplateS3Uri": f"s3://{HUB}/recipe.yaml",
            "SmtjOverrideParamsS3Uri": f"s3://{HUB}/settings.json",
        }
        for technique in techniques
        for peft in ("LORA", None)
    ]
    content = {
        "hub_content_arn": f"arn:aws:sagemaker:{REGION}:aws:hub-content/SageMakerPublicHub/Model/{name}/1.0.0",
        "hub_content_document": {"GatedBucket": True, "RecipeCollection": recipes},
    }
    finetune_utils._get_hub_content_metadata = lambda **query: content


def emit(name, steps, parameters=()):
    print(Pipeline(name, parameters=list(parameters), steps=steps, sagemaker_session=session).definition())
