# Completion in bash works. The completions of zsh and fish have no syntax error, if these shells are installed.
bash -eu <<'END'
. "$SRCDIR/completions/sagepipec"
mkdir folder
touch one.pipe two.json
complete_to() { # EXPECTED WORD...
	expected=$1
	shift
	COMP_WORDS=(sagepipec "$@") COMP_CWORD=$#
	_sagepipec || : # compopt works only in a real completion
	test "${COMPREPLY[*]}" = "$expected" || { echo "$*: ${COMPREPLY[*]}"; exit 1; }
}
complete_to "--emit" --em
complete_to "request" --emit r
complete_to "definition request manifest deps cloudformation terraform iam-policy" --emit =
complete_to "request" --emit = re
complete_to "always" --color al
complete_to "one.pipe folder" --check ""
complete_to "two.json" -o tw
complete_to "" --set na
END
! command -v zsh || zsh -n "$SRCDIR/completions/_sagepipec"
! command -v fish || fish -n "$SRCDIR/completions/sagepipec.fish"
