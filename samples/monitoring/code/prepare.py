"""Converts the day's customers to the form of the training data: the same columns, no header, no label.

The customers' numbers go to a separate file in the same order, so that predictions can be matched with them.
"""
from pathlib import Path

import pandas as pd

BASE = Path("/opt/ml/processing")
FEATURES = ["age", "tenure_months", "monthly_charge", "support_calls"]


def write(table, name):
    (BASE / name).mkdir(parents=True, exist_ok=True)
    table.to_csv(BASE / name / f"{name}.csv", header=False, index=False)


if __name__ == "__main__":
    files = sorted((BASE / "customers").glob("*.csv"))
    if not files:
        raise SystemExit("no customers today")
    table = pd.concat([pd.read_csv(file) for file in files], ignore_index=True)
    features = table[FEATURES].apply(pd.to_numeric, errors="coerce").astype(float)
    write(features.fillna(features.median()), "features")
    write(table["id"], "ids")
    print(f"{len(table)} customers")
