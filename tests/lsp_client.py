"""A minimal client of the language server, for tests.

LSP_LOG names a file to which all messages are appended, one per line, for tests/protocol.
"""

import json
import os
import select
import subprocess
import time

from tap import SECONDS, give_up


class Client:
    """A client with a server of its own. `notes` holds, in order, the messages that came while it waited for others; `received` is
    the time of the last message. A server that hangs ends the script."""

    def __init__(self, command, **keywords):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, **keywords)
        os.set_blocking(self.process.stdin.fileno(), False)
        self.last_id, self.notes, self.received, self.rest = 0, [], 0, b""

    @staticmethod
    def log(sender, message):
        if "LSP_LOG" in os.environ:
            with open(os.environ["LSP_LOG"], "a", encoding="utf-8") as file:
                file.write(json.dumps({"from": sender, "message": message}) + "\n")

    def hangs(self, why):
        self.process.kill()
        self.process.wait()
        give_up(f"the language server {why}")

    def status(self):
        """Waits until the server ends, and returns its exit status."""
        try:
            return self.process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            return self.hangs("does not end")

    def write(self, data):
        data = memoryview(data)
        while data:
            if not select.select([], [self.process.stdin], [], SECONDS)[1]:
                self.hangs("does not read")
            try:
                data = data[self.process.stdin.write(data) or 0:]
            except BrokenPipeError:
                raise EOFError(f"the server ended with {self.status()}") from None

    def send(self, **message):
        self.log("client", message)
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))

    def read(self):
        """Reads more output into `rest`; False at the end of the output."""
        if not select.select([self.process.stdout], [], [], SECONDS)[0]:
            self.hangs("says nothing")
        data = self.process.stdout.read(1 << 16)
        self.rest += data
        return data != b""

    def receive(self):
        """The next message, or None at the end."""
        while b"\r\n\r\n" not in self.rest:
            if not self.read():
                return None
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        length = int(dict(line.split(b":") for line in head.split(b"\r\n"))[b"Content-Length"])
        while len(self.rest) < length:
            if not self.read():
                return None
        self.received = time.perf_counter()
        content, self.rest = self.rest[:length], self.rest[length:]
        message = json.loads(content)
        self.log("server", message)
        return message

    def notify(self, method, params=None):
        self.send(method=method, params=params)

    def request(self, method, params=None):
        """The reply, with `result` or `error`."""
        self.last_id += 1
        self.send(id=self.last_id, method=method, params=params)
        return self.reply(self.last_id)

    def reply(self, request_id):
        """Waits for the reply to the request with this id."""
        while True:
            message = self.receive()
            if message is None:
                raise EOFError(f"the server ended with {self.status()}")
            if message.get("id") == request_id and "method" not in message:
                return message
            self.notes.append(message)

    def wait(self, method):
        """The next notification or request of the server with this method."""
        while True:
            for i, message in enumerate(self.notes):
                if message.get("method") == method:
                    return self.notes.pop(i)
            message = self.receive()
            if message is None:
                raise EOFError(f"the server ended with {self.status()} before {method}")
            self.notes.append(message)

    def initialize(self, capabilities=None, **params):
        reply = self.request("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": capabilities or {}, **params})
        self.notify("initialized", {})
        return reply

    def open(self, uri, text, version=1):
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "pipe", "version": version, "text": text}})

    def end(self):
        """Shuts the server down in the order of the protocol, and returns its exit status."""
        self.request("shutdown")
        self.notify("exit")
        return self.status()


def position(text, offset, encoding="utf-16"):
    """The protocol's position of an offset in characters."""
    line = text.count("\n", 0, offset)
    before = text[text.rfind("\n", 0, offset) + 1:offset]
    codec, unit = ("utf-16-le", 2) if encoding == "utf-16" else (encoding, 1)
    return {"line": line, "character": len(before.encode(codec)) // unit}


def apply_edits(text, edits, encoding="utf-16"):
    """A text after TextEdits, which all refer to the original text and must not overlap."""
    lines, spots, limit = text.split("\n"), [], len(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(place):
        if place["line"] >= len(lines):
            return len(text)
        line, unit = lines[place["line"]], 2 if encoding == "utf-16" else 1
        name = encoding + "-le" if unit == 2 else encoding
        return starts[place["line"]] + len(line.encode(name)[:place["character"] * unit].decode(name))

    for edit in edits:
        spots.append((offset(edit["range"]["start"]), offset(edit["range"]["end"]), edit["newText"]))
    for start, end, new in sorted(spots, key=lambda spot: spot[:2], reverse=True):
        if start > end or end > limit:
            raise ValueError("edits overlap")
        text, limit = text[:start] + new + text[end:], start
    return text
