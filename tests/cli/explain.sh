# Each code that a message shows can be explained, and each kind described.
sed -n 's/^DIAG(\(SP[0-9]*\),.*/\1/p' "$SRCDIR/src/diag_codes.def" | while read -r code; do
	"$SAGEPIPEC" --explain "$code" >out
	grep -q "$code" out
done
sed -n 's/^kind \([A-Za-z]*\) .*/\1/p' "$SRCDIR"/stdlib/steps/*.pipe | while read -r kind; do
	"$SAGEPIPEC" --describe "$kind" >out
	grep -q "$kind" out
done
"$SAGEPIPEC" --describe Training.InputDataConfig | grep -q ChannelName
