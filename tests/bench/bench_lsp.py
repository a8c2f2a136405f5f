#!/usr/bin/env python3
"""Measures the time and memory of the language server, for doc/performance.md.

The time is what an editor waits for: from writing a message to receiving the answer. `p95` is the 95th percentile. --check fails
if the CPU time of a change grows faster than the program, if the CPU time of an answer is too large relative to a change, or if
memory is above its limit. It tests no absolute time.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import growth  # noqa: E402
from lsp_client import Client, position  # noqa: E402

HEAD = """pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R", Region: "us-west-2" }
param Rounds: Integer = 50
let image = "683313688378.dkr.ecr.us-west-2.amazonaws.com/sagemaker-xgboost:1.7-1"

"""

TRAINING = """/// Trains model {i}.
step T{i:05}: Training {{
    AlgorithmSpecification: {{
        TrainingImage: image
        TrainingInputMode: "File"
    }}
    InputDataConfig: [{{
        ChannelName: "train"
        DataSource: {{ S3DataSource: {{ S3DataType: "S3Prefix", S3Uri: {source} }} }}
    }}]
    HyperParameters: {{ rounds: Rounds, eta: 0.2 }}
    OutputDataConfig: {{ S3OutputPath: "s3://bucket/models/{i}" }}
    ResourceConfig: {{
        InstanceCount: 1
        InstanceType: "ml.m5.xlarge"
        VolumeSizeInGB: 30
    }}
    StoppingCondition: {{ MaxRuntimeInSeconds: 3600 }}
    cache for "P30D"
}}

"""

LAMBDA = """/// Looks at model {before}.
step L{i:05}: Lambda {{
    FunctionArn: "arn:aws:lambda:us-west-2:123456789012:function:f"
    Arguments: {{
        model: T{before:05}.ModelArtifacts.S3ModelArtifacts
        name: "model-{i}"
        rounds: Rounds
        uri: "s3://bucket/${{name(T{before:05})}}/${{Rounds}}"
        first: "a"
        second: "b"
        third: "c"
        fourth: "d"
    }}
    DisplayName: "Look {i}"
    output path: String
    output mse: Float
    depends on T{before:05}
    cache for "P30D"
}}

