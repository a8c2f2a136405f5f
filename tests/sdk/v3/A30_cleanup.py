"""Steps that delete what other steps wrote: objects of a processing job, and all that a training job wrote, also on its failure."""
from harness3 import *
from sagemaker.core.processing import Processor
from sagemaker.core.shapes.shapes import ProcessingOutput, ProcessingS3Output
from sagemaker.core.training.configs import Compute, OutputDataConfig
from sagemaker.mlops.workflow.cleanup_step import CleanupStep, S3CleanupSource
from sagemaker.mlops.workflow.step_dependency import StepDependency, TriggerCondition
from sagemaker.mlops.workflow.steps import ProcessingStep
from sagemaker.train.model_trainer import ModelTrainer

processor = Processor(
    role=ROLE,
    image_uri=f"012345678910.dkr.ecr.{REGION}.amazonaws.com/prepare:1",
    instance_count=1,
    instance_type="ml.m5.large",
    sagemaker_session=session,
)
output = ProcessingOutput(
    output_name="data",
    s3_output=ProcessingS3Output(
        s3_uri=f"{DEMO}/data", local_path="/opt/ml/processing/data", s3_upload_mode="EndOfJob"
    ),
)
prepare = ProcessingStep("Prepare", step_args=processor.run(outputs=[output]))
trainer = ModelTrainer(
    training_image=f"012345678910.dkr.ecr.{REGION}.amazonaws.com/train:1",
    role=ROLE,
    compute=Compute(instance_type="ml.m5.large", instance_count=1, volume_size_in_gb=30),
    output_data_config=OutputDataConfig(s3_output_path=f"{DEMO}/models"),
    base_job_name="train",
    sagemaker_session=session,
)
train = TrainingStep("Train", step_args=trainer.train(), depends_on=[prepare])
tidy = CleanupStep(
    "Tidy",
    [S3CleanupSource(prepare, [f"{DEMO}/data/part-0.csv", ParameterString("Object")]), S3CleanupSource(train)],
    description="Deletes what is no longer needed.",
    depends_on=[prepare],
)
failed = CleanupStep(
    "TidyAfterFailure", [S3CleanupSource("Train")], depends_on=[StepDependency(train, TriggerCondition.FAILED)]
)
emit("Cleanup", [prepare, train, tidy, failed], [ParameterString("Object")])
