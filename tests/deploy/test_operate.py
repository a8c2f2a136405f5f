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


def test_selective_run_condition():
    alarm = {"Name": "Alarm", "Type": "Fail", "Arguments": {"ErrorMessage": "no"}, "DependsOn": [{"Step": "Prepare", "Trigger": "Any"}]}
    with churn() as service:
        service.deploy("Churn", {**DEFINITION, "Steps": [*DEFINITION["Steps"], alarm]})
        service.executions["Churn"] = [Execution("good000000001", *GOOD, is_over=True)]
        result = run(service, "--start", "Churn", "-p", "InputData=s3://b", "-p", "Stage=dev", "--selective", "Alarm")
        config = [given["SelectiveExecutionConfig"] for given in service.inputs("StartPipelineExecution")]
        ok(config == [{"SelectedSteps": [{"StepName": "Alarm"}], "SourcePipelineExecutionArn": arn_of("Churn", "good000000001")}],
           "an element of DependsOn with a trigger is a dependency", result.stderr, config)


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
        ok(result.returncode == 4 and len(json.loads(result.stdout)["differences"]) == 2,
           "--json prints the differences as JSON", result.stdout, result.stderr)
        golden("diff_account", service, "--diff", PROGRAM, "--account", "999999999999", status=3)
        result = run(service, "--diff", "Churn")
        ok(result.returncode == 2 and "--diff compares a program" in result.stderr, "a name is no program", result.stderr)


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
        ]:
            result = run(service, *arguments)
            ok(result.returncode == 2 and words in result.stderr, " ".join(arguments), result.stderr)
        ok(not service.calls, "and nothing is sent", service.calls)


def test_secrets():
    with churn() as service:
        result = run(service, "--start", PROGRAM, *NEEDED, "--debug-http")
        secrets = keys()["AWS_SECRET_ACCESS_KEY"]
        ok(result.returncode == 0 and "StartPipelineExecution" in result.stderr and secrets not in result.stderr,
           "--debug-http shows requests, but no secret", result.stderr)
