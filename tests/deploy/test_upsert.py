"""Tests --upsert with the simulated AWS of cloud.py: what is sent, what is not, and what is printed; and after each fault, that
nothing is done twice and that a second run completes the work."""

import contextlib
import hashlib
import json
import os
import pty
import subprocess
import tempfile
from pathlib import Path

import terminal
from cloud import Cloud, sha256_base64
from loopback import Home, Reply, error, keys, xml_error

from tap import SAGEPIPEC, SECONDS, limited, ok, sagepipec

ACCOUNT_BUCKET = "sagemaker-us-west-2-123456789012"

PROGRAM = """
pipeline "Abalone" {{
    RoleArn: "arn:aws:iam::123456789012:role/R"
    Region: "us-west-2"
    {fields}
}}
step Split: Lambda {{
    Function: {{ FunctionName: "split", Runtime: "python3.12", Handler: "split.handler", Role: Pipeline.RoleArn, Code: zip("lambda"), {settings} }}
    Arguments: {{ script: file("train.py"), more: folder("more"), packed: archive("more"), text: text_file("a b.txt", "{text}") }}
}}
{steps}
"""
CREATED = ["PutObject"] * 6 + ["CreateFunction", "CreatePipeline"]  # a zip, a script, two files of a folder, an archive, a text


class Project:
    """A folder with a program and its files."""

    def __init__(self, cloud, server):
        self.cloud, self.server = cloud, server
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name)
        self.environment = Home().environment(**keys())
        for name, text in {"train.py": "print(1)\n", "lambda/split.py": "def handler(event, _): return event\n",
                           "more/a.txt": "a", "more/sub/b.txt": "b", ".sagepipec.json": "{}"}.items():
            self.write(name, text)
        self.program()

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text) if isinstance(text, str) else path.write_bytes(text)

    def program(self, fields="", settings="", text="hello", steps=""):
        self.write("a.pipe", PROGRAM.format(fields=fields, settings=settings, text=text, steps=steps))

    def upsert(self, *options, json_result=True):
        process = sagepipec("--upsert", "a.pipe", "--endpoint-url", self.server.url, *(["--json"] if json_result else []), *options,
                            cwd=self.path, env=self.environment)
        process.result = json.loads(process.stdout) if json_result and process.stdout else {}
        return process


def with_project(test):
    def run():
        cloud = Cloud()
        with cloud.serve() as server:
            test(cloud, Project(cloud, server))
        ok(not cloud.problems, f"{run.__name__}: every request is valid", cloud.problems)
    run.__name__ = test.__name__
    return run


def actions(process):
    return {f"{step['kind']} {step['name']}": step["action"] for step in process.result.get("steps", [])}


def check(process, status, name):
    ok(process.returncode == status, name, process.returncode, process.stderr, process.stdout)


@with_project
def test_created_then_unchanged(cloud, project):
    first = project.upsert(json_result=False)
    check(first, 0, "the first run succeeds")
    ok(first.stdout == "arn:aws:sagemaker:us-west-2:123456789012:pipeline/Abalone 1\n", "--upsert prints ARN and version", first.stdout)
    ok(cloud.writes == CREATED, "everything is sent, once and in order", cloud.writes)
    ok("created    pipeline Abalone" in first.stderr and "uploaded   file train.py" in first.stderr, "each step is shown", first.stderr)
    stored = cloud.buckets[ACCOUNT_BUCKET]
    ok(sorted(key.split("/")[-1] for key in stored) == ["a b.txt", "a.txt", "b.txt", "lambda.zip", "more.tar.gz", "train.py"],
       "the files are in the bucket", stored.keys())
    deployed = json.loads(cloud.pipeline["PipelineDefinition"])["Steps"][0]["Arguments"]
    for name in ("script", "packed", "text"):
        ok(deployed[name].removeprefix(f"s3://{ACCOUNT_BUCKET}/") in stored, f"the URI of {name} leads to its file", deployed[name])
    cloud.forget()
    second = project.upsert(json_result=False)
    check(second, 0, "the second run succeeds")
    ok(cloud.writes == [], "the second run writes nothing", cloud.writes)
    ok("nothing changed\n" in second.stderr and second.stdout == first.stdout, "the second run says that nothing changed", second.stderr)


