# `--diff`: which files at a changed URI changed, and their lines.
cat >old.pipe <<'END'
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R", Region: "us-west-2", AssetLocation: "s3://b/a" }
config rows: Integer = 1
let image = image("sklearn", version: "1.2-1")
let code = archive("before")
step Prepare: FrameworkProcessing(image: image, source: code, entry: "main.py")
step Fit: FrameworkTraining(image: image, source: code, entry: "main.py", instance: "ml.m5.large")
step Nested: FrameworkProcessing(image: image, entry: "run.py", source: archive({
    "run.py": text_file("run.py", "rows = ${rows}\n")
    "more/inner.zip": zip("before")
}))
step Spark: SparkProcessing(image: image, script: file("before/main.py"), configuration: [{
    Classification: "spark-defaults"
    Properties: { "rows": "${rows}" }
}])
step Elsewhere: ScriptProcessing(image: image, script: "s3://b/one.py")
END
sed 's/"before\("\|\/\)/"after\1/; s/one.py/two.py/; s/Integer = 1/Integer = 2/' old.pipe >new.pipe
mkdir before
printf '%s\n' 'import os' '' 'def main():' '    print(1)' '' '' 'main()' >before/main.py
seq 100 >before/numbers.txt
printf '\0\1' >before/binary
echo 1 >before/gone.txt
cp -r before after
printf '%s\n' 'import sys' '' 'def main():' '    print(1)' '    print(2)' '' '' 'main()' >after/main.py
seq -f 'a%g' 100 >after/numbers.txt
printf '\0\2' >after/binary
echo 1 >after/new.txt
rm after/gone.txt

compare() {
	status=0
	"$SAGEPIPEC" --diff --color=never "$@" >>out 2>>err || status=$?
	echo "exit status $status" >>out
}
# Both programs are here.
compare new.pipe --against old.pipe
compare new.pipe --against old.pipe --json
# Only the manifest of the other one: the lines of files that it contains.
"$SAGEPIPEC" --emit request old.pipe >old.json
"$SAGEPIPEC" --emit manifest old.pipe >old.manifest.json
"$SAGEPIPEC" --emit manifest new.pipe >new.manifest.json
compare new.pipe --against old.json --manifest old.manifest.json
# Nothing is known of the other side: only the URI changed. Nothing of either.
compare new.pipe --against old.json
compare old.pipe --against old.json --manifest old.manifest.json
# A given manifest replaces that of the program.
compare new.pipe --against old.pipe --manifest new.manifest.json
compare new.pipe --against old.json --manifest old.json
compare new.pipe --against old.json --manifest missing.json
echo '{"assets": [{"uri": 1}, {"uri": ""}, 2, {"uri": "s3://b", "files": {"name": 1}}]}' >odd.json
compare new.pipe --against old.json --manifest odd.json
test "$(sed -n 's/^exit status //p' out | tr '\n' ' ')" = "4 4 4 4 0 4 3 3 4 "
cat out err >all
diff -u "$SRCDIR/tests/cli/diff_files.txt" all
