"""Two notebook jobs: one with the fewest options, one with all."""
from harness import *

from sagemaker.workflow.notebook_job_step import NotebookJobStep

NOTEBOOK = dict(
    input_notebook="notebook.ipynb",
    image_uri="542918446943.dkr.ecr.us-west-2.amazonaws.com/sagemaker-distribution-prod:1.0-cpu",
    kernel_name="python3",
    role=ROLE,
)
stage = param("Stage", "dev")
domain = {"Key": "sagemaker:domain-arn", "Value": "arn:aws:sagemaker:us-west-2:123456789012:domain/d-abc"}
minimal = NotebookJobStep(name="NotebookMinimal", **NOTEBOOK)
full = NotebookJobStep(
    name="NotebookFull",
    display_name="Notebook job",
    description="A parameterized notebook",
    notebook_job_name="nightly",
    s3_root_uri=f"{DEMO}/notebooks",
    parameters={"company": "Amazon", "stage": stage},
    environment_variables={"STAGE": stage, "X": "1"},
    initialization_script="setup.sh",
    instance_type="ml.m5.xlarge",
    volume_size=50,
    security_group_ids=["sg-1"],
    subnets=["subnet-1", "subnet-2"],
    max_retry_attempts=3,
    max_runtime_in_seconds=3600,
    tags=[domain, *TEAM_TAG],
    depends_on=[minimal],
    **NOTEBOOK,
)
emit("NotebookPipeline", [minimal, full], [stage])
