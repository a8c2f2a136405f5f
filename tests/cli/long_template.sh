# A template refers to a definition that is too long for it by a key in S3, the digest of the output of `--emit definition`.
{
	echo 'pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R", AssetLocation: "s3://files/below" }'
	echo 'let long = join("", [for i in range(500): "0123456789"])'
	for i in $(seq 220); do echo "step S$i: Fail { ErrorMessage: \"\${long} $i\" }"; done
} >p.pipe
"$SAGEPIPEC" p.pipe -o definition.json 2>err
grep -q SP5011 err # more than CreatePipeline accepts
key=below/$(sha256sum definition.json | cut -d ' ' -f 1)/definition.json
"$SAGEPIPEC" --emit cloudformation p.pipe >template 2>err
grep -q '"PipelineDefinitionS3Location"' template
grep -q "\"Key\": \"$key\"" template
grep -q "\"s3://files/$key\"" template
"$SAGEPIPEC" --emit terraform p.pipe >template 2>>err
grep -q '"pipeline_definition_s3_location"' template
grep -q "\"object_key\": \"$key\"" template
if grep -q SP5011 err; then exit 1; fi

# Without AssetLocation, the location in S3 is unknown.
sed -i 's/, AssetLocation: "[^"]*"//' p.pipe
"$SAGEPIPEC" --emit cloudformation p.pipe >template 2>err && exit 1
grep -q SP2025 err
test ! -s template
