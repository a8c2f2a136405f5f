"""Tests the commands that operate deployed pipelines, on a server that simulates SageMaker: parameters, selective executions,
--watch, and the others.

The expected output of a command is in operate/NAME.out and NAME.err; UPDATE=1 rewrites them."""

import json
import os
import re
import signal
from pathlib import Path

import terminal
from loopback import Home, Reply, error, keys
from pipelines import ACCOUNT, Execution, Pipelines, arn_of, function, job, lost

from tap import SAGEPIPEC, ok, sagepipec

FOLDER = Path(__file__).resolve().parent / "operate"
PROGRAM = "churn.pipe"
DEFINITION = json.loads(sagepipec(str(FOLDER / PROGRAM)).stdout)
NEEDED = ("-p", "Data=s3://b/in", "-p", "Stage=dev")
REASON = ("AlgorithmError: train.py ended with exit code 1: ValueError: could not convert string to float: 'n/a' in the "
          "column tenure of part-00017.csv")
# The states of an execution of the program: Prepare comes from the cache, a training fails.
FAILING = [
    ("Executing", {"Prepare": ("Succeeded", {"CacheHitResult": {"SourcePipelineExecutionArn": arn_of("Churn", "before0000001")}})}),
    ("Executing", {"Train-eu": "Starting", "Train-us": "Starting"}),
    ("Executing", {"Train-eu": ("Executing", {"Metadata": function("train-eu")}),
                   "Train-us": ("Executing", {"Metadata": job("training-job", "pipelines-x-Train-us")})}),
    ("Executing", {"Train-eu": "Succeeded"}),
    ("Failed", {"Train-us": ("Failed", {"FailureReason": REASON})}),
]
GOOD = [
    ("Executing", {"Prepare": "Executing"}),
    ("Executing", {"Prepare": "Succeeded", "Train-eu": "Executing", "Train-us": "Executing"}),
    ("Executing", {"Train-eu": "Succeeded", "Train-us": "Succeeded", "Score": "Executing"}),
    ("Succeeded", {"Score": "Succeeded", "IsGood": ("Succeeded", {"Metadata": {"Condition": {"Outcome": "True"}}}),
                   "Promote": "Succeeded"}),
]

# Steps that run on how others end: Tell runs because Train failed, Undo because Train failed and Build was stopped.
def on(step, trigger):
    return {"Step": step, "Trigger": trigger}


TRIGGERED = {"Version": "2020-12-01", "Steps": [
    {"Name": "Train", "Type": "Training"}, {"Name": "Build", "Type": "Training"},
    {"Name": "Use", "Type": "Training", "DependsOn": ["Train"]},
    {"Name": "Good", "Type": "Lambda", "DependsOn": [on("Train", "Completed")]},
    {"Name": "Tell", "Type": "Lambda", "DependsOn": [on("Train", "Failed")]},
    {"Name": "Undo", "Type": "Lambda", "DependsOn": [on("Train", "Any"), on("Build", "Stopped")]},
    {"Name": "Late", "Type": "Lambda", "DependsOn": ["Tell"]}]}
PARTLY_FAILED = [
    ("Executing", {"Train": "Executing", "Build": "Executing"}),
    ("Executing", {"Train": ("Failed", {"FailureReason": "out of memory"}), "Build": "Stopped", "Tell": "Starting"}),
    ("Executing", {"Tell": ("Succeeded", {"AttemptCount": 2}), "Undo": "Succeeded"}),
    ("CompletedWithFailures", {"Late": "Succeeded"}),
]

# A ForEach step over three items, whose body trains, and cleans up after a training that failed.
EACH = {"Version": "2020-12-01", "Steps": [
    {"Name": "List", "Type": "Lambda"},
    {"Name": "Each", "Type": "ForEach", "DependsOn": ["List"], "Arguments": {
        "IterableItems": ["eu", "us", "ap"], "MaxConcurrency": 2, "ForEachBody": [
            {"Name": "Train", "Type": "Training", "Arguments": {"Region": {"Get": "ForEach.CurrentItem"}}},
            {"Name": "Tell", "Type": "Lambda", "DependsOn": [on("Train", "Failed")]}]}},
    {"Name": "Report", "Type": "Lambda", "DependsOn": ["Each"]}]}


def child(status, index, item, **members):
    return status, {"IterationContext": {"ParentStepName": "Each", "Index": index, "Item": item}, **members}


LONG_ITEM = '{"region": "ap",\n "data": "s3://bucket/a/long/folder/of/data/that/goes/on"}'
ITERATING = [
    ("Executing", {"List": "Succeeded"}),
    ("Executing", {"Each": "Executing"}),
    ("Executing", {"Train-1": child("Executing", 1, "us"), "Train-0": child("Executing", 0, "eu")}),
    ("Executing", {"Train-0": child("Failed", 0, "eu", FailureReason="no data"), "Tell-0": child("Executing", 0, "eu"),
                   "Train-2": child("Executing", 2, LONG_ITEM)}),
    ("Executing", {"Train-1": child("Succeeded", 1, "us"), "Tell-0": child("Succeeded", 0, "eu")}),
    ("Failed", {"Train-2": child("Succeeded", 2, LONG_ITEM), "Each": ("Failed", {"FailureReason": "An iteration failed."})}),
]


def churn():
    """A server on which the program is deployed."""
    service = Pipelines()
    service.deploy("Churn", DEFINITION)
    return service


def environment(service, **variables):
    return Home().environment(**{"AWS_ENDPOINT_URL": service.url, "AWS_MAX_ATTEMPTS": "2", "NO_COLOR": "1", **keys(), **variables})


def run(service, *arguments, **variables):
    return sagepipec(*arguments, env=environment(service, **variables), cwd=FOLDER)


def compare(name, suffix, got, is_good=True):
    path = FOLDER / f"{name}.{suffix}"
    if os.environ.get("UPDATE") and is_good:
        path.unlink(missing_ok=True)
        if got:
            path.write_text(got)
    wanted = path.read_text() if path.exists() else ""
    ok(got == wanted, f"{name}.{suffix} is as expected", "--- wanted", wanted, "--- got", got)


