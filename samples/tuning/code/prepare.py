"""Splits the deliveries by time into train, validation and test, because the model predicts future deliveries."""
from pathlib import Path

import pandas as pd

BASE = Path("/opt/ml/processing")
COLUMNS = ["minutes", "distance_km", "items", "hour", "weekday", "rain_mm"]
ENDS = {"train": 0.70, "validation": 0.85, "test": 1.0}


if __name__ == "__main__":
    files = sorted((BASE / "deliveries").glob("*.csv"))
    table = pd.concat([pd.read_csv(file, usecols=["ordered_at", *COLUMNS]) for file in files], ignore_index=True)
    table = table.sort_values("ordered_at").dropna(subset=["minutes"])[COLUMNS]
    start = 0
    for name, end in ENDS.items():
        stop = round(end * len(table))
        (BASE / name).mkdir(parents=True, exist_ok=True)
        table[start:stop].to_csv(BASE / name / f"{name}.csv", index=False)
        print(f"{name}: {stop - start} rows")
        start = stop
