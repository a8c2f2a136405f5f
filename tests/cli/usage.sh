# Wrong usage gives exit status 2, a message, and nothing on standard output.
refused() {
	status=0
	"$SAGEPIPEC" "$@" >out 2>err </dev/null || status=$?
	test $status -eq 2 || { echo "$*: exit status $status"; exit 1; }
	test ! -s out
	test -s err
}
printf 'pipeline "P" { }\n' >a.pipe

refused
refused --no-such-option a.pipe
refused --emit
refused --emit nonsense a.pipe
refused --dump nonsense a.pipe
refused --color sometimes a.pipe
refused --message-format nonsense a.pipe
refused --set nonsense a.pipe
refused --explain SP0000
refused --describe NoSuchKind
refused --check
refused a.pipe a.pipe
refused --diff - --against -
refused --against b.json a.pipe
refused --json a.pipe
refused --check --dump tree a.pipe

"$SAGEPIPEC" --help >out
grep -q '^Usage: sagepipec' out
test "$("$SAGEPIPEC" --version | head -n 1)" = "sagepipec $(sed -n 's/^AC_INIT(\[sagepipec\], \[\(.*\)\], \[\].*/\1/p' "$SRCDIR/configure.ac")"
