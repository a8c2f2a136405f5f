"""Trains one model on the sales of all regions. Each region is a channel, which is a folder here."""
import argparse
import os
import shutil
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--max_iter", type=int, default=100)
    parser.add_argument("--learning_rate", type=float, default=0.1)
    options = parser.parse_args()

    files = sorted(Path(os.environ["SM_INPUT_DIR"], "data").glob("*/*.csv"))
    table = pd.concat([pd.read_csv(file, header=None) for file in files], ignore_index=True).to_numpy()
    model = HistGradientBoostingRegressor(**vars(options), random_state=1).fit(table[:, 1:], table[:, 0])

    folder = Path(os.environ["SM_MODEL_DIR"])
    joblib.dump(model, folder / "model.joblib")
    # The serving script goes into the model's archive, so that both are copied to every region.
    (folder / "code").mkdir(exist_ok=True)
    shutil.copy(Path(__file__).with_name("inference.py"), folder / "code")
    print(f"{len(table)} rows of {len(files)} files")
