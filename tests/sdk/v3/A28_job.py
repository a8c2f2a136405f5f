"""A generic job that is cached and retried, and a step that takes its ARN."""
from harness3 import *
from sagemaker.core.lambda_helper import Lambda
from sagemaker.core.workflow.pipeline_capture import capture_create_job_request
from sagemaker.core.workflow.pipeline_context import runnable_by_pipeline
from sagemaker.mlops.workflow.lambda_step import LambdaStep
from sagemaker.mlops.workflow.retry import (
    SageMakerJobExceptionTypeEnum,
    SageMakerJobStepRetryPolicy,
    StepExceptionTypeEnum,
    StepRetryPolicy,
)
from sagemaker.mlops.workflow.steps import CacheConfig, JobStep


class Evaluation:
    """What the SDK's own trainers are for it: something that would call CreateJob."""

    _pipeline_caller_name = "create_job"
    sagemaker_session = session

    @runnable_by_pipeline
    def start(self):
        capture_create_job_request(
            session,
            job_name="evaluation",
            role_arn=ROLE,
            job_category="AgentRFTEvaluation",
            schema_version="1.0.0",
            job_config={
                "InputDataConfig": {"S3Uri": ParameterString("Questions")},
                "OutputDataConfig": {"S3OutputPath": f"{DEMO}/evaluations"},
            },
        )


job = JobStep(
    "Evaluate",
    step_args=Evaluation().start(),
    cache_config=CacheConfig(enable_caching=True, expire_after="P30D"),
    retry_policies=[
        StepRetryPolicy([StepExceptionTypeEnum.THROTTLING], max_attempts=3),
        SageMakerJobStepRetryPolicy(
            exception_types=[SageMakerJobExceptionTypeEnum.RESOURCE_LIMIT],
            backoff_rate=1.5,
            interval_seconds=60,
            expire_after_mins=120,
        ),
    ],
)
announce = LambdaStep(
    name="Announce",
    lambda_func=Lambda(function_arn=f"arn:aws:lambda:{REGION}:012345678910:function:announce", session=session),
    inputs={"job": job.properties.JobArn},
)
emit("Job", [job, announce], [ParameterString("Questions")])
