# Symbolic links are followed inside the project and nowhere else.
program() { # FUNCTION CALL
	printf 'pipeline "P" { AssetLocation: "s3://bucket" }\nlet code = %s\nstep S: Fail { ErrorMessage: code }\n' "$1" >project/p.pipe
}
accepts() { # CALL
	program "$1"
	"$SAGEPIPEC" project/p.pipe >out 2>err || { echo "$1 is refused"; cat err; exit 1; }
}
refuses() { # CODE CALL
	program "$2"
	if "$SAGEPIPEC" --color=never project/p.pipe >out 2>err; then echo "$2 is accepted"; exit 1; fi
	test "$(grep -c '^error' err)" -eq 1 && grep -q "^error\[$1\]" err || { echo "$2:"; cat err; exit 1; }
}
mkdir -p project/src project/shared outside project/loop/in
echo secret >outside/key
echo code >project/shared/util.py
echo code >project/src/main.py
ln -s ../shared/util.py project/src/util.py
ln -s ../shared project/src/shared
accepts 'archive("src")'
"$SAGEPIPEC" --emit manifest project/p.pipe >manifest
grep -c '"name"' manifest | grep -qx 3
grep -q '"name": "shared/util.py", "source": "project/src/shared/util.py"' manifest

ln -s ../../outside/key project/src/key
refuses SP2073 'archive("src")'
refuses SP2073 'file("src/key")'
refuses SP2073 'readtext("src/key")'
accepts 'archive("src", ["key"])'
ln -sf "$PWD/outside" project/src/key
refuses SP2073 'zip("src")'
refuses SP2073 'folder("src/key")'
refuses SP2073 'file("src/key/key")'
refuses SP2073 'file("../outside/key")'
refuses SP2073 'file("src/../../outside/key")'
accepts 'file("src/../src/main.py")'
rm project/src/key

ln -s ../.. project/loop/in/up
refuses SP2073 'folder("loop/in/up/..")'
refuses SP2075 'folder("loop")'
ln -sfn .. project/loop/in/up
refuses SP2075 'folder("loop")'
ln -sfn up project/loop/in/up
refuses SP2071 'folder("loop")'
refuses SP2071 'file("loop/in/up")'
rm project/loop/in/up
refuses SP2075 'folder("loop")'
ln -s nowhere project/loop/in/up
refuses SP2071 'folder("loop")'
rm project/loop/in/up
mkfifo project/loop/in/pipe
refuses SP2072 'folder("loop")'
refuses SP2072 'file("loop/in/pipe")'
rm project/loop/in/pipe
printf x >"project/loop/in/a
b"
refuses SP2076 'folder("loop")'
rm project/loop/in/a*
printf x >"project/loop/in/$(printf '\377')"
refuses SP2076 'folder("loop")'

# a project can be reached through a link; a .sagepipec.json in the folder above makes that folder the project
ln -s project elsewhere
accepts 'archive("src")'
"$SAGEPIPEC" elsewhere/p.pipe | cmp - out
echo '{}' >.sagepipec.json
accepts 'file("../outside/key")'
