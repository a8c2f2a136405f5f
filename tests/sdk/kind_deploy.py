"""A model deployed to an endpoint: with the fewest options, and with all."""
from harness import *

from sagemaker import PipelineModel
from sagemaker.workflow.endpoint_step import EndpointConfigStep, EndpointStep

count, instance, data = param("Count", 2), param("InstanceType", "ml.m5.xlarge"), param("Data", f"{DEMO}/model.tar.gz")


def deployed(name, model, endpoint, instance, count, variant="AllTraffic", more={}, key={}, **options):
    """The three steps that the component makes. `more` is for the configuration and the endpoint, `key` for the former."""
    create = ModelStep(name, step_args=model.create(instance_type="ml.m5.large", **options))
    configuration = EndpointConfigStep(
        name=f"{name}-EndpointConfig",
        arguments={
            "EndpointConfigName": endpoint,
            "ProductionVariants": [
                {
                    "VariantName": variant,
                    "ModelName": create.properties.ModelName,
                    "InitialInstanceCount": count,
                    "InstanceType": instance,
                    "InitialVariantWeight": 1,
                }
            ],
            **more,
            **key,
        },
    )
    name_of_configuration = configuration.properties.EndpointConfigName
    serve = EndpointStep(
        name=f"{name}-Endpoint",
        arguments={"EndpointName": endpoint, "EndpointConfigName": name_of_configuration, **more},
    )
    return [create, configuration, serve]


VPC = {"Subnets": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]}
full = model(data=data, env={"STAGE": "dev"}, vpc_config=VPC)
steps = deployed("Plain", model(), "houses", "ml.m5.large", 1)
team, key = {"Tags": TEAM_TAG}, {"KmsKeyId": "alias/endpoint"}
steps += deployed("Full", full, "houses-dev", instance, count, "Blue", team, key, tags=TEAM_TAG)
steps += deployed("Row", PipelineModel([model(), model(data=data)], **OWNER), "row", "ml.m5.large", 1)
emit("Deploy", steps, [count, instance, data])
