"""Cleans a table. The pipeline calls `clean` with the arguments of its step, and reads the result."""
import csv
import os
from collections import Counter
from pathlib import Path


def fault(row, required: list, limits: dict):
    """The reason to reject a row, or None."""
    for column in required:
        if not row.get(column):
            return "a missing {}".format(column)
    for column, (low, high) in limits.items():
        try:
            is_inside = low <= float(row[column]) <= high
        except (KeyError, ValueError):
            return "no number as {}".format(column)
        if not is_inside:
            return "an impossible {}".format(column)
    return None


def clean(required: list, limits: dict):
    source = next(Path(os.environ["SM_CHANNEL_TABLE"]).rglob("*.csv"))
    with source.open(newline="", encoding="utf-8") as table:
        reader = csv.DictReader(table)
        rows, columns = list(reader), reader.fieldnames or []
    faults = [fault(row, required, limits) for row in rows]
    good = [row for row, reason in zip(rows, faults) if reason is None]
    # The files in this folder are uploaded to S3: artifact_uri(Clean, "clean.csv").
    with Path(os.environ["SM_MODEL_DIR"], "clean.csv").open("w", newline="", encoding="utf-8") as table:
        writer = csv.DictWriter(table, columns)
        writer.writeheader()
        writer.writerows(good)
    dropped = len(rows) - len(good)
    reasons = Counter(reason for reason in faults if reason).most_common(1)
    return {
        "rows": len(good),
        "dropped": dropped,
        "dropped_share": dropped / len(rows) if rows else 1.0,
        "main_reason": reasons[0][0] if reasons else "nothing",
    }
