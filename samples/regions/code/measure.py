"""Computes the error of the predictions: the sum of absolute errors, as a share of all sales."""
import json
from pathlib import Path

import pandas as pd

BASE = Path("/opt/ml/processing")


if __name__ == "__main__":
    files = sorted((BASE / "scores").glob("*.out"))
    scores = pd.concat([pd.read_csv(file, header=None, names=["sold", "answer"]) for file in files])
    error = (scores["sold"] - scores["answer"]).abs().sum() / max(scores["sold"].abs().sum(), 1)
    (BASE / "report").mkdir(parents=True, exist_ok=True)
    (BASE / "report" / "report.json").write_text(json.dumps({"error": float(error)}))
    print(f"error: {error:.3f}")