def golden(name, service, *arguments, status=0):
    result = run(service, *arguments)
    ok(result.returncode == status, f"{name} exits with {status}", result.returncode, result.stdout, result.stderr)
    is_good = result.returncode == status and result.stdout + result.stderr != ""
    compare(name, "out", result.stdout, is_good)
    compare(name, "err", result.stderr, is_good)
    return result


def sent_values(service):
    return {item["Name"]: item["Value"] for item in service.inputs("StartPipelineExecution")[-1].get("PipelineParameters", [])}


# --- start ---

def test_start_program():
    with churn() as service:
        golden("start", service, "--start", PROGRAM, *NEEDED, "-p", "Rounds=7", "-p", "Rate=1", "-p", "Fast=true")
        ok(sent_values(service) == {"InputData": "s3://b/in", "Stage": "dev", "Rounds": "7", "Rate": "1", "Fast": "True"},
           "values are sent as text, with the names in the definition", sent_values(service))
        golden("start_json", service, "--start", "--json", PROGRAM, "-p", "InputData=s3://b/in", "-p", "Stage=prod")
        ok(sent_values(service) == {"InputData": "s3://b/in", "Stage": "prod"}, "default values are not sent", sent_values(service))


def test_start_version():
    """A version is started by its number or alias, with the parameters of that version."""
    old = {"Version": "2020-12-01", "Parameters": [{"Name": "Depth", "Type": "Integer"}],
           "Steps": [{"Name": "Old", "Type": "Lambda"}]}
    with Pipelines() as service:
        service.deploy("Churn", old, PipelineVersionAliases=["prod", "v1.0_x-y"])
        service.deploy("Churn", DEFINITION)
        for arguments, member in ((("--pipeline-version", "1"), {"PipelineVersionId": 1}),
                                  (("--alias", "v1.0_x-y"), {"PipelineVersionAlias": "v1.0_x-y"})):
            for target in ("Churn", PROGRAM):
                service.faults["StartPipelineExecution"] = [lost]
                result = run(service, "--start", target, *arguments, "-p", "Depth=3")
                sent = service.inputs("StartPipelineExecution")[-2:]
                ok(result.returncode == 0 and not result.stderr.startswith("warning") and sent[0] == sent[1] and
                   {**sent[0], **member} == sent[0] and len(service.executions["Churn"]) == 1,
                   f"{target} {' '.join(arguments)}: once, with one token", result.stderr, sent)
                service.executions["Churn"].clear()
        result = run(service, "--start", "Churn", "--alias", "prod", "-p", "Depth=3", "--selective", "Old")
        ok(result.returncode == 0, "the steps to select are those of the version", result.stderr)
        started = len(service.inputs("StartPipelineExecution"))
        golden("start_version_values", service, "--start", PROGRAM, "--pipeline-version", "1", "-p", "Data=s3://b/in", status=2)
        golden("start_version_missing", service, "--start", "Churn", "--pipeline-version", "9", status=3)
        golden("start_alias_missing", service, "--start", "Churn", "--alias", "production", status=3)
        ok(len(service.inputs("StartPipelineExecution")) == started, "nothing was started")
        result = run(service, "--start", PROGRAM, *NEEDED, "--mlflow-experiment", "Größe 1")
        ok(result.returncode == 0 and service.inputs("StartPipelineExecution")[-1]["MlflowExperimentName"] == "Größe 1" and
           "PipelineVersionId" not in service.inputs("StartPipelineExecution")[-1], "an MLflow experiment", result.stderr)


def test_start_wrong_values():
    with churn() as service:
        golden("start_missing", service, "--start", PROGRAM, status=2)
        golden("start_wrong", service, "--start", PROGRAM, "-p", "Data=/home/x", "-p", "Stage=test", "-p", "Rounds=0", "-p",
               "Rate=fast", "-p", "Fast=yes", "-p", "Round=5", status=2)
        golden("start_wrong_by_name", service, "--start", "Churn", "-p", "InputData=", "-p", "Stage=test", "-p", "Rounds=1.5",
               "-p", "Data=s3://b", status=2)
        ok(not service.inputs("StartPipelineExecution"), "nothing was started", service.calls)


def test_start_by_name():
    with churn() as service:
        result = run(service, "--start", arn_of("Churn"), "-p", "InputData=s3://b/in", "-p", "Stage=dev", "-p", "Rounds=501")
        ok(result.returncode == 0 and sent_values(service)["Rounds"] == "501",
           "--start with a name does not check constraints that only the program has", result.stdout, result.stderr)


def test_start_file():
    home = Home()
    values = home.write("values.json", '{"Data": "s3://b/in", "Stage": "dev", "Rounds": 20, "Rate": 0.25, "Fast": false}')
    pairs = home.write("pairs.json", '[{"Name": "InputData", "Value": "s3://b/in"}, {"Name": "Fast", "Value": "True"}]')
    wrong = home.write("wrong.json", '{"Data": 5, "Stage": null, "Rounds": "20", "Rate": true, "Fast": "true", "Rond": 1}')
    broken, scalar = home.write("broken.json", '{"Data": '), home.write("items.json", '[{"Name": "Data"}]')
    with churn() as service:
        result = run(service, "--start", PROGRAM, "--params", values, "-p", "Rounds=21")
        ok(result.returncode == 0 and sent_values(service) == {
            "InputData": "s3://b/in", "Stage": "dev", "Rounds": "21", "Rate": "0.25", "Fast": "False"},
            "-p overrides values from a file", result.stderr)
        result = run(service, "--start", PROGRAM, "--params", pairs, "--params", values)
        ok(result.returncode == 0 and sent_values(service)["Fast"] == "False", "a later file overrides an earlier one", result.stderr)
        for name, path, what in (("types", wrong, "values of wrong types"), ("no_JSON", broken, "invalid JSON"),
                                 ("no_pairs", scalar, "elements that are no pairs")):
            result = run(service, "--start", PROGRAM, "--params", path, "-p", "Stage=dev", "-p", "Data=s3://b")
            compare(f"start_file_{name}", "err", result.stderr.replace(path, "values.json"), result.returncode == 2)
            ok(result.returncode == 2, f"a file with {what} is rejected", result.stderr)
        result = run(service, "--start", PROGRAM, "--params", "absent.json")
        ok(result.returncode == 3 and "absent.json" in result.stderr, "a missing file is reported", result.stderr)


