"""Makes training, validation and test data from customers: CSV without a header, the label first."""
import hashlib
from pathlib import Path

import pandas as pd

BASE = Path("/opt/ml/processing")
NUMBERS = ["age", "months", "calls", "minutes", "complaints"]
CHOICES = ["plan", "country"]


def read(folder):
    files = sorted(folder.rglob("*.csv"))
    if not files:
        raise SystemExit(f"no CSV file in {folder}")
    return pd.concat([pd.read_csv(path) for path in files], ignore_index=True)


def encode(customers):
    choices = pd.get_dummies(customers[CHOICES]).astype(int)
    return pd.concat([customers["left"].astype(int), customers[NUMBERS].fillna(0), choices], axis=1)


def part_of(customer):
    """70 % of the customers are for training, 15 % for validation, 15 % for test; each is always in the same part."""
    place = int(hashlib.sha256(str(customer).encode()).hexdigest(), 16) % 100
    return "train" if place < 70 else "validation" if place < 85 else "test"


def main():
    customers = read(BASE / "customers")
    rows, parts = encode(customers), customers["customer"].map(part_of)
    for name in ("train", "validation", "test"):
        folder = BASE / name
        folder.mkdir(parents=True, exist_ok=True)
        rows[parts == name].to_csv(folder / f"{name}.csv", header=False, index=False)
        print(f"{name}: {(parts == name).sum()} customers")


if __name__ == "__main__":
    main()
