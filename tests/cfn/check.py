"""Checks the output of `--emit cloudformation` and `--emit iam-policy` for the samples with cfn-lint, which knows the schemas of
CloudFormation's resources, and policy_sentry, which contains AWS's Service Authorization Reference. Prints TAP.

Both must also reject something wrong.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from policy_sentry.querying.actions import get_action_data

TESTS = Path(__file__).resolve().parent.parent
PROGRAMS = sorted([*TESTS.parent.glob("samples/*/*.pipe"), TESTS / "emit/cloudformation.pipe", TESTS / "emit/iam_policy.pipe", TESTS / "emit/iam_policy_data.pipe",
                   TESTS / "emit/template_without_role.pipe"])

# These actions are newer than policy_sentry's list. Statements with them are not checked.
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
    """Maps the names of templates to cfn-lint's findings."""
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
    """A template whose resources are policies, for cfn-lint."""
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {
        f"Policy{number}": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": policy}}
        for number, policy in enumerate(policies)}}


def fits(form, resource):
    """Whether a statement's resource has an ARN's form, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`."""
    if "*" in (form, resource):
        return form == resource
    form, resource = form.split(":", 5), resource.split(":", 5)
    literal = form[5].split("${")[0]
    is_same_depth = form[2] != "s3" or ("/" in form[5]) == ("/" in resource[5]) or resource[5] == "*"
    return form[2] == resource[2] and is_same_depth and resource[5].startswith(literal)


def complaints(policy):
    """Yields what is wrong with a policy according to the Service Authorization Reference."""
    for statement in policy["Statement"]:
        forms = []
        if NEWER & set(statement["Action"]):
            continue
        for action in statement["Action"]:
            service, name = action.split(":")
            if name.endswith("*"):  # only actions on KMS keys have wildcards
                forms.append("arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}")
                continue
            data = get_action_data(service, name)
            if not data:
                yield f"{statement['Sid']}: unknown action {action}"
                continue
            own = [row["resource_arn_format"] for row in data[service]]
            forms += own
            if not any(fits(form, resource) for form in own for resource in statement["Resource"]):
                yield f"{statement['Sid']}: {action} applies to none of {statement['Resource']}"
        for resource in statement["Resource"]:
            if not any(fits(form, resource) for form in forms):
                yield f"{statement['Sid']}: no action applies to {resource}"


def all_policies(emitted_policies):
    return [emitted_policies["ExecutionRole"], emitted_policies["Deployer"], *emitted_policies.get("OtherRoles", {}).values()]


def main():
    wrong = {"Resources": {"P": {"Type": "AWS::SageMaker::Pipeline", "Properties": {"PipelineName": "a", "Nonsense": 1}}}}
    wrong_policy = {"Version": "2012-10-17", "Statement": [
        {"Sid": "A", "Effect": "Allow", "Action": ["sagemaker:CreateTraining"], "Resource": ["*"]},
        {"Sid": "B", "Effect": "Allow", "Action": ["sagemaker:CreateModel"], "Resource": ["arn:aws:sagemaker:*:*:endpoint/x"]}]}
    templates = {"wrong": wrong}
    for program in PROGRAMS:
        name = program.relative_to(TESTS.parent)
        templates[f"{name}: the template"] = emitted("cloudformation", program)
        policies = all_policies(emitted("iam-policy", program))
        templates[f"{name}: a template with the policies"] = policy_template(policies)
        ok([reason for policy in policies for reason in complaints(policy)],
           f"{name}: the policies have existing actions and fitting resources")
    with tempfile.TemporaryDirectory() as folder:
        found = cfn_lint(templates, folder)
    ok([] if len(found.pop("wrong")) >= 2 else ["it is accepted"], "cfn-lint rejects a wrong template")
    ok([] if len(list(complaints(wrong_policy))) >= 3 else ["it is accepted"], "a wrong policy is rejected")
    for name, reasons in found.items():
        ok(reasons, f"{name} passes cfn-lint")
    print(f"1..{count}")
    print(f"{count - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
