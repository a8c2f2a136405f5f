# Where files are searched for, and where they go in S3.
mkdir -p dir/code other
echo one >dir/code/a.py
printf 'pipeline "P" {}\nstep S: Fail { ErrorMessage: file("code/a.py") }\n' >dir/p.pipe
"$SAGEPIPEC" dir/p.pipe --assets s3://bucket/x/ >expected
grep -q '"s3://bucket/x/[0-9a-f]*/a.py"' expected
(cd other && "$SAGEPIPEC" ../dir/p.pipe --assets s3://bucket/x | cmp - ../expected)
"$SAGEPIPEC" dir/p.pipe --region eu-west-1 --account 123456789012 | grep -q '"s3://sagemaker-eu-west-1-123456789012/P/assets/'

# for a program on standard input: in the working directory, or in the folder of --stdin-filename
(cd dir && "$SAGEPIPEC" - --assets s3://bucket/x <p.pipe | cmp - ../expected)
"$SAGEPIPEC" - --stdin-filename dir/p.pipe --assets s3://bucket/x <dir/p.pipe | cmp - expected
! "$SAGEPIPEC" - --assets s3://bucket/x <dir/p.pipe 2>err
grep -q SP2071 err

# a path is relative to the file that contains it: an import, a configuration, a file that readjson reads
mkdir -p dir/lib dir/conf
for part in lib conf; do echo "$part" >dir/$part/x.py; done
echo '{ "script": "x.py" }' >dir/conf/prod.json
printf 'let of_import = file("x.py")\nfunction here(path) = file(path)\nfunction there(path) = file("${path}.py")\n' >dir/lib/lib.pipe
cat >dir/parts.pipe <<'END'
import "./lib/lib.pipe"
pipeline "P" { AssetLocation: "s3://bucket" }
config script: String
let read = readjson("conf/prod.json")
step S: Lambda {
    FunctionArn: "arn:aws:lambda:us-west-2:123456789012:function:f"
    Arguments: { imported: of_import, given: here("code/a.py"), made: there("x"), configured: file(script), read: file(read.script) }
}
END
"$SAGEPIPEC" dir/parts.pipe --config dir/conf/prod.json >out
for pair in imported:lib/x given:code/a made:lib/x configured:conf/x read:conf/x; do
	digest=$(sha256sum "dir/${pair#*:}.py" | cut -c1-64)
	grep -q "\"${pair%:*}\": \"s3://bucket/$digest/" out || { echo "$pair"; cat out; exit 1; }
done
"$SAGEPIPEC" dir/parts.pipe --config dir/conf/prod.json --emit deps >out
for file in parts.pipe lib/lib.pipe lib/x.py code/a.py conf/prod.json conf/x.py; do grep -q "dir/$file" out; done

# a missing location in S3 is reported once, with the ways to set it
! "$SAGEPIPEC" dir/p.pipe 2>err
test "$(grep -c '^error' err)" -eq 1
for way in --assets AssetLocation --region --account Region RoleArn; do grep -q -e "$way" err; done

# no environment variable is needed
env -i "$SAGEPIPEC" dir/p.pipe --assets s3://bucket/x | cmp - expected

# a file is never read into memory as a whole
head -c 300000000 /dev/zero >dir/code/large.bin
printf 'pipeline "P" { AssetLocation: "s3://b" }\nstep S: Fail { ErrorMessage: file("code/large.bin") }\n' >dir/large.pipe
python3 - "$SAGEPIPEC" dir/large.pipe >out <<'END'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 200_000, "more than 200,000 KiB"
END
grep -q "$(sha256sum dir/code/large.bin | cut -c1-64)/large.bin" out
rm dir/code/large.bin
