#!/bin/sh
# run.sh [FOLDER [FILTER]]: runs the tests of one folder, or of all folders, whose names contain FILTER, and prints TAP.
#
#   syntax/x.pipe       x.tree is what `--dump tree` prints, x.err the report of `--check`; one of them or both
#   check/x.pipe        x.err is the report of `--check`; x.args holds options. Likewise mistakes/x.pipe
#   emit/x.pipe         x.json is the definition, byte for byte; x.args holds options
#   conformance/x.pipe  x.json is the definition as a JSON value, x.request.json the CreatePipeline request
#   stdlib/x.pipe       x.json is the definition as a JSON value, after json_equal.py --normalize
#   format/x.pipe       x.fmt is the output of `--fmt`, x.err its messages, if there are any
#   diff/x.pipe         x.diff is the output of `--diff` against x.json, x.diff.json the same with `--json`; x.args
#                       holds options; x.err is the report if x.json cannot be compared
#   graph/x.pipe        x.txt, x.dot and x.mmd are the output of `--graph` as text, for Graphviz and for Mermaid
#   samples/**/x.json   the definition of the program samples/**/x.pipe, which compiles without warnings and lint findings
#   samples/**/x.args   one line for each configuration of that program: a NAME and options; x.NAME.json is the definition
#   cli/x.sh            passes if it exits with status 0; it starts in an empty folder, $TMP
#   unit/x.c            a program that prints TAP; its arguments are the samples
#
# To add a test, add its files; nothing is registered. UPDATE=1 writes the actual output to the expected files, unless the
# compiler died or printed nothing. An expected file that must be empty is created by hand.
# SAGEPIPEC is the compiler, BUILDDIR the build folder. SRCDIR may be read-only.
# TEST_SECONDS, a whole number, is the time limit for one run of the compiler. The first hang ends the run.

here=$(cd "$(dirname "$0")" && pwd)
SRCDIR=$(cd "${SRCDIR:-$here/..}" && pwd)
: "${BUILDDIR:=$(test -x sagepipec && pwd || echo "$SRCDIR/build")}"
: "${SAGEPIPEC:=$BUILDDIR/sagepipec}"
: "${TEST_SECONDS:=120}"
COMPILER=$SAGEPIPEC # from here on, SAGEPIPEC is a wrapper around it
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM
SAGEPIPEC=$scratch/sagepipec
export SRCDIR BUILDDIR SAGEPIPEC COMPILER LC_ALL=C
unset NO_COLOR
tests=$SRCDIR/tests
filter=${2:-}
number=0

# $limit SECONDS COMMAND...: exit status 124 at the time limit, or 142 where there is no `timeout`.
if limit=$(command -v timeout); then
	limit="$limit -k 5"
else
	echo 'alarm shift; exec @ARGV; exit 127;' >"$scratch/limit"
	limit="$(command -v perl) $scratch/limit"
fi

# The wrapper limits the time. It notes a hang or a crash in $died, so that a test that ignores the exit status fails too.
died=$scratch/died
cat >"$SAGEPIPEC" <<END
#!/bin/sh
$limit $TEST_SECONDS '$COMPILER' "\$@"
status=\$?
case \$status in
0 | 1 | 2 | 3 | 4 | 141) ;; # 141: SIGPIPE, the reader closed the pipe
124 | 142) echo "did not end within $TEST_SECONDS seconds: sagepipec \$*" >>'$died' ;;
*) echo "died with status \$status: sagepipec \$*" >>'$died' ;;
esac
exit \$status
END
chmod +x "$SAGEPIPEC"

limited() { # COMMAND...: a script or program that does many things, with ten times the limit
	$limit $((TEST_SECONDS * 10)) "$@"
	status=$?
	case $status in 124 | 142) echo "did not end within $((TEST_SECONDS * 10)) seconds: $*" >>"$died" ;; esac
	return $status
}

result() { # STATUS NAME FILE: reports one test; FILE holds the reasons for a failure
	number=$((number + 1))
	if test "$1" -eq 0 && test ! -s "$died"; then
		echo "ok $number - $2"
		return
	fi
	echo "not ok $number - $2"
	echo "# exit status $1"
	test ! -f "$died" || sed 's/^/# /' "$died"
	head -n 60 "$3" | sed 's/^/# /'
	if grep -q '^did not end' "$died" 2>/dev/null; then
		echo "Bail out! $2: it hangs"
		exit 1
	fi
	rm -f "$died"
}

compare() { # NAME EXPECTED ACTUAL
	if test -n "${UPDATE:-}" && test ! -s "$died" && test -s "$3" && ! cmp -s "$2" "$3"; then
		mkdir -p "${2%/*}" && cp "$3" "$2"
	fi
	diff -u "$2" "$3" >"$scratch/diff" 2>&1
	result $? "$1" "$scratch/diff"
}

