"""Abalone, with every URI given."""
from abalone import *

from sagemaker.workflow.execution_variables import ExecutionVariables


def output_uri(name):
    return Join("/", ["s3:/", BUCKET, "abalone", ExecutionVariables.PIPELINE_EXECUTION_ID, name])


def metrics_uri(evaluation):
    return Join("/", [output_of(evaluation, "evaluation"), "evaluation.json"])


emit_abalone(f"s3://{BUCKET}/code/", output_uri, metrics_uri)
