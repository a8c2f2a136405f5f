"""Every way to make a step depend on others."""
from harness import *


def process(name):
    output = writes("train_data", f"{DEMO}/{name}/train", "train")
    return processing(name, [output], code=f"{DEMO}/code/preprocessing.py")


def train(name, *calls, uri=f"{DEMO}/train"):
    """A training step on which add_depends_on is called with each of the given lists."""
    step = training(name, uri, num_round=10)
    for steps in calls:
        step.add_depends_on(steps)
    return step


a, b = process("ProcessA"), process("ProcessB")
one = train("TrainAfterOne", [a])
two = train("TrainAfterTwo", [a, b])
alternate = train("TrainAfterTwoAlternate", [a], [b])
mixed = train("TrainDataAndCustom", [b], uri=output_of(a, "train_data"))
named = train("TrainByName", ["ProcessA", "TrainAfterOne"])
create = model_step("Model", model(data=artifacts_of(one)), depends_on=[two, alternate])
last = train("TrainAfterCollection", [create])
emit("DependsPipeline", [a, b, one, two, alternate, mixed, named, create, last])
