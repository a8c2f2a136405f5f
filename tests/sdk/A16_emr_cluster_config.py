"""An EMR step with a cluster of its own, followed by one on a running cluster."""
from harness import *

from emr import JAR
from sagemaker.workflow.emr_step import EMRStep, EMRStepConfig


def group(role, count):
    return {"InstanceRole": role, "InstanceCount": count, "InstanceType": "m5.2xlarge"}


cluster = {
    "Applications": [{"Name": "Spark"}],
    "BootstrapActions": [],
    "Instances": {"InstanceGroups": [group("MASTER", 1), group("CORE", 2)]},
    "JobFlowRole": "job-flow-role",
    "ReleaseLabel": "emr-6.6.0",
    "ServiceRole": "service-role",
}
first = EMRStep("emr-step", "emr_step", "MyEMRStepDescription", None, JAR, cluster_config=cluster)
running = param("ClusterId")
second = EMRStep(
    "emr-step-2",
    "emr_step_2",
    "runs on a running cluster under its own role",
    running,
    EMRStepConfig("command-runner.jar", ["spark-submit", f"{DEMO}/x.py"]),
    depends_on=[first],
    cache_config=cached("PT30M"),
    execution_role_arn="arn:aws:iam::123456789012:role/EMRRuntimeRole",
)
emit("EMRClusterPipeline", [first, second], [running])
