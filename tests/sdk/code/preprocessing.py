"""Splits the rows of a CSV file into training, validation and test sets."""
import csv
import pathlib
import random

folder = pathlib.Path("/opt/ml/processing")
rows = [row for file in (folder / "input").glob("*.csv") for row in csv.reader(file.open())]
random.Random(0).shuffle(rows)
cuts = [int(len(rows) * share) for share in (0, 0.7, 0.85, 1)]
for name, start, end in zip(("train", "validation", "test"), cuts, cuts[1:]):
    with open(folder / name / f"{name}.csv", "w", newline="") as out:
        csv.writer(out).writerows(rows[start:end])
