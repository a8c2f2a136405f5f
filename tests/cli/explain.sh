# --explain knows each code of a diagnostic, and --describe each kind, function and component.
names() { # SCRIPT FILE...: prints what sed finds; fails if that is nothing
	found=$(sed -n "$@")
	test -n "$found"
	echo "$found"
}
codes=$(names 's/^DIAG(\(SP[0-9]*\),.*/\1/p' "$SRCDIR/src/source/diag_codes.def")
for code in $codes; do
	"$SAGEPIPEC" --explain "$code" >out
	grep -q "$code" out
done
kinds=$(names 's/^kind \([A-Za-z]*\) .*/\1/p' "$SRCDIR"/stdlib/steps/*.pipe)
for kind in $kinds; do
	"$SAGEPIPEC" --describe "$kind" >out
	grep -q "$kind" out
done
callables=$(names 's/^\(kind\|function\|component\) \([A-Za-z_]*\)([a-z].*/\2/p' "$SRCDIR"/stdlib/kinds/*.pipe)
for name in $callables; do
	"$SAGEPIPEC" --describe "$name" >out
	grep -q "$name" out
	grep -q '^called with$' out
done
"$SAGEPIPEC" --describe output | grep -q '^    mode: ProcessingS3UploadMode = "EndOfJob"$'
"$SAGEPIPEC" --describe MonitorBatchTransform | grep -A 2 '^exports$' | grep -q '^    check$'
"$SAGEPIPEC" --describe Training.InputDataConfig | grep -q ChannelName
