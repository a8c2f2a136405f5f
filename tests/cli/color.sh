# Messages are colored with --color=always, even if NO_COLOR is set, but not by default if standard error is no terminal.
printf 'pipeline "P" { }\nstep Stop: Fail { ErorMessage: "no" }\n' >bad.pipe
escape=$(printf '\033')
report() {
	"$@" "$SAGEPIPEC" --check $color bad.pipe 2>err || :
	grep -q SP err
}
color= report env
! grep "$escape" err || exit 1
color=--color=always report env
grep -q "$escape" err
color=--color=never report env
! grep "$escape" err || exit 1
color=--color=always report env NO_COLOR=1
grep -q "$escape" err
