"""Serverless customization of a model with each technique. The model's settings are invented."""

from types import SimpleNamespace as Members

from harness3 import *
from sagemaker.core.resources import ModelPackage
from sagemaker.train.common import TrainingType

MODEL = "meta-textgeneration-llama-3-2-1b-instruct"
MINE = "arn:aws:sagemaker:us-west-2:123456789012"
REWARD = f"{MINE}:hub-content/Mine/JsonDoc/reward/0.0.1"

describe_model(
    MODEL,
    ["SFT", "DPO", "RLVR", "RLAIF"],
    {
        "learning_rate": {"type": "float", "default": 0.0001},
        "max_epochs": {"type": "integer", "default": 1},
        "preset_reward_function": {"type": "string", "default": None},
        "judge_model_id": {"type": "string", "default": None},
    },
)


def customized(name, trainer, set_here={}, **options):
    settings = dict(
        model=MODEL,
        model_package_group=f"{MINE}:model-package-group/tuned",
        training_dataset=f"{DEMO}/train.jsonl",
        s3_output_path=f"{DEMO}/out",
        accept_eula=True,
        mlflow_resource_arn=f"{MINE}:mlflow-tracking-server/tracking",
        is_multimodal=False,
        role=ROLE,
        sagemaker_session=session,
    )
    job = trainer(**{**settings, **options})
    for setting, value in set_here.items():
        setattr(job.hyperparameters, setting, value)
    return TrainingStep(name=name, step_args=job.train())


tuned_before = ModelPackage.model_construct(
    model_package_arn=f"{MINE}:model-package/tuned/1",
    inference_specification=Members(containers=[Members(base_model=Members(hub_content_name=MODEL))]),
)

emit(
    "FineTuneServerless",
    [
        customized(
            "Supervised",
            SFTTrainer,
            {"learning_rate": 0.00002, "max_epochs": 3},
            validation_dataset=f"{DEMO}/validation.jsonl",
            sequence_length="4K",
        ),
        customized(
            "Preferences",
            DPOTrainer,
            training_dataset=f"{MINE}:hub-content/Mine/DataSet/preferences/1.0.0",
            training_type=TrainingType.FULL,
            kms_key_id="alias/tuning",
            mlflow_experiment_name="preferences",
            mlflow_run_name="first",
            tags=[{"key": "team", "value": "ml"}],
        ),
        customized("Rewards", RLVRTrainer, custom_reward_function=REWARD, skip_reward_validation=True),
        customized("Preset", RLVRTrainer, {"preset_reward_function": "prime_code"}),
        customized("Continued", SFTTrainer, model=tuned_before),
        customized("Judged", RLAIFTrainer, reward_prompt=REWARD, reward_model_id="openai.gpt-oss-20b-1:0"),
    ],
)
