"""A framework's training step that reads the output of a processing step."""
from harness import *

from sagemaker.sklearn.estimator import SKLearn

process = processing(
    "CensusProcess",
    [writes("train_data", folder="train"), writes("test_data", folder="test")],
    [reads(f"{DEMO}/census")],
    arguments=["--train-test-split-ratio", "0.2"],
)
estimator = SKLearn("train.py", source_dir="model", framework_version="1.2-1", **JOB)
train = TrainingStep("CensusTrain", estimator.fit(TrainingInput(output_of(process, "train_data"))))
emit("CensusPipeline", [process, train])
