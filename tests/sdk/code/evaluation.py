"""Reports the mean squared error of a model that always answers with the mean."""
import csv
import json
import pathlib
import statistics

folder = pathlib.Path("/opt/ml/processing")
targets = [float(row[0]) for row in csv.reader((folder / "test/test.csv").open())]
report = {"regression_metrics": {"mse": {"value": statistics.pvariance(targets)}}}
(folder / "evaluation/evaluation.json").write_text(json.dumps(report))