"""

# The limits in doc/performance.md, in milliseconds: from a change to its diagnostics, and for any request. Memory in MiB.
PROMISES = {100: (10, 5), 2000: (100, 25)}
INITIALIZE_PROMISE, MEMORY_LIMIT = 20, 32

# Limits of --check, as ratios of CPU time.
GROWTH_LIMIT = 30  # a change in 2,000 steps, relative to one in 200
QUESTION_LIMIT = 0.25  # a request, relative to a change in the same 2,000 steps
MOMENT_LIMIT = 1.6  # a completion right after a change, relative to a change
INITIALIZE_LIMIT = 5  # initialize, relative to a change in 200 steps


def program(steps):
    parts = [HEAD]
    for i in range(0, steps, 2):
        source = f"L{i - 1:05}.OutputParameters.path" if i else '"s3://bucket/data"'
        parts += [TRAINING.format(i=i, source=source), LAMBDA.format(i=i + 1, before=i)]
    return "".join(parts)


def percentile(times):
    return sorted(times)[int(len(times) * 0.95)] * 1e3


def questions(text):
    """Requests and their offsets, in the middle of the file."""
    half = len(text) // 2
    member = text.index("ModelArtifacts.", half) + 16
    return {
        "completion, a member": ("textDocument/completion", member),
        "completion, a field": ("textDocument/completion", text.index("\n    StoppingCondition", half) + 5),
        "completion, a value": ("textDocument/completion", text.index("TrainingImage: image", half) + 16),
        "hover": ("textDocument/hover", member),
        "definition": ("textDocument/definition", text.index("depends on T", half) + 12),
    }


class Bench:
    def __init__(self, command, text):
        self.client, self.text, self.uri, self.version = Client(command), text, "file:///nowhere/bench.pipe", 1
        start = time.perf_counter()
        self.client.initialize()
        self.initialize = (self.client.received - start) * 1e3
        self.initialize_cost = self.cost()
        self.client.open(self.uri, text)
        self.client.wait("textDocument/publishDiagnostics")
        self.place = text.index("3600", len(text) // 2)

    def cost(self):
        return growth.of_process(self.client.process.pid)

    def cost_of(self, action, rounds=10):
        """The server's CPU time for one action, as an average of several."""
        before = self.cost()
        action(rounds)
        return (self.cost() - before) / rounds

    def change(self, number):
        self.version += 1
        start = position(self.text, self.place)
        end = {"line": start["line"], "character": start["character"] + 4}
        self.client.notify("textDocument/didChange", {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"range": {"start": start, "end": end}, "text": str(3600 + number % 100)}]})

    def changes(self, rounds):
        times = []
        for i in range(rounds):
            start = time.perf_counter()
            self.change(i)
            message = self.client.wait("textDocument/publishDiagnostics")
            times.append(self.client.received - start)
            assert not [item for item in message["params"]["diagnostics"] if item["severity"] == 1], message
        return percentile(times)

    def question(self, method, offset, rounds, is_changed):
        times, place = [], position(self.text, offset)
        for i in range(rounds):
            if is_changed:
                self.change(i)
            start = time.perf_counter()
            reply = self.client.request(method, {"textDocument": {"uri": self.uri}, "position": place})
            times.append(self.client.received - start)
            assert reply.get("result"), reply
            if is_changed:
                self.client.wait("textDocument/publishDiagnostics")
        return percentile(times)

    def memory(self):
        with open(f"/proc/{self.client.process.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def memory_of_documents(command):
    client = Client(command)
    client.initialize()
    lines = program(4).splitlines()[:51]
    for i in range(100):
        client.open(f"file:///nowhere/f{i}.pipe", "\n".join(lines))
    for i in range(100):
        client.wait("textDocument/publishDiagnostics")
    with open(f"/proc/{client.process.pid}/statm", encoding="ascii") as file:
        memory = int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    client.end()
    return memory


def check(command):
    """Prints the ratios, and returns a line for each that is above its limit."""
    small, large = Bench(command, program(200)), Bench(command, program(2000))
    asked = questions(large.text)

    def changes(bench):
        return lambda: bench.cost_of(bench.changes)

    def answers(name, is_changed=False):
        return lambda: large.cost_of(lambda rounds: large.question(*asked[name], rounds, is_changed))

    compared = [("a change in 2,000 steps, to one in 200", changes(small), changes(large), GROWTH_LIMIT)]
    compared += [(f"{name}, to a change", changes(large), answers(name), QUESTION_LIMIT) for name in asked]
    compared += [("completion, in the moment of a change, to a change", changes(large), answers("completion, a member", True), MOMENT_LIMIT),
                 ("initialize, to a change in 200 steps", changes(small), lambda: small.initialize_cost, INITIALIZE_LIMIT)]
    failures = []
    for name, one, other, limit in compared:
        found = growth.ratio(one, other, limit)
        print(f"{name + ', ratio':<62} {found:>6.2f}   (at most {limit})", flush=True)
        if found > limit:
            failures.append(f"{name}: {found:.2f} is more than {limit}")
    small.client.end()
    large.client.end()
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sagepipec", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="fail when growth, a ratio or memory is above its limit")
    options = parser.parse_args()
    command = [options.sagepipec.resolve(), "--lsp"]

    def show(what, found, promise, unit="ms"):
        print(f"{what:<50} {found:>9.2f} {unit}   (promised: {promise})", flush=True)

    for steps, (change_promise, question_promise) in PROMISES.items():
        text, rounds = program(steps), 200 if steps <= 100 else 60
        bench = Bench(command, text)
        print(f"{steps} steps, {text.count(chr(10))} lines; p95 of {rounds}")
        show("initialize", bench.initialize, INITIALIZE_PROMISE)
        show("from a change to its diagnostics", bench.changes(rounds), change_promise)
        for name, (method, offset) in questions(text).items():
            show(name, bench.question(method, offset, rounds, False), question_promise)
        method, offset = questions(text)["completion, a member"]
        show("completion, in the moment of a change", bench.question(method, offset, rounds, True), change_promise + question_promise)
        print(f"{'memory':<50} {bench.memory():>9.1f} MiB")
        bench.client.end()
    memory, failures = memory_of_documents(command), []
    show("memory, 100 open files of 50 lines", memory, MEMORY_LIMIT, "MiB")
    if options.check:
        failures = check(command)
        if memory > MEMORY_LIMIT:
            failures.append(f"100 open files take {memory:.2f} MiB, more than {MEMORY_LIMIT}")
    print(*failures, sep="\n", end="\n" if failures else "")
    return int(bool(failures))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CACHE_HOME=home)
        sys.exit(main())
