"""Hyperparameter tuning: with the fewest options, with all, with a script, with Autotune; and the best models of a job."""
from harness import *

from sagemaker.pytorch import PyTorch
from sagemaker.tuner import (
    CategoricalParameter,
    ContinuousParameter,
    HyperbandStrategyConfig,
    HyperparameterTuner,
    IntegerParameter,
    StrategyConfig,
    TuningJobCompletionCriteriaConfig,
    WarmStartConfig,
    WarmStartTypes,
)
from sagemaker.workflow.functions import Join
from sagemaker.workflow.steps import TuningStep

count, jobs, most = param("Count", 2), param("Jobs", 20), param("MostDepth", 9)
rate, data, stage = param("Rate", 0.5), param("Data", f"{DEMO}/train"), param("Stage", "dev")
channel = {"train": TrainingInput(data, content_type="text/csv")}
out = f"{DEMO}/tuning"


# For a script, the SDK adds a job name with a time stamp, and its own class. The library does not; see doc/stdlib.md.
LEFT_OUT = ("sagemaker_job_name", "sagemaker_estimator_class_name", "sagemaker_estimator_module")
static = HyperparameterTuner._prepare_static_hyperparameters.__func__
HyperparameterTuner._prepare_static_hyperparameters = classmethod(
    lambda cls, *args: {name: value for name, value in static(cls, *args).items() if name not in LEFT_OUT}
)

plain = HyperparameterTuner(
    Estimator(XGBOOST, output_path=out, **JOB),
    "validation:rmse",
    {"eta": ContinuousParameter(0.1, 0.5), "max_depth": IntegerParameter(3, 9)},
    max_jobs=4,
)
full = HyperparameterTuner(
    Estimator(
        XGBOOST,
        instance_type="ml.m5.4xlarge",
        instance_count=count,
        output_path=out,
        output_kms_key="alias/out",
        volume_size=50,
        volume_kms_key="alias/vol",
        hyperparameters={"objective": "reg:squarederror", "num_round": 50, "stage": stage, "eta": 0.2},
        environment={"STAGE": stage},
        tags=TEAM_TAG,
        subnets=["subnet-1", "subnet-2"],
        security_group_ids=["sg-1"],
        use_spot_instances=True,
        max_run=3600,
        max_wait=7200,
        max_retry_attempts=2,
        checkpoint_s3_uri=f"{DEMO}/checkpoints",
        checkpoint_local_path="/opt/ml/checkpoints",
        encrypt_inter_container_traffic=True,
        enable_network_isolation=True,
        **OWNER,
    ),
    "rmse",
    {
        "eta": ContinuousParameter(0.05, rate, scaling_type="Logarithmic"),
        "max_depth": IntegerParameter(3, most, scaling_type="Linear"),
        "booster": CategoricalParameter(["gbtree", "dart", stage]),
    },
    metric_definitions=[{"Name": "rmse", "Regex": r"rmse=([0-9\.]+)"}],
    strategy="Hyperband",
    strategy_config=StrategyConfig(HyperbandStrategyConfig(max_resource=10, min_resource=1)),
    objective_type="Minimize",
    max_jobs=jobs,
    max_parallel_jobs=count,
    max_runtime_in_seconds=7200,
    early_stopping_type="Off",
    random_seed=7,
    warm_start_config=WarmStartConfig(WarmStartTypes.TRANSFER_LEARNING, {"earlier-job"}),
    completion_criteria_config=TuningJobCompletionCriteriaConfig(
        max_number_of_training_jobs_not_improving=5, complete_on_convergence=True
    ),
)
script = HyperparameterTuner(
    PyTorch(
        entry_point="train.py",
        source_dir="model",
        framework_version="2.0.1",
        py_version="py310",
        hyperparameters={"epochs": 10, "rate": rate, "optimizer": "sgd"},
        output_path=out,
        **JOB,
    ),
    "loss",
    {"hidden": IntegerParameter(8, 64), "activation": CategoricalParameter(["relu", "tanh", 1])},
    metric_definitions=[{"Name": "loss", "Regex": r"loss=([0-9\.]+)"}],
    max_jobs=8,
    max_parallel_jobs=2,
    early_stopping_type="Auto",
)
auto = HyperparameterTuner(
    Estimator(
        XGBOOST,
        output_path=out,
        hyperparameters={"objective": "reg:squarederror", "num_round": 50, "alpha": 0.1},
        **JOB,
    ),
    "validation:rmse",
    {"eta": ContinuousParameter(0.1, 0.5)},
    objective_type="Minimize",
    max_jobs=4,
    autotune=True,
    hyperparameters_to_keep_static=["objective"],
)
several = HyperparameterTuner.create(
    estimator_dict={
        "shallow": Estimator(XGBOOST, output_path=out, hyperparameters={"max_depth": 3}, **JOB),
        "deep": Estimator(XGBOOST, output_path=out, hyperparameters={"max_depth": 9}, **JOB),
    },
    objective_metric_name_dict={"shallow": "validation:rmse", "deep": "validation:rmse"},
    hyperparameter_ranges_dict={
        "shallow": {"eta": ContinuousParameter(0.1, 0.5)},
        "deep": {"eta": ContinuousParameter(0.01, 0.1), "booster": CategoricalParameter(["gbtree", "dart"])},
    },
    objective_type="Minimize",
    max_jobs=10,
    max_parallel_jobs=2,
)
first = TuningStep("Plain", plain.fit(channel))
steps = [
    first,
    TuningStep("Full", full.fit(channel), cache_config=cached("P30D"), depends_on=["Plain"]),
    TuningStep("Script", script.fit(channel)),
    TuningStep("Auto", auto.fit(channel)),
    TuningStep("Several", several.fit({name: channel for name in several.estimator_dict}, include_cls_metadata={})),
]
bucket = "amzn-s3-demo-bucket"
best = Join(
    "/",
    [
        first.properties.TrainingJobDefinition.OutputDataConfig.S3OutputPath,
        first.properties.TrainingJobSummaries[0].TrainingJobName,
        "output/model.tar.gz",
    ],
)
steps.append(model_step("Best", model(data=best)))
steps.append(model_step("Second", model(data=first.get_top_model_s3_uri(1, bucket, "tuning"))))
emit("Tune", steps, [count, jobs, most, rate, data, stage])
