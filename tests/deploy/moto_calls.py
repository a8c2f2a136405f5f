"""moto accepts signed calls of each protocol, and boto3 reads back their effect."""

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
        ok(result.account == "123456789012" and result.arn.endswith(":user/deployer"), "STS identifies the caller", result.all)
        result = aws.drive("sagemaker", "CreatePipeline", pipeline("First", PipelineDescription="größer √"))
        ok('pipeline/first"' in (result.json or "").lower(), "SageMaker accepts a pipeline", result.all)
        found = aws.client("sagemaker").describe_pipeline(PipelineName="First")
        ok(found["PipelineDescription"] == "größer √", "boto3 finds the pipeline", found)
        result = aws.drive("sagemaker", "CreatePipeline", pipeline("First"))
        ok(result.failure == "SP6008" and result.attempts == "1", "a second pipeline of the same name is rejected", result.all)
        for i in range(3):
            aws.drive("sagemaker", "CreatePipeline", pipeline(f"More-{i}"))
        result = aws.drive("list", "ListPipelines", '{"MaxResults": 2}', "PipelineSummaries")
        ok(len(json.loads(result.json)) == 4, "a list in pages is read completely", result.all)
        result = aws.drive("request", "scheduler", "GET", "/schedules/none")
        ok(result.aws == "ResourceNotFoundException", "EventBridge Scheduler accepts a call", result.all)
        result = aws.drive("request", "lambda", "GET", "/2015-03-31/functions/none")
        ok("ResourceNotFoundException" in result.all, "Lambda accepts a call", result.all)


def test_s3():
    with Emulator() as aws:
        s3 = aws.client("s3")
        s3.create_bucket(Bucket="assets", CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
        content = bytes(range(256)) * 5000
        file = aws.home.path / "file"
        file.write_bytes(content)
        for how, key in (("s3", "a/b c+d/é=1.gz"), ("s3-unsigned", "x/../y")):
            result = aws.drive(how, "HEAD", "assets", key)
            ok(result.aws == "NotFound", f"{how}: a missing object is reported", result.all)
            aws.drive(how, "PUT", "assets", key, file)
            ok(s3.get_object(Bucket="assets", Key=key)["Body"].read() == content, f"{how}: an upload arrives unchanged")
            result = aws.drive(how, "HEAD", "assets", key)
            ok(result.etag == s3.head_object(Bucket="assets", Key=key)["ETag"], f"{how}: an uploaded object is found", result.all)
        result = aws.drive("s3", "GET", "nowhere", "k")
        ok(result.aws == "NoSuchBucket", "a missing bucket is reported", result.all)


def test_authentication():
    """These calls fail only if moto checks signatures and policies."""
    with Emulator("sagemaker:ListPipelines", "sts:*") as aws:
        result = aws.drive("identify", AWS_SECRET_ACCESS_KEY="not the one that belongs to it")
        ok((result.failure, result.aws) == ("SP6013", "SignatureDoesNotMatch"), "a call with a wrong secret fails", result.all)
        result = aws.drive("sagemaker", "ListPipelines", "{}", AWS_ACCESS_KEY_ID="AKIAUNKNOWN0000000000")
        ok(result.failure == "SP6013" and result.attempts == "1", "a call with an unknown key fails", result.all)
        result = aws.drive("sagemaker", "ListPipelines", "{}")
        ok(result.json == '{"PipelineSummaries":[]}', "a call that the policy allows succeeds", result.all)
        result = aws.drive("sagemaker", "CreatePipeline", pipeline("P"))
        ok(result.failure == "SP6014" and "sagemaker:CreatePipeline" in result.message,
           "a call that the policy does not allow fails", result.all)


def test_role():
    """A profile assumes a role. moto checks the session token, too."""
    with Emulator() as aws:
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
        iam = aws.client("iam")
        role = iam.create_role(RoleName="Deploy", AssumeRolePolicyDocument=json.dumps(policy))["Role"]["Arn"]
        iam.put_role_policy(RoleName="Deploy", PolicyName="all", PolicyDocument=json.dumps(policy))
        aws.home.write(".aws/config", f"[profile deploy]\nrole_arn = {role}\nsource_profile = base\n")
        aws.home.write(".aws/credentials",
                       "[base]\n" + "".join(f"{name.lower()} = {value}\n" for name, value in aws.keys.items()))
        result = aws.drive("--profile", "deploy", "identify")
        ok(":assumed-role/Deploy/sagepipec-" in (result.arn or ""), "STS identifies the session of the role", result.all)
        result = aws.drive("--profile", "deploy", "sagemaker", "ListPipelines", "{}")
        ok(result.json == '{"PipelineSummaries":[]}', "SageMaker accepts the session's keys and token", result.all)
