# Unusual input files, such as CRLF, byte order marks, empty and unreadable files; and output files that cannot be written.
program='pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R" }\nstep Stop: Fail { ErrorMessage: "no" }'
printf "$program\n" >usual.pipe
printf "$program" >no-line-end.pipe
printf "$program\n" | sed 's/$/\r/' >crlf.pipe
printf "\357\273\277$program\n" >byte-order-mark.pipe
"$SAGEPIPEC" usual.pipe >expected
for file in no-line-end crlf byte-order-mark; do
	"$SAGEPIPEC" $file.pipe >out
	cmp out expected
done

ends_with() { # STATUS ARGUMENT...
	expected=$1 status=0
	shift
	"$SAGEPIPEC" "$@" >out 2>err || status=$?
	test $status -eq "$expected" || { echo "$*: exit status $status"; cat err; exit 1; }
	test ! -s out
}

printf '' >empty.pipe
ends_with 1 empty.pipe
grep -q 'SP2009' err
printf '\377\376p\000i\000' >utf-16.pipe
ends_with 1 utf-16.pipe
test "$(grep -c '^error' err)" -eq 1
ends_with 3 .
ends_with 3 --check . usual.pipe
if test "$(id -u)" -ne 0; then
	cp usual.pipe secret.pipe
	chmod 000 secret.pipe
	ends_with 3 secret.pipe
fi

# a file that is unreadable or wrong does not keep the others from being checked
printf 'step\n' >bad.pipe
ends_with 3 --check bad.pipe missing.pipe usual.pipe
grep -q 'bad.pipe' err
grep -q 'missing.pipe' err

# the exit status is 3 if the output cannot be written
ends_with 3 usual.pipe -o .
ends_with 3 usual.pipe -o /dev/full
"$SAGEPIPEC" usual.pipe -o /dev/null
status=0
"$SAGEPIPEC" usual.pipe >&- 2>err || status=$?
test $status -eq 3
status=0
"$SAGEPIPEC" - <&- >out 2>err || status=$?
test $status -eq 3

# an output file keeps its mode, and a symbolic link stays a link
printf old >target
chmod 640 target
ln -s target link
"$SAGEPIPEC" usual.pipe -o link
test -h link
cmp target expected
test "$(ls -l target | cut -c1-10)" = -rw-r-----
