"""Lambda functions that read and change a model in the registry. They return the outputs of the steps."""
import json

import boto3


def look(event, context):
    """Describes the model. Its accuracy comes from the statistics with which it was registered."""
    model = boto3.client("sagemaker").describe_model_package(ModelPackageName=event["model"])
    statistics = model.get("ModelMetrics", {}).get("ModelQuality", {}).get("Statistics", {})
    accuracy = accuracy_in(read_json(statistics["S3Uri"])) if statistics else None
    return {
        "group": model["ModelPackageGroupName"],
        "version": model["ModelPackageVersion"],
        "accuracy": accuracy if accuracy is not None else 0.0,
        "is_measured": accuracy is not None,
    }


def set_status(event, context):
    client = boto3.client("sagemaker")
    previous = client.describe_model_package(ModelPackageName=event["model"])["ModelApprovalStatus"]
    client.update_model_package(
        ModelPackageArn=event["model"],
        ModelApprovalStatus=event["status"],
        ApprovalDescription=event["reason"][:1024],
    )
    return {"previous_status": previous}


def read_json(uri):
    bucket, key = uri.removeprefix("s3://").split("/", 1)
    return json.load(boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"])


def accuracy_in(statistics):
    """The accuracy in Model Monitor statistics: {"binary_classification_metrics": {"accuracy": {"value": 0.9}}}."""
    for metrics in statistics.values():
        if isinstance(metrics, dict) and "accuracy" in metrics:
            return float(metrics["accuracy"]["value"])
    return None
