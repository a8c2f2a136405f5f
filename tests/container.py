"""A stand-in for a training job's container, for tests that run the code of a Code step."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tap import SECONDS, SRCDIR

RUNNER = SRCDIR / "stdlib/assets/code_runner.py"


class Job:
    """A container whose files are below one folder."""

    def __init__(self, folder, code, hyperparameters=None, long=None, hosts=("algo-1",), current="algo-1"):
        self.base = Path(folder)
        self.write("input/data/runner/code_runner.py", RUNNER.read_text(encoding="utf-8"))
        for name, text in code.items():
            self.write(f"input/data/code/{name}", text)
        if long is not None:
            self.write("input/data/runner/arguments.json", json.dumps(long))
        if hyperparameters is not None:
            self.write("input/config/hyperparameters.json", json.dumps(hyperparameters))
        self.write("input/config/inputdataconfig.json", json.dumps({"code": {}, "runner": {}, "train": {}}))
        self.write("input/config/resourceconfig.json", json.dumps({"current_host": current, "hosts": hosts}))

    def write(self, name, text):
        path = self.base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def start(self, *arguments, **environment):
        self.process = subprocess.run(
            [sys.executable, str(self.base / "input/data/runner/code_runner.py"), *arguments],
            env={
                "PATH": os.environ["PATH"],
                "SAGEMAKER_BASE_DIR": str(self.base),
                "PIP_NO_INDEX": "1",
                "PIP_DISABLE_PIP_VERSION_CHECK": "1",
                "PIP_ROOT_USER_ACTION": "ignore",
                **environment,
            },
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return self

    def read(self, name):
        path = self.base / name
        return path.read_text(encoding="utf-8") if path.exists() else None
