"""Notebook jobs: one with the fewest options, one with all."""
from harness import *

from sagemaker.workflow.notebook_job_step import NotebookJobStep

NOTEBOOK = dict(
    input_notebook="notebook.ipynb",
    image_uri="542918446943.dkr.ecr.us-west-2.amazonaws.com/sagemaker-distribution-prod:1.0-cpu",
    kernel_name="python3",
    role=ROLE,
)
stage, rows, instance = param("Stage", "dev"), param("Rows", 100), param("InstanceType", "ml.m5.xlarge")
domain = {"Key": "sagemaker:domain-arn", "Value": "arn:aws:sagemaker:us-west-2:123456789012:domain/d-abc"}
plain = NotebookJobStep(name="Plain", notebook_job_name="Plain", **NOTEBOOK)
full = NotebookJobStep(
    name="Full",
    display_name="Notebook job",
    description="A notebook with parameters",
    notebook_job_name="nightly_report",
    s3_root_uri=f"{DEMO}/notebooks",
    s3_kms_key="alias/out",
    volume_kms_key="alias/vol",
    parameters={"company": "Amazon", "stage": stage, "rows": rows.to_string()},
    environment_variables={"STAGE": stage, "X": "1"},
    initialization_script="setup.sh",
    instance_type=instance,
    volume_size=50,
    encrypt_inter_container_traffic=False,
    security_group_ids=["sg-1"],
    subnets=["subnet-1", "subnet-2"],
    max_retry_attempts=3,
    max_runtime_in_seconds=3600,
    tags=[domain, *TEAM_TAG],
    additional_dependencies=["preprocessing.py"],
    depends_on=[plain],
    **NOTEBOOK,
)
emit("Notebooks", [plain, full], [stage, rows, instance])
