"""Lists the customers who are likely to leave, the likeliest first, and writes their number to summary.json."""
import argparse
import json
from pathlib import Path

import pandas as pd

BASE = Path("/opt/ml/processing")


def read(folder, pattern, column):
    files = sorted((BASE / folder).glob(pattern))
    return pd.concat([pd.read_csv(file, header=None, names=[column]) for file in files], ignore_index=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--threshold", type=float, default=0.5)
    threshold = parser.parse_args().threshold

    # For features.csv the transform writes features.csv.out, line by line.
    customers = pd.concat([read("ids", "*.csv", "id"), read("scores", "*.out", "score")], axis=1)
    if customers.isna().any(axis=None):
        raise SystemExit("not every customer has a score")
    leaving = customers[customers["score"] >= threshold].sort_values("score", ascending=False)
    for name in "leaving", "summary":
        (BASE / name).mkdir(parents=True, exist_ok=True)
    leaving.to_csv(BASE / "leaving" / "leaving.csv", index=False)
    summary = {"customers": len(customers), "leaving": len(leaving), "share": len(leaving) / len(customers)}
    (BASE / "summary" / "summary.json").write_text(json.dumps(summary))
    print(summary)
