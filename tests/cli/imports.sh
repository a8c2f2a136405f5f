# Where imports are searched for, and how file names are shown.
mkdir -p project/sub shared other
cat >project/main.pipe <<'END'
import "./sub/one.pipe"
import "org.pipe"
import { Ask } from "asks.pipe"
pipeline "P" { RoleArn: role }
step One: Ask(one)
END
echo 'let one = "one"' >project/sub/one.pipe
echo 'let role = "arn:aws:iam::123456789012:role/shared"' >shared/org.pipe
echo 'let role = "arn:aws:iam::123456789012:role/other"' >other/org.pipe
cat >other/asks.pipe <<'END'
import "./texts.pipe"
kind Ask(text) = Fail { ErrorMessage: "${text}${mark}" }
END
echo 'let mark = "?"' >other/texts.pipe

# -I: the first folder that has the file counts
"$SAGEPIPEC" --emit request -I shared -I other project/main.pipe >out
grep -q role/shared out && grep -q 'one?' out
"$SAGEPIPEC" --emit request -I other -Ishared project/main.pipe | grep -q role/other

# each imported file is one input, however often it is imported
"$SAGEPIPEC" --emit deps -I shared -I other project/main.pipe >out
test "$(grep -c '^project/sub/one.pipe:$' out)" -eq 1
test "$(grep -c '^other/texts.pipe:$' out)" -eq 1

# imports of a program on standard input are relative to the working directory, or to --stdin-filename
(cd project && "$SAGEPIPEC" -I ../shared -I ../other - <main.pipe) >out
"$SAGEPIPEC" -I shared -I other --stdin-filename project/main.pipe - <project/main.pipe | cmp - out

# a file that is imported by two paths is one file
ln -s "$PWD/project/sub" link
cat >twice.pipe <<'END'
import "./project/sub/one.pipe"
import "./link/one.pipe"
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/r" }
step One: Fail { ErrorMessage: one }
END
"$SAGEPIPEC" --check twice.pipe

# an error in an imported file is reported at its position there, also if several programs are checked at once
echo 'let two = one + 1' >project/sub/two.pipe
for i in 1 2 3 4 5 6; do
	printf 'import "./sub/one.pipe"\nimport "./sub/two.pipe"\npipeline "P" {}\nstep S: Fail { ErrorMessage: "${two}" }\n' >project/$i.pipe
done
status=0
"$SAGEPIPEC" --check project/[1-6].pipe 2>err || status=$?
test $status -eq 1
grep -q -e '--> project/./sub/two.pipe:1:11' -e '--> project/sub/two.pipe:1:11' err

# a file without a pipeline can be checked, but not compiled
"$SAGEPIPEC" --check other/asks.pipe shared/org.pipe
status=0
"$SAGEPIPEC" other/asks.pipe >out 2>err || status=$?
test $status -eq 1 && grep -q SP2009 err && test ! -s out
