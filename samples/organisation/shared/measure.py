"""Measures an XGBoost model on test data, CSV files with the label first, and writes metrics.json."""
import csv
import json
import math
import tarfile
from pathlib import Path

BASE = Path("/opt/ml/processing")


def read(folder):
    rows = [row for path in sorted(folder.rglob("*.csv")) for row in csv.reader(path.open())]
    return [float(row[0]) for row in rows], [[float(value) for value in row[1:]] for row in rows]


def predict(folder, features):
    import numpy
    import xgboost

    with tarfile.open(folder / "model.tar.gz") as archive:
        archive.extract("xgboost-model", path=folder)
    booster = xgboost.Booster()
    booster.load_model(str(folder / "xgboost-model"))
    return booster.predict(xgboost.DMatrix(numpy.array(features))).tolist()


def metrics(labels, predictions):
    """Computes metrics. The accuracy is meaningful only for a classifier."""
    pairs = list(zip(labels, predictions))
    return {
        "rows": len(pairs),
        "rmse": math.sqrt(sum((label - prediction) ** 2 for label, prediction in pairs) / len(pairs)),
        "accuracy": sum((prediction > 0.5) == (label > 0.5) for label, prediction in pairs) / len(pairs),
    }


def main():
    labels, features = read(BASE / "test")
    if not labels:
        raise SystemExit("there are no test data")
    result = metrics(labels, predict(BASE / "model", features))
    (BASE / "metrics").mkdir(parents=True, exist_ok=True)
    (BASE / "metrics/metrics.json").write_text(json.dumps(result), encoding="utf-8")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
