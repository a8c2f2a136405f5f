# A file over 256 MiB gets one message. The file is a hole: it takes no room on the disk.
dd if=/dev/zero of=large.pipe bs=1 count=0 seek=$((257 * 1024 * 1024)) 2>dd.err
status=0
"$SAGEPIPEC" --check --color=never large.pipe 2>err || status=$?
test $status -eq 1
diff -u "$SRCDIR/tests/cli/too_large.err" err
