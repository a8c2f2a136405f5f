# Where files are looked for, and where they go.
mkdir -p dir/code other
echo one >dir/code/a.py
printf 'pipeline "P" {}\nstep S: Fail { ErrorMessage: file("code/a.py") }\n' >dir/p.pipe
"$SAGEPIPEC" dir/p.pipe --assets s3://bucket/x/ >out
grep -q '"s3://bucket/x/[0-9a-f]*/a.py"' out
(cd other && "$SAGEPIPEC" ../dir/p.pipe --assets s3://bucket/x | cmp - ../out)
"$SAGEPIPEC" dir/p.pipe --region eu-west-1 --account 123456789012 | grep -q '"s3://sagemaker-eu-west-1-123456789012/P/assets/'

# of standard input: the working directory, or that of --stdin-filename
(cd dir && "$SAGEPIPEC" - --assets s3://bucket/x <p.pipe | cmp - ../out)
"$SAGEPIPEC" - --stdin-filename dir/p.pipe --assets s3://bucket/x <dir/p.pipe | cmp - out
! "$SAGEPIPEC" - --assets s3://bucket/x <dir/p.pipe 2>err
grep -q SP2071 err

# a missing place is said once, with the ways to give it
! "$SAGEPIPEC" dir/p.pipe 2>err
test "$(grep -c '^error' err)" -eq 1
for way in --assets AssetLocation --region --account Region RoleArn; do grep -q -e "$way" err; done

# nothing of the network or of an account is asked for
env -i "$SAGEPIPEC" dir/p.pipe --assets s3://bucket/x | cmp - out

# a file is never held in memory as a whole
head -c 300000000 /dev/zero >dir/code/large.bin
printf 'pipeline "P" { AssetLocation: "s3://b" }\nstep S: Fail { ErrorMessage: file("code/large.bin") }\n' >dir/large.pipe
python3 - "$SAGEPIPEC" dir/large.pipe >out <<'END'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 200_000, "KiB at the most"
END
grep -q "$(sha256sum dir/code/large.bin | cut -c1-64)/large.bin" out
rm dir/code/large.bin
