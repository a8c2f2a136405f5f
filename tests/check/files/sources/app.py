# lambda_handler is only a comment here, and handel a word in a text.
"""handel"""
import os


def run(event, context):
    return self.handel(event)


async def later():
    def inner():
        pass


def handler(event, context):
    return os.environ
