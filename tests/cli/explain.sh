# Each code that a message shows can be explained, and each kind described.
sed -n 's/^DIAG(\(SP[0-9]*\),.*/\1/p' "$SRCDIR/src/diag_codes.def" | while read -r code; do
	"$SAGEPIPEC" --explain "$code" >out
	grep -q "$code" out
done
sed -n 's/^kind \([A-Za-z]*\) .*/\1/p' "$SRCDIR"/stdlib/steps/*.pipe | while read -r kind; do
	"$SAGEPIPEC" --describe "$kind" >out
	grep -q "$kind" out
done
sed -n 's/^\(kind\|function\|component\) \([A-Za-z_]*\)([a-z].*/\2/p' "$SRCDIR"/stdlib/kinds/*.pipe | while read -r name; do
	"$SAGEPIPEC" --describe "$name" >out
	grep -q "$name" out
	grep -q '^called with$' out
done
"$SAGEPIPEC" --describe output | grep -q '^    mode: ProcessingS3UploadMode = "EndOfJob"$'
"$SAGEPIPEC" --describe MonitorBatchTransform | grep -A 2 '^exports$' | grep -q '^    check$'
"$SAGEPIPEC" --describe Training.InputDataConfig | grep -q ChannelName
