"""A simulated AWS for deployments: STS, S3, Lambda, SageMaker's pipelines, EventBridge Scheduler. It keeps what is deployed, logs
each operation, and fails where a test says so."""

import base64
import hashlib
import json
import re
import sys
import traceback
from pathlib import Path
from urllib.parse import parse_qs, unquote

sys.path.insert(0, str(Path(__file__).resolve().parent))

from loopback import Reply, Server, error, identity, of_json, xml_error

ARN = "arn:aws:sagemaker:us-west-2:123456789012:pipeline/"


def sha256_base64(data):
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


class Fault:
    """A fault of an operation: `reply` is sent instead of the real one; without it, there is no reply. The operation acts only if
    `lost`. The first `skip` calls of the operation succeed, then `times` calls fail."""

    def __init__(self, operation, reply=None, lost=False, skip=0, times=1):
        self.operation, self.reply, self.lost, self.skip, self.times = operation, reply, lost, skip, times


class Cloud:
    READS = {"GetCallerIdentity", "HeadObject", "GetFunction", "GetFunctionConfiguration", "DescribePipeline",
             "ListPipelineVersions", "ListTags", "ListSchedules", "GetSchedule"}

    def __init__(self, account="123456789012"):
        self.account = account
        self.buckets = {"sagemaker-us-west-2-123456789012": {}, "b": {}}
        self.uploads, self.functions, self.tags, self.schedules = {}, {}, {}, {}
        self.pipeline, self.version, self.tokens = None, 0, {}
        self.log, self.faults = [], []
        self.problems = []  # requests without a valid signature, and exceptions in this class
        self.meanwhile = lambda operation: None  # called before each operation, so that a test can change something
        self.pending = 0  # how many reads of a changed function find it not ready

    def serve(self):
        return Server(self.answer)

    def fail(self, *arguments, **keywords):
        self.faults.append(Fault(*arguments, **keywords))

    @property
    def writes(self):
        return [operation for operation in self.log if operation not in self.READS]

    def forget(self):
        self.log, self.faults = [], []

    def answer(self, request):
        try:
            return self.attempt(request)
        except Exception:  # a bug of the tests must not look like a network failure
            self.problems.append(traceback.format_exc())
            raise

    def attempt(self, request):
        operation, act = self.find(request)
        self.log.append(operation)
        self.meanwhile(operation)
        if not request.signed_by:
            self.problems.append(f"{operation} without a valid signature")
            return xml_error("SignatureDoesNotMatch", status=403)
        for fault in self.faults:
            if fault.operation == operation and fault.times:
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if fault.lost:
                    act(request)
                return fault.reply or Reply(drop=True)
        return act(request)

    def find(self, request):
        if request.operation:
            return request.operation, getattr(self, request.operation)
        if request.path.startswith("/2015-03-31/functions"):
            name = {"GET": "GetFunction", "POST": "CreateFunction", "PUT": "UpdateFunction"}[request.method]
            name += {"code": "Code", "configuration": "Configuration"}.get(request.path.split("/")[-1], "")
            return name, getattr(self, name)
        if request.path == "/schedules":
            return "ListSchedules", self.ListSchedules
        if request.path.startswith("/schedules/"):
            name = {"GET": "GetSchedule", "POST": "CreateSchedule", "PUT": "UpdateSchedule", "DELETE": "DeleteSchedule"}[request.method]
            return name, getattr(self, name)
        if "Action=GetCallerIdentity" in request.text[:200] if request.path == "/" and request.method == "POST" else False:
            return "GetCallerIdentity", lambda _: identity(self.account)
        query = parse_qs(request.query, keep_blank_values=True)
        name = ("CreateMultipartUpload" if "uploads" in query else
                "UploadPart" if "partNumber" in query else
                {"POST": "CompleteMultipartUpload", "DELETE": "AbortMultipartUpload"}[request.method] if "uploadId" in query else
                {"HEAD": "HeadObject", "PUT": "PutObject"}[request.method])
        return name, getattr(self, name)

    # --- S3 ---

    def place(self, request):
        _, bucket, key = unquote(request.path).split("/", 2)
        return self.buckets.get(bucket), key

    @staticmethod
    def checked(request):
        checksum = request.headers.get("x-amz-checksum-sha256")
        return checksum == sha256_base64(request.body) and len(request.body) == int(request.headers["content-length"])

    def HeadObject(self, request):
        objects, key = self.place(request)
        if objects is None or key not in objects:
            return Reply(404)
        return Reply(200, headers={"x-amz-checksum-sha256": sha256_base64(objects[key])})

    def PutObject(self, request):
        objects, key = self.place(request)
        if objects is None:
            return xml_error("NoSuchBucket", "The specified bucket does not exist", 404)
        if not self.checked(request):
            return xml_error("BadDigest", "the checksum differs", 400)
        objects[key] = request.body
        return Reply(200, headers={"ETag": '"1"'})

    def CreateMultipartUpload(self, request):
        upload = f"up/load+{len(self.uploads)}"
        self.uploads[upload] = {}
        return Reply(200, f"<InitiateMultipartUploadResult><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>")

    def upload_of(self, request):
        return parse_qs(request.query)["uploadId"][0]

    def UploadPart(self, request):
        upload, number = self.upload_of(request), int(parse_qs(request.query)["partNumber"][0])
        if upload not in self.uploads or not self.checked(request):
            return xml_error("NoSuchUpload", "no", 404)
        self.uploads[upload][number] = request.body
        return Reply(200, headers={"ETag": f'"e{number}"'})

    def CompleteMultipartUpload(self, request):
        upload = self.upload_of(request)
        parts = self.uploads.pop(upload, None)
        if parts is None:
            return xml_error("NoSuchUpload", "The specified upload does not exist", 404)
        named = re.findall(r"<Part><ChecksumSHA256>(.*?)</ChecksumSHA256><ETag>(.*?)</ETag><PartNumber>(\d+)</PartNumber></Part>", request.text)
        if named != [(sha256_base64(parts[n]), f'"e{n}"', str(n)) for n in sorted(parts)]:
            return xml_error("InvalidPart", "no", 400)
        objects, key = self.place(request)
        objects[key] = b"".join(parts[n] for n in sorted(parts))
        return Reply(200, "<CompleteMultipartUploadResult/>")

    def AbortMultipartUpload(self, request):
        self.uploads.pop(self.upload_of(request), None)
        return Reply(204)

    # --- Lambda ---

    def function_of(self, request):
        return self.functions.get(request.path.split("/")[3] if request.path.count("/") > 2 else None)

    def described(self, function):
        busy = function.get("busy", 0)
        function["busy"] = max(0, busy - 1)
        state = "Pending" if busy and function["new"] else "Active"
        return {**function["configuration"], "State": function.get("state", state),
                "StateReason": "no room", "LastUpdateStatus": "InProgress" if busy and not function["new"] else "Successful"}

    def code(self, body):
        return sha256_base64(self.buckets[body["S3Bucket"]][body["S3Key"]])

    def missing_function(self):
        return of_json({"Message": "Function not found", "Type": "User"}, 404, x_amzn_ErrorType="ResourceNotFoundException")

    def GetFunction(self, request):
        function = self.function_of(request)
        if not function:
            return self.missing_function()
        return of_json({"Configuration": self.described(function), "Code": {}, "Tags": function["tags"]})

    def GetFunctionConfiguration(self, request):
        function = self.function_of(request)
        return of_json(self.described(function)) if function else self.missing_function()

    def CreateFunction(self, request):
        body = json.loads(request.text)
        if body["FunctionName"] in self.functions:
            return of_json({"Message": "Function already exist"}, 409, x_amzn_ErrorType="ResourceConflictException")
        code, tags = body.pop("Code"), body.pop("Tags", {})
        self.functions[body["FunctionName"]] = {"configuration": {**body, "CodeSha256": self.code(code)}, "tags": tags,
                                               "busy": self.pending, "new": True}
        return of_json({**body}, 201)

    def busy_function(self, function):
        return function.get("busy") and of_json({"Message": "update in progress"}, 409, x_amzn_ErrorType="ResourceConflictException")

    def UpdateFunctionCode(self, request):
        function = self.function_of(request)
        body = json.loads(request.text)
        if refusal := self.busy_function(function):
            return refusal
        function["configuration"]["CodeSha256"] = self.code(body)
        function.update(busy=self.pending, new=False)
        return of_json(function["configuration"])

    def UpdateFunctionConfiguration(self, request):
        function = self.function_of(request)
        if refusal := self.busy_function(function):
            return refusal
        function["configuration"].update(json.loads(request.text))
        function.update(busy=self.pending, new=False)
        return of_json(function["configuration"])

    # --- SageMaker ---

    def definition(self, body):
        if "PipelineDefinitionS3Location" in body:
            place = body.pop("PipelineDefinitionS3Location")
            body["PipelineDefinition"] = self.buckets[place["Bucket"]][place["ObjectKey"]].decode()
        return body

    def DescribePipeline(self, request):
        if not self.pipeline:
            return error("ResourceNotFound", "Pipeline 'arn:…' does not exist.")
        # the same definition in another spelling
        definition = json.dumps(json.loads(self.pipeline["PipelineDefinition"]), sort_keys=True, indent=1)
        return of_json({**self.pipeline, "PipelineDefinition": definition, "PipelineStatus": "Active"})

    def CreatePipeline(self, request):
        body = self.definition(json.loads(request.text))
        token = body.pop("ClientRequestToken")
        if self.pipeline and self.tokens.get(token) != body["PipelineName"]:
            return error("ValidationException", "Pipeline names must be unique within an AWS account and region. "
                                                f"Pipeline with name ({body['PipelineName']}) already exists.")
        self.tokens[token] = body["PipelineName"]
        self.tags = {tag["Key"]: tag["Value"] for tag in body.pop("Tags", [])}
        self.pipeline = {**body, "PipelineArn": ARN + body["PipelineName"]}
        self.version = 1
        return of_json({"PipelineArn": self.pipeline["PipelineArn"]})

    def UpdatePipeline(self, request):
        body = self.definition(json.loads(request.text))
        if "Tags" in body or "ClientRequestToken" in body:
            return error("ValidationException", "unknown member")
        self.pipeline.update(body)
        self.version += 1
        return of_json({"PipelineArn": self.pipeline["PipelineArn"], "PipelineVersionId": self.version})

    def ListPipelineVersions(self, request):
        body = json.loads(request.text)
        if body["SortOrder"] != "Descending" or not self.pipeline:
            return error("ValidationException")
        return of_json({"PipelineVersionSummaries": [{"PipelineVersionId": self.version}]})

    def ListTags(self, request):
        items = [{"Key": key, "Value": value} for key, value in self.tags.items()]
        return of_json({"Tags": items[:1], "NextToken": "2"} if "NextToken" not in request.text and len(items) > 1 else
                       {"Tags": items[1:] if "NextToken" in request.text else items})

    def AddTags(self, request):
        self.tags.update({tag["Key"]: tag["Value"] for tag in json.loads(request.text)["Tags"]})
        return of_json({"Tags": []})

    def DeleteTags(self, request):
        for key in json.loads(request.text)["TagKeys"]:
            self.tags.pop(key, None)
        return of_json({})

    # --- Scheduler ---

    def schedule_of(self, request):
        group = parse_qs(request.query).get("groupName") or [json.loads(request.text or "{}").get("GroupName", "default")]
        return request.path.split("/")[2], group[0]

    def missing_schedule(self):
        return of_json({"Message": "Schedule x does not exist."}, 404, x_amzn_ErrorType="ResourceNotFoundException")

    def keep_schedule(self, request):
        name, group = self.schedule_of(request)
        body = {"State": "ENABLED", "ScheduleExpressionTimezone": "UTC", "ActionAfterCompletion": "NONE", "GroupName": "default",
                **json.loads(request.text)}
        body.pop("ClientToken", None)
        body["Target"].setdefault("RetryPolicy", {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185})
        self.schedules[name, group] = {**body, "Name": name, "Arn": f"arn:aws:scheduler:us-west-2:123456789012:schedule/{group}/{name}",
                                       "CreationDate": 1.0, "LastModificationDate": 2.5}
        return of_json({"ScheduleArn": "arn"})

    def ListSchedules(self, request):
        items = [{"Name": name, "GroupName": group, "Target": {"Arn": schedule["Target"]["Arn"]}}
                 for (name, group), schedule in self.schedules.items()]
        if "NextToken" in request.query:
            return of_json({"Schedules": items[1:]})
        return of_json({"Schedules": items[:1], **({"NextToken": "a/b=="} if len(items) > 1 else {})})

    def GetSchedule(self, request):
        schedule = self.schedules.get(self.schedule_of(request))
        return of_json(schedule) if schedule else self.missing_schedule()

    def CreateSchedule(self, request):
        if self.schedule_of(request) in self.schedules:
            return of_json({"Message": "already exists"}, 409, x_amzn_ErrorType="ConflictException")
        return self.keep_schedule(request)

    def UpdateSchedule(self, request):
        return self.keep_schedule(request) if self.schedule_of(request) in self.schedules else self.missing_schedule()

    def DeleteSchedule(self, request):
        return of_json({}) if self.schedules.pop(self.schedule_of(request), None) else self.missing_schedule()
