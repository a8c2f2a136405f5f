"""Serves the model: SageMaker's container for scikit-learn calls these functions."""
import io
from pathlib import Path

import joblib
import pandas as pd

FEATURES = ["distance_km", "items", "hour", "weekday", "rain_mm"]


def model_fn(folder):
    return joblib.load(Path(folder, "model.joblib"))


def input_fn(body, content_type):
    """Parses rows of CSV without a header, with columns in the order of FEATURES."""
    if content_type != "text/csv":
        raise ValueError(f"text/csv is wanted, not {content_type}")
    text = body.decode() if isinstance(body, bytes) else body
    return pd.read_csv(io.StringIO(text), header=None, names=FEATURES)


def predict_fn(rows, model):
    return model.predict(rows)
