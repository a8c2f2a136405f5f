"""A Lambda step that creates its function."""
from harness import *

trust = '{"Version": "2012-10-17", "Statement": []}'
role = boto3.client("iam").create_role(RoleName="LambdaRole", AssumeRolePolicyDocument=trust)
split = lambda_step(
    "ProcessingLambda",
    Lambda(
        function_name="split-dataset-lambda",
        execution_role_arn=role["Role"]["Arn"],
        script="split_dataset.py",
        handler="split_dataset.lambda_handler",
        runtime="python3.11",
        session=session,
    ),
    {"s3_bucket": "amzn-s3-demo-bucket", "data_file": "data.csv"},
    train_file="String",
    test_file="String",
)
emit("LambdaCreatePipeline", [split])
