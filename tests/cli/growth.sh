# A short program with a huge result is rejected quickly, with one message. A program that is only long compiles quickly.
start='pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R" }
param p: String
param b: Boolean
step Stop: Fail { ErrorMessage: "no" }'

# repeat FROM TO TEXT: prints the text for each number; @ is the number, @- the one before, @+ the one after
repeat() {
	awk -v from="$1" -v to="$2" -v text="$3" 'BEGIN {
		count = split(text, part, "@")
		for (i = from; i <= to; i++) {
			line = part[1]
			for (j = 2; j <= count; j++) {
				sign = substr(part[j], 1, 1)
				if (sign == "-" || sign == "+")
					line = line (i + (sign == "+" ? 1 : -1)) substr(part[j], 2)
				else
					line = line i part[j]
			}
			print line
		}
	}'
}

compile() { # STATUS: compiles the start and standard input; the exit status must be this one
	expected=$1 status=0
	{ echo "$start"; cat; } >program.pipe
	"$SAGEPIPEC" program.pipe >out 2>err || status=$?
	test $status -eq "$expected" && return
	echo "exit status $status"
	sed -n 5,8p program.pipe | cut -c1-100
	head -n 20 err
	exit 1
}

rejected() { # CODE: compiles standard input, which must give exactly one error, with this code
	compile 1
	test "$(grep -c '^error' err)" -eq 1 && grep -q "^error.$1" err && return
	sed -n 5,8p program.pipe | cut -c1-100
	head -n 20 err
	exit 1
}

# doubling
{ echo 'let a0 = [1]'; repeat 1 60 'let a@ = a@- + a@-'; } | rejected SP1204
{ echo 'let a0 = [1]'; repeat 1 60 'let a@ = [a@-, a@-]'; echo 'assert known(a60)'; } | rejected SP1204
{ echo 'let a0 = {}'; repeat 1 60 'let a@ = { x: a@-, y: a@- }'; } | rejected SP1204
{ echo 'let a0 = "xx"'; repeat 1 60 'let a@ = "${a@-}${a@-}"'; } | rejected SP1204
{ echo 'let a0 = p'; repeat 1 60 'let a@ = "${a@-}-${a@-}"'; } | rejected SP1204
{ echo 'let a0 = p'; repeat 1 60 'let a@ = join("", [a@-, a@-])'; } | rejected SP1204
{ echo 'let a0 = b'; repeat 1 60 'let a@ = a@- or a@-'; } | rejected SP1204
{ repeat 0 59 'function f@(x) = f@+(x) == f@+(x)'; echo 'function f60(x) = x'; echo 'assert f0(1)'; } | rejected SP1204
{ repeat 0 59 'shape S@ { x: S@+ = {}, y: S@+ = {} }'; echo 'shape S60 {}'; echo 'let s: S0 = {}'; } | rejected SP1204
{ echo 'let a0 = "xx"'; repeat 1 20 'let a@ = "${a@-}${a@-}"'; echo 'let r = replace(a20, "x", a20)'; } | rejected SP1204
{ echo 'let a0 = "xx"'; repeat 1 17 'let a@ = "${a@-}${a@-}"'; echo 'let j = [for i in range(100000): a17]'; echo 'assert tojson(j) == ""'; } | rejected SP1204
echo 'let a = [for i in range(10000): [for j in range(10000): i * j]]' | rejected SP1204
echo 'let a = range(100000000)' | rejected SP3012

# nesting
{ echo 'let a0 = []'; repeat 1 5000 'let a@ = [a@-]'; } | rejected SP1203
{ repeat 0 5000 'let a@ = [a@+]'; echo 'let a5001 = []'; } | rejected SP1203
{ repeat 0 5000 'config a@: Any = [a@+]'; echo 'config a5001: Any = []'; } | rejected SP1203
{ repeat 0 5000 'type T@ = List<T@+>'; echo 'type T5001 = String'; } | rejected SP1203
{ echo 'step R: Raw { Type: "X" }'; echo 'let a0 = R'; repeat 1 5000 'let a@ = a@-.x'; } | rejected SP1203
{ echo 'let a0 = b'; repeat 1 5000 'let a@ = not a@-'; } | rejected SP1203
{ echo 'function f0(x) = x'; repeat 1 5000 'function f@(x) = [f@-(x)]'; echo 'let a = f5000(1)'; } | rejected SP1203
printf 'shape S { s: S = {} }\nlet s: S = {}\n' | rejected SP1203
{ echo 'condition C if b { }'; repeat 1 5000 ' else if b { }'; } | tr -d '\n' | rejected SP1104
{ printf 'condition C if b'; repeat 1 5000 ' and b'; echo ' { }'; } | tr -d '\n' | rejected SP1104

# cycles: one message for a cycle of any length, not one for each pair
{ repeat 0 9999 'step S@: Raw { Type: "X", Arguments: { x: S@+.x } }'; echo 'step S10000: Raw { Type: "X", Arguments: { x: S0.x } }'; } | rejected SP2026
test "$(wc -c <err)" -lt 10000

# programs that are only long compile
{ echo 'let a0 = 1'; repeat 1 10000 'let a@ = a@- + 1'; } | compile 0
{ echo 'step R: Raw { Type: "X", Arguments: { a: ['; repeat 1 100000 '@,'; echo ']'; repeat 1 5000 'k@: @'; echo '} }'; } | compile 0
{ repeat 1 10000 'step S@: Raw { Type: "X" }'; printf 'step Z: Raw { Type: "X"\n depends on S0'; repeat 1 10000 ', S@' | tr -d '\n'; echo; echo '}'; echo 'step S0: Raw { Type: "X" }'; } | compile 0
{ repeat 1 10000 'param p@: String = "x"'; } | compile 0
echo 'step R: Raw { Type: "X", Arguments: { a: {for i in range(5000): "k${i}": [i] } } }' | compile 0

# ten thousand mistakes, each reported
repeat 1 10000 'let name_@ = value_@' | compile 1
test "$(grep -c '^error' err)" -eq 10000

# of a long line, only the part around the marked text is shown
{ printf 'let a = ['; repeat 1 3000 'nope@, ' | tr -d '\n'; echo ']'; } | compile 1
test "$(grep -c '^error' err)" -eq 3000
awk 'length > 2100 { exit 1 }' err
{ printf 'let a = nope'; repeat 1 3000 '     ' | tr -d '\n'; echo; } | compile 1
grep -q '^5 | let a = nope$' err

# wrong values that a parameter may have are reported once
{ printf 'param q: String in ["x"'; repeat 1 2000 ', "too long @"' | tr -d '\n'; echo ']'; echo 'let m: Map<String(max: 5)> = {'; repeat 1 2000 'k@: q'; echo '}'; } | rejected SP3022
