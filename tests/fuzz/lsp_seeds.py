#!/usr/bin/env python3
"""Makes seeds for fuzz_lsp from recorded sessions: lsp_seeds.py LOG FOLDER. LOG is the file that tests/lsp.test wrote to LSP_LOG.

The client's messages of a session become two seeds: one message per line, for the document that the fuzz target opens; and with
headers, as they are sent.
"""

import json
import re
import sys
from pathlib import Path


def sessions(log):
    """The messages of clients, one list for each session."""
    found = []
    for line in log.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["from"] != "client":
            continue
        if entry["message"].get("method") == "initialize":
            found.append([])
        found[-1].append(entry["message"])
    return found


def main():
    log, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for i, messages in enumerate(sessions(log)):
        texts = [re.sub(r"file:[^\"]*", "a:", json.dumps(message)) for message in messages]
        wire = "".join(f"Content-Length: {len(text.encode())}\r\n\r\n{text}" for text in texts)
        (folder / f"{i}.lines").write_bytes(b"0" + "\n".join(texts[1:]).encode())
        (folder / f"{i}.wire").write_bytes(b"1" + wire.encode())


main()
