"""A PyTorch training step and a model of its artifacts."""
from harness import *

from sagemaker.pytorch import PyTorch

estimator = PyTorch(
    "train.py",
    source_dir="model",
    framework_version="1.13.1",
    py_version="py39",
    hyperparameters={"epochs": 3, "lr": 0.01},
    disable_profiler=True,
    **JOB,
)
train = TrainingStep("PyTorchTrain", estimator.fit({"training": TrainingInput(f"{DEMO}/mnist")}))
trained = model(estimator.training_image_uri(), artifacts_of(train))
emit("ModelCreatePipeline", [train, model_step("MyModelCreationStep", trained)])
