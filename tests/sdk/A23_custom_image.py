"""Processing, training and serving with custom images."""
from harness import *

from sagemaker.processing import Processor, ScriptProcessor

REGISTRY = "123456789012.dkr.ecr.us-west-2.amazonaws.com"

image = param("TrainingImage", f"{REGISTRY}/my-algo:latest")
processor = Processor(
    image_uri=f"{REGISTRY}/my-processor:1.0",
    entrypoint=["python3", "/app/run.py"],
    env={"STAGE": "prod"},
    max_runtime_in_seconds=1800,
    volume_size_in_gb=50,
    **JOB,
)
run = processor.run(outputs=[writes("train", f"{DEMO}/train")], arguments=["--mode", "full"])
process = ProcessingStep("CustomProcess", run)
script = ScriptProcessor(image_uri=f"{REGISTRY}/my-script:1.0", command=["python3", "-v"], **JOB)
scripted = ProcessingStep("CustomScript", script.run(code=f"{DEMO}/code/x.py"))
estimator = Estimator(
    image,
    output_path=f"{DEMO}/out",
    hyperparameters={"alpha": 0.5},
    metric_definitions=[{"Name": "loss", "Regex": "loss=(.*)"}],
    **JOB,
)
train = TrainingStep("CustomTrain", estimator.fit(TrainingInput(output_of(process, "train"))))
server = model(f"{REGISTRY}/my-server:latest", artifacts_of(train), env={"WORKERS": "2"})
emit("CustomImagePipeline", [process, scripted, train, model_step("CustomModel", server)], [image])
