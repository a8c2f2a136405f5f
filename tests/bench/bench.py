#!/usr/bin/env python3
"""Measures sagepipec on generated pipelines; see doc/performance.md. Run by `make bench`.

Prints for each size the wall time minus that of `true` in the same run, the peak memory, and the ratio of that time to the time
that cJSON takes to parse and print the definition. --check fails if CPU time grows faster than the pipeline, if a ratio to
something measured in the same run is too large, or if memory is above its limit. It tests no absolute time.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import growth  # noqa: E402

SIZES = (0, 10, 100, 1_000, 10_000, 100_000)
MEMORY_LIMITS = {100: 12.0}  # steps: MiB
GROWTH_LIMIT = 30  # ten times the steps
START_LIMIT = 5  # an empty pipeline, relative to `sagepipec --version`
CJSON_LIMIT = 15  # 1,000 steps, relative to cJSON with their definition

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
    """Training and Lambda steps in turn, each of which uses a property of the step before. 0 gives the smallest pipeline."""
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
    """The time minus that of `true`, in milliseconds, and the peak memory in MiB."""
    output = subprocess.run([tools / "measure", str(runs_for(steps)), *command],
                            check=True, stdout=subprocess.PIPE, text=True).stdout
    base, full, kib = map(float, output.split())
    return (full - base) / 1e3, kib / 1024


def row(tools, sagepipec, folder, steps):
    """Prints a row and returns its memory."""
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
    return memory


def cost(*command):
    def measure():
        return growth.of_children(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    return measure


def check(tools, sagepipec, folder, memory):
    """Prints the ratios, and returns a line for each figure that is above its limit."""
    sources = {steps: folder / f"{steps}.pipe" for steps in memory}
    compared = [(f"{10 * steps:,} steps to {steps:,}", cost(sagepipec, sources[steps]), cost(sagepipec, sources[10 * steps]), GROWTH_LIMIT)
                for steps in sources if steps >= 100 and 10 * steps in sources]
    compared.append(("an empty pipeline to `sagepipec --version`", cost(sagepipec, "--version"), cost(sagepipec, sources[0]), START_LIMIT))
    if 1_000 in sources:
        cjson = cost(tools / "cjson_roundtrip", folder / "1000.json")
        compared.append(("1,000 steps to cJSON", cjson, cost(sagepipec, sources[1_000]), CJSON_LIMIT))
    failures = []
    for name, small, large, limit in compared:
        found = growth.ratio(small, large, limit)
        print(f"time of {name}: {found:.1f} (at most {limit})", flush=True)
        if found > limit:
            failures.append(f"time of {name}: {found:.1f} is more than {limit}")
    failures += [f"{steps} steps took {memory[steps]:.1f} MiB, more than {most} MiB"
                 for steps, most in MEMORY_LIMITS.items() if memory.get(steps, 0) > most]
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sagepipec", type=Path, required=True)
    parser.add_argument("--tools", type=Path, required=True, help="folder of measure and cjson_roundtrip")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="largest number of steps")
    parser.add_argument("--check", action="store_true", help="fail when growth, a ratio or memory is above its limit")
    parser.add_argument("--print", type=int, metavar="STEPS", help="only print the program of this size")
    options = parser.parse_args()
    if options.print is not None:
        sys.stdout.write(program(options.print))
        return 0
    print(f"{'steps':>8} {'source, kB':>12} {'JSON, kB':>12} {'time, ms':>11} {'memory, MiB':>12} "
          f"{'cJSON, ms':>11} {'ratio':>8}")
    failures, memory, tools, sagepipec = [], {}, options.tools.resolve(), options.sagepipec.resolve()
    with tempfile.TemporaryDirectory() as folder:
        for steps in SIZES:
            if steps <= options.most:
                memory[steps] = row(tools, sagepipec, Path(folder), steps)
        if options.check:
            failures = check(tools, sagepipec, Path(folder), memory)
    print(*failures, sep="\n", end="\n" if failures else "")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
