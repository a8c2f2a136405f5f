"""Answers every row with the mean that train.py found."""
import pathlib


def model_fn(model_dir):
    return float(pathlib.Path(model_dir, "mean").read_text())


def predict_fn(rows, mean):
    return [mean for _ in rows]
