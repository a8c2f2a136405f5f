"""A model deployed to an endpoint, with an inference component."""
from harness import *

from sagemaker.workflow.endpoint_step import EndpointConfigStep, EndpointStep
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.functions import Join
from sagemaker.workflow.inference_component_step import InferenceComponentStep
from sagemaker.workflow.retry import StepExceptionTypeEnum, StepRetryPolicy

count, instance = param("InitialInstanceCount", 1), param("EndpointInstanceType", "ml.m5.large")
create = model_step("Model", model())
variant = {
    "VariantName": "AllTraffic",
    "ModelName": create.properties.ModelName,
    "InstanceType": instance,
    "InitialInstanceCount": count,
    "InitialVariantWeight": 1,
}
config = EndpointConfigStep(
    "EndpointConfig",
    {
        "EndpointConfigName": Join("-", ["cfg", ExecutionVariables.PIPELINE_EXECUTION_ID]),
        "ProductionVariants": [variant],
        "Tags": TEAM_TAG,
    },
    cache_config=cached("P1D"),
    retry_policies=[StepRetryPolicy([StepExceptionTypeEnum.THROTTLING], max_attempts=3)],
)
endpoint = EndpointStep(
    "Endpoint",
    {"EndpointName": "abalone", "EndpointConfigName": config.properties.EndpointConfigName},
    "Deploy",
    "Creates or updates",
)
component = InferenceComponentStep(
    "Component",
    {
        "EndpointName": endpoint.properties.EndpointName,
        "InferenceComponentName": "abalone-ic",
        "VariantName": "AllTraffic",
        "RuntimeConfig": {"CopyCount": 1},
        "Specification": {
            "ModelName": create.properties.ModelName,
            "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 1024, "NumberOfCpuCoresRequired": 1.0},
        },
    },
    depends_on=[endpoint],
)
emit("DeployPipeline", [create, config, endpoint, component], [count, instance])
