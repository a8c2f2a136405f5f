"""What the pipelines of check steps share: the data to check and the job that checks it."""
from harness import *

from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.functions import Join

process = processing("Process", [writes("train"), writes("test")], [reads(f"{DEMO}/raw")])
job = CheckJobConfig(
    role=ROLE, instance_type="ml.c5.xlarge", volume_size_in_gb=120, sagemaker_session=session
)


def report_uri(folder):
    execution = ExecutionVariables.PIPELINE_EXECUTION_ID
    return Join("/", ["s3:/", "amzn-s3-demo-bucket", "clarify", execution, folder])
