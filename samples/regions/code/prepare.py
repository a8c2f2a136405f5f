"""Splits one region's sales: the last four weeks for test, the rest for training. No header, the label first."""
from pathlib import Path

import pandas as pd

BASE = Path("/opt/ml/processing")
COLUMNS = ["sold", "price", "stock", "weekday", "month", "is_holiday"]


def read(folder):
    table = pd.concat([pd.read_csv(file, parse_dates=["day"]) for file in sorted(folder.glob("*.csv"))], ignore_index=True)
    table["weekday"], table["month"] = table["day"].dt.day_of_week, table["day"].dt.month
    return table.dropna(subset=["sold"])


if __name__ == "__main__":
    table = read(BASE / "sales")
    is_new = table["day"] > table["day"].max() - pd.Timedelta(weeks=4)
    for name, part in {"train": table[~is_new], "test": table[is_new]}.items():
        (BASE / name).mkdir(parents=True, exist_ok=True)
        part[COLUMNS].to_csv(BASE / name / f"{name}.csv", header=False, index=False)
        print(f"{name}: {len(part)} rows")
