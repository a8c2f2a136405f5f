"""Fine-tuning of JumpStart's models: with the weights named by the environment, in a channel, and from a private hub."""

from unittest import mock

from harness import *
from sagemaker.jumpstart.enums import JumpStartModelType
from sagemaker.jumpstart.estimator import JumpStartEstimator
from sagemaker.jumpstart.types import HubContentType, JumpStartModelSpecs

MODEL = "example-textgeneration-7b"
VERSION = "2.1.0"
IMAGE = "763104351884.dkr.ecr.us-west-2.amazonaws.com/huggingface-pytorch-training:2.0.0-gpu-py310"


def specification(**changes):
    """The specification of an invented model, as JumpStart's manifest in S3 would contain it."""

    def setting(name, default, scope):
        return {"name": name, "type": "text", "default": default, "scope": scope}

    fields = {
        "model_id": MODEL,
        "url": "https://example.com",
        "version": VERSION,
        "min_sdk_version": "2.189.0",
        "training_supported": True,
        "incremental_training_supported": True,
        "default_training_instance_type": "ml.g5.12xlarge",
        "supported_training_instance_types": ["ml.g5.12xlarge", "ml.g5.24xlarge"],
        "training_artifact_key": "example/weights/",
        "training_script_key": "example/script/v1.0.0/sourcedir.tar.gz",
        "training_instance_type_variants": {
            "regional_aliases": {REGION: {"image": IMAGE}},
            "variants": {"g5": {"regional_properties": {"image_uri": "$image"}}},
        },
        "hyperparameters": [
            setting("epoch", "1", "algorithm"),
            setting("learning_rate", "0.0001", "algorithm"),
            setting("sagemaker_program", "transfer_learning.py", "container"),
            setting("sagemaker_submit_directory", "/opt/ml/input/data/code/sourcedir.tar.gz", "container"),
        ],
        "metrics": [{"Name": "eval:loss", "Regex": "eval_loss=([0-9.]+)"}],
        "training_enable_network_isolation": True,
        "estimator_kwargs": {
            "volume_size": 256,
            "max_run": 360000,
            "encrypt_inter_container_traffic": True,
            "disable_output_compression": True,
        },
        "inference_environment_variables": [],
        **changes,
    }
    return JumpStartModelSpecs(fields)


def fine_tuned(name, specs, options={}, **given):
    accessor = "sagemaker.jumpstart.accessors.JumpStartModelsAccessor.get_model_specs"
    kind = "sagemaker.jumpstart.estimator.validate_model_id_and_get_type"
    with mock.patch(accessor, return_value=specs), mock.patch(kind, return_value=JumpStartModelType.OPEN_WEIGHTS):
        estimator = JumpStartEstimator(model_id=MODEL, output_path=f"{DEMO}/out", **OWNER, **given)
        return TrainingStep(name=name, step_args=estimator.fit({"training": f"{DEMO}/train"}, **options))


epochs = param("Epochs", 3)
gated = specification(
    training_model_package_artifact_uris={REGION: "s3://jumpstart-private-cache-prod-us-west-2/example/weights"}
)
hub = specification()
hub._is_hub_content = True
hub.training_ecr_uri = IMAGE
hub.set_hub_content_type(HubContentType.MODEL_REFERENCE)

emit(
    "FineTune",
    [
        fine_tuned(
            "Gated",
            gated,
            model_version=VERSION,
            environment={"accept_eula": "true"},
            hyperparameters={"epoch": epochs, "learning_rate": "0.0002"},
        ),
        fine_tuned(
            "Channel", specification(), {"accept_eula": True}, model_version=VERSION, instance_type="ml.g5.24xlarge"
        ),
        fine_tuned("Open", specification(training_enable_network_isolation=False, metrics=[]), model_version=VERSION),
        fine_tuned("Hub", hub, {"accept_eula": True}, hub_name="arn:aws:sagemaker:us-west-2:123456789012:hub/Private"),
    ],
    [epochs],
)
