#!/bin/sh
# Levels of lint rules, comments that suppress them, safe fixes, and how warnings affect the exit status.
set -eu

fail() {
	echo "$*" >&2
	exit 1
}

# status WANTED COMMAND...: keeps the report in `err` and the result in `out`.
status() {
	wanted=$1
	shift
	got=0
	"$@" >out 2>err || got=$?
	test "$got" -eq "$wanted" || { cat err >&2; fail "status $got instead of $wanted: $*"; }
}

says() {
	grep -q -- "$1" err || { cat err >&2; fail "the report lacks: $1"; }
}

says_not() {
	! grep -q -- "$1" err || { cat err >&2; fail "the report has: $1"; }
}

mkdir -p project/deep
cat >project/deep/a.pipe <<'END'
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R", Region: "us-west-2" }

param Unused: Integer = 1 // kept
let nobody = "x"

step A: Lambda {
    cache for "30d"
    FunctionArn: "arn:aws:lambda:us-west-2:123456789012:function:f"
    output path: String
}
step B: Lambda {
    depends on A
    FunctionArn: "arn:aws:lambda:us-west-2:123456789012:function:f"
    Arguments: { path: A.OutputParameters.path }
}
END
cp project/deep/a.pipe original.pipe
a=project/deep/a.pipe

# Warnings do not fail a check, unless an option says so. Compiling does not lint.
status 0 "$SAGEPIPEC" --check "$a"
says 'warning\[SP4001\]'
says 'warning\[SP4003\]'
says 'note\[SP4011\]'
says '2 warnings'
status 0 "$SAGEPIPEC" "$a"
says_not SP4001
status 1 "$SAGEPIPEC" --check --warnings-as-errors "$a"
status 1 "$SAGEPIPEC" --check --max-warnings 1 "$a"
status 0 "$SAGEPIPEC" --check --max-warnings 2 "$a"
status 2 "$SAGEPIPEC" --check --max-warnings many "$a"
status 2 "$SAGEPIPEC" --fix "$a"

# A configuration is searched for in the folders above. It overrides the defaults; --lint-config replaces it.
echo '{ "lint": { "SP4001": "error", "SP4003": "off", "SP4008": "warning" } }' >project/.sagepipec.json
status 1 "$SAGEPIPEC" --check "$a"
says 'error\[SP4001\]'
says 'warning\[SP4008\]'
says_not SP4003
echo '{ "lint": { "SP4001": "note" } }' >other.json
status 0 "$SAGEPIPEC" --check --lint-config other.json "$a"
says 'note\[SP4001\]'
says 'warning\[SP4003\]'
for wrong in '{ "lint": { "SP9999": "off" } }' '{ "lint": { "SP4001": "loud" } }' '{ "lnt": {} }' '[' '[]'; do
	echo "$wrong" >other.json
	status 3 "$SAGEPIPEC" --check --lint-config other.json "$a"
	says 'other.json'
done
status 3 "$SAGEPIPEC" --check --lint-config nowhere.json "$a"
rm project/.sagepipec.json

# A comment applies to its line, or to the next one if it is alone on its line. It suppresses only the codes that it names, and no
# errors.
sed 's|// kept|// sagepipec: ignore SP4001 set by the team that starts it|; s|^let nobody|// sagepipec: ignore SP4003\n&|' \
	original.pipe >"$a"
status 0 "$SAGEPIPEC" --check "$a"
says_not SP4001
says_not SP4003
says SP4011
sed 's|// kept|// sagepipec: ignore SP4003|' original.pipe >"$a"
status 0 "$SAGEPIPEC" --check "$a"
says SP4001
sed 's|    output path: String|    outptu path: String // sagepipec: ignore SP1113 SP1110 SP3030|' original.pipe >"$a"
status 1 "$SAGEPIPEC" --check "$a"
says error

# --fix makes the safe fixes and changes nothing else. A second run changes nothing.
cp original.pipe "$a"
"$SAGEPIPEC" "$a" >before.json
status 0 "$SAGEPIPEC" --check --fix "$a"
says SP4001
says_not SP4003
says_not SP5016
sed '/^let nobody/d; /    depends on A/d; s/"30d"/"P30D"/' original.pipe | cmp - "$a" || fail "--fix changed something else"
cp "$a" fixed.pipe
status 0 "$SAGEPIPEC" --check --fix "$a"
cmp fixed.pipe "$a"
"$SAGEPIPEC" "$a" >after.json
sed '/"DependsOn"/,/\]/d; s/"30d"/"P30D"/' before.json | cmp - after.json || fail "--fix changed the definition"
status 0 "$SAGEPIPEC" --check --fix - <original.pipe
cmp fixed.pipe out || fail "--fix - does not write the fixed program"
{ echo "before"; "$SAGEPIPEC" --check --fix - <original.pipe 2>/dev/null; } >out
{ echo "before"; cat fixed.pipe; } | cmp - out || fail "--fix - overwrites earlier output"

# Many files are checked in parallel. The report is in the order of the arguments and the same each time.
files=
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	sed "s/Unused/Unused$i/" original.pipe >"$i.pipe"
	files="$files $i.pipe"
done
status 0 "$SAGEPIPEC" --check --message-format gcc $files
cp err first
for round in 1 2 3; do
	status 0 "$SAGEPIPEC" --check --message-format gcc $files
	cmp err first || fail "two runs differ"
done
grep SP4001 err | cut -d: -f1 >order
printf '%s\n' $files | cmp - order || fail "not in the order of the arguments"
status 3 "$SAGEPIPEC" --check 1.pipe nowhere.pipe 2.pipe
says 'nowhere.pipe'
says '4 warnings'
