"""Trains a model: an ordinary script with options."""

import argparse
import json
import os

import pandas
from sklearn.ensemble import GradientBoostingClassifier

parser = argparse.ArgumentParser()
parser.add_argument("--num-rounds", type=int, default=100)
parser.add_argument("--rows", type=int)
options = parser.parse_args()

table = pandas.read_csv(os.path.join(os.environ["SM_CHANNEL_TRAIN"], "train.csv"))
assert len(table) == options.rows, "the data has changed since it was split"
model = GradientBoostingClassifier(n_estimators=options.num_rounds)
model.fit(table.drop(columns="churned"), table["churned"])

with open(os.environ["SAGEPIPEC_RESULT"], "w") as result:
    json.dump({"accuracy": model.score(table.drop(columns="churned"), table["churned"])}, result)
