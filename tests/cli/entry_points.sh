# Two steps share a folder of code. Each runs an entry point of its own.
mkdir code
echo 'print("train")' >code/train.py
echo 'print("tune")' >code/tune.py
cat >p.pipe <<'END'
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R", Region: "us-west-2" }

function run(entry) = {
    AlgorithmSpecification: { TrainingImage: "image", TrainingInputMode: "File" }
    HyperParameters: { sagemaker_program: entry, sagemaker_submit_directory: archive("code") }
    Environment: { start: text_file("start.sh", "exec python ${entry}\n") }
    OutputDataConfig: { S3OutputPath: "s3://bucket/out" }
    ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 }
    StoppingCondition: { MaxRuntimeInSeconds: 3600 }
}
step Train: Training { ...run("train.py") }
step Tune: Training { ...run("tune.py") }
END
"$SAGEPIPEC" p.pipe >definition
"$SAGEPIPEC" p.pipe --emit manifest >manifest
python3 - <<'END'
import json
first, second = (step["Arguments"] for step in json.load(open("definition"))["Steps"])
texts = {asset["uri"]: asset.get("text") for asset in json.load(open("manifest"))["assets"]}
for arguments, entry in (first, "train.py"), (second, "tune.py"):
    assert arguments["HyperParameters"]["sagemaker_program"] == entry, arguments
    assert texts[arguments["Environment"]["start"]] == f"exec python {entry}\n", arguments
code = first["HyperParameters"]["sagemaker_submit_directory"]
assert code == second["HyperParameters"]["sagemaker_submit_directory"] and code in texts and code.endswith("/code.tar.gz")
assert first["Environment"]["start"] != second["Environment"]["start"]
assert len(texts) == 3, texts
END
