#!/usr/bin/env python3
"""Prints each picture that `--watch` shows on a terminal of 80 columns, for the recording in doc/deploy.md.

    BUILDDIR=build SAGEPIPEC=build/sagepipec python3 tests/deploy/record.py"""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from test_operate import churn, watch_on_terminal

with churn() as service:
    for picture in watch_on_terminal(service)[2]:
        print(picture)
