"""--upsert on moto, with signatures and policies checked; what was deployed is read back with boto3 and awscli."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from emulator import Emulator

from tap import ok

HERE = Path(__file__).resolve().parent
SAGEPIPEC = os.environ.get("SAGEPIPEC", HERE.parent.parent / "build/sagepipec")
BUCKET = "sagemaker-us-west-2-123456789012"
READS = {"DescribePipeline", "ListPipelineVersions", "ListTags"}

# What doc/deploy.md says that a deployer needs; moto refuses everything else.
ACTIONS = """s3:GetObject s3:ListBucket s3:PutObject s3:AbortMultipartUpload
    lambda:GetFunction lambda:GetFunctionConfiguration lambda:CreateFunction lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration
    sagemaker:DescribePipeline sagemaker:CreatePipeline sagemaker:UpdatePipeline sagemaker:ListPipelineVersions
    sagemaker:ListTags sagemaker:AddTags sagemaker:DeleteTags
    scheduler:ListSchedules scheduler:GetSchedule scheduler:CreateSchedule scheduler:UpdateSchedule scheduler:DeleteSchedule
    iam:PassRole""".split()

PROGRAM = """
pipeline "Moto" {{
    RoleArn: "arn:aws:iam::123456789012:role/Runner"
    Region: "us-west-2"
    PipelineDescription: "größer"
    {fields}
}}
step Split: Lambda {{
    Function: {{ FunctionName: "split", Runtime: "python3.12", Handler: "split.handler", Role: Pipeline.RoleArn, Code: zip("lambda"), {settings} }}
    Arguments: {{ script: file("train.py"), more: folder("more") }}
}}
{steps}
"""


class Deployment:
    def __init__(self, aws, *folders):
        self.aws, self.path = aws, aws.home.path / "project"
        self.path.mkdir()
        aws.admin = aws.client("s3", **_root(aws))
        aws.admin.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
        iam = aws.client("iam", **_root(aws))
        trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": [
            "lambda.amazonaws.com", "sagemaker.amazonaws.com", "scheduler.amazonaws.com"]}}]}
        iam.create_role(RoleName="Runner", AssumeRolePolicyDocument=json.dumps(trust))
        for name, text in {"train.py": "print(1)\n", "lambda/split.py": "def handler(event, _): return event\n",
                           "more/a b.txt": "a", "more/sub/c+d.txt": "b", ".sagepipec.json": "{}"}.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def program(self, fields="", settings="", steps=""):
        self.write("a.pipe", PROGRAM.format(fields=fields, settings=settings, steps=steps))

    def upsert(self, *options, file="a.pipe"):
        process = subprocess.run([SAGEPIPEC, "--upsert", file, "--json", "--debug-http", *options], cwd=self.path,
                                 env=self.aws.environment(), capture_output=True, encoding="utf-8", timeout=120, check=False)
        process.result = json.loads(process.stdout) if process.stdout else {}
        return process


def _root(aws):
    return aws.root


def requests(process):
    """The requests of a run, from its trace: SageMaker's operations, and the methods of all others."""
    found = []
    for line in process.stderr.splitlines():
        words = line.split()
        if line.startswith("http: ") and len(words) > 3:
            found.append(line)
    return found


def steps(process):
    return {f"{step['kind']} {step['name']}": step["action"] for step in process.result.get("steps", [])}
