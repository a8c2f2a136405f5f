"""Splits a table without a header into training and test rows, and counts them."""
import argparse
import csv
import json
import pathlib
import random

FOLDER = pathlib.Path("/opt/ml/processing")


def write(name, rows):
    with open(FOLDER / name / f"{name}.csv", "w", newline="") as table:
        csv.writer(table).writerows(rows)
    return len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test-share", type=float, default=0.2)
    share = parser.parse_args().test_share

    rows = []
    for path in sorted((FOLDER / "raw").glob("*.csv")):
        with open(path, newline="") as table:
            rows += csv.reader(table)
    random.Random(0).shuffle(rows)
    test = round(len(rows) * share)
    counts = {"test": write("test", rows[:test]), "train": write("train", rows[test:])}
    (FOLDER / "summary" / "summary.json").write_text(json.dumps({"rows": counts}))


if __name__ == "__main__":
    main()
