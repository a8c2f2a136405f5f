"""Prints tests/images/table.tsv again: queries for image_uris.retrieve, and the SageMaker SDK's answers.

The queries come from the SDK's own tables: every framework, scope, version, alias, base framework, Python version
and processor, each in the next of its regions; every region of every distinct registry; and the special cases in the
SDK's code. A line has the URI, or `-` if the SDK raises an error; the framework; and the other arguments, with the
names that `image()` uses.
"""
import functools
import itertools
import json
import logging
import pathlib
import warnings

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

from sagemaker import image_uris, utils  # noqa: E402
from sagemaker.training_compiler.config import TrainingCompilerConfig  # noqa: E402

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


def retrieve(framework, **asked):
    if framework == BASE_PYTHON:  # has no scopes, and a separate function
        return image_uris.get_base_python_image_uri(asked["region"], asked["python"])
    words = {NAMES[name]: value for name, value in asked.items() if name in NAMES}
    words.update((FLAGS[name][0], FLAGS[name][1]()) for name in asked if name in FLAGS)
    try:
        return image_uris.retrieve(framework, **words)
    except Exception:  # ValueError, or an unintended exception in the SDK's code
        return "-"


def tables():
    """Yields (name, table) for each table."""
    folder = pathlib.Path(image_uris.__file__).parent / "image_uri_config"
    for path in sorted(folder.glob("*.json")):
        if path.stem != "instance_gpu_info":
            yield path.stem, json.loads(path.read_text())


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


def every_image():
    """Yields (framework, arguments without a region, entry, whether it has one Python version) for every image."""
    for name, table in tables():
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
                        yield framework, asked, entry, len(entry.get("py_versions", ())) == 1


def in_regions():
    """Yields every image in one of its regions, and the first image of each registry in all regions."""
    seen, turn = set(), 0
    for framework, asked, entry, is_alone in every_image():
        regions = sorted(entry["registries"])
        key = tuple(sorted(entry["registries"].items()))
        turn += 1
        wanted = [regions[turn % len(regions)]] if key in seen else regions
        seen.add(key)
        if is_alone and turn % 3 == 0:  # the only Python version may be omitted
            asked["python"] = None
        for region in wanted:
            yield framework, dict(asked, region=region)


def special_cases():
    """Yields the special cases in the SDK's code, in us-west-2. Some are errors."""
    here = {"region": "us-west-2"}
    for name, table in tables():
        if name in VARIANTS or name == BASE_PYTHON:
            continue
        for scope in [None, *dict(sections(table))]:
            yield name, dict(here, scope=scope)
            yield name, dict(here, scope=scope, instance="ml.m5.xlarge")
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
            yield name, dict(here, **more)


def main():
    seen = set()
    print("# The answers of the SageMaker SDK's image_uris.retrieve, written by tests/sdk/images.py.")
    for framework, asked in itertools.chain(in_regions(), special_cases()):
        asked = {name: value for name, value in asked.items() if value is not None}
        words = " ".join("%s=%s" % (name, "true" if value is True else value) for name, value in sorted(asked.items()) if value != "")
        if (framework, words) not in seen:
            seen.add((framework, words))
            print(retrieve(framework, **asked), framework, words, sep="\t")


if __name__ == "__main__":
    main()
