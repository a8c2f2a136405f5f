"""Splits tickets into a training and a test set.

A ticket is a line of a .jsonl file: {"question": "...", "answer": "..."}.
"""
import argparse
import hashlib
import json
from pathlib import Path

BASE = Path("/opt/ml/processing")
# The template by which JumpStart's training script makes one text from each line of train.jsonl.
TEMPLATE = {
    "prompt": "A customer asks:\n{question}\n\nAnswer in a friendly way:\n",
    "completion": "{answer}",
}


def read_tickets(folder):
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            ticket = json.loads(line)
            if ticket.get("question") and ticket.get("answer"):
                yield {"question": ticket["question"], "answer": ticket["answer"]}


def is_for_test(ticket, share):
    """Decided by the question, so that a ticket stays in its set when others are added, and none is in both."""
    digest = hashlib.sha256(ticket["question"].encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64


def write_lines(path, tickets):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(ticket) + "\n" for ticket in tickets), encoding="utf-8")
    print(f"{path}: {len(tickets)} tickets")


def main(base=BASE):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test-share", type=float, default=0.1)
    share = parser.parse_args().test_share
    tickets = list(read_tickets(base / "tickets"))
    if not tickets:
        raise SystemExit("there is no ticket with a question and an answer")
    write_lines(base / "train/train.jsonl", [ticket for ticket in tickets if not is_for_test(ticket, share)])
    write_lines(base / "test/test.jsonl", [ticket for ticket in tickets if is_for_test(ticket, share)])
    (base / "train/template.json").write_text(json.dumps(TEMPLATE), encoding="utf-8")
    (base / "test/template.json").write_text(json.dumps(TEMPLATE), encoding="utf-8")


if __name__ == "__main__":
    main()
