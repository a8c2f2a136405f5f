"""The few lines that tests in Python share: TAP, and running the compiler."""

import os
import subprocess
from pathlib import Path

SRCDIR = Path(os.environ.get("SRCDIR", Path(__file__).resolve().parent.parent))
SAGEPIPEC = os.path.abspath(os.environ.get("SAGEPIPEC", SRCDIR / "build/sagepipec"))

count = 0


def ok(passed, name, *reasons):
    """Reports one test, and why it failed."""
    global count
    count += 1
    print(f"{'ok' if passed else 'not ok'} {count} - {name}")
    if not passed:
        for line in "\n".join(map(str, reasons)).splitlines():
            print("#", line)


def done():
    print(f"1..{count}")


def sagepipec(*arguments, text=None, cwd=None):
    return subprocess.run([SAGEPIPEC, *arguments], input=text, capture_output=True, encoding="utf-8", check=False, cwd=cwd)
