# An import names a program in the project or in a folder of -I. Any other file is refused, and no message shows a line of it.
mkdir -p project/sub project/folder.pipe home/.aws shared
echo 'aws_secret_access_key = SECRET' >home/.aws/credentials
echo 'let SECRET = SECRET SECRET' >home/broken.pipe
echo 'let shared = 1' >shared/shared.pipe
ln -s ../home/.aws/credentials project/link.pipe
ln -s ../home/broken.pipe project/outside.pipe
ln -s sub/inside.pipe project/inside.pipe
echo 'let inside = 1' >project/sub/inside.pipe
mkfifo project/fifo.pipe

check() { # PATH OPTION...: imports a file into a program
	printf 'import "%s"\npipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R" }\nstep Stop: Fail { ErrorMessage: "x" }\n' "$1" \
		>project/main.pipe
	shift
	"$SAGEPIPEC" --check "$@" project/main.pipe >out 2>err
}
refused() { # REASON PATH OPTION...
	reason=$1
	shift
	status=0
	SECRET=SECRET check "$@" || status=$?
	test $status -eq 1
	grep -q "cannot be imported: .*$reason" err
	if grep -q SECRET out err; then exit 1; fi
	test "$(grep -c '^error' err)" -eq 1
}
refused 'does not end in `.pipe`' /proc/self/environ
refused 'does not end in `.pipe`' ../home/.aws/credentials
refused 'does not end in `.pipe`' ./link.pipe
refused "outside the project's folder" ../home/broken.pipe
refused "outside the project's folder" "$PWD/home/broken.pipe"
refused "outside the project's folder" ./outside.pipe
refused 'not a file' ./fifo.pipe
refused 'not a file' ./folder.pipe
refused 'not a file' /dev/null
check ./inside.pipe
check ../shared/shared.pipe -I shared
check shared.pipe -I shared
refused "outside the project's folder" ../shared/shared.pipe

# a .sagepipec.json makes the folder around it the project
echo '{}' >.sagepipec.json
check ../shared/shared.pipe
