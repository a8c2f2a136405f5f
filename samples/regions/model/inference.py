"""Handles requests in the model's container: rows of CSV without a header, in the format of `code/prepare.py`."""
import io
from pathlib import Path

import joblib
import numpy as np


def model_fn(folder):
    return joblib.load(Path(folder, "model.joblib"))


def input_fn(body, content_type):
    if content_type != "text/csv":
        raise ValueError(f"text/csv is wanted, not {content_type}")
    text = body.decode() if isinstance(body, bytes) else body
    return np.genfromtxt(io.StringIO(text), delimiter=",", ndmin=2)


def predict_fn(rows, model):
    return model.predict(rows)


def output_fn(answers, accept):
    return "\n".join(str(answer) for answer in answers) + "\n"
