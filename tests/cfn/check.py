"""What `--emit cloudformation` and `--emit iam-policy` make of the samples, judged by others: cfn-lint, which knows the
schemas of CloudFormation's resources, and policy_sentry, which ships AWS's Service Authorization Reference. TAP.

Each judge is first given something wrong, which it must refuse.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from policy_sentry.querying.actions import get_action_data

TESTS = Path(__file__).resolve().parent.parent
PROGRAMS = sorted([*TESTS.parent.glob("samples/*/*.pipe"), TESTS / "emit/cloudformation.pipe", TESTS / "emit/iam_policy.pipe",
                   TESTS / "emit/template_without_role.pipe"])

# The jobs of the general kind are younger than the list: nothing is known of a statement about them.
NEWER = {f"sagemaker:{verb}Job" for verb in ("Create", "Describe", "Stop")}

count = failed = 0


def ok(reasons, name):
    global count, failed
    count += 1
    failed += bool(reasons)
    print(f"{'not ' if reasons else ''}ok {count} - {name}")
    for reason in reasons:
        print(f"# {reason}"[:400])


def emitted(what, program):
    command = [os.environ["SAGEPIPEC"], "--emit", what, str(program)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def cfn_lint(templates, folder):
    """What cfn-lint says of each template, by its name."""
    paths = {}
    for name, template in templates.items():
        path = Path(folder) / f"{len(paths)}.json"
        path.write_text(json.dumps(template))
        paths[str(path)] = name
    command = [str(Path(sys.executable).parent / "cfn-lint"), "--format", "json", *paths]
    found = {name: [] for name in templates}
    for match in json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout or "[]"):
        found[paths[match["Filename"]]].append(f"{match['Rule']['Id']} {match['Message']}")
    return found


def policy_template(policies):
    """Policies as resources of a template, for cfn-lint."""
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {
        f"Policy{number}": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": policy}}
        for number, policy in enumerate(policies)}}


def takes(form, resource):
    """Whether a resource of a statement is one of an ARN's form, `arn:${Partition}:s3:::${BucketName}/${ObjectName}`."""
    if "*" in (form, resource):
        return form == resource
    form, resource = form.split(":", 5), resource.split(":", 5)
    literal = form[5].split("${")[0]
    is_same_depth = form[2] != "s3" or ("/" in form[5]) == ("/" in resource[5]) or resource[5] == "*"
    return form[2] == resource[2] and is_same_depth and resource[5].startswith(literal)


def complaints(policy):
    """What is wrong with a policy by the Service Authorization Reference."""
    for statement in policy["Statement"]:
        forms = []
        if NEWER & set(statement["Action"]):
            continue
        for action in statement["Action"]:
            service, name = action.split(":")
            if name.endswith("*"):  # families of actions on KMS keys
                forms.append("arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}")
                continue
            data = get_action_data(service, name)
            if not data:
                yield f"{statement['Sid']}: there is no action {action}"
                continue
            own = [row["resource_arn_format"] for row in data[service]]
            forms += own
            if not any(takes(form, resource) for form in own for resource in statement["Resource"]):
                yield f"{statement['Sid']}: {action} takes none of {statement['Resource']}"
        for resource in statement["Resource"]:
            if not any(takes(form, resource) for form in forms):
                yield f"{statement['Sid']}: no action takes {resource}"


def all_policies(emitted_policies):
    return [emitted_policies["ExecutionRole"], emitted_policies["Deployer"], *emitted_policies.get("OtherRoles", {}).values()]


def main():
    wrong = {"Resources": {"P": {"Type": "AWS::SageMaker::Pipeline", "Properties": {"PipelineName": "a", "Nonsense": 1}}}}
    wrong_policy = {"Version": "2012-10-17", "Statement": [
        {"Sid": "A", "Effect": "Allow", "Action": ["sagemaker:CreateTraining"], "Resource": ["*"]},
        {"Sid": "B", "Effect": "Allow", "Action": ["sagemaker:CreateModel"], "Resource": ["arn:aws:sagemaker:*:*:endpoint/x"]}]}
    templates = {"refused": wrong}
    for program in PROGRAMS:
        name = program.relative_to(TESTS.parent)
        templates[f"{name}: template"] = emitted("cloudformation", program)
        policies = all_policies(emitted("iam-policy", program))
        templates[f"{name}: policies in a template"] = policy_template(policies)
        ok([reason for policy in policies for reason in complaints(policy)], f"{name}: actions and resources")
    with tempfile.TemporaryDirectory() as folder:
        found = cfn_lint(templates, folder)
    ok([] if len(found.pop("refused")) >= 2 else ["it is not refused"], "cfn-lint refuses a template that is wrong")
    ok([] if len(list(complaints(wrong_policy))) >= 3 else ["it is not refused"], "a policy that is wrong is refused")
    for name, reasons in found.items():
        ok(reasons, name)
    print(f"1..{count}")
    print(f"{count - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
