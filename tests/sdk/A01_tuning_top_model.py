"""A tuning step; the two best of its models become Model steps."""
from harness import *

from sagemaker.tuner import CategoricalParameter, ContinuousParameter, HyperparameterTuner, IntegerParameter
from sagemaker.workflow.steps import TuningStep

tuner = HyperparameterTuner(
    Estimator(
        XGBOOST,
        output_path=f"{DEMO}/tuning-output",
        hyperparameters={"objective": "reg:squarederror", "num_round": 50},
        **JOB,
    ),
    "validation:rmse",
    {
        "eta": ContinuousParameter(0.05, 0.5, "Logarithmic"),
        "max_depth": IntegerParameter(3, 9),
        "booster": CategoricalParameter(["gbtree", "dart"]),
    },
    objective_type="Minimize",
    max_jobs=8,
    max_parallel_jobs=2,
    early_stopping_type="Auto",
)
data = TrainingInput(f"{DEMO}/my-data", content_type="text/csv")
tuning = TuningStep("HPTuning", step_args=tuner.fit(data))


def best(name, rank):
    data = tuning.get_top_model_s3_uri(rank, session.default_bucket(), "tuning-output")
    return model_step(name, model(data=data))


emit("TuningPipeline", [tuning, best("BestModel", 0), best("SecondBestModel", 1)])
