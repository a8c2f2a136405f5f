# Programs are read from files or standard input, and messages show their names.
printf 'pipeline "P" { }\nstep Stop: Fail { ErorMessage: "no" }\n' >bad.pipe
sed s/Eror/Error/ bad.pipe >good.pipe

"$SAGEPIPEC" good.pipe >from-file
"$SAGEPIPEC" - <good.pipe >from-input
cmp from-file from-input

! "$SAGEPIPEC" --check - <bad.pipe 2>err || exit 1
grep -q -- '--> .*:2:' err
! "$SAGEPIPEC" --check --stdin-filename shown.pipe - <bad.pipe 2>err || exit 1
grep -q -- '--> shown.pipe:2:' err

"$SAGEPIPEC" --check good.pipe good.pipe
! "$SAGEPIPEC" --check good.pipe bad.pipe 2>err || exit 1
grep -q -- '--> bad.pipe:2:' err

status=0
"$SAGEPIPEC" missing.pipe 2>err || status=$?
test $status -eq 3
grep -q missing.pipe err
