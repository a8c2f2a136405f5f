"""What AWS's packages know, as facts: read from their models, tables and source text. Nothing of them is run."""

import ast
import gzip
import json
import re
from pathlib import Path

NOT_IMAGES = {"instance_gpu_info"}


def version_of(folder, name):
    metadata = next(Path(folder).glob("%s-*.dist-info/METADATA" % name.replace("-", "_")))
    return re.search(r"^Version: (\S+)$", metadata.read_text(encoding="utf-8"), re.M)[1]


# --- botocore ---


def service_model(folder):
    path = max(Path(folder, "botocore/data/sagemaker").glob("*/service-2.json*"))
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def types_of_metadata(shapes):
    """The step types that executions report: a member is a type, or a type followed by `Job`."""
    members = shapes["PipelineExecutionStepMetadata"]["members"]
    return [name.removesuffix("Job") or name for name in members]


def statuses(shapes):
    return {name: shapes[name]["enum"] for name in ("PipelineExecutionStatus", "StepStatus")}


# --- the SDK's source ---


def constants(node):
    """The text constants that a class assigns, by name."""
    return {item.targets[0].id: item.value.value for item in node.body
            if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant) and isinstance(item.value.value, str)}


class Sources:
    """The classes of the SDK's source files."""

    def __init__(self, texts):
        self.classes = {node.name: node for text in texts for node in ast.walk(ast.parse(text))
                        if isinstance(node, ast.ClassDef)}
        self.types = constants(self.classes["StepTypeEnum"])

    def bases(self, name):
        """A class and its base classes, nearest first."""
        node = self.classes.get(name)
        if node is None:
            return []
        return [node] + [base for item in node.bases if isinstance(item, ast.Name) for base in self.bases(item.id)]

    def exceptions(self):
        return sorted(value for name in self.classes if name.endswith("ExceptionTypeEnum")
                      for value in constants(self.classes[name]).values())

    def type_of(self, node):
        """The step type that a class gives to its base class's constructor, or None."""
        for item in ast.walk(node):
            if isinstance(item, ast.Attribute) and getattr(item.value, "id", "") == "StepTypeEnum" and is_in_call(node, item):
                return self.types[item.attr]
        return None

    def keys_of(self, node, name="to_request"):
        """The members that a class's own method writes."""
        written = set()
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and method.name == name:
                written |= self.written(method)
        return written

    def written(self, method):
        keys = set()
        for item in ast.walk(method):
            if isinstance(item, ast.Assign):
                keys |= {target.slice.value for target in item.targets if is_member(target)}
                if isinstance(item.targets[0], ast.Name):
                    keys |= literal_keys(item.value)
            elif isinstance(item, ast.Return):
                keys |= literal_keys(item.value)
            elif isinstance(item, ast.Call) and getattr(item.func, "attr", "") == "update" and item.args:
                keys |= self.updated(item.args[0])
        return keys

    def updated(self, value):
        """The members of `self.cache_config.config`, a property of the class CacheConfig, or of a literal."""
        if not (isinstance(value, ast.Attribute) and isinstance(value.value, ast.Attribute)):
            return literal_keys(value)
        owner = self.classes.get("".join(word.capitalize() for word in value.value.attr.split("_")))
        return {key for method in (owner.body if owner else ())
                if isinstance(method, ast.FunctionDef) and method.name == value.attr
                for item in ast.walk(method) if isinstance(item, ast.Return) for key in literal_keys(item.value)}

    def step_keys(self):
        """The keys of the steps of each type."""
        keys = {}
        for name, node in self.classes.items():
            bases = self.bases(name)
            if not any(base.name == "Step" for base in bases):
                continue
            kind = next(filter(None, map(self.type_of, bases)), None)
            if kind:
                keys.setdefault(kind, set()).update(*map(self.keys_of, bases))
        return {kind: sorted(found) for kind, found in keys.items()}

    def definition_keys(self):
        return sorted(self.keys_of(self.classes["Pipeline"], "definition"))


def is_in_call(node, attribute):
    """Whether an expression is an argument of `super().__init__`, as a step's type is. Comparisons with a type are not."""
    return any(isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "__init__" and
               attribute in [*call.args, *(keyword.value for keyword in call.keywords)] for call in ast.walk(node))


def is_member(target):
    """`request["Key"]`, but not `request["Key"]["Inner"]`."""
    return isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and isinstance(target.slice, ast.Constant)


def literal_keys(value):
    return {key.value for key in value.keys if isinstance(key, ast.Constant)} if isinstance(value, ast.Dict) else set()


# --- images ---


def image_versions(table):
    """The versions of a table, by scope."""
    if "versions" in table:
        return {scope: sorted(table["versions"]) for scope in table.get("scope", [""])}
    return {scope: sorted(part["versions"]) for scope, part in table.items()
            if isinstance(part, dict) and "versions" in part}


def images(folder):
    """The versions of all tables, by table and scope."""
    return {path.stem: image_versions(json.loads(path.read_text(encoding="utf-8")))
            for path in sorted(Path(folder).glob("image_uri_config/*.json")) if path.stem not in NOT_IMAGES}


# --- all ---


def facts(new, old):
    """The facts of the packages in the folder `new`, and of version 2 of the SDK in `old`."""
    shapes = service_model(new)["shapes"]
    workflow = Path(new, "sagemaker/mlops/workflow")
    sources = Sources(path.read_text(encoding="utf-8") for path in sorted(workflow.glob("*.py")))
    return {
        "versions": {"botocore": version_of(new, "botocore"), "sagemaker-mlops": version_of(new, "sagemaker-mlops"),
                     "sagemaker-core": version_of(new, "sagemaker-core"), "sagemaker": version_of(old, "sagemaker")},
        "metadata": types_of_metadata(shapes),
        "statuses": statuses(shapes),
        "types": sorted(sources.types.values()),
        "keys": sources.step_keys(),
        "definition": sources.definition_keys(),
        "exceptions": sources.exceptions(),
        "images": {"sagemaker-core": images(Path(new, "sagemaker/core")), "sagemaker": images(Path(old, "sagemaker"))},
    }
