"""Compares the predictions with the labels, and writes evaluation.json, which the pipeline's condition reads."""
import json
from pathlib import Path

import pandas as pd
from sklearn.metrics import average_precision_score, roc_auc_score

BASE = Path("/opt/ml/processing")


if __name__ == "__main__":
    files = sorted((BASE / "scores").glob("*.out"))
    scores = pd.concat([pd.read_csv(file, header=None, names=["label", "answer"]) for file in files])
    report = {
        "rows": len(scores),
        "auc": float(roc_auc_score(scores["label"], scores["answer"])),
        "average_precision": float(average_precision_score(scores["label"], scores["answer"])),
    }
    (BASE / "evaluation").mkdir(parents=True, exist_ok=True)
    (BASE / "evaluation" / "evaluation.json").write_text(json.dumps(report))
    print(report)
