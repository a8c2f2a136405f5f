"""Measures the SageMaker Python SDK on a pipeline of N steps: wall time and peak memory of the process.

    bench_sdk.py [N [RUNS]]

The pipeline is that of tests/bench/bench.py: Training and Lambda steps in turn, each of which uses a property
of the step before. All values that the SDK would request from AWS are given, and its telemetry is off, so that
nothing waits for the network. The time is that of Python and the SDK, including the start of the interpreter.
Prints the fastest and the median of RUNS processes.
"""
import os
import resource
import statistics
import subprocess
import sys
import time

BUCKET = "sagemaker-us-west-2-123456789012"
ROLE = "arn:aws:iam::123456789012:role/SageMakerRole"
IMAGE = "683313688378.dkr.ecr.us-west-2.amazonaws.com/sagemaker-xgboost:1.7-1"
FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:prepare"

# With credentials and a region, the SDK does not ask the machine's metadata service for them.
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_DEFAULT_REGION": "us-west-2",
    "AWS_CONFIG_FILE": os.devnull,
}


def build(count):
    import sagemaker.telemetry.telemetry_logging as telemetry
    from sagemaker.estimator import Estimator
    from sagemaker.inputs import TrainingInput
    from sagemaker.lambda_helper import Lambda
    from sagemaker.workflow.execution_variables import ExecutionVariables
    from sagemaker.workflow.functions import Join
    from sagemaker.workflow.lambda_step import LambdaOutput, LambdaOutputTypeEnum, LambdaStep
    from sagemaker.workflow.parameters import ParameterInteger, ParameterString
    from sagemaker.workflow.pipeline import Pipeline
    from sagemaker.workflow.pipeline_context import PipelineSession
    from sagemaker.workflow.steps import TrainingStep

    telemetry._send_telemetry_request = lambda *args, **kwargs: None
    session = PipelineSession()
    execution = ExecutionVariables.PIPELINE_EXECUTION_ID
    data = ParameterString("InputData", f"s3://{BUCKET}/input")
    instances = ParameterInteger("InstanceCount", 1)

    def train(name, source):
        estimator = Estimator(
            IMAGE,
            ROLE,
            instances,
            "ml.m5.xlarge",
            output_path=Join("/", [f"s3://{BUCKET}", execution, "model"]),
            hyperparameters={"objective": "reg:squarederror", "num_round": 50, "eta": 0.2},
            debugger_hook_config=False,
            disable_profiler=True,
            sagemaker_session=session,
        )
        return TrainingStep(name, estimator.fit({"train": TrainingInput(Join("/", [source, "train"]))}))

    def prepare(name, before):
        artifacts = before.properties.ModelArtifacts.S3ModelArtifacts
        return LambdaStep(
            name,
            Lambda(function_arn=FUNCTION, session=session),
            inputs={"model": artifacts, "label": Join("-", ["run", execution])},
            outputs=[LambdaOutput("path", LambdaOutputTypeEnum.String)],
        )

    steps = []
    source = data
    for i in range(count):
        if i % 2 == 0:
            steps.append(train(f"T{i:05}", source))
        else:
            steps.append(prepare(f"L{i:05}", steps[-1]))
            source = steps[-1].properties.Outputs["path"]
    return Pipeline("Bench", [data, instances], steps=steps, sagemaker_session=session).definition()


def measure(count=100, runs=5):
    command = [sys.executable, __file__, "--build", str(count)]
    environment = os.environ | ENVIRONMENT
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(
            command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        times.append(time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    fastest, median = min(times), statistics.median(times)
    print(f"{count} steps: {fastest:.2f} s fastest, {median:.2f} s median of {runs}, {memory:.0f} MiB peak")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        print(build(int(sys.argv[2])))
    else:
        measure(*map(int, sys.argv[1:]))
