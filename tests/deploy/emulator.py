"""Runs moto's server as AWS on the loopback, with its authentication switched on: it checks each signature, and whether the
signer's policies allow the action."""

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request

import boto3
import loopback

from tap import SECONDS

REGION = "us-west-2"


class Emulator:
    """A server with a user who is allowed `actions`; `keys` are the user's environment variables. The server can record requests
    (/moto-api/recorder). `root` gives clients of a user who is allowed everything."""

    def __init__(self, *actions):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self._actions = actions or ("*",)
        self._log = tempfile.TemporaryFile()
        self.home = loopback.Home()

    def __enter__(self):
        environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": "1000000",
                       "MOTO_RECORDER_FILEPATH": str(self.home.path / "recording")}
        self._process = subprocess.Popen(["moto_server", "-H", "127.0.0.1", "-p", self.url.rpartition(":")[2]],
                                         stdout=self._log, stderr=self._log, env=environment)
        self._wait()
        anybody = self.client("iam", AWS_ACCESS_KEY_ID="AKIAANYBODY", AWS_SECRET_ACCESS_KEY="whatever it is")
        self.keys = self._make_user(anybody, "deployer", self._actions)
        self._root = self._make_user(anybody, "root", ["*"])
        self.call("/moto-api/reset-auth", b"0")
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()

    def _wait(self):
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                self.call("/moto-api/")
                return
            except OSError:
                time.sleep(0.1)
        self._log.seek(0)
        raise RuntimeError(self._log.read().decode(errors="replace"))

    def call(self, path, body=None):
        """Calls moto's own API."""
        request = urllib.request.Request(self.url + path, body, {"Content-Type": "application/octet-stream"})
        with urllib.request.urlopen(request) as reply:
            return reply.read()

    @staticmethod
    def _set_policy(iam, user, actions):
        allowed = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        iam.put_user_policy(UserName=user, PolicyName="deploy",
                            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]}))

    def _make_user(self, iam, name, actions):
        iam.create_user(UserName=name)
        self._set_policy(iam, name, actions)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}

    def root(self, service):
        return self.client(service, **self._root)

    def allow(self, *actions):
        """Replaces the actions that the user is allowed."""
        self._set_policy(self.root("iam"), "deployer", actions)

    def client(self, service, **keys):
        """A boto3 client with the user's keys, or with others. Tests read back with it what was deployed."""
        keys = keys or self.keys
        return boto3.client(service,
                            region_name=REGION,
                            endpoint_url=self.url,
                            aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
                            aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"])

    def environment(self, **variables):
        """The environment for the compiler or awscli."""
        return self.home.environment(**{"AWS_ENDPOINT_URL": self.url, "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION,
                                        **self.keys, **variables})

    def drive(self, *arguments, **variables):
        return loopback.drive(*arguments, environment=self.environment(**variables))
