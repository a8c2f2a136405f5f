"""Steps that delete what other steps wrote."""
from harness3 import *
from sagemaker.core.processing import ProcessingInput, ProcessingOutput, ScriptProcessor