def test_start_not_deployed():
    with Pipelines() as service:
        golden("start_not_deployed", service, "--start", PROGRAM, *NEEDED, status=3)
        golden("start_no_such_name", service, "--start", "Churm", status=3)
        golden("start_no_target", service, "--start", "no such/thing", status=2)


def test_start_changed():
    with Pipelines() as service:
        service.deploy("Churn", {**DEFINITION, "Steps": DEFINITION["Steps"][:1]})
        golden("start_changed", service, "--start", PROGRAM, *NEEDED)


def test_start_other_account():
    with churn() as service:
        golden("start_account", service, "--start", PROGRAM, "--account", "999999999999", *NEEDED, status=3)
        ok(not service.inputs("StartPipelineExecution"), "nothing was started", service.calls)


def test_start_program_with_errors():
    home = Home()
    broken = home.write("broken.pipe", 'pipeline "Churn" { RoleArn: 5 }\n')
    with churn() as service:
        result = run(service, "--start", broken)
        ok(result.returncode == 1 and not service.calls, "a program with errors sends nothing", result.stderr)


def test_start_lost_reply():
    with churn() as service:
        service.faults["StartPipelineExecution"] = [lost]
        result = run(service, "--start", PROGRAM, *NEEDED)
        sent = service.inputs("StartPipelineExecution")
        ok(result.returncode == 0 and result.stdout == arn_of("Churn", "started00001") + "\n",
           "after a lost reply, --start prints the ARN of the execution",
           result.stdout, result.stderr)
        ok(len(sent) == 2 and len(service.executions["Churn"]) == 1,
           "after a lost reply, the request is sent twice, and the execution started once", sent)


# --- selective executions ---

def test_selective():
    with churn() as service:
        service.executions["Churn"] = [
            Execution("running000001", *GOOD), Execution("stopped000001", *GOOD[:3], ("Stopped", {}), is_over=True),
            Execution("failed0000001", *FAILING, is_over=True), Execution("good000000001", *GOOD, is_over=True)]
        golden("selective", service, "--start", PROGRAM, *NEEDED, "--selective", "Prepare,IsGood")
        config = service.inputs("StartPipelineExecution")[-1]["SelectiveExecutionConfig"]
        ok([step["StepName"] for step in config["SelectedSteps"]] == ["Prepare", "Train-eu", "Train-us", "Score", "IsGood"] and
           "SourcePipelineExecutionArn" not in config, "the steps between run, too, and no source execution is needed", config)
        golden("selective_source", service, "--start", "Churn", "-p", "InputData=s3://b", "-p", "Stage=dev", "--selective", "Score")
        config = service.inputs("StartPipelineExecution")[-1]["SelectiveExecutionConfig"]
        ok(config == {"SelectedSteps": [{"StepName": "Score"}], "SourcePipelineExecutionArn": arn_of("Churn", "good000000001")},
           "the source is the newest finished execution with all needed results", config)
        golden("selective_family", service, "--start", PROGRAM, *NEEDED, "--selective", "Train", "--execution", "failed0000001")
        config = service.inputs("StartPipelineExecution")[-1]["SelectiveExecutionConfig"]
        ok([step["StepName"] for step in config["SelectedSteps"]] == ["Train-eu", "Train-us"],
           "the name of a family selects all of its steps", config)


def test_selective_refused():
    with churn() as service:
        service.executions["Churn"] = [Execution("failed0000001", *FAILING, is_over=True)]
        golden("selective_unknown", service, "--start", PROGRAM, *NEEDED, "--selective", "Prepair,Score,Nothing", status=2)
        golden("selective_no_source", service, "--start", PROGRAM, *NEEDED, "--selective", "Score", status=3)
        golden("selective_wrong_source", service, "--start", PROGRAM, *NEEDED, "--selective", "Promote", "--execution",
               arn_of("Churn", "failed0000001"), status=3)
        ok(not service.inputs("StartPipelineExecution"), "nothing was started", service.calls)


# --- watch ---

def test_watch_lines():
    with churn() as service:
        service.next_states = FAILING
        golden("watch_failed", service, "--start", PROGRAM, *NEEDED, "--watch", "--interval", "1", status=4)
    with churn() as service:
        service.next_states = GOOD
        golden("watch_good", service, "--start", PROGRAM, *NEEDED, "--watch", "--interval", "1")
    with churn() as service:
        service.next_states = GOOD[1:2] + [("Stopping", {}), ("Stopped", {"Train-eu": "Stopped", "Train-us": "Stopped"})]
        golden("watch_stopped", service, "--start", PROGRAM, *NEEDED, "--watch", "--interval", "1", status=4)


def triggered(*executions):
    """A server on which a pipeline is deployed whose steps run on failures."""
    service = Pipelines()
    service.deploy("Triggered", TRIGGERED)
    service.executions["Triggered"] = list(executions)
    return service


def test_completed_with_failures():
    """An execution in which steps ran because others failed: it is over, and not a success."""
    watch = ("--watch", "--interval", "1")
    with triggered(Execution("live000000001", *PARTLY_FAILED)) as service:
        golden("failures_watch", service, *watch, "Triggered", status=4)
        golden("failures_status", service, "--status", "Triggered", status=4)
        golden("failures_status_json", service, "--status", "--json", "Triggered", status=4)
        golden("failures_history", service, "--history", "Triggered")
        golden("failures_stop", service, "--stop", "Triggered")
        service.next_states = PARTLY_FAILED[:1] + [("Succeeded", {"Train": "Succeeded"})]
        result = run(service, "--retry", "live000000001", "Triggered", *watch)
        ok(result.returncode == 0 and len(service.inputs("RetryPipelineExecution")) == 1, "--retry goes on with it", result.stdout)
        service.executions["Triggered"] = [Execution("over000000001", *PARTLY_FAILED, is_over=True)]
        result = run(service, "--delete", "Triggered", "--yes")
        ok(result.returncode == 0 and "Triggered" not in service.versions, "--delete deletes its pipeline", result.stderr)


