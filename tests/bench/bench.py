#!/usr/bin/env python3
"""Measures sagepipec on generated pipelines; see doc/performance.md. Run by `make bench`.

Prints for each size the wall time above that of `true` in the same run, the peak memory, and the ratio of that time to
what cJSON needs to parse and print the produced definition. With --check, fails when a figure is above its limit.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (0, 10, 100, 1_000, 10_000, 100_000)
LIMITS = {0: (2.0, None), 100: (4.0, 12.0), 1_000: (25.0, None)}  # steps: milliseconds, MiB

HEAD = """\
pipeline "Bench" {
    RoleArn: "arn:aws:iam::123456789012:role/SageMakerRole"
    Region: "us-west-2"
}
"""
NO_STEPS = """
step Stop: Fail { ErrorMessage: "a pipeline has at least one step" }
"""
PARAMETERS = """
param InputData: String = "s3://${Pipeline.Bucket}/input"
param InstanceCount: Integer = 1
let image = "683313688378.dkr.ecr.us-west-2.amazonaws.com/sagemaker-xgboost:1.7-1"
"""
TRAINING = """
step {name}: Training {{
    AlgorithmSpecification: {{ TrainingImage: image, TrainingInputMode: "File" }}
    HyperParameters: {{ objective: "reg:squarederror", num_round: 50, eta: 0.2 }}
    InputDataConfig: [{{
        ChannelName: "train"
        DataSource: {{ S3DataSource: {{ S3DataType: "S3Prefix", S3Uri: "{source}/train" }} }}
    }}]
    OutputDataConfig: {{ S3OutputPath: "s3://${{Pipeline.Bucket}}/${{Execution.PipelineExecutionId}}/model" }}
    ResourceConfig: {{ InstanceType: "ml.m5.xlarge", InstanceCount: InstanceCount, VolumeSizeInGB: 30 }}
    StoppingCondition: {{ MaxRuntimeInSeconds: 86400 }}
}}
"""
LAMBDA = """
step {name}: Lambda {{
    output path: String
    FunctionArn: "arn:aws:lambda:us-west-2:123456789012:function:prepare"
    Arguments: {{ model: {before}.ModelArtifacts.S3ModelArtifacts, label: join("-", ["run", Execution.PipelineExecutionId]) }}
}}
"""


def program(steps):
    """Training and Lambda steps in turn, each of which uses a property of the one before. With 0, as little as may be."""
    parts = [HEAD, PARAMETERS if steps else NO_STEPS]
    for i in range(steps):
        if i % 2 == 0:
            source = f"${{L{i - 1:05}.OutputParameters.path}}" if i else "${InputData}"
            parts.append(TRAINING.format(name=f"T{i:05}", source=source))
        else:
            parts.append(LAMBDA.format(name=f"L{i:05}", before=f"T{i - 1:05}"))
    return "".join(parts)


def runs_for(steps):
    return 41 if steps <= 100 else 21 if steps <= 1_000 else 5 if steps <= 10_000 else 3


def measure(tools, steps, *command):
    """Milliseconds above `true`, and MiB."""
    output = subprocess.run([tools / "measure", str(runs_for(steps)), *command],
                            check=True, stdout=subprocess.PIPE, text=True).stdout
    base, full, kib = map(float, output.split())
    return (full - base) / 1e3, kib / 1024


def row(tools, sagepipec, folder, steps):
    source, definition = folder / f"{steps}.pipe", folder / f"{steps}.json"
    source.write_text(program(steps))
    compiled = subprocess.run([sagepipec, source, "-o", definition], stderr=subprocess.PIPE, text=True)
    if compiled.returncode:
        sys.exit(compiled.stderr)
    time, memory = measure(tools, steps, sagepipec, source)
    cjson, _ = measure(tools, steps, tools / "cjson_roundtrip", definition)
    size = definition.stat().st_size
    print(f"{steps:>8,} {source.stat().st_size / 1e3:>12,.1f} {size / 1e3:>12,.1f} {time:>11,.2f} {memory:>12,.1f} "
          f"{cjson:>11,.2f} {time / cjson if cjson > 0.05 else float('nan'):>8,.1f}")
    most_time, most_memory = LIMITS.get(steps, (None, None))
    failures = []
    if most_time and time > most_time:
        failures.append(f"{steps} steps took {time:.2f} ms, more than {most_time} ms")
    if most_memory and memory > most_memory:
        failures.append(f"{steps} steps took {memory:.1f} MiB, more than {most_memory} MiB")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sagepipec", type=Path, required=True)
    parser.add_argument("--tools", type=Path, required=True, help="folder of measure and cjson_roundtrip")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="largest number of steps")
    parser.add_argument("--check", action="store_true", help="fail when a figure is above its limit")
    parser.add_argument("--print", type=int, metavar="STEPS", help="only print the program of this size")
    options = parser.parse_args()
    if options.print is not None:
        sys.stdout.write(program(options.print))
        return 0
    print(f"{'steps':>8} {'source, kB':>12} {'JSON, kB':>12} {'time, ms':>11} {'memory, MiB':>12} "
          f"{'cJSON, ms':>11} {'ratio':>8}")
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for steps in SIZES:
            if steps <= options.most:
                failures += row(options.tools.resolve(), options.sagepipec.resolve(), Path(folder), steps)
    print(*failures, sep="\n", end="\n" if failures else "")
    return int(options.check and bool(failures))


if __name__ == "__main__":
    sys.exit(main())
