"""Predicts a batch with each model, and writes a file of predictions for each."""

import argparse
import csv
import pathlib

INPUT = pathlib.Path("/opt/ml/processing/input/batch")
OUTPUT = pathlib.Path("/opt/ml/processing/predictions")


def predict(model, row):
    """Replace this by your model."""
    return len(model) + sum(float(value) for value in row)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", required=True, help="the names of the models, separated by commas")
    models = parser.parse_args().models.split(",")
    for path in sorted(INPUT.glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        for model in models:
            with open(OUTPUT / f"{path.stem}-{model}.csv", "w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([[predict(model, row)] for row in rows])


if __name__ == "__main__":
    main()
