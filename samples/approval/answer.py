"""The reviewer's side: reads a question from the queue, asks it, and sends the answer to the pipeline.

    python answer.py https://sqs.us-west-2.amazonaws.com/123456789012/model-approval
"""
import getpass
import json
import sys


def question(body):
    arguments = body["arguments"]
    return f"version {arguments['version']} of {arguments['group']} has an accuracy of {arguments['accuracy']}"


def outputs(is_approved, reviewer, comment):
    """The outputs of the Callback step, sent as strings."""
    values = {"is_approved": "true" if is_approved else "false", "reviewer": reviewer, "comment": comment or "-"}
    return [{"Name": name, "Value": value} for name, value in values.items()]


def main(queue):
    import boto3

    sqs, sagemaker = boto3.client("sqs"), boto3.client("sagemaker")
    messages = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20).get("Messages", [])
    for message in messages:
        body = json.loads(message["Body"])
        print(question(body))
        is_approved = input("approve? [y/N] ").lower().startswith("y")
        answer = outputs(is_approved, getpass.getuser(), input("comment: "))
        sagemaker.send_pipeline_execution_step_success(CallbackToken=body["token"], OutputParameters=answer)
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    if not messages:
        print("nothing to review")


if __name__ == "__main__":
    main(sys.argv[1])
