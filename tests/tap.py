"""Shared by the tests in Python: prints TAP, and runs the compiler.

TEST_SECONDS is the time limit for one run of the compiler (default: 120). It only ends hangs: no run needs nearly as long.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

SRCDIR = Path(os.environ.get("SRCDIR", Path(__file__).resolve().parent.parent))
SAGEPIPEC = os.path.abspath(os.environ.get("SAGEPIPEC", SRCDIR / "build/sagepipec"))
SECONDS = float(os.environ.get("TEST_SECONDS", 120))
STATUSES = range(5)  # exit statuses of a compiler that did not die; 70 is an internal error

count = 0
lock = threading.RLock()


def ok(passed, name, *reasons):
    """Reports one test, and why it failed."""
    global count
    with lock:
        count += 1
        print(f"{'ok' if passed else 'not ok'} {count} - {name}")
        if not passed:
            for line in "\n".join(map(str, reasons)).splitlines():
                print("#", line)


def done():
    """Prints the plan. Fails if no test ran, because then the filter matches nothing."""
    if not count:
        ok(False, "at least one test matches the filter", "nothing matches", *sys.argv[1:])
        print("1..1")
        sys.exit(1)
    print(f"1..{count}")


def give_up(name):
    """Ends the script after a hang: later runs would probably hang as well."""
    ok(False, name, f"did not end within {SECONDS:g} seconds (TEST_SECONDS)")
    print(f"Bail out! {name}: it hangs", flush=True)
    sys.exit(1)


def finish(*command, input=None, **options):
    """Runs a command and captures its output. After a hang, kills its process group."""
    options = {"stdin": subprocess.DEVNULL if input is None else subprocess.PIPE, "encoding": "utf-8", **options}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, **options) as process:
        try:
            stdout, stderr = process.communicate(input, SECONDS)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                give_up(named(command))
            raise
    return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)


def named(command):
    return " ".join([Path(command[0]).name, *map(str, command[1:])])[:200]


def run(*command, **options):
    """Runs the compiler, or a program linked with it. A death is a failure even if the caller ignores the status."""
    result = finish(*command, **options)
    if result.returncode not in STATUSES:
        ok(False, named(command), f"it died with status {result.returncode}", result.stderr)
    return result


def sagepipec(*arguments, text=None, **options):
    """Runs the compiler. `text`, if any, is its standard input."""
    return run(SAGEPIPEC, *arguments, input=text, **options)


@contextlib.contextmanager
def limited(process):
    """Kills the process at the time limit, so that reading from it ends."""
    timer = threading.Timer(SECONDS, process.kill)
    timer.start()
    try:
        yield process
    finally:
        timer.cancel()
