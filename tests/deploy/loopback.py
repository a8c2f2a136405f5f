"""A server on the loopback that simulates AWS and its faults.

It sends the replies that a test gives it, keeps the requests, and checks each signature by AWS's rules: `signed_by` of a request
is the access key whose secret made the signature, or None.
"""

import hashlib
import hmac
import json
import os
import socket
import ssl
import struct
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tap import run

HERE = Path(__file__).resolve().parent
DRIVE = os.path.join(os.environ.get("BUILDDIR", HERE.parent.parent / "build"), "deploy/drive")

# All credentials of these tests, by access key. The output of the compiler must contain none of the secrets.
SECRETS = {f"AKIA{name}": f"secret/of+{name}/ZZZ" for name in (
    "ENV", "SHARED", "CONFIG", "PROCESS", "ROLE", "ROLETWO", "WEB", "SSO", "CONTAINER", "INSTANCE", "OLD", "NEW")}
TOKENS = {key: f"token-of-{key}/+==" for key in SECRETS}


def _hmac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signature(secret, method, path, query, headers, signed, digest, stamp, scope):
    """Signature Version 4, as AWS documents it."""
    canonical = "\n".join([
        method, path, "&".join(sorted(filter(None, query.split("&")))),
        *(f"{name}:{' '.join(headers[name].split())}" for name in signed), "", ";".join(signed), digest
    ])
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + secret).encode()
    for part in scope.split("/"):
        key = _hmac(key, part)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class Request:
    def __init__(self, handler, body):
        self.method = handler.command
        self.path, _, self.query = handler.path.partition("?")
        self.is_proxied = self.path.startswith("http://")
        if self.is_proxied:
            self.path = "/" + self.path.split("/", 3)[3]
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.header_names = [name.lower() for name in handler.headers.keys()]
        self.body = body
        self.scope = None
        self.signed_by = self._find_signer()

    @property
    def text(self):
        return self.body.decode()

    @property
    def operation(self):
        return self.headers.get("x-amz-target", "").partition(".")[2]

    def _find_signer(self):
        head = self.headers.get("authorization", "")
        if not head.startswith("AWS4-HMAC-SHA256 "):
            return None
        parts = dict(part.strip().split("=", 1) for part in head[len("AWS4-HMAC-SHA256 "):].split(","))
        key, _, self.scope = parts["Credential"].partition("/")
        digest = hashlib.sha256(self.body).hexdigest()
        sent = self.headers.get("x-amz-content-sha256", digest)
        if key not in SECRETS or sent not in (digest, "UNSIGNED-PAYLOAD"):
            return None
        expected = signature(SECRETS[key], self.method, self.path, self.query, self.headers,
                             parts["SignedHeaders"].split(";"), sent, self.headers["x-amz-date"], self.scope)
        return key if expected == parts["Signature"] else None


class Reply:
    """A reply. `cut` sends only that many bytes of the body and hangs up, `drop` hangs up at once, `hang` delays the reply by that
    many seconds, or, if True, until the server is closed."""

    def __init__(self, status=200, body=b"", headers=None, cut=None, drop=False, hang=0):
        self.status, self.headers, self.cut, self.drop, self.hang = status, headers or {}, cut, drop, hang
        self.body = body.encode() if isinstance(body, str) else body


def of_json(value, status=200, **headers):
    return Reply(status, json.dumps(value), {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": "r-1",
                                             **{name.replace("_", "-"): text for name, text in headers.items()}})


def error(code, message="no", status=400, **headers):
    return of_json({"__type": code, "message": message}, status, **headers)


def xml_error(code, message="no", status=400):
    return Reply(status, f"<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error>"
                         "<RequestId>r-2</RequestId></ErrorResponse>")


def identity(account="123456789012"):
    return Reply(200, "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::"
                      f"{account}:user/me</Arn><UserId>U</UserId><Account>{account}</Account></GetCallerIdentityResult>"
                      "</GetCallerIdentityResponse>")


def sts_credentials(key, expiration="2099-01-01T00:00:00Z"):
    return Reply(200, "<AssumeRoleResponse><AssumeRoleResult><Credentials>"
                      f"<AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{SECRETS[key]}</SecretAccessKey>"
                      f"<SessionToken>{TOKENS[key]}</SessionToken><Expiration>{expiration}</Expiration>"
                      "</Credentials></AssumeRoleResult></AssumeRoleResponse>")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(self, body)
        with self.server.lock:
            self.server.requests.append(request)
            reply = self.server.answer(request)
        if reply.hang:
            self.server.closing.wait(None if reply.hang is True else reply.hang)
        if reply.drop:
            self._hang_up()
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body if reply.cut is None else reply.body[:reply.cut])
        if reply.cut is not None:
            self.wfile.flush()
            self._hang_up()

    def _hang_up(self):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _serve

    def send_response(self, code, message=None):
        self.send_response_only(code, message)
        if self.server.date:
            self.send_header("Date", self.server.date)

    def log_message(self, *_):
        pass


class Server:
    """Sends its replies in turn, and then repeats the last one. A reply can be a function that is called with the request."""

    def __init__(self, *replies, tls=None, date=None):
        self._replies = list(replies)
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.daemon_threads = True
        self._http.handle_error = lambda *_: None  # clients that hang up are part of the tests
        self._http.lock, self._http.requests, self._http.closing = threading.Lock(), [], threading.Event()
        self._http.answer, self._http.date = self._answer, date
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls)
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._http.server_address[1]}"

    def _answer(self, request):
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return reply(request) if callable(reply) else reply

    @property
    def requests(self):
        return self._http.requests

    def __enter__(self):
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._http.closing.set()
        self._http.shutdown()
        self._http.server_close()


class Home:
    """A home folder with AWS's files, and an environment without other AWS settings."""

    def __init__(self, config="", credentials=""):
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name)
        (self.path / ".aws").mkdir()
        self.write(".aws/config", config)
        self.write(".aws/credentials", credentials)

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    def environment(self, **variables):
        return {
            "HOME": str(self.path),
            "PATH": os.environ["PATH"],
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_REGION": "us-west-2",
            "LC_ALL": "C",
            **{
                name: os.environ[name]
                for name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ
            },
            **{
                name: str(value)
                for name, value in variables.items()
            }
        }


def keys(name="ENV", token=False):
    """The variables that hold static credentials."""
    found = {"AWS_ACCESS_KEY_ID": f"AKIA{name}", "AWS_SECRET_ACCESS_KEY": SECRETS[f"AKIA{name}"]}
    return {**found, "AWS_SESSION_TOKEN": TOKENS[f"AKIA{name}"]} if token else found


class Result:
    """The output of the driver: lines `name value` as attributes, `slept` as a list."""

    def __init__(self, process):
        self.exit = process.returncode
        self.all = process.stdout + process.stderr
        self.trace = process.stderr
        self.lines = [line.partition(" ")[::2] for line in process.stdout.splitlines()]
        self.slept = [int(value) for name, value in self.lines if name == "slept"]

    def __getattr__(self, name):
        return next((value for line, value in self.lines if line == name), None)

    def leaks(self):
        """The secrets in the output."""
        return [secret for secret in [*SECRETS.values(), *TOKENS.values()] if secret in self.all]


def drive(*arguments, environment, trace=True):
    """Runs the driver, by default with a trace, so that each test also tests masking."""
    options = ["--debug-http", "yes"] if trace else []
    return Result(run(DRIVE, *options, *map(str, arguments), env=environment, errors="replace"))
