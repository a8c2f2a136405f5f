"""An inference pipeline of two framework models, registered."""
from harness import *

from sagemaker import PipelineModel
from sagemaker.sklearn import SKLearnModel
from sagemaker.xgboost import XGBoost, XGBoostModel

BUNDLE = dict(source_dir="model", code_location=f"{DEMO}/sip/code", py_version="py3")

process = processing(
    "SipProcess", [writes("model"), writes("train")], [reads(f"{DEMO}/raw")], version="1.0-1"
)
xgboost = XGBoost("train.py", framework_version="0.90-2", **BUNDLE, **JOB)
train = TrainingStep("SipTrain", xgboost.fit({"train": TrainingInput(output_of(process, "train"))}))
served = dict(OWNER, **BUNDLE, entry_point="inference.py")
models = PipelineModel(
    [
        SKLearnModel(output_of(process, "model"), framework_version="1.0-1", **served),
        XGBoostModel(artifacts_of(train), framework_version="0.90-2", **served),
    ],
    **OWNER,
)
registered = models.register(
    content_types=["application/json"],
    response_types=["application/json"],
    inference_instances=["ml.t2.medium", "ml.m5.xlarge"],
    transform_instances=["ml.m5.xlarge"],
    model_package_group_name="sipgroup",
)
emit("SipPipeline", [process, train, ModelStep("AbaloneRegisterModel", registered)])
