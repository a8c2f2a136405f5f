"""Encodes the Abalone data and splits it into train, validation and test.

The built-in XGBoost algorithm requires CSV files without a header, with the label in the first column.
"""
from pathlib import Path

import pandas as pd

BASE = Path("/opt/ml/processing")
COLUMNS = ["sex", "length", "diameter", "height", "whole", "shucked", "viscera", "shell", "rings"]
SHARES = {"train": 0.70, "validation": 0.15, "test": 0.15}


def read_all(folder):
    """Reads all CSV files of a folder into one table. The label is the age of the abalone (rings + 1.5)."""
    files = sorted(folder.rglob("*.csv"))
    if not files:
        raise SystemExit(f"no CSV file in {folder}")
    table = pd.concat([pd.read_csv(f, header=None, names=COLUMNS) for f in files], ignore_index=True)
    table.insert(0, "age", table.pop("rings") + 1.5)
    return table


def encode(table):
    """Scales measurements to mean 0 and deviation 1, and encodes the sex as one column per value."""
    numbers = table.columns.drop(["age", "sex"])
    measured = table[numbers].fillna(table[numbers].median())
    scaled = (measured - measured.mean()) / measured.std()
    sex = pd.get_dummies(table["sex"], prefix="sex", dummy_na=True).astype(int)
    return pd.concat([table["age"], scaled, sex], axis=1)


def split(table, shares):
    """Splits a shuffled table into disjoint parts; rows left over by rounding go to the last one."""
    shuffled = table.sample(frac=1, random_state=20)
    start = 0
    for i, (name, share) in enumerate(shares.items()):
        end = len(shuffled) if i == len(shares) - 1 else start + int(share * len(shuffled))
        yield name, shuffled[start:end]
        start = end


if __name__ == "__main__":
    for name, part in split(encode(read_all(BASE / "data")), SHARES):
        folder = BASE / name
        folder.mkdir(parents=True, exist_ok=True)
        part.to_csv(folder / f"{name}.csv", header=False, index=False)
        print(f"{name}: {len(part)} rows")
