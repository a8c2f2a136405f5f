"""The Hadoop job that the pipelines of EMR steps run."""
from sagemaker.workflow.emr_step import EMRStepConfig

PROPERTIES = {
    "mapred.tasktracker.map.tasks.maximum": "2",
    "mapreduce.map.sort.spill.percent": "0.90",
    "mapreduce.tasktracker.reduce.tasks.maximum": "5",
}
JAR = EMRStepConfig(
    "s3://amzn-s3-demo-bucket/jars/job.jar",
    ["--verbose", "--force"],
    "com.my.Main1",
    [{"key": key, "value": value} for key, value in PROPERTIES.items()],
)
