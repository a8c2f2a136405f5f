"""Abalone, where the SDK uploads the code and makes up the URIs of outputs."""
from abalone import *


def metrics_uri(evaluation):
    output = evaluation.arguments["ProcessingOutputConfig"]["Outputs"][0]
    return output["S3Output"]["S3Uri"] + "/evaluation.json"


emit_abalone("", lambda output: None, metrics_uri)
