"""Serves the line that train.py fitted."""
import json
import pathlib


def model_fn(folder):
    return json.loads((pathlib.Path(folder) / "line.json").read_text())


def input_fn(body, content_type):
    return [float(line) for line in body.split()]


def predict_fn(values, model):
    return [model["slope"] * x + model["intercept"] for x in values]


def output_fn(values, accept):
    return json.dumps(values)
