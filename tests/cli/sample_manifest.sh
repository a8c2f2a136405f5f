# A sample's manifest lists the files for S3 and their sources, and the definition contains every URI.
cp -R "$SRCDIR/samples/churn" "$SRCDIR/samples/regions" .
chmod -R u+w .
for sample in churn regions; do
	"$SAGEPIPEC" --emit manifest $sample/$sample.pipe >$sample.manifest
	"$SAGEPIPEC" --dump expanded $sample/$sample.pipe >$sample.expanded
done
python3 - <<'END_OF_PYTHON'
import hashlib
import json
from pathlib import Path

BUCKET = "s3://sagemaker-us-west-2-123456789012"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def listed(sample, pipeline):
    """Yields the kind, name and source files of each asset, and checks its URI and digest."""
    assets = json.loads(Path(f"{sample}.manifest").read_text())["assets"]
    for asset in assets:
        name = asset["uri"].rsplit("/", 1)[1]
        assert asset["uri"] == f"{BUCKET}/{pipeline}/assets/{asset['digest']}/{name}", asset
        assert asset["uri"] in Path(f"{sample}.expanded").read_text(), asset
        if asset["kind"] == "file":
            assert asset["digest"] == sha256(Path(asset["source"]).read_bytes()), asset
        yield asset["kind"], name, asset.get("source"), [file["source"] for file in asset.get("files", [])]


def expect(sample, pipeline, expected):
    found = sorted(listed(sample, pipeline), key=str)
    assert found == sorted(expected, key=str), found


expect("regions", "Sales", [
    ("file", "prepare.py", "regions/code/prepare.py", []),
    ("file", "measure.py", "regions/code/measure.py", []),
    ("archive", "model.tar.gz", "regions/model", ["regions/model/inference.py", "regions/model/train.py"]),
    ("zip", "lambda.zip", "regions/lambda", ["regions/lambda/release.py"]),
])
expect("churn", "Churn", [
    ("file", "prepare.py", "churn/code/prepare.py", []),
    ("file", "evaluate.py", "churn/code/evaluate.py", []),
    ("text", "analysis_config.json", None, []),
    ("text", "analysis_config.json", None, []),
])
analyses = [json.loads(asset["text"]) for asset in json.loads(Path("churn.manifest").read_text())["assets"] if "text" in asset]
assert [analysis["headers"][0] for analysis in analyses] == ["churned", "churned"], analyses
assert [list(analysis["methods"])[0] for analysis in analyses] == ["pre_training_bias", "post_training_bias"], analyses
END_OF_PYTHON
