# `--emit deps` writes a rule for make with the files that a definition depends on.
mkdir -p 'a b/src' conf
echo '{ "size": 1 }' >'a b/conf #1.json'
echo code >'a b/src/$x.py'
cat >'a b/p.pipe' <<'END'
pipeline "P" { AssetLocation: "s3://bucket" }
let conf = readjson("conf #1.json")
step S: Fail { ErrorMessage: "${archive("src")} ${conf.size}" }
END
"$SAGEPIPEC" --emit deps 'a b/p.pipe' | sed -n 1p | grep -qF 'a\ b/p.json: a\ b/p.pipe \'
"$SAGEPIPEC" --emit deps - <'a b/p.pipe' >out 2>&1 && exit 1
(cd 'a b' && "$SAGEPIPEC" --emit deps - <p.pipe >../out)
test "$(sed -n 1p out)" = '<stdin>.json: \'
cat >Makefile <<'END'
p.json:
	@echo made >>log
	@"$(SAGEPIPEC)" --emit deps 'a b/p.pipe' -o p.json >p.d
	@"$(SAGEPIPEC)" 'a b/p.pipe' -o p.json
-include p.d
END
made() { # TIMES [COMMAND ARGUMENT]: runs the command, then make, which must have made the definition so many times in all
	touch -c -d '1 minute ago' 'a b'/* 'a b/src'/* p.json
	"${2:-:}" "${3:-}"
	make -s p.json
	test "$(grep -c made log)" -eq "$1" || { echo "made $(grep -c made log) times, not $1"; cat p.d; exit 1; }
}
made 1
test -s p.json
made 1
made 2 touch 'a b/src/$x.py'
made 3 touch 'a b/conf #1.json'
made 4 touch 'a b/p.pipe'
made 5 touch 'a b/src/new.py'
made 6 rm 'a b/src/new.py'
