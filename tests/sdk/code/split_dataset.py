def lambda_handler(event, context):
    prefix = "s3://{s3_bucket}/{data_file}".format(**event)
    return {"train_file": prefix + ".train", "test_file": prefix + ".test"}
