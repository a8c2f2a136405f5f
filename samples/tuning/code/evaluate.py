"""Measures the best model on the test data, and compares it with always predicting the median."""
import json
import tarfile
from pathlib import Path

import joblib
import pandas as pd
from sklearn.metrics import mean_absolute_error

BASE = Path("/opt/ml/processing")
LABEL = "minutes"


def load_model(archive):
    with tarfile.open(archive) as tar:
        return joblib.load(tar.extractfile("model.joblib"))


if __name__ == "__main__":
    table = pd.concat([pd.read_csv(file) for file in sorted((BASE / "test").glob("*.csv"))], ignore_index=True)
    answers = load_model(BASE / "model" / "model.tar.gz").predict(table.drop(columns=LABEL))
    report = {
        "mae": mean_absolute_error(table[LABEL], answers),
        "mae_of_the_median": mean_absolute_error(table[LABEL], [table[LABEL].median()] * len(table)),
    }
    (BASE / "evaluation").mkdir(parents=True, exist_ok=True)
    (BASE / "evaluation" / "evaluation.json").write_text(json.dumps(report))
    print(report)
