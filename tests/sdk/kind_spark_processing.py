"""Spark in a processing job: a Python script, one with all options, and a jar."""
from harness import *

from sagemaker.spark.processing import PySparkProcessor, SparkJarProcessor

library, cores = param("Library", f"{DEMO}/code/library.py"), param("Cores", 2)
job = JOB | {"instance_count": 2}

plain = PySparkProcessor(framework_version="3.3", **job)
first = ProcessingStep("Plain", plain.run(submit_app="../../stdlib/code/count.py"))

everything = PySparkProcessor(
    framework_version="3.3",
    **job,
    volume_size_in_gb=100,
    max_runtime_in_seconds=3600,
    env={"STAGE": "dev"},
    tags=TEAM_TAG,
)
run = everything.run(
    submit_app=f"{DEMO}/code/app.py",
    submit_py_files=[f"{DEMO}/code/util.py", library],
    submit_jars=[f"{DEMO}/jars/a.jar", f"{DEMO}/jars/b.jar"],
    submit_files=[f"{DEMO}/conf/table.csv"],
    inputs=[ProcessingInput(f"{DEMO}/raw", "/opt/ml/processing/raw", "raw")],
    outputs=[writes("counts")],
    arguments=["--cores", cores.to_string(), "--in", f"{DEMO}/raw"],
    configuration=[
        {"Classification": "spark-defaults", "Properties": {"spark.executor.memory": "2g"}},
        {
            "Classification": "spark-env",
            "Properties": {},
            "Configurations": [{"Classification": "export", "Properties": {"STAGE": "dev"}}],
        },
    ],
    spark_event_logs_s3_uri=f"{DEMO}/logs",
)
second = ProcessingStep("Everything", run, cache_config=cached("P7D"))

jar = SparkJarProcessor(framework_version="3.3", **job)
run = jar.run(
    submit_app=f"{DEMO}/jars/app.jar",
    submit_class="com.example.Main",
    submit_jars=[f"{DEMO}/jars/a.jar"],
    arguments=["--in", f"{DEMO}/raw"],
)
third = ProcessingStep("Jar", run)
emit_kind("SparkProcessing", [first, second, third], [library, cores])
