"""Simulates SageMaker's pipelines and EventBridge's schedules on the loopback server, as far as operating pipelines needs them.

Executions advance by calls, not by time: each DescribePipelineExecution shows the next of the states that a test lists, and the
last one from then on. Tokens work as at AWS: requests with the same token and the same input act once."""

import json
import time

from loopback import Reply, Server, error, of_json

ACCOUNT, REGION = "123456789012", "us-west-2"


def arn_of(pipeline, execution=None):
    arn = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:pipeline/{pipeline}"
    return f"{arn}/execution/{execution}" if execution else arn


def job(kind, name):
    return {"TrainingJob": {"Arn": f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:{kind}/{name}"}}


def function(name):
    return {"Lambda": {"Arn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"}}


class Execution:
    """`states` is a list of (status of the execution, {step: status or (status, members)}). Each state takes one minute, from which
    the times of the steps follow. If `is_live`, the current state began just now. If `is_over`, the last state is reached. `look` is
    the index of the current state."""

    def __init__(self, identifier, *states, reason=None, started=1769846400.0, is_live=False, is_over=False):
        self.identifier, self.states, self.reason, self.selection = identifier, list(states), reason, None
        self.started, self.is_live = started, is_live
        self.look = len(states) - 1 if is_over else -1
        self.parameters = []

    @property
    def start(self):
        return time.time() - 60 * self.look if self.is_live else self.started

    @property
    def status(self):
        return self.states[max(self.look, 0)][0]

    def step_list(self):
        """The newest first, as AWS lists them."""
        steps, start = {}, self.start
        for minute, (_, states) in enumerate(self.states[:self.look + 1]):
            for name, state in states.items():
                status, members = state if isinstance(state, tuple) else (state, {})
                step = steps.setdefault(name, {"StepName": name, "StartTime": start + 60 * minute})
                step.update({"StepStatus": status, **members})
                if status in ("Succeeded", "Failed", "Stopped"):
                    step["EndTime"] = start + 60 * minute
        return list(reversed(steps.values()))


class Pipelines:
    """A context manager with the URL `url`. `faults[operation]` are replies that are sent first, in turn. If a fault is a function,
    the operation acts, and the function maps its reply to the one that is sent."""

    def __init__(self):
        self.versions = {}      # pipeline: definitions, or the members of DescribePipeline
        self.executions = {}    # pipeline: Execution, the newest first
        self.next_states = []   # of the next execution that is started
        self.schedules = []     # name, group, ARN of the target, description
        self.faults = {}
        self.calls = []         # (operation, input)
        self._tokens = {}
        self._server = Server(self._reply)

    def __enter__(self):
        self._server.__enter__()
        self.url = self._server.url
        return self

    def __exit__(self, *arguments):
        self._server.__exit__(*arguments)

    @property
    def requests(self):
        return self._server.requests

    def inputs(self, operation):
        return [given for name, given in self.calls if name == operation]

    def deploy(self, pipeline, definition, **members):
        text = definition if isinstance(definition, str) else json.dumps(definition)
        self.versions.setdefault(pipeline, []).append(
            {"PipelineDefinition": text, "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/R", **members})

    # --- requests ---

    def _reply(self, request):
        if request.operation:
            operation, given = request.operation, json.loads(request.text)
        else:
            operation, given = f"{request.method} schedule", dict(pair.split("=") for pair in request.query.split("&"))
            given["Name"] = request.path.removeprefix("/schedules").strip("/")
        self.calls.append((operation, given))
        if request.signed_by is None:
            return error("IncompleteSignatureException", "the signature does not match")
        faults = self.faults.get(operation, [])
        fault = faults.pop(0) if faults else None
        if fault and not callable(fault):
            return fault
        reply = self._once(operation, given)
        return fault(reply) if fault else reply

    def _once(self, operation, given):
        answer = getattr(self, operation.replace(" ", "_"), None)
        if not answer:
            return error("UnknownOperationException", operation)
        acts = operation in ("StartPipelineExecution", "StopPipelineExecution", "RetryPipelineExecution", "DeletePipeline")
        if not acts:
            return answer(given)
        token = given.pop("ClientRequestToken", "")
        if not 32 <= len(token) <= 128:
            return error("ValidationException", "ClientRequestToken has 32 to 128 characters")
        key = json.dumps([operation, given], sort_keys=True)
        known = self._tokens.setdefault(token, (key, None))
        if known[0] != key:
            return error("ValidationException", "another request has this token")
        if known[1] is None:
            self._tokens[token] = (key, answer(given))
        return self._tokens[token][1]

    def _find(self, name):
        return self.versions.get(name.rsplit("/", 1)[-1])

    def _missing(self, name):
        return error("ResourceNotFound", f"Pipeline '{arn_of(name)}' does not exist.")

    def _execution(self, given):
        pipeline, _, identifier = given["PipelineExecutionArn"].split("pipeline/")[-1].partition("/execution/")
        return next((one for one in self.executions.get(pipeline, []) if one.identifier == identifier), None)

    def DescribePipeline(self, given):
        name = given["PipelineName"].rsplit("/", 1)[-1]
        versions = self._find(name)
        number = given.get("PipelineVersionId", len(versions or []))
        if not versions or number > len(versions):
            return self._missing(name)
        return of_json({"PipelineArn": arn_of(name), "PipelineName": name, "PipelineStatus": "Active", **versions[number - 1]})

    def UpdatePipeline(self, given):
        name = given.pop("PipelineName")
        if not self._find(name):
            return self._missing(name)
        self.versions[name].append({**self.versions[name][-1], **given})
        return of_json({"PipelineArn": arn_of(name), "PipelineVersionId": len(self.versions[name])})

    def DeletePipeline(self, given):
        if not self._find(given["PipelineName"]):
            return self._missing(given["PipelineName"])
        del self.versions[given["PipelineName"]]
        return of_json({"PipelineArn": arn_of(given["PipelineName"])})

    def ListPipelineVersions(self, given):
        count = len(self._find(given["PipelineName"]) or [])
        return self._page(given, "PipelineVersionSummaries", [
            {"PipelineVersionId": number, "CreationTime": 1769846400.0 + 3600 * number, "PipelineArn": arn_of(given["PipelineName"]),
             **({"PipelineVersionDisplayName": f"release-{number}"} if number % 2 else {})} for number in range(count, 0, -1)])

    def StartPipelineExecution(self, given):
        name = given["PipelineName"].rsplit("/", 1)[-1]
        if not self._find(name):
            return self._missing(name)
        execution = Execution(f"started{len(self.executions.get(name, [])) + 1:05d}", *self.next_states or [("Executing", {})])
        execution.parameters = given.get("PipelineParameters", [])
        execution.selection = given.get("SelectiveExecutionConfig")
        self.executions.setdefault(name, []).insert(0, execution)
        return of_json({"PipelineExecutionArn": arn_of(name, execution.identifier)})

    def _steer(self, given, states):
        execution = self._execution(given)
        if not execution:
            return error("ResourceNotFound", f"Pipeline execution {given['PipelineExecutionArn']} does not exist.")
        execution.states, execution.look = states, -1
        return of_json({"PipelineExecutionArn": given["PipelineExecutionArn"]})

    def StopPipelineExecution(self, given):
        return self._steer(given, [("Stopping", {}), ("Stopped", {})])

    def RetryPipelineExecution(self, given):
        return self._steer(given, self.next_states or [("Executing", {})])

    def ListPipelineExecutions(self, given):
        if not self._find(given["PipelineName"]):
            return self._missing(given["PipelineName"])
        found = [{"PipelineExecutionArn": arn_of(given["PipelineName"], one.identifier), "StartTime": one.start,
                  "PipelineExecutionStatus": one.status,
                  **({"PipelineExecutionFailureReason": one.reason} if one.reason and one.status == "Failed" else {})}
                 for one in self.executions.get(given["PipelineName"], [])]
        return self._page(given, "PipelineExecutionSummaries", found)

    def DescribePipelineExecution(self, given):
        execution = self._execution(given)
        if not execution:
            return error("ResourceNotFound", f"Pipeline execution {given['PipelineExecutionArn']} does not exist.")
        execution.look = min(execution.look + 1, len(execution.states) - 1)
        is_over, start = execution.status in ("Succeeded", "Failed", "Stopped"), execution.start
        return of_json({"PipelineExecutionArn": given["PipelineExecutionArn"], "PipelineExecutionStatus": execution.status,
                        "CreationTime": start, "LastModifiedTime": start + 60 * execution.look,
                        **({"FailureReason": execution.reason} if execution.reason and is_over else {}),
                        **({"SelectiveExecutionConfig": execution.selection} if execution.selection else {})})

    def DescribePipelineDefinitionForExecution(self, given):
        pipeline = given["PipelineExecutionArn"].split("pipeline/")[-1].split("/")[0]
        versions = self._find(pipeline)
        return of_json({"PipelineDefinition": versions[-1]["PipelineDefinition"]}) if versions else self._missing(pipeline)

    def ListPipelineExecutionSteps(self, given):
        execution = self._execution(given)
        if not execution:
            return error("ResourceNotFound", "no such execution")
        return self._page(given, "PipelineExecutionSteps", execution.step_list(), 2)

    def _page(self, given, member, items, size=100):
        """Pages are small, so that lists have several."""
        start = int(given.get("NextToken", 0))
        end = start + min(size, given.get("MaxResults", 100))
        return of_json({member: items[start:end], **({"NextToken": str(end)} if end < len(items) else {})})

    # --- schedules ---

    def GET_schedule(self, given):
        if given["Name"]:
            found = [one for one in self.schedules if one[:2] == (given["Name"], given["groupName"])]
            return of_json({"Name": given["Name"], "Description": found[0][3]}) if found else \
                error("ResourceNotFoundException", f"Schedule {given['Name']} does not exist.", 404)
        start = int(given.get("NextToken", 0))
        return of_json({"Schedules": [{"Name": name, "GroupName": group, "Target": {"Arn": target}}
                                      for name, group, target, _ in self.schedules[start:start + 2]],
                        **({"NextToken": str(start + 2)} if start + 2 < len(self.schedules) else {})})

    def DELETE_schedule(self, given):
        found = [one for one in self.schedules if one[:2] == (given["Name"], given["groupName"])]
        if not found:
            return error("ResourceNotFoundException", f"Schedule {given['Name']} does not exist.", 404)
        self.schedules.remove(found[0])
        return Reply(200, "{}", {"Content-Type": "application/json"})


def lost(_):
    """A fault: the operation acts, and its reply is lost."""
    return Reply(drop=True)
