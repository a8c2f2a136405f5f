# A file over 256 MiB is rejected with one message. The file is sparse: it takes no disk space.
dd if=/dev/zero of=large.pipe bs=1 count=0 seek=$((257 * 1024 * 1024)) 2>dd.err
status=0
"$SAGEPIPEC" --check --color=never large.pipe 2>err || status=$?
test $status -eq 1
diff -u "$SRCDIR/tests/cli/too_large.err" err
