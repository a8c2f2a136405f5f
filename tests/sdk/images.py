"""Prints tests/images/table.tsv again: queries for image_uris.retrieve, and the SageMaker SDK's answers.

The questions come from the SDK's own tables: every framework, scope, version, alias, base framework, Python version
and processor, each in the next of its regions; every region of every distinct registry; and what the SDK's code treats
apart. A line has the URI, or `-` where the SDK refuses, the framework, and the other arguments by the names that
`image()` gives them.

This Python has version 2 of the SDK, and SDK3_PYTHON names one with version 3. Both get every question. Version 3's
answer counts, or version 2's where version 3 refuses; `settled` has the exceptions.
"""
import functools
import itertools
import json
import logging
import os
import pathlib
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

try:
    from sagemaker.core import common_utils as utils, image_uris
    from sagemaker.core.training_compiler_config import TrainingCompilerConfig
except ImportError:  # version 2
    from sagemaker import image_uris, utils
    from sagemaker.training_compiler.config import TrainingCompilerConfig

# These read the same files for each query:
image_uris.config_for_framework = functools.cache(image_uris.config_for_framework)
utils._botocore_resolver = functools.cache(utils._botocore_resolver)

NAMES = {"version": "version", "region": "region", "instance": "instance_type", "python": "py_version",
         "accelerator": "accelerator_type", "scope": "image_scope", "base": "base_framework_version",
         "container": "container_version", "sdk": "sdk_version", "tool": "inference_tool"}
FLAGS = {"compiler": ("training_compiler_config", TrainingCompilerConfig),
         "smdistributed": ("distribution", lambda: {"smdistributed": {"dataparallel": {"enabled": True}}}),
         "serverless": ("serverless_inference_config", object)}
INSTANCES = {"cpu": "ml.m5.xlarge", "gpu": "ml.g5.2xlarge", "inf": "ml.inf1.xlarge", "inf2": "ml.inf2.xlarge",
             "trn": "ml.trn1.2xlarge"}
VARIANTS = {"huggingface-neuron": {"tool": "neuron"}, "huggingface-neuronx": {"tool": "neuronx"},
            "huggingface-training-compiler": {"compiler": True}, "pytorch-training-compiler": {"compiler": True}}
BASE_PYTHON = "sagemaker-base-python"
VLLM_NEURON = "huggingface-vllm-neuronx"


def sole_scope(framework):
    """The scope of a framework that has only one: the SDK finds no version without it. `image()` does."""
    try:
        table = image_uris.config_for_framework(framework)
    except OSError:
        return {}
    return {"image_scope": scope for scope in table} if len(table) == 1 else {}


def retrieve(framework, **asked):
    words = {NAMES[name]: value for name, value in asked.items() if name in NAMES}
    if not {"scope", "version"} & asked.keys():
        words.update(sole_scope(framework))
    words.update((FLAGS[name][0], FLAGS[name][1]()) for name in asked if name in FLAGS)
    try:
        if framework == BASE_PYTHON:  # has no scopes, and a function of its own
            return image_uris.get_base_python_image_uri(asked["region"], asked["python"])
        return image_uris.retrieve(framework, **words)
    except Exception:  # ValueError, or an unintended exception in the SDK's code
        return "-"


