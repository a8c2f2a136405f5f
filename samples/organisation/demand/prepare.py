"""Makes rows of sales: the pieces of an article sold on a day, and on the same weekday of the four weeks before.

The input is CSV files with the columns day, article and pieces; the output is CSV without a header, the label first.
"""
import argparse
import csv
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

BASE = Path("/opt/ml/processing")
WEEKS = 4


def read(folder):
    """Reads the pieces sold, by article and day."""
    sold = defaultdict(dict)
    for path in sorted(folder.rglob("*.csv")):
        with path.open(newline="", encoding="utf-8") as table:
            for row in csv.DictReader(table):
                sold[row["article"]][date.fromisoformat(row["day"])] = float(row["pieces"])
    return sold


def rows_of(days):
    for day, pieces in sorted(days.items()):
        before = [days.get(day - timedelta(weeks=week)) for week in range(1, WEEKS + 1)]
        if None not in before:
            yield day, [pieces, day.weekday(), day.month, *before]


def write(name, rows):
    folder = BASE / name
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as table:
        csv.writer(table).writerows(rows)
    print(f"{name}: {len(rows)} rows")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test-days", type=int, default=28)
    test_days = parser.parse_args().test_days
    rows = [row for days in read(BASE / "sales").values() for row in rows_of(days)]
    if not rows:
        raise SystemExit(f"no article was sold for more than {WEEKS} weeks")
    first_of_test = max(day for day, _ in rows) - timedelta(days=test_days - 1)
    write("train", [row for day, row in rows if day < first_of_test])
    write("test", [row for day, row in rows if day >= first_of_test])


if __name__ == "__main__":
    main()
