# Sourced by check-deb and check-image. Runs Debian 12 in containers of buildah, without a daemon and without a registry.
# debootstrap makes a substitute for the image debian:bookworm-slim, once, in BUILD/containers. Nothing outside that folder is
# changed.

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -eq 1 ] || { echo "usage: ${0##*/} BUILD" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "${0##*/}: making containers needs root" >&2; exit 3; }
build=$(cd "$1" && pwd)
base=debian:bookworm-slim
export BUILDAH_ISOLATION=chroot

buildah() {
	command buildah --root "$build/containers/storage" --runroot "$build/containers/run" "$@"
}

# Removes what a test leaves, except the substitute image.
remove_rest() {
	buildah rm --all >/dev/null
	buildah rmi --force sagepipec >/dev/null 2>&1 || true
	buildah rmi --prune >/dev/null
}

number=0
failed=0

# is NAME COMMAND...: reports one test in TAP, which passes if the command succeeds. If not, shows the command's output.
is() {
	number=$((number + 1))
	name=$1
	shift
	if "$@" >"$build/containers/log" 2>&1; then
		echo "ok $number - $name"
	else
		echo "not ok $number - $name"
		sed 's/^/# /' "$build/containers/log" | tail -n 60
		failed=1
	fi
}

finish() {
	remove_rest
	echo "1..$number"
	exit $failed
}

mkdir -p "$build/containers"
if ! buildah inspect --type image $base >/dev/null 2>&1; then
	rm -rf "$build/containers/debian"
	debootstrap --variant=minbase bookworm "$build/containers/debian" >"$build/containers/debootstrap.log" 2>&1 ||
		{ tail -n 20 "$build/containers/debootstrap.log" >&2; exit 3; }
	container=$(buildah from scratch)
	buildah add --quiet "$container" "$build/containers/debian" / >/dev/null
	buildah commit --quiet --rm "$container" $base >/dev/null
	rm -rf "$build/containers/debian"
fi
