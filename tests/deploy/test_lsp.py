"""Tests `sagepipec.diff`, the command of the language server that calls AWS, with a text that only the editor has."""

import time

from cloud import Cloud
from loopback import Home, Reply, error, keys
from lsp_client import Client

from tap import SAGEPIPEC, SECONDS, ok

TEXT = """
pipeline "Abalone" {{
    RoleArn: "arn:aws:iam::123456789012:role/R"
    Region: "us-west-2"
}}
config why: String
step Stop: Fail {{ ErrorMessage: "{said} ${{why}}" }}
"""
URI = "file:///nowhere/a.pipe"


def with_server(test):
    def run():
        cloud = Cloud()
        with cloud.serve() as service:
            client = Client([SAGEPIPEC, "--lsp"], env=Home().environment(AWS_ENDPOINT_URL=service.url, **keys()))
            client.initialize(initializationOptions={"set": {"why": "of the settings"}})
            client.open(URI, TEXT.format(said="stopped"))
            test(cloud, client)
            if client.process.poll() is None:
                ok(client.end() == 0, f"{run.__name__}: the server exits with status 0")
        ok(not cloud.problems and not cloud.writes, f"{run.__name__}: requests are valid and only read", cloud.problems, cloud.writes)
    run.__name__ = test.__name__
    return run


def diff(client):
    return client.request("workspace/executeCommand", {"command": "sagepipec.diff", "arguments": [URI]})


def wait_for(cloud):
    """Waits until the server has called AWS."""
    end = time.monotonic() + SECONDS
    while "DescribePipeline" not in cloud.log and time.monotonic() < end:
        time.sleep(0.01)


def deploy(cloud, text):
    cloud.pipeline = {"PipelineName": "Abalone", "PipelineArn": "arn:aws:sagemaker:us-west-2:123456789012:pipeline/Abalone",
                      "PipelineStatus": "Active", "RoleArn": "arn:aws:iam::123456789012:role/R", "PipelineDefinition": text}


@with_server
def test_diff_of_a_text(cloud, client):
    reply = diff(client)
    ok("+ Stop: Fail" in reply.get("result", {}).get("text", ""), "if nothing is deployed, everything is new", reply)
    step = '{"Name": "Stop", "Type": "Fail", "Arguments": {"ErrorMessage": "%s of the settings"}}'
    deploy(cloud, '{"Version": "2020-12-01", "Metadata": {}, "Parameters": [], "Steps": [' + step % "ended" + "]}")
    reply = diff(client)
    ok('"ended of the settings" -> "stopped of the settings"' in reply.get("result", {}).get("text", ""),
       "the difference to the deployed pipeline is shown", reply)


@with_server
def test_failures_of_aws(cloud, client):
    cloud.fail("DescribePipeline", error("AccessDeniedException", "you may not", 400))
    reply = diff(client)
    ok(reply.get("error", {}).get("code") == -32803 and "you may not" in reply["error"]["message"],
       "the error has the message of AWS", reply)


@with_server
def test_cancellation(cloud, client):
    cloud.fail("DescribePipeline", Reply(hang=True))
    client.last_id += 1
    client.send(id=client.last_id, method="workspace/executeCommand", params={"command": "sagepipec.diff", "arguments": [URI]})
    wait_for(cloud)
    client.notify("$/cancelRequest", {"id": client.last_id})
    reply = client.reply(client.last_id)
    ok(reply.get("error", {}).get("code") == -32800, "the request is cancelled while AWS does not answer", reply)
    reply = client.request("textDocument/formatting", {"textDocument": {"uri": URI}, "options": {}})
    ok("result" in reply, "after a cancelled request the server goes on", reply)


@with_server
def test_a_client_that_goes(cloud, client):
    cloud.fail("DescribePipeline", Reply(hang=True))
    client.send(id="diff", method="workspace/executeCommand", params={"command": "sagepipec.diff", "arguments": [URI]})
    wait_for(cloud)
    client.process.stdin.close()
    ok(client.status() == 1, "the server ends with its client, and does not wait for AWS")
