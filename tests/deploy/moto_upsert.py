"""Tests --upsert with moto, which checks signatures and policies. The requests are recorded, and boto3 and awscli read back what
was deployed."""

import ast
import base64
import json
import subprocess
from pathlib import Path

from emulator import Emulator

from tap import ok, sagepipec

ROOT = Path(__file__).resolve().parent.parent.parent
BUCKET = "sagemaker-us-west-2-123456789012"
READS = {"DescribePipeline", "ListPipelineVersions", "ListTags", "GET", "HEAD", "GetCallerIdentity"}

# The permissions that a deployer needs according to doc/deploy.md. moto denies everything else.
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
    """A project, and an account with a bucket and a role."""

    def __init__(self, aws):
        self.aws, self.path = aws, aws.home.path / "project"
        aws.call("/moto-api/recorder/stop-recording", b"")
        trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": [
            "lambda.amazonaws.com", "sagemaker.amazonaws.com", "scheduler.amazonaws.com"]}}]}
        aws.root("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
        aws.root("iam").create_role(RoleName="Runner", AssumeRolePolicyDocument=json.dumps(trust))
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
        """Runs the command; `requests` of the result are the requests that arrived. Signatures are checked only meanwhile: moto
        rejects some of boto3, which reads back the results."""
        self.aws.call("/moto-api/recorder/reset-recording", b"")
        self.aws.call("/moto-api/recorder/start-recording", b"")
        self.aws.call("/moto-api/reset-auth", b"0")
        result = sagepipec("--upsert", file, "--json", *options, cwd=self.path, env=self.aws.environment())
        self.aws.call("/moto-api/reset-auth", b"1000000")
        self.aws.call("/moto-api/recorder/stop-recording", b"")
        result.json = json.loads(result.stdout) if result.stdout else {}
        recorded = [json.loads(line) for line in self.aws.call("/moto-api/recorder/download-recording").splitlines()]
        result.requests = [operation(entry) for entry in recorded if "/moto-api/" not in entry["url"]]
        result.writes = [name for name in result.requests if name not in READS]
        result.actions = {f"{step['kind']} {step['name']}": step["action"] for step in result.json.get("steps", [])}
        return result


def operation(entry):
    headers = {name.lower(): value for name, value in entry["headers"].items()}
    if "x-amz-target" in headers:
        return headers["x-amz-target"].partition(".")[2]
    body = base64.b64decode(entry["body"]) if entry.get("body_encoded") else (entry["body"] or "").encode()
    return "GetCallerIdentity" if body.startswith(b"Action=GetCallerIdentity") else entry["method"]


def succeeded(result, name):
    ok(result.returncode == 0, name, result.returncode, result.stderr, result.stdout)


def awscli(aws, *arguments):
    process = subprocess.run(["aws", *arguments, "--output", "json"], env=aws.environment(), capture_output=True, encoding="utf-8", check=False)
    return json.loads(process.stdout) if process.stdout else {"error": process.stderr}


def test_pipeline():
    with Emulator(*ACTIONS) as aws:
        deployment = Deployment(aws)
        deployment.program(fields='Tags: [{ Key: "team", Value: "ml" }, { Key: "old", Value: "1" }]')
        first = deployment.upsert()
        succeeded(first, "a pipeline is created")
        ok(first.writes == ["PUT"] * 4 + ["POST", "CreatePipeline"], "creating a pipeline sends four files and a function", first.requests)
        sagemaker, s3 = aws.root("sagemaker"), aws.root("s3")
        found = sagemaker.describe_pipeline(PipelineName="Moto")
        arguments = json.loads(found["PipelineDefinition"])["Steps"][0]["Arguments"]
        ok(found["PipelineArn"] == first.json["arn"] and found["PipelineDescription"] == "größer", "boto3 finds the pipeline", found)
        key = arguments["script"].removeprefix(f"s3://{BUCKET}/")
        ok(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"print(1)\n", "the script is at its URI", arguments)
        prefix = arguments["more"].removeprefix(f"s3://{BUCKET}/")
        listed = [item["Key"].removeprefix(prefix) for item in s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix)["Contents"]]
        ok(listed == ["/a b.txt", "/sub/c+d.txt"], "the files of the folder are below its URI", listed)
        ok(awscli(aws, "sagemaker", "list-tags", "--resource-arn", found["PipelineArn"])["Tags"] ==
           [{"Key": "team", "Value": "ml"}, {"Key": "old", "Value": "1"}], "awscli finds the tags")
        second = deployment.upsert()
        succeeded(second, "a second run succeeds")
        ok(second.writes == [] and "nothing changed" in second.stderr, "a second run writes nothing", second.requests, second.stderr)
        deployment.program(fields='Tags: [{ Key: "team", Value: "mlops" }]', steps='step Stop: Fail { ErrorMessage: "x" }')
        third = deployment.upsert()
        succeeded(third, "a changed program is deployed")
        ok(third.writes == ["UpdatePipeline", "DeleteTags", "AddTags"],
           "a changed program updates the pipeline and its tags", third.requests)
        described = awscli(aws, "sagemaker", "describe-pipeline", "--pipeline-name", "Moto")
        names = [step["Name"] for step in json.loads(described["PipelineDefinition"])["Steps"]]
        ok(names == ["Split", "Stop"], "awscli finds the new step", described)
        tags = sagemaker.list_tags(ResourceArn=found["PipelineArn"])["Tags"]
        # moto keeps both values of a tag that is added twice
        ok({tag["Key"]: tag["Value"] for tag in tags} == {"team": "mlops"}, "one tag is changed, the other removed", tags)


