"""Three kinds of processors: scikit-learn with every option, a framework's, and Spark."""
from harness import *

from sagemaker.network import NetworkConfig
from sagemaker.processing import FrameworkProcessor
from sagemaker.pytorch import PyTorch
from sagemaker.spark.processing import PySparkProcessor

count, instance = param("Count", 1), param("InstanceType", "ml.m5.xlarge")
network = NetworkConfig(
    enable_network_isolation=True,
    encrypt_inter_container_traffic=True,
    security_group_ids=["sg-1"],
    subnets=["subnet-1"],
)
sklearn = SKLearnProcessor(
    "1.2-1",
    instance_type=instance,
    instance_count=count,
    env={"A": "1"},
    tags=[{"Key": "k", "Value": "v"}],
    volume_size_in_gb=100,
    volume_kms_key="alias/vol",
    output_kms_key="alias/out",
    max_runtime_in_seconds=7200,
    network_config=network,
    **OWNER,
)
raw = reads(f"{DEMO}/raw", "raw")
raw.input_name, raw.s3_input.s3_data_distribution_type = "raw", "ShardedByS3Key"
written = writes("o", f"{DEMO}/o")
written.s3_upload_mode = "Continuous"
first = ProcessingStep(
    "SK",
    sklearn.run(
        code="preprocessing.py",
        inputs=[raw],
        outputs=[written, writes("auto")],
        arguments=["--count", count.to_string(), "--x", "1"],
    ),
    cache_config=cached("30d"),
)
framework = FrameworkProcessor(PyTorch, "1.13.1", py_version="py39", **JOB)
second = ProcessingStep(
    "Framework",
    framework.run(
        code="train.py",
        source_dir="model",
        inputs=[reads(output_of(first, "o"), "in")],
        outputs=[ProcessingOutput(source="/opt/ml/processing/out")],
    ),
)
spark = PySparkProcessor(framework_version="3.1", **JOB | {"instance_count": 2})
third = ProcessingStep(
    "Spark",
    spark.run(
        submit_app=f"{DEMO}/code/app.py",
        submit_py_files=[f"{DEMO}/code/util.py"],
        arguments=["--in", f"{DEMO}/in"],
        spark_event_logs_s3_uri=f"{DEMO}/logs",
    ),
)
emit("ProcessingPipeline", [first, second, third], [count, instance])
