"""Measures the model on the test data and writes evaluation.json, which the pipeline's condition reads."""
import json
import tarfile
from pathlib import Path

import pandas as pd
import xgboost

BASE = Path("/opt/ml/processing")


def load_model(archive):
    """Loads the booster from the training job's archive."""
    with tarfile.open(archive) as tar:
        tar.extract("xgboost-model", path=archive.parent)
    model = xgboost.Booster()
    model.load_model(archive.parent / "xgboost-model")
    return model


def report(labels, predictions):
    errors = labels - predictions
    return {
        "regression_metrics": {
            "mse": {"value": float((errors**2).mean()), "standard_deviation": float(errors.std())},
        }
    }


if __name__ == "__main__":
    test = pd.read_csv(BASE / "test" / "test.csv", header=None)
    labels, features = test.iloc[:, 0].to_numpy(), test.iloc[:, 1:].to_numpy()
    model = load_model(BASE / "model" / "model.tar.gz")
    result = report(labels, model.predict(xgboost.DMatrix(features)))
    folder = BASE / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.json").write_text(json.dumps(result, indent=2))
    print(json.dumps(result))