def test_status_that_is_new():
    """Only Executing and Stopping are under way: a status that SageMaker may add is an end, so that nothing waits forever."""
    with triggered(Execution("over000000001", ("CompletedWithDoubts", {"Train": "Succeeded"}), is_over=True)) as service:
        result = run(service, "--watch", "--interval", "1", "Triggered")
        ok(result.returncode == 4 and "CompletedWithDoubts after 0s" in result.stdout, "--watch ends", result.stdout, result.stderr)
        result = run(service, "--stop", "Triggered")
        ok("no execution of `Triggered` is running" in result.stderr and not service.inputs("StopPipelineExecution"),
           "--stop has nothing to stop", result.stderr)
        ok(run(service, "--delete", "Triggered", "--yes").returncode == 0, "--delete does not refuse")


def test_selective_after_failures():
    """The results of an execution that ended with failures may be used, and triggers are dependencies like others."""
    with triggered(Execution("now0000000001", PARTLY_FAILED[0]), Execution("over000000001", *PARTLY_FAILED, is_over=True)) as service:
        golden("failures_selective", service, "--start", "Triggered", "--selective", "Late")
        ok(service.inputs("StartPipelineExecution")[-1]["SelectiveExecutionConfig"] == {
            "SourcePipelineExecutionArn": arn_of("Triggered", "over000000001"), "SelectedSteps": [{"StepName": "Late"}]},
           "from the newest that is over", service.calls[-1])
        golden("failures_between", service, "--start", "Triggered", "--selective", "Train,Late")
        result = run(service, "--start", "Triggered", "--selective", "Tell")
        ok(result.returncode == 0 and "SourcePipelineExecutionArn" not in
           service.inputs("StartPipelineExecution")[-1]["SelectiveExecutionConfig"],
           "a step that runs on a failure needs no result of the failed step", result.stderr)


def iterating(*executions):
    service = Pipelines()
    service.deploy("Iterating", EACH)
    service.executions["Iterating"] = list(executions)
    return service


def test_iterations():
    """The steps that a ForEach step made are shown below it, by their iteration."""
    with iterating(Execution("each000000001", *ITERATING)) as service:
        golden("each_watch", service, "--watch", "--interval", "1", "Iterating", status=4)
        golden("each_status", service, "--status", "Iterating", status=4)
        golden("each_status_json", service, "--status", "--json", "Iterating", status=4)
    with iterating(Execution("each000000001", *ITERATING[:4], is_over=True)) as service:
        result = golden("each_status_json_active", service, "--status", "--json", "Iterating")
        names = [step["StepName"] for step in json.loads(result.stdout)["PipelineExecutionSteps"]]
        ok(names == ["List", "Each", "Train-0", "Tell-0", "Train-1", "Train-2", "Report"],
           "the body waits in no line of its own", names)
    with iterating(Execution("each000000001", ("Failed", {"Train-0": child("Failed", 0, "eu"), "List": "Succeeded"}),
                             is_over=True)) as service:
        golden("each_no_parent", service, "--status", "Iterating", status=4)


def test_iterations_of_program():
    """A failed iteration is reported at the step that made it."""
    home = Home()
    program = home.write("iterating.pipe", '''pipeline "Iterating" { RoleArn: "arn:aws:iam::123456789012:role/R", Region: "us-west-2" }

step Each: Raw {
    Type: "ForEach"
    Arguments: { IterableItems: ["eu", "us"], MaxConcurrency: 1, ForEachBody: [{ Name: "Train", Type: "Training", Arguments: {} }] }
}
''')
    with iterating(Execution("each000000001", *ITERATING, is_over=True)) as service:
        result = run(service, "--status", program)
        ok(result.returncode == 4 and "step `Train-0` of `Each` failed: no data" in result.stderr and
           result.stderr.count("iterating.pipe:3:6") == 2, "at its line", result.stdout, result.stderr)


def test_iterations_selected():
    """What the body needs, its ForEach step needs."""
    definition = {**EACH, "Steps": [*EACH["Steps"][:1], {"Name": "Other", "Type": "Lambda"},
                                    {**EACH["Steps"][1], "DependsOn": [], "Arguments": {"ForEachBody": [
                                        {"Name": "Train", "Type": "Training", "DependsOn": ["Other"],
                                         "Arguments": {"A": {"Get": "Steps.List.OutputParameters['a']"}}}]}}, EACH["Steps"][2]]}
    with Pipelines() as service:
        service.deploy("Iterating", definition)
        for selected, between in (("List,Report", True), ("Other,Each", False), ("Other,Report", True)):
            service.executions["Iterating"] = [Execution("over000000001", ("Succeeded", {"List": "Succeeded", "Other": "Succeeded"}),
                                                         is_over=True)]
            result = run(service, "--start", "Iterating", "--selective", selected)
            config = service.inputs("StartPipelineExecution")[-1]["SelectiveExecutionConfig"]
            ok(result.returncode == 0 and ("Each (in between)" in result.stderr) == between and "SourcePipelineExecutionArn" in config,
               f"{selected}: what lies between runs, and the rest comes from another execution", result.stderr, config)
        result = run(service, "--start", "Iterating", "--selective", "List,Train")
        ok(result.returncode == 2 and "no step `Train`" in result.stderr and "the body of `Each`" in result.stderr,
           "a step of the body cannot be selected", result.stderr)


@terminal.needed
def test_iterations_on_terminal():
    with iterating(Execution("each000000001", *ITERATING, is_live=True)) as service:
        status, screen, _ = terminal.run([SAGEPIPEC, "--watch", "Iterating", "--interval", "1"], environment(service), 60)
        compare("each_terminal", "out", screen.text, status == 4)
        ok(status == 4 and max(map(len, screen.text.splitlines())) <= 60, "no line is too long", screen.text)