def test_function():
    with Emulator(*ACTIONS) as aws:
        deployment = Deployment(aws)
        deployment.program()
        deployment.upsert()
        functions = aws.root("lambda")
        before = functions.get_function(FunctionName="split")["Configuration"]
        ok(before["Timeout"] == 120 and before["Handler"] == "split.handler", "a function is created", before)
        deployment.write("lambda/split.py", "def handler(event, _): return 2\n")
        result = deployment.upsert()
        succeeded(result, "changed code is deployed")
        ok(result.actions["function split"] == "updated" and result.writes == ["PUT", "PUT"],
           "changed code is uploaded, and the function updated",
           result.requests, result.stdout)
        after = functions.get_function(FunctionName="split")["Configuration"]
        ok(after["CodeSha256"] != before["CodeSha256"], "Lambda has the changed code", after)
        deployment.program(settings='MemorySize: 512, Environment: { Variables: { MODE: "x" } }')
        result = deployment.upsert()
        ok(result.writes == ["PUT"] and result.actions["function split"] == "updated", "changed settings update the function",
           result.requests, result.stderr)
        after = functions.get_function(FunctionName="split")["Configuration"]
        ok(after["MemorySize"] == 512 and after["Environment"]["Variables"] == {"MODE": "x"}, "Lambda has the changed settings", after)
        ok(deployment.upsert().writes == [], "another run writes nothing")


def test_schedules():
    with Emulator(*ACTIONS) as aws:
        deployment = Deployment(aws)
        deployment.program(steps='schedule Nightly as "nightly" { ScheduleExpression: "cron(0 2 * * ? *)" }\nschedule Hourly { ScheduleExpression: "rate(1 hour)" }')
        result = deployment.upsert()
        succeeded(result, "schedules are deployed")
        scheduler = aws.root("scheduler")
        found = scheduler.get_schedule(Name="nightly")
        ok(found["ScheduleExpression"] == "cron(0 2 * * ? *)" and found["Target"]["Arn"] == result.json["arn"],
           "boto3 finds a schedule", found)
        again = deployment.upsert()
        ok(again.writes == [], "a second run writes nothing", again.requests, again.stderr)
        deployment.program(steps='schedule Nightly as "nightly" { ScheduleExpression: "cron(0 3 * * ? *)" }')
        result = deployment.upsert()
        ok(result.writes == ["PUT", "DELETE"], "a changed schedule is updated, and a removed one deleted", result.requests, result.stderr)
        ok([item["Name"] for item in scheduler.list_schedules()["Schedules"]] == ["nightly"], "boto3 finds the remaining schedule only")


def test_large():
    with Emulator(*ACTIONS) as aws:
        deployment = Deployment(aws)
        deployment.program(steps="\n".join(f'step S{i}: Fail {{ ErrorMessage: "{"x" * 3000}" }}' for i in range(400)))
        with open(deployment.path / "train.py", "wb") as file:
            file.truncate(101 * 1024 * 1024)
        result = deployment.upsert()
        succeeded(result, "a large file and a large definition are deployed")
        # moto describes a definition from S3 in Python's syntax, so only test_upsert.py can test a second run
        definition = ast.literal_eval(aws.root("sagemaker").describe_pipeline(PipelineName="Moto")["PipelineDefinition"])
        ok(len(definition["Steps"]) == 401, "boto3 finds all steps", len(definition))
        key = definition["Steps"][0]["Arguments"]["script"].removeprefix(f"s3://{BUCKET}/")
        ok(aws.root("s3").head_object(Bucket=BUCKET, Key=key)["ContentLength"] == 101 * 1024 * 1024, "the large file is complete")


def test_abalone():
    """Deploys the sample twice. The first run creates it; the second reports no change and sends no update."""
    with Emulator(*ACTIONS) as aws:
        deployment = Deployment(aws)
        sample = str(ROOT / "samples/abalone/abalone.pipe")
        first = deployment.upsert(file=sample)
        succeeded(first, "Abalone is created")
        ok(first.actions["pipeline AbalonePipeline"] == "created" and "CreatePipeline" in first.writes, "CreatePipeline creates Abalone",
           first.requests)
        second = deployment.upsert(file=sample)
        succeeded(second, "Abalone is deployed again")
        ok(second.actions["pipeline AbalonePipeline"] == "unchanged" and second.json["changed"] is False,
           "the second run reports no change",
           second.stdout)
        ok(second.writes == [] and "DescribePipeline" in second.requests, "the second run sends no update", second.requests)


def test_permissions():
    """Without a permission, the step that needs it fails. A second run with the permission completes the work."""
    for missing, kind in (("sagemaker:CreatePipeline", "pipeline"), ("lambda:CreateFunction", "function"), ("s3:PutObject", "zip")):
        with Emulator(*(action for action in ACTIONS if action != missing)) as aws:
            deployment = Deployment(aws)
            deployment.program()
            result = deployment.upsert()
            failed = [step["kind"] for step in result.json.get("steps", []) if step["action"] == "failed"]
            ok(result.returncode == 3 and failed == [kind] and result.json["failure"]["code"] == "SP6014", f"without {missing}: the {kind} fails",
               result.stderr)
            aws.allow(*ACTIONS)
            again = deployment.upsert()
            succeeded(again, f"with {missing} a second run completes the work")
            ok(not any(step["action"] == "uploaded" for step in again.json["steps"]) or kind == "zip",
               "the second run uploads no file again", again.stdout)


def test_account():
    with Emulator(*ACTIONS) as aws:
        deployment = Deployment(aws)
        deployment.program(fields='Account: "999999999999"')
        result = deployment.upsert()
        ok(result.returncode == 3 and result.requests == ["GetCallerIdentity"] and "error[SP6031]" in result.stderr,
           "a wrong account is rejected before anything is written", result.requests, result.stderr)
