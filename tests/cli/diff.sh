# `--diff`: exit statuses, standard input, comparison with a program, color, -o.
status_of() { # WANTED ARGUMENT...
	wanted=$1
	shift
	status=0
	"$SAGEPIPEC" --diff "$@" >out 2>err || status=$?
	test $status -eq "$wanted" || { echo "$*: exit status $status, not $wanted"; cat out err; exit 1; }
}
cat >a.pipe <<'END'
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R" }
config count: Integer = 1
param N: Integer = count
step Stop: Fail { ErrorMessage: "${N}" }
END
sed 's/Stop/Halt/; s/= 1/= 2/' a.pipe >b.pipe
"$SAGEPIPEC" --emit request --set count=3 a.pipe >a.json

status_of 0 a.pipe --against a.pipe
test "$(cat out)" = "no differences"
status_of 4 a.pipe --against b.pipe
grep -q '^      ~ default: 2 -> 1  (a.pipe:3)$' out
grep -q 'was named Halt' out
test ! -s err

# configurations of one program
status_of 4 a.pipe --against a.json
status_of 0 a.pipe --against a.json --set count=3
status_of 0 --set count=3 a.pipe --against - <a.json
status_of 4 - --against a.json <a.pipe
status_of 4 a.pipe --against a.json -o written
test ! -s out
grep -q 'default: 3 -> 1' written

# colors only with --color=always
status_of 4 a.pipe --against a.json
! grep -q "$(printf '\033')" out
status_of 4 a.pipe --against a.json --color=always
grep -q "$(printf '\033')" out

# inputs that cannot be compared
echo 'step' >wrong.pipe
status_of 1 wrong.pipe --against a.json
status_of 1 a.pipe --against wrong.pipe
status_of 3 a.pipe --against missing.json
status_of 3 missing.pipe --against a.json
echo '[]' >list.json
status_of 3 a.pipe --against list.json
grep -q 'SP6100' err
test ! -s out

# control characters in the other definition do not reach the terminal
printf '{"Steps":[{"Name":"a\\u001b[2Jb","Type":"Fail"}]}' >evil.json
status_of 4 a.pipe --against evil.json
! grep -q "$(printf '\033')" out
