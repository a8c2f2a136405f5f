"""Signed calls of each dialect, accepted by moto and read back with boto3."""

import json

from emulator import Emulator

from tap import ok


def pipeline(name, **more):
    definition = json.dumps({"Version": "2020-12-01", "Metadata": {}, "Parameters": [], "Steps": []})
    return json.dumps({"PipelineName": name, "PipelineDefinition": definition, "ClientRequestToken": "t" * 32,
                       "RoleArn": "arn:aws:iam::123456789012:role/SageMakerRole", **more})


def test_calls():
    with Emulator() as aws:
        result = aws.drive("identify")
        ok(result.account == "123456789012" and result.arn.endswith(":user/deployer"), "STS says who calls", result.all)
        result = aws.drive("sagemaker", "CreatePipeline", pipeline("First", PipelineDescription="größer √"))
        ok('pipeline/first"' in (result.json or "").lower(), "SageMaker takes a pipeline", result.all)
        found = aws.client("sagemaker").describe_pipeline(PipelineName="First")
        ok(found["PipelineDescription"] == "größer √", "boto3 finds it", found)
        result = aws.drive("sagemaker", "CreatePipeline", pipeline("First"))
        ok(result.failure == "SP6008" and result.attempts == "1", "a second one of that name is refused", result.all)
        for i in range(3):
            aws.drive("sagemaker", "CreatePipeline", pipeline(f"More-{i}"))
        result = aws.drive("list", "ListPipelines", '{"MaxResults": 2}', "PipelineSummaries")
        ok(len(json.loads(result.json)) == 4, "a list in pages is whole", result.all)
        result = aws.drive("request", "scheduler", "GET", "/schedules/none")
        ok(result.aws == "ResourceNotFoundException", "Scheduler answers", result.all)
        result = aws.drive("request", "lambda", "GET", "/2015-03-31/functions/none")
        ok("ResourceNotFoundException" in result.all, "Lambda answers", result.all)


def test_s3():
    with Emulator() as aws:
        s3 = aws.client("s3")
        s3.create_bucket(Bucket="assets", CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
        content = bytes(range(256)) * 5000
        file = aws.home.path / "file"
        file.write_bytes(content)
        for how, key in (("s3", "a/b c+d/é=1.gz"), ("s3-unsigned", "x/../y")):
            result = aws.drive(how, "HEAD", "assets", key)
            ok(result.aws == "NotFound", f"{how}: nothing is there", result.all)
            aws.drive(how, "PUT", "assets", key, file)
            ok(s3.get_object(Bucket="assets", Key=key)["Body"].read() == content, f"{how}: an upload arrives as it is")
            result = aws.drive(how, "HEAD", "assets", key)
            ok(result.etag == s3.head_object(Bucket="assets", Key=key)["ETag"], f"{how}: and is there", result.all)
        result = aws.drive("s3", "GET", "nowhere", "k")
        ok(result.aws == "NoSuchBucket", "a bucket that is not there", result.all)


def test_authentication():
    """Were signatures not checked, none of these would fail."""
    with Emulator("sagemaker:ListPipelines", "sts:*") as aws:
        result = aws.drive("identify", AWS_SECRET_ACCESS_KEY="not the one that belongs to it")
        ok((result.failure, result.aws) == ("SP6013", "SignatureDoesNotMatch"), "a wrong secret", result.all)
        result = aws.drive("sagemaker", "ListPipelines", "{}", AWS_ACCESS_KEY_ID="AKIAUNKNOWN0000000000")
        ok(result.failure == "SP6013" and result.attempts == "1", "an unknown key", result.all)
        result = aws.drive("sagemaker", "ListPipelines", "{}")
        ok(result.json == '{"PipelineSummaries":[]}', "what a policy allows", result.all)
        result = aws.drive("sagemaker", "CreatePipeline", pipeline("P"))
        ok(result.failure == "SP6014" and "sagemaker:CreatePipeline" in result.message, "what it does not", result.all)


def test_role():
    """A role, assumed by way of a profile; its session's token is checked as well."""
    with Emulator() as aws:
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
        iam = aws.client("iam")
        role = iam.create_role(RoleName="Deploy", AssumeRolePolicyDocument=json.dumps(policy))["Role"]["Arn"]
        iam.put_role_policy(RoleName="Deploy", PolicyName="all", PolicyDocument=json.dumps(policy))
        aws.home.write(".aws/config", f"[profile deploy]\nrole_arn = {role}\nsource_profile = base\n")
        aws.home.write(".aws/credentials",
                       "[base]\n" + "".join(f"{name.lower()} = {value}\n" for name, value in aws.keys.items()))
        result = aws.drive("--profile", "deploy", "identify")
        ok(":assumed-role/Deploy/sagepipec-" in (result.arn or ""), "STS knows the session", result.all)
        result = aws.drive("--profile", "deploy", "sagemaker", "ListPipelines", "{}")
        ok(result.json == '{"PipelineSummaries":[]}', "SageMaker takes its keys and token", result.all)