expect_status() { # NAME STATUS EXPECTED: if the exit status is not the expected one, fails the test and shows $scratch/err
	test "$2" -eq "$3" && return
	echo "(exit status $2, expected $3)" >>"$scratch/err"
	result 99 "$1" "$scratch/err"
	return 1
}

status_of_report() { # prints the exit status that must come with the report in $scratch/err: 1 if it has an error, or 0
	grep -q '^error' "$scratch/err" && echo 1 || echo 0
}

select_tests() { # FOLDER SUFFIX: enters the folder, and sets $names to the names, without the suffix, that match the filter
	cd "$tests/$1" || exit 99
	names=
	for file in *"$2"; do
		case ${file%"$2"} in *"$filter"*) test ! -f "$file" || names="$names ${file%"$2"}" ;; esac
	done
}

check_report() { # FOLDER NAME: runs in the folder, so that the report shows file names without a path
	args=$(cat "$2.args" 2>/dev/null)
	# shellcheck disable=SC2086 # several options
	"$SAGEPIPEC" --check --color=never $args "$2.pipe" >"$scratch/out" 2>"$scratch/err"
	expect_status "$1/$2.err" $? "$(status_of_report)" || return
	if test -s "$scratch/out"; then
		result 99 "$1/$2.err, and nothing on standard output" "$scratch/out"
	else
		compare "$1/$2.err" "$tests/$1/$2.err" "$scratch/err"
	fi
}

compile() { # NAME ARGUMENT...: writes the definition to $scratch/out; if that fails, fails the test
	name_of_test=$1
	shift
	"$SAGEPIPEC" --color=never "$@" >"$scratch/out" 2>"$scratch/err" && return 0
	result $? "$name_of_test" "$scratch/err"
	return 1
}

run_syntax() {
	select_tests syntax .pipe
	for name in $names; do
		if test -f "$name.tree" || test ! -f "$name.err"; then
			"$SAGEPIPEC" --dump tree --color=never "$name.pipe" >"$scratch/out" 2>"$scratch/err"
			expect_status "syntax/$name.tree" $? "$(status_of_report)" &&
				compare "syntax/$name.tree" "$tests/syntax/$name.tree" "$scratch/out"
		fi
		test ! -f "$name.err" || check_report syntax "$name"
	done
}

run_check() {
	select_tests check .pipe
	for name in $names; do check_report check "$name"; done
}

run_mistakes() {
	select_tests mistakes .pipe
	for name in $names; do check_report mistakes "$name"; done
}

run_emit() {
	select_tests emit .pipe
	for name in $names; do
		args=$(cat "$name.args" 2>/dev/null)
		# shellcheck disable=SC2086 # several options
		compile "emit/$name" $args "$name.pipe" && compare "emit/$name" "$tests/emit/$name.json" "$scratch/out"
	done
}

compare_pairs() { # [OPTION]: compares the pairs in $scratch/pairs, in one process, which continues the numbering
	python3 "$tests/json_equal.py" $((number + 1)) "$@" <"$scratch/pairs" >"$scratch/equal" 2>"$scratch/err"
	status=$?
	cat "$scratch/equal"
	number=$((number + $(grep -c -e '^ok ' -e '^not ok ' "$scratch/equal")))
	test $status -eq 0 || result $status "json_equal.py" "$scratch/err"
}

compile_pair() { # FOLDER/NAME ARGUMENT...: compiles, and adds the expected and the actual definition to $scratch/pairs
	pair=$1
	shift
	compile "$pair" "$@" || return 0
	mkdir -p "$scratch/${pair%/*}"
	mv "$scratch/out" "$scratch/$pair.json"
	echo "$pair	$tests/$pair.json	$scratch/$pair.json" >>"$scratch/pairs"
}

run_conformance() {
	select_tests conformance .json
	: >"$scratch/pairs"
	for name in $names; do
		kind=definition
		test "$name" = "${name%.request}" || kind=request
		compile_pair "conformance/$name" --emit $kind "${name%.request}.pipe"
	done
	compare_pairs
}

run_stdlib() {
	select_tests stdlib .pipe
	: >"$scratch/pairs"
	for name in $names; do compile_pair "stdlib/$name" "$name.pipe"; done
	compare_pairs --normalize
}

run_format() { # formatting must be idempotent; the exit status is 1 if there are messages
	select_tests format .pipe
	for name in $names; do
		"$SAGEPIPEC" --fmt --color=never --stdin-filename "$name.pipe" - <"$name.pipe" >"$scratch/out" 2>"$scratch/err"
		status=$?
		test -f "$name.err" && expected=1 || expected=0
		if test -n "${UPDATE:-}" && test -s "$scratch/err"; then expected=1; fi
		expect_status "format/$name" $status $expected || continue
		compare "format/$name.fmt" "$tests/format/$name.fmt" "$scratch/out"
		test $expected -eq 0 || compare "format/$name.err" "$tests/format/$name.err" "$scratch/err"
		"$SAGEPIPEC" --fmt --color=never - <"$scratch/out" >"$scratch/again" 2>"$scratch/err"
		expect_status "format/$name is not changed by formatting again" $? "$(status_of_report)" || continue
		diff -u "$scratch/out" "$scratch/again" >"$scratch/diff"
		result $? "format/$name is not changed by formatting again" "$scratch/diff"
	done
}