@with_project
def test_changes(cloud, project):
    project.upsert()
    cloud.forget()
    project.write("train.py", "print(2)\n")
    process = project.upsert()
    ok(cloud.writes == ["PutObject", "UpdatePipeline"], "a changed file is sent, and the pipeline updated", cloud.writes)
    ok(process.result["version"] == 2, "the result has the new version", process.result)
    cloud.forget()
    project.program(fields='PipelineDescription: "d"\nParallelismConfiguration: { MaxParallelExecutionSteps: 3 }')
    process = project.upsert()
    ok(cloud.writes == ["UpdatePipeline"] and [step["detail"] for step in process.result["steps"] if step["kind"] == "pipeline"] ==
       ["PipelineDescription, ParallelismConfiguration"], "the changed members are named", cloud.writes, process.stdout)
    cloud.forget()
    project.program()
    project.upsert()
    ok(cloud.writes == ["UpdatePipeline"] and cloud.pipeline["PipelineDescription"] == "",
       "a description that is removed from the program is emptied",
       cloud.writes, cloud.pipeline)
    ok(cloud.pipeline["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 3}, "parallelism that is removed from the program stays")
    cloud.forget()
    project.upsert()
    ok(cloud.writes == [], "another run writes nothing", cloud.writes)


@with_project
def test_tags(cloud, project):
    project.program(fields='Tags: [{ Key: "a", Value: "1" }, { Key: "b", Value: "2" }]')
    project.upsert()
    ok(cloud.tags == {"a": "1", "b": "2"} and "AddTags" not in cloud.log, "a new pipeline is created with its tags", cloud.tags, cloud.log)
    cloud.tags.update({"aws:cloudformation:x": "1", "sagemaker:domain-arn": "2", "foreign": "3"})
    cloud.forget()
    project.program(fields='Tags: [{ Key: "b", Value: "3" }, { Key: "c", Value: "4" }]')
    process = project.upsert()
    ok(cloud.writes == ["DeleteTags", "AddTags"], "tags change without a new version", cloud.writes)
    ok(cloud.tags == {"aws:cloudformation:x": "1", "sagemaker:domain-arn": "2", "b": "3", "c": "4"},
       "tags are added, changed and removed; AWS's own stay",
       cloud.tags)
    ok(actions(process)["tags of the pipeline"] == "updated", "the result shows that tags were updated", process.stdout)
    cloud.forget()
    project.program()
    project.upsert()
    ok(sorted(cloud.tags) == ["aws:cloudformation:x", "sagemaker:domain-arn"], "without declared tags, only AWS's own are left", cloud.tags)


ALIASES = 'PipelineVersionAliases: ["prod", "stable"]'


@with_project
def test_aliases(cloud, project):
    """The newest version has the aliases of the program; they are taken from older ones."""
    project.program(fields=ALIASES)
    project.upsert()
    ok(cloud.aliases == {"prod": 1, "stable": 1} and "UpdatePipelineVersion" not in cloud.log, "a new pipeline is made with its aliases",
       cloud.aliases, cloud.log)
    cloud.aliases["byhand"] = 1
    cloud.forget()
    project.program(fields=ALIASES, text="other")
    process = project.upsert(json_result=False)
    ok(cloud.aliases == {"prod": 2, "stable": 2, "byhand": 1} and cloud.writes[-3:] ==
       ["UpdatePipeline", "UpdatePipelineVersion", "UpdatePipelineVersion"], "a new version gets them", cloud.aliases, cloud.writes)
    ok("updated    aliases of the newest version (prod from version 1, stable from version 1)" in process.stderr,
       "and it is said", process.stderr)
    cloud.forget()
    ok(project.upsert().returncode == 0 and cloud.writes == [], "once more: nothing changes", cloud.writes)
    cloud.aliases.pop("stable")
    cloud.aliases["byhand"] = 2
    process = project.upsert()
    ok(cloud.writes == ["UpdatePipelineVersion"] and cloud.aliases == {"prod": 2, "stable": 2, "byhand": 2} and cloud.version == 2 and
       actions(process)["aliases of the newest version"] == "updated", "one that is missing is added, without a new version; others stay",
       cloud.writes, cloud.aliases)
    cloud.forget()
    project.program(text="other")
    process = project.upsert()
    ok(cloud.writes == [] and "aliases of the newest version" not in actions(process), "without declared aliases, they stay", cloud.writes)


@with_project
def test_aliases_fail(cloud, project):
    """Each request fails, or loses its reply, after a new version was made: a second run completes the work."""
    project.program(fields=ALIASES)
    project.upsert()
    refusal = error("AccessDeniedException", "not authorized to perform: sagemaker:UpdatePipelineVersion", 400)
    for skip, left in ((0, {"prod": 1, "stable": 1}), (1, {})):
        cloud.forget()
        project.program(fields=ALIASES, text=f"other {skip}")
        cloud.fail("UpdatePipelineVersion", refusal, skip=skip)
        process = project.upsert(json_result=False)
        before = cloud.version - 1
        ok(process.returncode == 3 and cloud.aliases == {alias: before for alias in left} and
           ("may be on no version now" in process.stderr) == (not left) and "failed" in process.stderr,
           f"refusal {skip}: what is not done is said", process.stderr, cloud.aliases)
        process = project.upsert()
        ok(process.returncode == 0 and cloud.aliases == {"prod": cloud.version, "stable": cloud.version},
           f"refusal {skip}: a second run completes it", process.stderr, cloud.aliases)
        cloud.forget()
        project.program(fields=ALIASES, text=f"lost {skip}")
        cloud.fail("UpdatePipelineVersion", lost=True, skip=skip)
        process = project.upsert()
        ok(process.returncode == 0 and cloud.writes.count("UpdatePipelineVersion") == 2 and
           cloud.aliases == {"prod": cloud.version, "stable": cloud.version}, f"lost reply {skip}: each is done once",
           process.stderr, cloud.writes, cloud.aliases)


@with_project
def test_aliases_dry(cloud, project):
    project.program(fields=ALIASES)
    requests = project.upsert("--dry-run").result["requests"]
    bodies = [json.loads(request["body"]) for request in requests if "UpdatePipelineVersion" in request["call"]]
    ok([body["PipelineVersionAliasOperations"] for body in bodies] == [{"Remove": ["prod", "stable"]}, {"Add": ["prod", "stable"]}],
       "a dry run lists the requests", requests)


@with_project
def test_functions(cloud, project):
    cloud.pending = 2
    project.upsert()
    ok(cloud.functions["split"]["configuration"]["Timeout"] == 120 and "GetFunctionConfiguration" in cloud.log,
       "a function is created, and its readiness awaited", cloud.log)
    cloud.forget()
    project.write("lambda/split.py", "def handler(event, _): return 2\n")
    process = project.upsert()
    ok([write for write in cloud.writes if "Function" in write] == ["UpdateFunctionCode"],
       "new code is sent without settings", cloud.writes)
    ok(actions(process)["function split"] == "updated", "the result shows that the function was updated")
    cloud.forget()
    project.program(settings='MemorySize: 512, Environment: { Variables: { MODE: "1" } }')
    process = project.upsert()
    ok(cloud.writes == ["UpdateFunctionConfiguration"], "new settings are sent without code", cloud.writes, process.stderr)
    detail = [step["detail"] for step in process.result["steps"] if step["kind"] == "function"]
    ok(detail == ["MemorySize, Environment"], "the changed settings are named", detail)
    cloud.forget()
    cloud.functions["split"]["configuration"]["MemorySize"] = 128
    cloud.functions["split"]["configuration"]["CodeSha256"] = "other"
    project.upsert()
    ok(cloud.writes == ["UpdateFunctionCode", "UpdateFunctionConfiguration"], "somebody else's changes are undone", cloud.writes)
    cloud.forget()
    project.upsert()
    ok(cloud.writes == [], "another run writes nothing", cloud.writes)


NIGHTLY = """
schedule Nightly as "abalone.nightly" { ScheduleExpression: "cron(0 2 * * ? *)"
    Description: "every night" }
schedule Hourly { ScheduleExpression: "rate(1 hour)"
    StartDate: "2030-01-01T00:00:00Z" }
"""


@with_project
def test_schedules(cloud, project):
    project.program(steps=NIGHTLY)
    process = project.upsert()
    check(process, 0, "schedules are deployed")
    ok(cloud.writes[-2:] == ["CreateSchedule"] * 2, "schedules are created after the pipeline", cloud.writes)
    nightly = cloud.schedules["abalone.nightly", "default"]
    ok(nightly["Target"]["Arn"] == cloud.pipeline["PipelineArn"] and nightly["Description"] == "every night (sagepipec)",
       "a schedule starts the pipeline, and its description is marked", nightly)
    by_hand = {**nightly, "Name": "by-hand", "Description": "mine"}
    cloud.schedules["by-hand", "default"] = by_hand
    cloud.schedules["elsewhere", "default"] = {**nightly, "Target": {"Arn": "arn:aws:sagemaker:us-west-2:123456789012:pipeline/other"}}
    cloud.forget()
    project.upsert()
    ok(cloud.writes == [], "a second run changes nothing", cloud.writes)
    nightly["State"] = "DISABLED"
    project.upsert()
    ok(cloud.writes == ["UpdateSchedule"] and nightly != cloud.schedules["abalone.nightly", "default"],
       "somebody else's change of a schedule is undone", cloud.writes)
    cloud.forget()
    project.program(steps=NIGHTLY.replace("rate(1 hour)", "rate(2 hours)"))
    process = project.upsert()
    ok(cloud.writes == ["UpdateSchedule"] and actions(process)["schedule abalone.nightly"] == "unchanged",
       "only the changed schedule is updated", cloud.writes, process.stdout)
    cloud.forget()
    project.program(steps=NIGHTLY[:NIGHTLY.index("schedule Hourly")])
    process = project.upsert()
    ok(cloud.writes == ["DeleteSchedule"] and sorted(name for name, _ in cloud.schedules) == ["abalone.nightly", "by-hand", "elsewhere"],
       "a schedule that is removed from the program is deleted; others stay", cloud.writes, cloud.schedules.keys())
    cloud.forget()
    project.program()
    project.upsert()
    ok(sorted(name for name, _ in cloud.schedules) == ["by-hand", "elsewhere"], "the last schedule is deleted, too", cloud.schedules.keys())
    cloud.forget()
    cloud.fail("ListSchedules", error("AccessDeniedException", "no", 403), times=9)
    process = project.upsert()
    check(process, 0, "who has no schedules needs no permission for them")
    ok("not checked: AccessDeniedException" in process.stderr, "which is said", process.stderr)


@with_project
def test_function_fails(cloud, project):
    project.upsert()
    project.write("lambda/split.py", "def handler(event, _): return 3\n")
    cloud.functions["split"]["state"] = "Failed"
    process = project.upsert()
    check(process, 3, "a function that fails ends the run")
    ok(process.result["failure"]["code"] == "SP6034" and "the function `split` failed: no room" in process.stderr,
       "the failure has Lambda's reason",
       process.stderr)
    ok("waiting  pipeline Abalone" in process.stderr and "UpdatePipeline" not in cloud.log, "the pipeline is not updated", process.stderr)


@with_project
def test_large_definition(cloud, project):
    many = "\n".join(f'step S{i}: Fail {{ ErrorMessage: "{"x" * 3000}" }}' for i in range(400))
    project.program(steps=many)
    process = project.upsert()
    check(process, 0, "a definition of 1.2 MB is deployed")
    ok(len(cloud.pipeline["PipelineDefinition"]) > 1_200_000, "the large definition is read from S3")
    keys_of = [key for key in cloud.buckets[ACCOUNT_BUCKET] if key.endswith("/definition.json")]
    ok(len(keys_of) == 1 and keys_of[0].startswith("Abalone/assets/"), "the large definition is stored with the assets", keys_of)
    cloud.forget()
    project.upsert()
    ok(cloud.writes == [], "another run writes nothing", cloud.writes)


def big(project, last=b"x"):
    with open(project.path / "train.py", "wb") as file:
        file.truncate(100 * 1024 * 1024 + 10)
        file.seek(0, 2)
        file.write(last)


@with_project
def test_in_parts(cloud, project):
    big(project)
    process = project.upsert()
    check(process, 0, "a file above 100 MiB is deployed")
    ok(cloud.writes.count("UploadPart") == 7 and cloud.writes.count("CompleteMultipartUpload") == 1,
       "a large file is sent in parts", cloud.writes)
    stored = [data for key, data in cloud.buckets[ACCOUNT_BUCKET].items() if key.endswith("train.py")]
    ok(len(stored) == 1 and stored[0] == (project.path / "train.py").read_bytes(), "a large file arrives complete")


@with_project
def test_parts_interrupted(cloud, project):
    big(project)
    cloud.fail("UploadPart", xml_error("AccessDenied", status=403), skip=3)
    process = project.upsert()
    check(process, 3, "a rejected part ends the run")
    ok(cloud.uploads == {} and cloud.writes[-1] == "AbortMultipartUpload", "the multipart upload is aborted", cloud.writes)
    ok("failed   file train.py" in process.stderr and "waiting  pipeline Abalone" in process.stderr,
       "the remaining work is shown", process.stderr)
    cloud.forget()
    check(project.upsert(), 0, "a second run completes the work")
    ok(cloud.writes.count("UploadPart") == 7 and cloud.pipeline, "the second run sends all parts", cloud.writes)


@with_project
def test_parts_reply_lost(cloud, project):
    big(project)
    cloud.fail("CompleteMultipartUpload", lost=True)
    check(project.upsert(), 0, "after a lost reply to CompleteMultipartUpload, the run looks for the object")
    ok(cloud.writes.count("UploadPart") == 7 and "AbortMultipartUpload" not in cloud.writes,
       "after a lost reply, no part is sent again", cloud.writes)


@with_project
def test_lost_replies(cloud, project):
    """For each kind of write, the server acts, and its reply is lost."""
    for operation, change in {
        "PutObject": lambda: project.write("train.py", "print(3)\n"),
        "CreateFunction": lambda: None,
        "CreatePipeline": lambda: None,
        "UpdateFunctionCode": lambda: project.write("lambda/split.py", "def handler(event, _): return 4\n"),
        "UpdateFunctionConfiguration": lambda: project.program(settings="MemorySize: 1024"),
        "UpdatePipeline": lambda: project.program(settings="MemorySize: 1024", text="other"),
        "AddTags": lambda: project.program(settings="MemorySize: 1024", text="other", fields='Tags: [{ Key: "a", Value: "1" }]'),
        "DeleteTags": lambda: project.program(settings="MemorySize: 1024", text="other"),
        "CreateSchedule": lambda: project.program(text="other", steps=NIGHTLY[:NIGHTLY.index("schedule Hourly")]),
        "UpdateSchedule": lambda: project.program(text="other", steps=NIGHTLY[:NIGHTLY.index("schedule Hourly")].replace("0 2", "0 3")),
        "DeleteSchedule": lambda: project.program(text="other"),
    }.items():
        change()
        if operation == "CreatePipeline":
            cloud.pipeline = None
        if operation == "CreateFunction":
            cloud.functions = {}
        cloud.forget()
        cloud.fail(operation, lost=True)
        version = cloud.version
        process = project.upsert()
        check(process, 0, f"the reply of {operation} is lost: the run succeeds")
        once = operation in ("CreateFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration", "UpdatePipeline", "CreateSchedule",
                             "UpdateSchedule")
        ok(cloud.writes.count(operation) == (1 if once else 7 if operation == "PutObject" else 2),
           f"{operation} is {'not repeated' if once else 'repeated, which changes nothing'}", cloud.log)
        versions = [1] if operation in ("PutObject", "CreatePipeline") and version < 2 else [version, version + 1]
        ok(cloud.version in versions, f"{operation}: no extra version is created", version, cloud.version)
        cloud.forget()
        ok(project.upsert().returncode == 0 and cloud.writes == [], f"after {operation} a second run changes nothing", cloud.writes)


@with_project
def test_killed(cloud, project):
    """The command is killed in the middle of an upload."""
    big(project)
    seen = []

    def kill(operation):
        seen.append(operation)
        if seen.count("UploadPart") == 3 and process.poll() is None:
            process.kill()

    cloud.meanwhile = kill
    process = subprocess.Popen([SAGEPIPEC, "--upsert", "a.pipe", "--endpoint-url", project.server.url], cwd=project.path,
                               env=project.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ok(process.wait(SECONDS) == -9 and not any(key.endswith("train.py") for key in cloud.buckets[ACCOUNT_BUCKET]),
       "the command is killed before the upload is complete", process)
    cloud.meanwhile = lambda operation: None
    cloud.forget()
    check(project.upsert(), 0, "a second run completes the work")
    ok(cloud.writes.count("UploadPart") == 7 and any(key.endswith("train.py") for key in cloud.buckets[ACCOUNT_BUCKET]),
       "the second run sends the whole file", cloud.writes)


@with_project
def test_bad_replies(cloud, project):
    """The server replies badly to changes of the pipeline, whether it acted or not. Nothing is done twice."""
    replies = {"500": Reply(500, "{}"), "HTML": Reply(200, "<html>sign in</html>"),
               "a truncated reply": Reply(200, '{"PipelineArn": "arn', cut=10),
               "a reply that is not JSON": Reply(200, "{"), "502": Reply(502, "<html>bad gateway</html>")}
    for name, reply in replies.items():
        for acts in (True, False):
            for operation in ("CreatePipeline", "UpdatePipeline"):
                cloud.forget()
                cloud.pipeline = None if operation == "CreatePipeline" else cloud.pipeline
                before = 0 if operation == "CreatePipeline" else cloud.version
                project.program(text=f"{name} {acts} {operation}")
                cloud.fail(operation, reply, lost=acts)
                process = project.upsert()
                how = f"{operation}, {name} {'after' if acts else 'instead of'} acting"
                check(process, 0, f"{how}: the run succeeds")
                ok(operation != "UpdatePipeline" or cloud.writes.count(operation) == (1 if acts else 2),
                   f"{how}: the change is sent as often as needed", cloud.log)
                cloud.forget()
                project.upsert()
                ok(cloud.version == before + 1 and cloud.writes == [], f"{how}: there is one new version, and nothing is missing",
                   cloud.version, cloud.writes)


@with_project
@terminal.needed
def test_terminal(cloud, project):
    big(project)
    ours, theirs = pty.openpty()
    process = subprocess.Popen([SAGEPIPEC, "--upsert", "a.pipe", "--endpoint-url", project.server.url], cwd=project.path,
                               env=project.environment, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b""
    with limited(process), contextlib.suppress(OSError):  # OSError: the other end was closed
        while data := os.read(ours, 65536):
            shown += data
    os.close(ours)
    ok(process.stdout.read() == b"arn:aws:sagemaker:us-west-2:123456789012:pipeline/Abalone 1\n" and process.wait() == 0,
       "with standard error on a terminal, standard output has only the result", shown[-500:])
    ok(b"...        file train.py 50%" in shown and b"\r\033[Kuploaded   file train.py\r\n" in shown,
       "the progress of an upload is shown on a terminal", shown[:2000])


@with_project
def test_create_once(cloud, project):
    """The reply of CreatePipeline is lost, and AWS has forgotten the token."""
    cloud.fail("CreatePipeline", lost=True)
    cloud.tokens = type("Forgetful", (dict,), {"get": lambda *_: None})()
    process = project.upsert()
    check(process, 0, "a pipeline that exists after a lost reply is taken for the created one")
    ok(actions(process)["pipeline Abalone"] == "created" and cloud.version == 1, "the pipeline is reported as created", process.stdout)


@with_project
def test_busy_services(cloud, project):
    for operation in CREATED[-3:] + ["HeadObject", "GetFunction", "DescribePipeline"]:
        cloud.fail(operation, xml_error("SlowDown", status=503) if "Object" in operation else error("ThrottlingException", "Rate exceeded"))
    check(project.upsert(), 0, "throttling of each operation only delays a run")
    cloud.forget()
    project.program(text="new")
    for operation in ("HeadObject", "PutObject", "GetFunction", "DescribePipeline"):
        cloud.fail(operation, Reply(503, "<html>busy</html>"))
    check(project.upsert(), 0, "status 503 of each operation only delays a run")
    ok(cloud.writes.count("UpdatePipeline") == 1, "in spite of status 503, the pipeline is updated once", cloud.writes)


@with_project
def test_failures_in_the_middle(cloud, project):
    """Each write is denied once: what is done stays, what remains is listed, and a second run completes the work."""
    for operation in ("PutObject", "CreateFunction", "CreatePipeline"):
        cloud.forget()
        cloud.fail(operation, error("AccessDeniedException", "not authorized", 400) if operation != "PutObject" else xml_error("AccessDenied", status=403))
        process = project.upsert()
        check(process, 3, f"{operation} is denied: the run fails")
        states = list(actions(process).values())
        at = states.index("failed")
        ok(states[at + 1:] == ["waiting"] * (len(states) - at - 1) and "waiting" not in states[:at], "later steps wait", states)
        ok("not done:\n" in process.stderr and process.result["failure"]["code"] == "SP6014",
           "steps that wait are listed", process.stderr, process.stdout)
    cloud.forget()
    check(project.upsert(), 0, "a further run completes the work")
    ok(cloud.writes == ["CreatePipeline"], "the further run does only what was missing", cloud.writes)


@with_project
def test_not_found_leads_to_create(cloud, project):
    for number, reply in enumerate((error("ValidationException", "Could not find pipeline with name x"), Reply(404, "{}"),
                                    error("ResourceNotFoundException", "no"))):
        cloud.forget()
        cloud.pipeline = None
        cloud.fail("DescribePipeline", reply)
        check(project.upsert(), 0, f"not found in form {number} leads to creation")
    cloud.forget()
    project.program(text="another")
    cloud.fail("DescribePipeline", error("ValidationException", "the pipeline does not exist"))
    process = project.upsert()
    check(process, 3, "if the pipeline exists after all, its creation fails")
    ok("already exists" in process.stderr, "the failure has AWS's message", process.stderr)


@with_project
def test_files_change(cloud, project):
    """Files change between compilation and upload: a file, a file in a folder and an archive, a function's code."""
    for name, kind in (("train.py", "file"), ("more/a.txt", "folder"), ("lambda/split.py", "zip")):
        text = "def handler(event, _): return {}\n" if kind == "zip" else "{}" + "x" * 8
        changed = text.format("c")
        cloud.meanwhile = lambda operation, name=name, changed=changed: operation == "GetCallerIdentity" and project.write(name, changed)
        project.write(name, text.format("d"))
        cloud.forget()
        process = project.upsert()
        check(process, 3, f"a {kind} that changes while it is deployed ends the run")
        ok(process.result["failure"]["code"] == "SP6033" and f"`{name}` has changed" in process.stderr or kind == "zip", "and is named", process.stderr)
        scripts = [(key, data) for key, data in cloud.buckets[ACCOUNT_BUCKET].items() if key.endswith("train.py")]
        ok(all(hashlib.sha256(data).hexdigest() in key for key, data in scripts),
           "content that differs from the digest in its URI is not sent", scripts)
        cloud.meanwhile = lambda operation: None
        project.upsert()
    ok(project.upsert().returncode == 0, "a second run completes the work")


@with_project
def test_forbidden_head(cloud, project):
    cloud.fail("HeadObject", Reply(403), times=100)
    process = project.upsert()
    check(process, 0, "without permission to list the bucket, files are sent even if they may exist")


@with_project
def test_no_bucket(cloud, project):
    del cloud.buckets[ACCOUNT_BUCKET]
    process = project.upsert()
    check(process, 3, "a bucket that is not there is a failure")
    ok(f"help: create it, for example with `aws s3 mb s3://{ACCOUNT_BUCKET}`" in process.stderr, "with a way out", process.stderr)


@with_project
def test_wrong_account(cloud, project):
    cloud.account = "999999999999"
    process = project.upsert()
    check(process, 3, "a wrong account is rejected")
    ok(process.result["failure"]["code"] == "SP6031", "a wrong account has an error code of its own", process.stdout)
    ok(cloud.log == ["GetCallerIdentity"] and "nothing was changed" in process.stderr,
       "a wrong account is rejected before any other call", cloud.log, process.stderr)


@with_project
def test_dry_run(cloud, project):
    process = project.upsert("--dry-run", "--debug-http", json_result=False)
    check(process, 0, "a dry run succeeds")
    ok(cloud.log == [] and not process.stderr, "a dry run sends nothing", cloud.log, process.stderr)
    for words in ("PUT", "CreatePipeline", "UpdatePipeline", "/2015-03-31/functions/split/code", '"PipelineName": "Abalone"'):
        ok(words in process.stdout, f"a dry run prints {words}", process.stdout)
    requests = project.upsert("--dry-run").result["requests"]
    ok(requests[0]["body"].startswith("Action=GetCallerIdentity"), "a dry run prints JSON with --json", requests[0])


@with_project
def test_expectations(cloud, project):
    process = project.upsert("--expect-version", "1")
    check(process, 3, "an expected version of a pipeline that is not deployed is an error")
    ok(cloud.writes == [] and process.result["failure"]["code"] == "SP6032",
       "an unmet expectation is reported before anything is written", cloud.writes, process.stderr)
    digest = project.upsert().result["digest"]
    project.program(text="second")
    check(project.upsert("--expect-version", "1", "--expect-digest", digest), 0, "the expected version with the expected digest is updated")
    cloud.forget()
    project.program(text="third")
    process = project.upsert("--expect-version", "1")
    check(process, 3, "an older version is refused")
    ok(cloud.writes == [] and "version 1 of the pipeline was expected, but version 2 is deployed" in process.stderr, "with both", process.stderr)
    process = project.upsert("--expect-digest", digest)
    check(process, 3, "a definition with another digest than the expected is not replaced")
    ok(cloud.writes == [], "if the digest differs, nothing is written", cloud.writes)


@with_project
def test_unknown_values(cloud, project):
    project.program(steps='''step Fit: Training {
        AlgorithmSpecification: { TrainingImage: "123456789012.dkr.ecr.us-west-2.amazonaws.com/x:1", TrainingInputMode: "File" }
        OutputDataConfig: { S3OutputPath: "s3://b/out" }
        ResourceConfig: { InstanceType: "ml.zz9.xlarge", InstanceCount: 1, VolumeSizeInGB: 30 }
        StoppingCondition: { MaxRuntimeInSeconds: 60 }
    }''')
    process = project.upsert()
    check(process, 1, "a value that AWS is not known to support is rejected")
    ok(cloud.log == [] and "error[SP3021]" in process.stderr and "--allow-unknown" in process.stderr,
       "an unknown value is rejected before AWS is called", process.stderr)
    check(project.upsert("--allow-unknown"), 0, "--allow-unknown accepts an unknown value")


@with_project
def test_quoted_names(cloud, project):
    """What the library does not know passes in quotes, but is not deployed without --allow-unknown."""
    project.program(steps='''step Next: Callback {
        "NewKey": 1
        SqsQueueUrl: "https://sqs.us-west-2.amazonaws.com/123456789012/next"
    }
    step Read: Callback {
        SqsQueueUrl: "https://sqs.us-west-2.amazonaws.com/123456789012/read"
        Arguments: { a: Next["NewProperty"] }
    }''')
    process = project.upsert()
    check(process, 1, "quoted names that the library does not know are rejected")
    ok(cloud.log == [] and "error[SP3031]" in process.stderr and "error[SP3035]" in process.stderr and "--allow-unknown" in process.stderr,
       "quoted names are rejected before AWS is called", process.stderr)
    check(project.upsert("--allow-unknown"), 0, "--allow-unknown accepts quoted names")


@with_project
def test_program_errors(cloud, project):
    project.write("a.pipe", 'pipeline "P" { Region: "us-west-2" }\nstep A: Fail { ErrorMessage: "x" }\n')
    process = project.upsert()
    check(process, 1, "a pipeline without a role is rejected")
    ok(cloud.log == [] and "error[SP2025]" in process.stderr, "a pipeline without a role is rejected before AWS is called", process.stderr)
    project.write("a.pipe", 'pipeline "P" { RoleArn: 5 }\n')
    check(project.upsert(), 1, "a program with errors is rejected")
    ok(cloud.log == [], "a program with errors is rejected before AWS is called", cloud.log)


@with_project
def test_checksums(cloud, project):
    project.upsert()
    stored = [data for key, data in cloud.buckets[ACCOUNT_BUCKET].items() if key.endswith("train.py")]
    ok(stored == [b"print(1)\n"], "the stored file is the one that was sent", stored)
