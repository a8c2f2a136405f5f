# .sagepipecignore: what it and the default patterns leave out, and an output among the files of an asset.
mkdir work
cd work
mkdir -p code/deep other/inner env .git node_modules/x __pycache__ notes/.ipynb_checkpoints .tox
cat >p.pipe <<'END'
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R", AssetLocation: "s3://b/a" }
step Stop: Fail { ErrorMessage: archive(".") }
END
for file in a.py code/b.py code/c.log code/deep/d.csv other/e.py other/inner/f.py env/pyvenv.cfg env/x.py .git/HEAD \
	node_modules/x/i.js __pycache__/a.pyc notes/n.ipynb notes/.ipynb_checkpoints/n.ipynb .tox/t.py; do echo "$file" >"$file"; done
names() { "$SAGEPIPEC" --emit manifest "${1:-p.pipe}" | sed -n 's/.*"name": "\([^"]*\)".*/\1/p' | tr '\n' ' '; }
is() { test "$1" = "$2 " || { printf 'got      %s\nexpected %s\n' "$1" "$2" >&2; exit 1; }; }

is "$(names)" "a.py code/b.py code/c.log code/deep/d.csv node_modules/x/i.js notes/n.ipynb other/e.py other/inner/f.py"

# Files in subfolders are stronger; an ignored folder is not entered.
printf '%s\n' '*.log' '/other/*' '!/other/e.py' node_modules/ >.sagepipecignore
printf '%s\n' '!c.log' '/deep' >code/.sagepipecignore
echo '!f.py' >other/inner/.sagepipecignore
is "$(names)" "a.py code/b.py code/c.log notes/n.ipynb other/e.py"
"$SAGEPIPEC" --emit deps p.pipe >deps
grep -q '^  \.sagepipecignore \\$' deps
grep -q '^  code/\.sagepipecignore \\$' deps
if grep -q inner deps; then exit 1; fi

# A default pattern gives way to `!` and a name, not to `!` and every name.
printf '%s\n' '*' '!*/' '!*.py' >.sagepipecignore
rm code/.sagepipecignore other/inner/.sagepipecignore
is "$(names)" "a.py code/b.py other/e.py other/inner/f.py"
printf '%s\n' '*' '!*/' '!*.py' '!env/' >.sagepipecignore
is "$(names)" "a.py code/b.py env/x.py other/e.py other/inner/f.py"

# The file of the project also holds for a folder in it, and for a program below the project's folder.
printf '%s\n' '/code/deep/' '*.log' >.sagepipecignore
sed 's/"\."/"code"/' p.pipe >q.pipe
is "$(names q.pipe)" "b.py"
echo '{}' >.sagepipec.json
cp p.pipe code/r.pipe
is "$(names code/r.pipe)" "b.py"
rm code/r.pipe .sagepipec.json
# A second argument is stronger than the file, and replaces the default patterns. A file that is named is not ignored.
sed 's/(".")/("code", ["!c.log", "b.*"])/' p.pipe >q.pipe
is "$(names q.pipe)" "c.log"
sed 's/archive(".")/file("code\/c.log")/' p.pipe >q.pipe
"$SAGEPIPEC" q.pipe >q.json

# An output among the files: before it exists, when it exists, in a folder, by a link. Never when it is ignored.
rm q.json q.pipe .sagepipecignore
for file in p.json code/deep/p.json; do
	status=0
	"$SAGEPIPEC" --color=never p.pipe -o $file 2>>err || status=$?
	test $status -eq 1
done
echo x >p.json
for options in "--emit manifest" "--emit deps" "--graph"; do
	status=0
	"$SAGEPIPEC" $options --color=never p.pipe -o p.json 2>>err || status=$?
	test $status -eq 1
done
rm p.json
mkdir -p other/links
echo x >out.json
ln -s ../../out.json other/links/link.json
sed 's/"\."/"other"/' p.pipe >q.pipe
status=0
"$SAGEPIPEC" --color=never q.pipe -o out.json 2>>err || status=$?
test $status -eq 1
rm -r other/links out.json
echo x >p.json
sed 's/archive(".")/file("p.json")/' p.pipe >q.pipe
status=0
"$SAGEPIPEC" --color=never q.pipe -o p.json 2>>err || status=$?
test $status -eq 1
printf '%s\n' '*.log' >.sagepipecignore
echo '*' >code/.sagepipecignore
sed 's/"\."/"code"/' p.pipe >q.pipe
status=0
"$SAGEPIPEC" --color=never q.pipe 2>>err || status=$?
test $status -eq 1
diff -u "$SRCDIR/tests/cli/ignore.err" err
rm p.json err deps q.pipe code/.sagepipecignore
"$SAGEPIPEC" p.pipe >../direct.json
"$SAGEPIPEC" p.pipe -o ../out.json
echo /p.json >>.sagepipecignore
"$SAGEPIPEC" p.pipe -o p.json
cp p.json ../first.json
"$SAGEPIPEC" p.pipe -o p.json
cmp p.json ../first.json
cmp p.json ../direct.json
rm -rf ../first.json ../direct.json ../out.json ./* .git .tox

# The same as git, where it is installed.
command -v git >/dev/null || exit 0
git init -q .
mkdir -p a/b/c b/a 'c d' ab/b
for file in a/b/c/x.py a/x b/a/x.py 'c d/e ' ab/b/x ab/y a/b/ab x.py; do echo x >"$file"; done
cat >p.pipe <<'END'
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R", AssetLocation: "s3://b/a" }
step Stop: Fail { ErrorMessage: archive(".") }
END
while read -r first second; do
	printf '%s\n%s\n' "$first" "$second" >.sagepipecignore
	git ls-files --others --exclude-per-directory=.sagepipecignore | grep -v -e 'ignore$' -e '\.pipe$' | LC_ALL=C sort >../expected
	"$SAGEPIPEC" --emit manifest p.pipe | sed -n 's/.*"name": "\([^"]*\)".*/\1/p' >../actual
	diff ../expected ../actual || { echo "patterns: $first $second" >&2; exit 1; }
done <<'END'
a !x.py
/a/* !/a/b
**/b/ !c
a/** !a/b/
*.py !/x.py
a**/b git
[ab] !a
[!c]b !ab/b
b/[[:alpha:]] x
\a/b/ x?py
c*/e\  y
*/b **/x
END
