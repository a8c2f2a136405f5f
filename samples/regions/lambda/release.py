"""Copies a model to a region, and deploys it to the endpoint `sales` there. The pipeline calls this for each region."""
from urllib.parse import urlparse

import boto3
from botocore.exceptions import ClientError

ENDPOINT = "sales"


def copy(source, bucket, key, region):
    parts = urlparse(source)
    boto3.client("s3", region_name=region).copy({"Bucket": parts.netloc, "Key": parts.path.lstrip("/")}, bucket, key)
    return f"s3://{bucket}/{key}"


def exists(sagemaker):
    try:
        sagemaker.describe_endpoint(EndpointName=ENDPOINT)
        return True
    except ClientError as error:
        if "Could not find endpoint" not in str(error):
            raise
        return False


def handler(event, context):
    region, name = event["region"], f"{ENDPOINT}-{event['execution']}"
    sagemaker = boto3.client("sagemaker", region_name=region)
    container = {
        "Image": event["image"],
        "ModelDataUrl": copy(event["model"], event["bucket"], f"models/{name}/model.tar.gz", region),
        "Environment": {
            "SAGEMAKER_PROGRAM": "inference.py",
            "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code",
            "SAGEMAKER_REGION": region,
        },
    }
    variant = {
        "VariantName": "AllTraffic",
        "ModelName": name,
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": event["machines"],
    }
    sagemaker.create_model(ModelName=name, ExecutionRoleArn=event["role"], PrimaryContainer=container)
    sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
    change = sagemaker.update_endpoint if exists(sagemaker) else sagemaker.create_endpoint
    change(EndpointName=ENDPOINT, EndpointConfigName=name)
    return {"endpoint": ENDPOINT}