def tables():
    """The tables of this Python's SDK, by name."""
    folder = pathlib.Path(image_uris.__file__).parent / "image_uri_config"
    found = {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
    del found["instance_gpu_info"]
    return found


def sections(table):
    if "versions" in table:
        return [(scope, table) for scope in table.get("scope", [None])]
    return table.items()


def entries(version):
    """Yields (base framework and aliases, Python versions, entry) for each image of a version."""
    if "registries" in version:
        yield [None], version.get("py_versions", []), version
        return
    for key, entry in version.items():
        if key == "version_aliases":
            continue
        if key.startswith("py2") or key.startswith("py3"):
            yield [None], [key], entry
        else:
            aliases = [short for short, full in version["version_aliases"].items() if full == key]
            yield [key, *aliases], entry.get("py_versions", []), entry


def every_image(tables):
    """(framework, arguments without a region, entry) for every image."""
    for name, table in tables.items():
        framework, variant = name, {}
        if name in VARIANTS:
            framework, variant = name.split("-")[0], VARIANTS[name]
        for scope, section in sections(table):
            aliases = section.get("version_aliases", {})
            for version, config in section["versions"].items():
                names = [version, *(alias for alias, full in aliases.items() if full == version)]
                for bases, pythons, entry in entries(config):
                    processors = section.get("processors") or entry.get("processors") or [None]
                    if framework == BASE_PYTHON:
                        pythons = ["310", "38"]
                    for each in itertools.product(names, bases, pythons or [None], processors):
                        asked = dict(variant, version=each[0], base=each[1], scope=scope)
                        asked["python"] = each[2]
                        # Here the SDK rejects a Trainium instance, but uses Trainium if no instance is given.
                        asked["instance"] = None if (framework, each[3]) == ("huggingface", "trn") else INSTANCES.get(each[3])
                        yield framework, asked, entry


def in_regions(images, seen):
    """Every image in a region of its own, and the first of each registry in all of them. `seen` has the registries."""
    for turn, (framework, asked, entry) in enumerate(images, 1):
        regions = sorted(entry["registries"])
        key = tuple(sorted(entry["registries"].items()))
        wanted = [regions[turn % len(regions)]] if key in seen else regions
        seen.add(key)
        if len(entry.get("py_versions", ())) == 1 and turn % 3 == 0:  # where there is no choice, nothing need be said
            asked = dict(asked, python=None)
        for region in wanted:
            yield framework, dict(asked, region=region)


def without_choice(tables):
    """Every framework and scope, with no version."""
    for name, table in tables.items():
        if name in VARIANTS or name == BASE_PYTHON:
            continue
        for scope in [None, *dict(sections(table))]:
            yield name, {"region": "us-west-2", "scope": scope}
            yield name, {"region": "us-west-2", "scope": scope, "instance": "ml.m5.xlarge"}


def apart():
    """What the code of the SDK treats apart, in us-west-2; some of it is refused."""
    here = {"region": "us-west-2"}
    for framework, version in (("pytorch", "1.5.1"), ("pytorch", "1.3"), ("mxnet", "1.7.0"), ("tensorflow", "2.3")):
        for accelerator, scope in itertools.product(("ml.eia1.medium", "local_sagemaker_notebook", "ml.m5.xlarge"),
                                                    (None, "inference")):
            yield framework, dict(here, version=version, accelerator=accelerator, scope=scope, python="py3")
    graviton = ("m6g", "m6gd", "c6g", "c6gd", "c6gn", "c7g", "r6g", "r6gd", "c7gn", "t4g")
    for framework, version in (("xgboost", "1.5-1"), ("xgboost", "1.3-1"), ("xgboost", "1.7-1"), ("sklearn", "1.0-1"),
                               ("pytorch", "2.0"), ("tensorflow", "2.9"), ("mxnet", "1.9")):
        for family in graviton:
            for scope in (None, "inference"):
                yield framework, dict(here, version=version, instance=f"ml.{family}.large", scope=scope)
        yield framework, dict(here, version=version, instance="ml.m5.large", scope="inference_graviton")
    for framework, version, python in (("tensorflow", "2.3", "py37"), ("tensorflow", "1.15.5", "py37"),
                                       ("mxnet", "1.8", "py37"), ("pytorch", "1.6", "py36"), ("pytorch", "1.6.0", "py3"),
                                       ("pytorch", "2.1", "py310")):
        for instance, more in (("ml.p4d.24xlarge", {}), ("ml.p3.16xlarge", {"smdistributed": True}),
                               ("ml.p3.16xlarge", {}), ("ml.p4de.24xlarge", {}), ("ml.m5.large", {"smdistributed": True})):
            yield framework, dict(here, version=version, python=python, instance=instance, scope="training", **more)
    for instance in ("local", "local_gpu", "ml_m5", "ml_p3", "ml.p2.xlarge", "ml.inf2.xlarge",
                     "ml.p5.48xlarge", "ml.g6e.xlarge", "m5.xlarge", "ml."):
        for framework, version in (("pytorch", "1.12"), ("pytorch", "1.13"), ("pytorch", "2.0"), ("tensorflow", "2.11"),
                                   ("tensorflow", "2.12"), ("neo-pytorch", "1.8"), ("pytorch-smp", "2.2")):
            scope = "inference" if framework.startswith("neo") else "training"
            yield framework, dict(here, version=version, instance=instance, scope=scope)
    for scope, version, base in (("training", "4.4", "pytorch1.6"), ("training", "4.36", "pytorch2.1"),
                                 ("inference", "4.37", "pytorch2.1"), ("inference", "4.37", None)):
        for more in ({"container": "cu110-ubuntu18.04"}, {"serverless": True}, {}):
            for instance in (None, "ml.m5.xlarge", "ml.p3.2xlarge"):
                if scope == "inference" or not (instance and "serverless" in more):  # there is none for training
                    yield "huggingface", dict(here, version=version, base=base, scope=scope, instance=instance, **more)
    for more in ({"sdk": "sdk2.18.0"}, {"instance": "ml.inf2.xlarge"}, {"instance": "ml.m5.xlarge"}, {"version": "4.36.2"}):
        yield "huggingface", dict(dict(here, tool="neuronx", scope="inference", version="4.36", base="pytorch2.1"), **more)
    for name in ("spark", "huggingface-llm", "djl-lmi", "sagemaker-tritonserver", "sagemaker-distribution"):
        for more in ({"region": "us-isof-east-1"}, {"region": "mars-north-1"}, {"container": "v1.3"}, {"serverless": True},
                     {"instance": "ml.c5.xlarge"}, {"instance": "ml.g5.xlarge"}):
            # Version 3 takes no container for this one, and has another version by default.
            version = {"version": "0.36.0"} if name == "djl-lmi" and "container" in more else {}
            yield name, dict(here, **more, **version)


def apart_in_version_3():
    """The same, of what only version 3 has."""
    here = {"region": "us-west-2"}
    for framework, version in (("pytorch", "2.6"), ("llama-cpp", "1"), ("llama-cpp-arm64", "1"), ("vllm", "0.30")):
        for instance in ("ml.c7g.large", "ml.m5.large", "ml.p5.48xlarge", "local", "local_gpu"):
            yield framework, dict(here, version=version, instance=instance)
            yield framework, dict(here, version=version, instance=instance, scope="inference")
        yield framework, dict(here, version=version, scope="inference", serverless=True)
    yield "vllm", dict(here, version="0.30", instance="ml.trn1.2xlarge")
    yield "pytorch", dict(here, version="2.6", scope="inference_graviton")
    for instance in ("ml.inf1.xlarge", "ml.inf2.xlarge", "ml.m5.xlarge"):
        for sdk in (None, "sdk2.26.1"):
            yield VLLM_NEURON, dict(here, version="0.4.4", instance=instance, sdk=sdk)
    for name in ("vllm-server", "llama-cpp", "pytorch-amzn2023", "djl-lmi"):
        yield name, dict(here, version="latest", instance="ml.g5.xlarge")


def is_short(table, asked):
    """Whether a question to Hugging Face's table has a short form of the version."""
    return any(asked.get("version") in section.get("version_aliases", {}) for _, section in sections(table))


def questions(old, new):
    """What to ask, from the tables of versions 2 and 3 of the SDK."""
    registries = set()
    images = list(every_image(old))
    yield from in_regions(images, registries)
    yield from without_choice(old)
    yield from apart()
    known = {json.dumps(each) for each in images}
    unknown = (each for each in every_image(new) if json.dumps(each) not in known)
    for framework, asked in in_regions(unknown, registries):
        # Of these, `settled` would need an answer of version 2.
        if framework != "huggingface" or not is_short(new["huggingface"], asked):
            yield framework, asked
    yield from without_choice(new)
    yield from apart_in_version_3()


def for_version_3(framework, asked):
    """A question as version 3 can answer it: it finds the processor `neuronx` only if no instance type is given."""
    is_neuron = framework == VLLM_NEURON and asked.get("instance", "").startswith("ml.inf2.")
    return framework, {name: value for name, value in asked.items() if name != "instance" or not is_neuron}


def settled(framework, old, new):
    """The answer that counts of those of versions 2 and 3."""
    if framework == VLLM_NEURON:  # version 2 has `inf2` in the tag, which version 3 corrects
        return new
    # Version 3 writes the full version of Transformers even beside a short version of the base framework, as in
    # `1.13-transformers4.26.0`. ECR has no such tags, but `1.13-transformers4.26`, as version 2 writes them.
    return old if new == "-" or (framework == "huggingface" and old != "-") else new


def ask(python, *options, lines=()):
    command = [python, "-B", __file__, *options]
    done = subprocess.run(command, input="".join(json.dumps(line) + "\n" for line in lines), stdout=subprocess.PIPE,
                          text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def distinct(pairs):
    """The questions without empty arguments, each once, and with the words of its line."""
    seen = set()
    for framework, asked in pairs:
        asked = {name: value for name, value in asked.items() if value not in (None, "")}
        words = " ".join("%s=%s" % (name, "true" if value is True else value) for name, value in sorted(asked.items()))
        if (framework, words) not in seen:
            seen.add((framework, words))
            yield framework, asked, words


def main():
    python3 = os.environ["SDK3_PYTHON"]
    every = list(distinct(questions(tables(), *ask(python3, "--tables"))))
    olds = [each[:2] for each in every]
    with ThreadPoolExecutor() as pool:
        news = pool.submit(ask, python3, "--answer", lines=itertools.starmap(for_version_3, olds))
        olds = ask(sys.executable, "--answer", lines=olds)
    print("# The answers of the SageMaker SDK's image_uris.retrieve, written by tests/sdk/images.py.")
    for (framework, _, words), old, new in zip(every, olds, news.result()):
        print(settled(framework, old, new), framework, words, sep="\t")


if __name__ == "__main__":
    if sys.argv[1:] == ["--tables"]:
        print(json.dumps(tables()))
    elif sys.argv[1:] == ["--answer"]:
        for line in sys.stdin:
            framework, asked = json.loads(line)
            print(json.dumps(retrieve(framework, **asked)))
    else:
        main()
