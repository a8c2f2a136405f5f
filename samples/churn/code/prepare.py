"""Splits the customers into the files that the steps of the pipeline read.

They have no header, and the label comes first, as XGBoost requires. `features` is the training data without the label,
as the model sees data in production; the baseline of data quality is made from it.
"""
import argparse
from pathlib import Path

import pandas as pd
from sklearn.model_selection import train_test_split

BASE = Path("/opt/ml/processing")


def read(folder, label, features):
    """Reads the requested columns: the label as 0 or 1, the features as numbers, gaps filled with the median."""
    table = pd.concat([pd.read_csv(file) for file in sorted(folder.glob("*.csv"))], ignore_index=True)
    table = table[[label, *features]].copy()
    table[label] = table[label].astype(str).str.lower().isin(["1", "true", "yes"]).astype(int)
    table[features] = table[features].apply(pd.to_numeric, errors="coerce").astype(float)
    return table.fillna(table[features].median())


def split(table, label):
    """Splits into 70, 15 and 15 percent, each with the same share of both labels."""
    train, rest = train_test_split(table, train_size=0.7, random_state=1, stratify=table[label])
    validation, test = train_test_split(rest, train_size=0.5, random_state=1, stratify=rest[label])
    return {"train": train, "validation": validation, "test": test, "features": train.drop(columns=label)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--label", required=True)
    parser.add_argument("--features", nargs="+", required=True)
    options = parser.parse_args()

    for name, part in split(read(BASE / "customers", options.label, options.features), options.label).items():
        (BASE / name).mkdir(parents=True, exist_ok=True)
        part.to_csv(BASE / name / f"{name}.csv", header=False, index=False)
        print(f"{name}: {len(part)} rows")
