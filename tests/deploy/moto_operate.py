"""Starts a pipeline in moto, and deletes it with its schedules. boto3 reads back the effect."""

import json
from pathlib import Path

from emulator import Emulator

from tap import ok, sagepipec

FOLDER = Path(__file__).resolve().parent / "operate"
ROLE = "arn:aws:iam::123456789012:role/SageMakerRole"


def run(aws, *arguments):
    return sagepipec(*arguments, env=aws.environment(), cwd=FOLDER)


def test_operation():
    with Emulator() as aws:
        sagemaker, scheduler = aws.client("sagemaker"), aws.root("scheduler")
        definition = sagepipec(str(FOLDER / "churn.pipe")).stdout
        arn = sagemaker.create_pipeline(PipelineName="Churn", RoleArn=ROLE, PipelineDefinition=definition,
                                        ClientRequestToken="t" * 32)["PipelineArn"]
        result = run(aws, "--start", "churn.pipe", "-p", "Data=s3://b/in", "-p", "Stage=dev", "-p", "Fast=true")
        started = result.stdout.strip()
        found = sagemaker.describe_pipeline_execution(PipelineExecutionArn=started) if result.returncode == 0 else {}
        ok(found.get("PipelineArn", "").lower() == arn.lower(), "--start starts the pipeline", result.stdout, result.stderr, found)
        values = sagemaker.list_pipeline_parameters_for_execution(PipelineExecutionArn=started)["PipelineParameters"]
        ok({item["Name"]: item["Value"] for item in values} == {"InputData": "s3://b/in", "Stage": "dev", "Fast": "True"},
           "--start sends the values of the parameters", values)
        for name in ("nightly", "weekly", "other", "byhand"):
            scheduler.create_schedule(Name=name, ScheduleExpression="rate(1 day)", FlexibleTimeWindow={"Mode": "OFF"},
                                      Description="by hand" if name == "byhand" else "(sagepipec)",
                                      Target={"Arn": arn if name != "other" else arn + "2", "RoleArn": ROLE})
        result = run(aws, "--delete", "Churn", "--yes")
        left = [name for name in ("nightly", "weekly", "other", "byhand")
                if aws.drive("request", "scheduler", "GET", f"/schedules/{name}").aws != "ResourceNotFoundException"]
        ok(result.returncode == 0 and left == ["other", "byhand"] and not sagemaker.list_pipelines()["PipelineSummaries"],
           "--delete deletes the pipeline and its own schedules", result.stdout, result.stderr, left)


def test_policy():
    with Emulator("sagemaker:DescribePipeline", "sagemaker:CreatePipeline") as aws:
        aws.client("sagemaker").create_pipeline(PipelineName="Churn", RoleArn=ROLE, ClientRequestToken="t" * 32,
                                                PipelineDefinition=json.dumps({"Version": "2020-12-01", "Steps": []}))
        result = run(aws, "--start", "Churn")
        ok(result.returncode == 3 and "sagemaker:StartPipelineExecution" in result.stderr, "--start reports a missing permission",
           result.stdout, result.stderr)
