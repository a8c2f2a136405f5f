"""Splits a table into parts for training and for testing."""

import os

import pandas


def split(data: str, ratio: float, columns: list, seed: int = 0):
    """Writes train.csv and test.csv to the step's model folder, and returns their numbers of rows."""
    table = pandas.read_csv(data, usecols=columns)
    test = table.sample(frac=ratio, random_state=seed)
    train = table.drop(test.index)
    for name, part in {"train": train, "test": test}.items():
        part.to_csv(os.path.join(os.environ["SM_MODEL_DIR"], f"{name}.csv"), index=False)
    return {"train": {"rows": len(train)}, "test": {"rows": len(test)}}