def test_watch_json():
    with churn() as service:
        service.next_states = FAILING
        result = golden("watch_json", service, "--start", PROGRAM, *NEEDED, "--watch", "--interval", "1", "--json", status=4)
        ok(json.loads(result.stdout)["PipelineExecutionStatus"] == "Failed", "--json prints one JSON object", result.stdout)


def test_watch_faults():
    """A temporary fault does not end the watch. A permanent one does, and the message says that the execution goes on."""
    with churn() as service:
        service.next_states = GOOD
        busy = Reply(503)
        service.faults["DescribePipelineExecution"] = [lambda reply: reply, busy, busy, error("ThrottlingException", "Rate exceeded"),
                                                       error("ThrottlingException", "Rate exceeded")]
        result = run(service, "--start", PROGRAM, *NEEDED, "--watch", "--interval", "1")
        ok(result.returncode == 0 and "Promote: Succeeded" in result.stdout and
           result.stderr.count("cannot read the status of the execution") == 1, "a service that is away for a while", result.stdout, result.stderr)
    with churn() as service:
        service.next_states = GOOD
        service.faults["DescribePipelineExecution"] = [lambda reply: reply, error("ResourceNotFound", "Pipeline does not exist.")]
        golden("watch_deleted", service, "--start", PROGRAM, *NEEDED, "--watch", "--interval", "1", status=3)


def test_watch_given_up():
    with churn() as service:
        service.next_states = GOOD
        service.faults["DescribePipelineExecution"] = [lambda reply: reply] + [Reply(503)] * 100
        result = run(service, "--start", PROGRAM, *NEEDED, "--watch", "--interval", "1", AWS_MAX_ATTEMPTS="1")
        ok(result.returncode == 3 and len(service.inputs("DescribePipelineExecution")) == 11 and
           result.stderr.count("cannot read the status of the execution") == 1 and "SP6009" in result.stderr,
           "a service that stays away ends the watch, after ten looks", result.stdout, result.stderr)


def watch_on_terminal(service, **more):
    service.executions["Churn"] = [Execution("4ql8c2mzb5u1", *FAILING, is_live=True)]
    return terminal.run([SAGEPIPEC, "--watch", PROGRAM, "--interval", "1"], environment(service), folder=FOLDER, **more)


@terminal.needed
def test_watch_terminal():
    with churn() as service:
        status, screen, pictures = watch_on_terminal(service)
        compare("watch_terminal", "out", screen.text, status == 4)
        ok(status == 4 and not screen.colors, "--watch exits with 4, and NO_COLOR is honored", status)
        tables = [picture for picture in pictures if picture.startswith("Churn")]
        ok(any("waiting" in table for table in tables) and "waiting" not in tables[-1],
           "steps are shown as waiting until the execution is over", *pictures)
        ok(any(re.search(r"Train-us  Executing   \dm \d\ds\n", table) for table in tables), "the duration of a step grows", *pictures)
        ok(all(table.count("Churn 4ql8") == 1 for table in tables), "the table is redrawn in place", *pictures)
    for variables, colored, drawn_over in (({"NO_COLOR": ""}, True, True), ({"TERM": "dumb"}, False, False)):
        with churn() as service:
            service.executions["Churn"] = [Execution("4ql8c2mzb5u1", *GOOD[2:])]
            status, screen, _ = terminal.run([SAGEPIPEC, "--watch", "Churn", "--interval", "1"], environment(service, **variables))
            ok(status == 0 and bool(screen.colors) == colored and ("Z Promote: Succeeded" in screen.text) != drawn_over,
               f"colors and redrawing are right with {variables}", screen.text)


@terminal.needed
def test_watch_narrow_and_low():
    many = [("Executing", {f"Step{number:02}": ("Succeeded" if number < 30 else "Executing") for number in range(35)}),
            ("Succeeded", {f"Step{number:02}": "Succeeded" for number in range(35)})]
    with churn() as service:
        service.executions["Churn"] = [Execution("live000000001", *many, is_live=True)]
        status, screen, pictures = terminal.run([SAGEPIPEC, "--watch", "Churn", "--interval", "1"], environment(service), 40, 12)
        going = [picture for picture in pictures if "Executing" in picture]
        ok(status == 0 and any("lines above" in picture for picture in going) and
           all(len(picture.splitlines()) <= 12 for picture in going), "the table fits the terminal while the execution runs", *going)
        ok(all(f"Step{number:02}" in screen.text for number in range(35)), "the table is complete at the end", screen.text)
        ok(max(map(len, screen.text.splitlines())) <= 40, "no line is wider than the terminal", screen.text)


@terminal.needed
def test_interrupt():
    with churn() as service:
        service.executions["Churn"] = [Execution("live000000001", ("Executing", {"Prepare": "Executing"}))]
        status, screen, _ = terminal.run([SAGEPIPEC, "--watch", "Churn"], environment(service), 200, interrupt_after="Prepare")
        ok(status == -signal.SIGINT and "execution live000000001 is still running" in screen.text and "--stop arn:aws:" in screen.text and
           not service.inputs("StopPipelineExecution"), "Ctrl-C ends the watch alone, and says so", status, screen.text)


# --- status, stop, retry ---

def test_status():
    with churn() as service:
        service.executions["Churn"] = [Execution("now0000000001", *FAILING, reason="Step Train-us failed.", is_over=True),
                                       Execution("old0000000001", *GOOD, is_over=True)]
        golden("status", service, "--status", "Churn", status=4)
        golden("status_json", service, "--status", "--json", "Churn", status=4)
        golden("status_program", service, "--status", PROGRAM, status=4)
        golden("status_old", service, "--status", "Churn", "--execution", "old0000000001")
        golden("status_arn", service, "--status", arn_of("Churn", "old0000000001"))
        golden("status_of_another", service, "--status", "Churn", "--execution", arn_of("Other", "x"), status=2)
        golden("status_missing", service, "--status", "Churn", "--execution", "none", status=3)
    with churn() as service:
        golden("status_never_ran", service, "--status", "Churn", status=3)


