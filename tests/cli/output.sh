# With -o, the file is written completely or not at all, and nothing goes to standard output.
cat >good.pipe <<'END'
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R" }
step Stop: Fail { ErrorMessage: "no" }
END
sed 's/ErrorMessage/ErorMessage/' good.pipe >bad.pipe

"$SAGEPIPEC" good.pipe >direct
"$SAGEPIPEC" good.pipe -o file >out 2>err
cmp direct file
test ! -s out
test ! -s err

echo before >kept
status=0
"$SAGEPIPEC" bad.pipe -o kept >out 2>err || status=$?
test $status -eq 1
test "$(cat kept)" = before
test ! -s out
grep -q '^error\[SP' err
test "$(ls)" = "$(printf '%s\n' bad.pipe direct err file good.pipe kept out)"

status=0
"$SAGEPIPEC" good.pipe -o no/such/folder/file 2>err || status=$?
test $status -eq 3
test -s err

status=0
"$SAGEPIPEC" good.pipe >/dev/full 2>err || status=$?
test $status -eq 3
test -s err

# An input is not replaced, by whatever name: the program, an import, a file that is read, settings, the other side of a diff.
mkdir inputs
cp good.pipe inputs/program.pipe
cat >inputs/main.pipe <<'END'
import "./shared.pipe"
config text: String = "x"
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R" }
step Stop: Fail { ErrorMessage: "${text}${shared}${readtext("note.txt")}" }
END
echo 'let shared = "y"' >inputs/shared.pipe
echo note >inputs/note.txt
echo '{"text": "z"}' >inputs/settings.json
"$SAGEPIPEC" good.pipe -o inputs/other.json
ln -s program.pipe inputs/link.pipe
ln inputs/program.pipe inputs/hard.pipe
cp -R inputs before
refused() {
	status=0
	"$SAGEPIPEC" "$@" >out 2>err || status=$?
	test $status -eq 1
	grep -q 'the result would replace the input' err
	test ! -s out
	diff -r inputs before
}
refused inputs/program.pipe -o inputs/program.pipe
refused inputs/program.pipe -o inputs/link.pipe
refused inputs/link.pipe -o inputs/program.pipe
refused inputs/program.pipe -o inputs/hard.pipe
refused inputs/main.pipe -o inputs/shared.pipe
refused inputs/main.pipe -o inputs/note.txt
refused --config inputs/settings.json inputs/main.pipe -o inputs/settings.json
refused --graph inputs/main.pipe -o inputs/shared.pipe
refused --dump graph inputs/main.pipe -o inputs/main.pipe
refused --diff inputs/program.pipe --against inputs/other.json -o inputs/other.json
"$SAGEPIPEC" inputs/main.pipe -o inputs/main.json