diff_form() { # NAME FORM [--json]: expects status 3 if x.err exists, 0 if there are no differences, and otherwise 4
	args=$(cat "$1.args" 2>/dev/null)
	# shellcheck disable=SC2086 # several options
	"$SAGEPIPEC" --diff "$1.pipe" --against "$1.json" --color=never ${3:-} $args >"$scratch/out" 2>"$scratch/err"
	status=$?
	expected=4
	if test -f "$1.err"; then
		expected=3
	elif grep -q -e '^no differences$' -e '"differences": \[\]' "$scratch/out"; then
		expected=0
	fi
	expect_status "diff/$1.$2" $status $expected || return
	if test $expected -eq 3; then
		compare "diff/$1.$2" "$tests/diff/$1.err" "$scratch/err"
	else
		cat "$scratch/err" >>"$scratch/out"
		compare "diff/$1.$2" "$tests/diff/$1.$2" "$scratch/out"
	fi
}

run_diff() {
	select_tests diff .pipe
	for name in $names; do
		diff_form "$name" diff
		diff_form "$name" diff.json --json
	done
}

run_graph() {
	select_tests graph .pipe
	for name in $names; do
		for form in text:txt dot:dot mermaid:mmd; do
			compile "graph/$name.${form#*:}" --graph --as "${form%:*}" "$name.pipe" &&
				compare "graph/$name.${form#*:}" "$tests/graph/$name.${form#*:}" "$scratch/out"
		done
	done
}

check_sample() { # NAME PROGRAM OPTION...
	sample=$1
	shift
	compile "$sample" "$@" || return 0
	"$SAGEPIPEC" --check --color=never "$@" >>"$scratch/err" 2>&1
	expect_status "$sample" $? 0 || return
	if test -s "$scratch/err"; then
		result 99 "$sample" "$scratch/err"
	else
		compare "$sample" "$tests/$sample.json" "$scratch/out"
	fi
}

run_samples() { # skips files without a pipeline, which others import; compiles programs without options from another folder
	cd "$SRCDIR/samples" || exit 99
	find . -path "*$filter*.pipe" -exec grep -l '^pipeline ' {} + | sort >"$scratch/samples"
	while read -r program; do
		name=samples/${program#./}
		name=${name%.pipe}
		cd "$scratch" || exit 99
		if test -f "$tests/$name.args"; then
			cd "$SRCDIR/${name%/*}" || exit 99
			while read -r configuration options || test -n "$configuration"; do
				# shellcheck disable=SC2086 # several options
				check_sample "$name.$configuration" "${program##*/}" $options
			done <"$tests/$name.args"
		else
			check_sample "$name" "$SRCDIR/$name.pipe"
		fi
	done <"$scratch/samples"
}

run_cli() {
	select_tests cli .sh
	for name in $names; do
		mkdir -p "$scratch/cli/$name" && cd "$scratch/cli/$name" || exit 99
		limited env TMP="$PWD" sh -eu "$tests/cli/$name.sh" >"$scratch/out" 2>&1 </dev/null
		result $? "cli/$name" "$scratch/out"
	done
}

run_unit() {
	select_tests unit .c
	cd "$BUILDDIR" || exit 99
	find "$SRCDIR/samples" -name '*.pipe' | sort >"$scratch/samples"
	for name in $names; do
		limited xargs "unit/$name" <"$scratch/samples" >"$scratch/out" 2>&1
		status=$?
		if test $status -eq 0 && ! has_passed "$scratch/out"; then
			echo "(its output is not TAP in which all planned tests passed)" >>"$scratch/out"
			status=99
		fi
		result $status "unit/$name" "$scratch/out"
	done
}

has_passed() { # FILE: succeeds if the file is TAP in which all planned tests passed
	passed=$(grep -c '^ok ' "$1")
	test "$passed" -gt 0 && grep -qx "1\\.\\.$passed" "$1" && ! grep -q '^not ok ' "$1"
}

all="syntax check mistakes emit conformance stdlib format diff graph samples cli unit"
folder=$(basename "${1:-}")
case " $all " in
*" ${folder:-unit} "*) ;;
*) echo "run.sh: no folder $folder; the folders are: $all" >&2; exit 2 ;;
esac
for suite in ${folder:-$all}; do "run_$suite"; done
if test $number -eq 0; then
	echo "(nothing matches $filter)" >"$scratch/err"
	result 99 "at least one test matches the filter" "$scratch/err"
	echo "1..1"
	exit 1
fi
echo "1..$number"
