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