def test_stop():
    with churn() as service:
        service.executions["Churn"] = [Execution("over000000001", *GOOD, is_over=True)]
        golden("stop_nothing", service, "--stop", "Churn")
        service.executions["Churn"].insert(0, Execution("now0000000001", GOOD[0]))
        service.faults["StopPipelineExecution"] = [lost]
        result = run(service, "--stop", "Churn")
        ok(result.returncode == 0 and result.stdout == arn_of("Churn", "now0000000001") + "\n" and
           len(service.inputs("StopPipelineExecution")) == 2, "--stop stops the running execution, with one token for both attempts",
           result.stdout, result.stderr)
        service.executions["Churn"] = [Execution("one0000000001", GOOD[0]), Execution("two0000000001", GOOD[0])]
        golden("stop_several", service, "--stop", "Churn", status=2)
        golden("stop_one", service, "--stop", "Churn", "--execution", "two0000000001")
        golden("stop_arn", service, "--stop", arn_of("Churn", "one0000000001"))
        ok([given["PipelineExecutionArn"][-13:] for given in service.inputs("StopPipelineExecution")[2:]] ==
           ["two0000000001", "one0000000001"], "--stop stops the executions that are named", service.calls)


def test_retry():
    with churn() as service:
        service.executions["Churn"] = [Execution("failed0000001", *FAILING)]
        service.next_states = GOOD[3:]
        golden("retry", service, "--retry", "failed0000001", "Churn", "--watch", "--interval", "1")
        golden("retry_arn", service, "--retry", arn_of("Churn", "failed0000001"))
        result = run(service, "--retry", "failed0000001")
        ok(result.returncode == 2 and "no pipeline is given" in result.stderr, "an ID alone names no pipeline", result.stderr)


# --- versions ---

def test_history():
    with churn() as service:
        service.deploy("Churn", DEFINITION)
        service.deploy("Churn", DEFINITION)
        service.executions["Churn"] = [Execution("now0000000001", *FAILING, reason="Step Train-us failed.", is_over=True),
                                       Execution("old0000000001", *GOOD, is_over=True)]
        golden("history", service, "--history", "Churn")
        golden("history_json", service, "--history", "Churn", "--json", "--limit", "1")


def test_aliases_shown():
    """Versions and executions show the aliases of the version."""
    with churn() as service:
        service.deploy("Churn", DEFINITION, PipelineVersionAliases=["prod", "stable"])
        service.deploy("Churn", DEFINITION, PipelineVersionAliases=["canary"])
        now, old = Execution("now0000000001", *GOOD, is_over=True), Execution("old0000000001", *GOOD, is_over=True)
        now.version, old.version = 2, 1
        service.executions["Churn"] = [now, old]
        golden("aliases_history", service, "--history", "Churn")
        golden("aliases_history_json", service, "--history", "Churn", "--json")
        golden("aliases_status", service, "--status", "Churn")
        golden("aliases_status_json", service, "--status", "Churn", "--json")
        golden("aliases_status_old", service, "--status", "Churn", "--execution", "old0000000001")
        now.look = -1
        golden("aliases_watch", service, "--watch", "Churn", "--interval", "1")


