"""Two existing Lambda functions. The second gets the outputs of the first."""
from harness import *

bucket, file = param("S3Bucket", "amzn-s3-demo-bucket"), param("DataFile", "data.csv")
split = lambda_step(
    "ProcessingLambda",
    "split-dataset-lambda",
    {"s3_bucket": bucket, "data_file": file},
    train_file="String",
    test_file="String",
)
parts = split.properties.Outputs
consume = lambda_step(
    "ConsumeLambda",
    "consume",
    {"train": parts["train_file"], "test": parts["test_file"], "n": 3, "ratio": 0.25},
    statusCode="Integer",
    score="Float",
    done="Boolean",
)
emit("LambdaPipeline", [split, consume], [bucket, file])
