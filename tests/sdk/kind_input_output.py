"""Inputs and outputs of processing jobs: the SDK's defaults, each option, and its location for outputs without a URI."""
from harness import *

data = param("Data", f"{DEMO}/raw")
options = ProcessingInput(
    f"{DEMO}/sharded",
    "/opt/ml/processing/elsewhere",
    "sharded",
    s3_data_type="ManifestFile",
    s3_input_mode="Pipe",
    s3_data_distribution_type="ShardedByS3Key",
    s3_compression_type="Gzip",
)
written = ProcessingOutput("/opt/ml/processing/logs", f"{DEMO}/logs", "events", s3_upload_mode="Continuous")
first = processing(
    "First",
    [writes("train"), writes("test", f"{DEMO}/test"), written],
    [ProcessingInput(data, "/opt/ml/processing/raw", "raw"), options],
    code=f"{DEMO}/code/first.py",
)
second = processing(
    "Second",
    [writes("report")],
    [
        ProcessingInput(output_of(first, "train"), "/opt/ml/processing/train", "train"),
        ProcessingInput(output_of(first, "test"), "/opt/ml/processing/test", "test"),
    ],
    code=f"{DEMO}/code/second.py",
)
emit("InputOutput", [first, second], [data])