def test_rollback():
    with churn() as service:
        service.deploy("Churn", {**DEFINITION, "Steps": []}, PipelineDescription="new", ParallelismConfiguration={"MaxParallelExecutionSteps": 3})
        golden("rollback", service, "--rollback", "1", "Churn")
        ok(json.loads(service.inputs("UpdatePipeline")[-1]["PipelineDefinition"]) == DEFINITION and
           len(service.versions["Churn"]) == 3, "the old definition becomes the newest version", service.calls[-1])
        golden("rollback_same", service, "--rollback", "1", "Churn")
        ok(len(service.versions["Churn"]) == 3, "a definition that is deployed already is not sent again")
        run(service, "--rollback", "2", "Churn")
        ok(service.versions["Churn"][-1]["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 3},
           "--rollback restores the parallelism, too",
           service.versions["Churn"][-1])
        golden("rollback_missing", service, "--rollback", "9", "Churn", status=3)
        golden("rollback_word", service, "--rollback", "last", "Churn", status=2)


def test_rollback_lost_reply():
    with churn() as service:
        service.deploy("Churn", {**DEFINITION, "Steps": []})
        service.faults["UpdatePipeline"] = [lost]
        result = run(service, "--rollback", "1", "Churn")
        ok(result.returncode == 0 and len(service.inputs("UpdatePipeline")) == 1 and len(service.versions["Churn"]) == 3,
           "if the reply is lost, the update is not sent again", result.stderr, service.calls)
    with churn() as service:
        service.deploy("Churn", {**DEFINITION, "Steps": []})
        service.faults["UpdatePipeline"] = [Reply(drop=True)]
        result = run(service, "--rollback", "1", "Churn")
        ok(result.returncode == 0 and len(service.inputs("UpdatePipeline")) == 2 and len(service.versions["Churn"]) == 3,
           "if the request is lost, it is sent again", result.stderr, service.calls)


def aliased(*aliases):
    """A server with a version for each list of aliases."""
    service = Pipelines()
    for one in aliases:
        service.deploy("Churn", DEFINITION, PipelineVersionAliases=list(one))
    return service


def aliases_of(service):
    return [sorted(version["PipelineVersionAliases"]) for version in service.versions["Churn"]]


def test_move_alias():
    with aliased(["prod", "old"], [], ["canary"]) as service:
        golden("move_alias", service, "--move-alias", "prod", "--pipeline-version", "3", "Churn")
        ok(aliases_of(service) == [["old"], [], ["canary", "prod"]] and len(service.inputs("UpdatePipelineVersion")) == 2,
           "it is taken from one version and given to another", service.calls)
        golden("move_alias_same", service, "--move-alias", "prod", "--pipeline-version", "3", PROGRAM)
        ok(len(service.inputs("UpdatePipelineVersion")) == 2, "what is there already is not sent again")
        golden("move_alias_new", service, "--move-alias", "v2", "--pipeline-version", "2", "--json", "Churn")
        ok(aliases_of(service) == [["old"], ["v2"], ["canary", "prod"]], "an alias that no version has", service.calls)
        golden("move_alias_missing", service, "--move-alias", "prod", "--pipeline-version", "9", "Churn", status=3)
        ok(aliases_of(service)[2] == ["canary", "prod"], "nothing was taken", service.calls)
    with aliased(["prod"], [f"a{number}" for number in range(10)]) as service:
        golden("move_alias_full", service, "--move-alias", "prod", "--pipeline-version", "2", "Churn", status=3)
        ok(not service.inputs("UpdatePipelineVersion"), "nothing was taken", service.calls)


def test_move_alias_faults():
    """Whichever reply is lost, and whether the request acted or not, the alias arrives, and no request is repeated blindly."""
    move = ("--move-alias", "prod", "--pipeline-version", "2", "Churn")
    same = [lambda reply: reply]
    for name, faults in (("the removal", [lost]), ("the addition", same + [lost]), ("a removal that was not made", [Reply(drop=True)]),
                         ("an addition that was not made", same + [Reply(drop=True)])):
        with aliased(["prod"], []) as service:
            service.faults["UpdatePipelineVersion"] = faults
            result = run(service, *move)
            ok(result.returncode == 0 and aliases_of(service) == [[], ["prod"]] and "which version 1 had before" in result.stderr,
               f"the reply to {name} is lost", result.stderr, service.calls)
    denied = error("AccessDeniedException", "not authorized to perform: sagemaker:UpdatePipelineVersion", 400)
    with aliased(["prod"], []) as service:
        service.faults["UpdatePipelineVersion"] = [denied]
        result = run(service, *move)
        ok(result.returncode == 3 and "on no version" not in result.stderr and aliases_of(service) == [["prod"], []],
           "a removal that is refused changes nothing", result.stderr)
    with aliased(["prod"], []) as service:
        service.faults["UpdatePipelineVersion"] = same + [denied]
        result = run(service, *move)
        ok(result.returncode == 3 and not result.stdout and aliases_of(service) == [[], []] and
           "alias `prod` was taken from version 1, and may be on no version now" in result.stderr,
           "an addition that is refused says what was done", result.stderr)
        result = run(service, *move)
        ok(result.returncode == 0 and aliases_of(service) == [[], ["prod"]], "and the same command again completes it", result.stderr)
    with aliased(["prod"], []) as service:
        service.faults["UpdatePipelineVersion"] = [lost]
        service.faults["ListPipelineVersions"] = same + [Reply(503)] * 9
        result = run(service, *move)
        ok(result.returncode == 3 and "was taken from version 1" in result.stderr, "the look after a lost reply fails", result.stderr)


# --- differences ---

def test_diff():
    with Pipelines() as service:
        golden("diff_nothing", service, "--diff", PROGRAM, status=4)
        service.deploy("Churn", DEFINITION, RoleArn=f"arn:aws:iam::{ACCOUNT}:role/SageMakerRole")
        golden("diff_same", service, "--diff", PROGRAM)
        parameters = [{**one, "DefaultValue": 50} if one["Name"] == "Rounds" else one for one in DEFINITION["Parameters"]]
        service.deploy("Churn", {**DEFINITION, "Parameters": parameters}, RoleArn=f"arn:aws:iam::{ACCOUNT}:role/Other")
        golden("diff_changed", service, "--diff", PROGRAM, status=4)
        result = run(service, "--diff", "--json", PROGRAM)
        ok(result.returncode == 4 and len(json.loads(result.stdout)["differences"]) == 2, "--json prints the differences as JSON", result.stdout, result.stderr)
        aliased = Home()
        program = aliased.write("aliased.pipe", (FOLDER / PROGRAM).read_text().replace(
            'Region: "us-west-2"', 'Region: "us-west-2", PipelineVersionAliases: ["prod", "stable"]'))
        for aliases, status in ((None, 4), (["stable", "byhand"], 4), (["stable", "byhand", "prod"], 0)):
            service.deploy("Churn", DEFINITION, RoleArn=f"arn:aws:iam::{ACCOUNT}:role/SageMakerRole",
                           **({"PipelineVersionAliases": aliases} if aliases else {}))
            result = run(service, "--diff", program)
            ok(result.returncode == status and ("PipelineVersionAliases" in result.stdout) == (status == 4) and
               "byhand" not in result.stdout, f"the newest version has {aliases}", result.stdout, result.stderr)
            ok(run(service, "--diff", PROGRAM).returncode == 0, "a program without aliases leaves them", aliases)
        golden("diff_account", service, "--diff", PROGRAM, "--account", "999999999999", status=3)
        result = run(service, "--diff", "Churn")
        ok(result.returncode == 2 and "--diff compares a program" in result.stderr, "a name is no program", result.stderr)


def test_diff_files():
    home, text = Home(), """pipeline "Churn" { RoleArn: "arn:aws:iam::%s:role/SageMakerRole", Region: "us-west-2", AssetLocation: "s3://b/a" }
config rows: Integer = 1
step Stop: Fail { ErrorMessage: text_file("rows.txt", "${rows}\\n") }
""" % ACCOUNT
    program = home.write("files.pipe", text)
    with Pipelines() as service:
        definition, manifest = (run(service, "--emit", form, program).stdout for form in ("definition", "manifest"))
        service.deploy("Churn", json.loads(definition), RoleArn=f"arn:aws:iam::{ACCOUNT}:role/SageMakerRole")
        saved = home.write("manifest.json", manifest)
        result = run(service, "--diff", program, "--set", "rows=2", "--manifest", saved)
        ok(result.returncode == 4 and all(line in result.stdout for line in ("~ rows.txt", "- 1", "+ 2")),
           "--manifest tells which files of the deployed pipeline changed", result.stdout, result.stderr)


# --- deletion ---

OWN = "every night (sagepipec)"  # this ending marks a schedule that sagepipec deployed


def test_delete():
    others = [("other", "default", arn_of("Other"), OWN), ("byhand", "default", arn_of("Churn"), "")]
    with churn() as service:
        service.schedules = [("nightly", "default", arn_of("Churn"), OWN), *others, ("weekly", "team", arn_of("Churn"), OWN)]
        golden("delete_no_terminal", service, "--delete", "Churn", status=2)
        golden("delete_missing", service, "--delete", "Churm", "--yes", status=3)
        ok("Churn" in service.versions and len(service.schedules) == 4, "nothing was deleted")
        service.faults["DeletePipeline"] = [lost]
        service.faults["DELETE schedule"] = [lost]
        result = run(service, "--delete", "Churn", "--yes")
        ok(result.returncode == 0 and result.stdout == arn_of("Churn") + "\n" and "Churn" not in service.versions and
           service.schedules == others, "--delete deletes the pipeline and its own schedules, in spite of lost replies",
           result.stdout, result.stderr, service.schedules)
    with churn() as service:
        service.schedules = [("nightly", "default", arn_of("Churn"), OWN), ("byhand", "default", arn_of("Churn"), "mine")]
        golden("delete", service, "--delete", PROGRAM, "--yes", "--json")
    with churn() as service:
        service.executions["Churn"] = [Execution("now0000000001", GOOD[0])]
        service.schedules = [("nightly", "default", arn_of("Churn"), OWN)]
        golden("delete_running", service, "--delete", "Churn", "--yes", status=3)
        ok(service.schedules and "Churn" in service.versions, "a pipeline that is running keeps its schedules")
    with churn() as service:
        service.faults["DeletePipeline"] = [error("ConflictException", "Pipeline has executions that are under way.")]
        golden("delete_conflict", service, "--delete", "Churn", "--yes", status=3)


@terminal.needed
def test_delete_asks():
    for typed, is_deleted in (("Churn\n", True), ("y\n", False), ("\n", False), ("\x04", False)):
        with churn() as service:
            service.schedules = [("nightly", "default", arn_of("Churn"), OWN), ("weekly", "team", arn_of("Churn"), OWN)]
            status, screen, _ = terminal.run([SAGEPIPEC, "--delete", "Churn"], environment(service), 200, typed=typed)
            ok(status == (0 if is_deleted else 2) and ("Churn" not in service.versions) == is_deleted and
               len(service.schedules) == (0 if is_deleted else 2) and
               "`Churn` in us-west-2, with its schedules: `nightly`, `weekly`." in screen.text,
               f"--delete {'deletes' if is_deleted else 'does not delete'} if {typed!r} is typed", screen.text)


def test_denied():
    """A denied call is reported with the missing permission."""
    with churn() as service:
        service.faults["GET schedule"] = [error("AccessDeniedException", "not authorized to perform: scheduler:ListSchedules", 403)]
        result = run(service, "--delete", "Churn", "--yes")
        ok(result.returncode == 0 and "scheduler:ListSchedules" in result.stderr and "Churn" not in service.versions,
           "without permission to list schedules, --delete deletes the pipeline and warns", result.stderr)
    with churn() as service:
        service.faults["StartPipelineExecution"] = [error("AccessDeniedException", "not authorized", 400)]
        result = run(service, "--start", PROGRAM, *NEEDED)
        ok(result.returncode == 3 and "SP6014" in result.stderr, "--start without permission is reported", result.stderr)


def test_wrong_use():
    with churn() as service:
        for arguments, words in [
            (("--start",), "no pipeline is given"), (("--start", "a", "b"), "only --check and --fmt take several files"),
            (("--status", "Churn", "-p", "A=1"), "-p can be used only with --start"),
            (("--stop", "Churn", "--watch"), "--watch can be used only with"),
            (("--start", "Churn", "-p", "A"), "-p takes NAME=VALUE"), (("--start", "Churn", "--selective", "A,,B"), "--selective takes"),
            (("--start", "Churn", "--watch", "--interval", "0"), "--interval takes"), ((PROGRAM, "--yes"), "--yes can be used only with --delete"),
            (("--start", "--stop", "Churn"), "--start and --stop cannot be used together"),
            (("--start", "Churn", "--alias", "prod", "--pipeline-version", "1"), "--pipeline-version and --alias cannot be used together"),
            (("--start", "Churn", "--pipeline-version", "0"), "--pipeline-version takes"),
            (("--start", "Churn", "--pipeline-version", "99999999999999999999"), "--pipeline-version takes"),
            (("--start", "Churn", "--alias", "12"), "--alias takes"), (("--start", "Churn", "--alias", "a b"), "--alias takes"),
            (("--start", "Churn", "--alias", ""), "--alias takes"), (("--start", "Churn", "--alias", "a" * 129), "--alias takes"),
            (("--status", "Churn", "--alias", "a"), "--alias can be used only with --start"),
            (("--move-alias", "prod", "Churn"), "--move-alias requires --pipeline-version"),
            (("--move-alias", "5", "--pipeline-version", "5", "Churn"), "--move-alias takes"),
            (("--move-alias", "prod", "--pipeline-version", "5"), "no pipeline is given"),
            (("--start", "Churn", "--mlflow-experiment", ""), "--mlflow-experiment takes"),
            (("--start", "Churn", "--mlflow-experiment", "a\nb"), "--mlflow-experiment takes"),
            (("--start", "Churn", "--mlflow-experiment", "a" * 257), "--mlflow-experiment takes"),
        ]:
            result = run(service, *arguments)
            ok(result.returncode == 2 and words in result.stderr, " ".join(arguments).replace("\n", "\\n"), result.stderr)
        ok(not service.calls, "and nothing is sent", service.calls)


def test_secrets():
    with churn() as service:
        result = run(service, "--start", PROGRAM, *NEEDED, "--debug-http")
        secrets = keys()["AWS_SECRET_ACCESS_KEY"]
        ok(result.returncode == 0 and "StartPipelineExecution" in result.stderr and secrets not in result.stderr,
           "--debug-http shows requests, but no secret", result.stderr)
