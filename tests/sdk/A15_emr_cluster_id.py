"""An EMR step on a running cluster."""
from harness import *

from emr import JAR
from sagemaker.workflow.emr_step import EMRStep

emit(
    "EMRPipeline",
    [EMRStep("EMRSampleStep", "My EMR Step", "Pipeline step to execute EMR job", "j-1ABCDEFG2HIJK", JAR)],
)
