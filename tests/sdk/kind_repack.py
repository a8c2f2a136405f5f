"""Models whose code is put into the model's archive before they are created or registered."""
import json
import re
import shutil

from harness import *

from sagemaker.pytorch import PyTorchModel
from sagemaker.tensorflow import TensorFlowModel

VPC = {"Subnets": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]}
ASSETS = "s3://sagemaker-us-west-2-123456789012/Repack/assets"


def by_our_script(step):
    """Replaces in the SDK's job what differs in the library, as doc/stdlib.md says: the script, how it is started and gets
    its settings, and the name and description of the step. All else is the SDK's."""
    if "-RepackModel" not in step["Name"]:
        return step
    request = step["Arguments"]
    for member in ("HyperParameters", "DebugHookConfig"):
        del request[member]
    request["AlgorithmSpecification"] |= {
        "ContainerEntrypoint": ["python3", "/opt/ml/input/data/code/repack.py"],
        "ContainerArguments": ["--entry", "inference.py"],
    }
    for name, file in (("source", "source.tar.gz"), ("code", "repack.py")):
        uri = f"{ASSETS}/{'0' * 63}{len(request['InputDataConfig'])}/{file}"
        request["InputDataConfig"].append(TrainingInput(uri).config | {"ChannelName": name})
    return step | {"Description": "Puts the code that serves a model into the model's archive."}


# A copy, because the SDK puts its own script into the folder.
source = shutil.copytree("model", os.path.join(tempfile.gettempdir(), "model"))
train = training("Train", f"{DEMO}/train", num_round=10)
SCRIPT = dict(model_data=artifacts_of(train), entry_point="inference.py", source_dir=source, **OWNER)
PYTORCH = dict(framework_version="2.0.1", py_version="py310", **SCRIPT)
full = PyTorchModel(vpc_config=VPC, env={"STAGE": "dev"}, model_kms_key="alias/out", name="own", **PYTORCH)
steps = [
    train,
    model_step("Plain", PyTorchModel(**PYTORCH)),
    model_step("Flow", TensorFlowModel(framework_version="2.11", **SCRIPT)),
    model_step("Quiet", TensorFlowModel(f"{DEMO}/model.tar.gz", framework_version="2.11", container_log_level=40, **OWNER)),
    ModelStep(
        "Full",
        step_args=full.register(
            content_types=["application/json"],
            response_types=["application/json"],
            inference_instances=["ml.m5.xlarge"],
            model_package_group_name="models",
        ),
        repack_model_step_settings=dict(
            instance_type="ml.m5.xlarge", volume_size=60, max_run=3600, tags=TEAM_TAG, output_path=f"{DEMO}/repacked"
        ),
        depends_on=[train],
    ),
]
definition = json.loads(Pipeline("Repack", steps=steps, sagemaker_session=session).definition())
definition["Steps"] = [by_our_script(step) for step in definition["Steps"]]
print(re.sub("-RepackModel-(0|own)", "-RepackModel", json.dumps(definition)))
