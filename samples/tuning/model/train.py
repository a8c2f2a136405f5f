"""Trains one model. The tuning job runs this script many times, each time with other hyperparameters.

SageMaker passes hyperparameters as arguments and folders as environment variables.
"""
import argparse
import os
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.metrics import mean_absolute_error

LABEL = "minutes"


def read(channel):
    folder = Path(os.environ[f"SM_CHANNEL_{channel.upper()}"])
    table = pd.concat([pd.read_csv(file) for file in sorted(folder.glob("*.csv"))], ignore_index=True)
    return table.drop(columns=LABEL), table[LABEL]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--learning_rate", type=float, default=0.1)
    parser.add_argument("--max_leaf_nodes", type=int, default=31)
    parser.add_argument("--max_iter", type=int, default=100)
    parser.add_argument("--loss", default="squared_error")
    options, _ = parser.parse_known_args()

    model = HistGradientBoostingRegressor(**vars(options), random_state=1).fit(*read("train"))
    features, minutes = read("validation")
    # The regular expression in the pipeline's `metrics` matches this line.
    print(f"validation:mae={mean_absolute_error(minutes, model.predict(features)):.4f}")
    joblib.dump(model, Path(os.environ["SM_MODEL_DIR"], "model.joblib"))
