# --set sets the value of a config: for a String the text itself, for every other type JSON.
cat >program.pipe <<'END'
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R" }
enum Stage { "dev", "prod" }
shape Vpc { Subnets: List<String>, Name?: String }
config text: String in ["one", "two words", "a=b"] = "one"
config stage: Stage = "dev"
config size: Integer = 1
config rate: Float = 0.5
config flag: Boolean = false
config names: List<String> = []
config sizes: Map<Integer> = {}
config vpc: Vpc | null = null
config any: Any = 1
step All: Raw {
    Type: "Test"
    Arguments: { all: tojson([text, stage, size, rate, flag, names, sizes, vpc, any]) }
}
END

gives() { # EXPECTED ARGUMENT...
	expected=$1
	shift
	"$SAGEPIPEC" "$@" program.pipe | sed -n 's/.*"all": "\(.*\)".*/\1/p' | tr -d '\\' >out
	test "$(cat out)" = "$expected" || { echo "$*: $(cat out)"; exit 1; }
}

refused() { # STATUS CODE SETTING
	status=0
	"$SAGEPIPEC" --set "$3" program.pipe >out 2>err || status=$?
	test $status -eq "$1" && grep -q "$2" err || { echo "$3: exit status $status"; cat err; exit 1; }
	test ! -s out
}

gives '["one", "dev", 1, 0.5, false, [], {}, null, 1]'
gives '["two words", "prod", 5, 1.0, true, ["a", "1"], {"x": 2}, {"Subnets": ["s"]}, {"y": [null, "z"]}]' \
	--set 'text=two words' --set stage=prod --set size=5 --set rate=1 --set flag=true --set 'names=["a", 1]' \
	--set 'sizes={"x": 2}' --set 'vpc={"Subnets": ["s"]}' --set 'any={"y": [null, "z"]}'
gives '["a=b", "dev", 3, 0.5, false, [], {}, null, "t"]' --set text=a=b --set size=2 --set=size=3 --set 'any="t"'

gives '["one", "dev", 1, 0.10, false, [], {"a": 1, "b": 2}, {"Subnets": ["s"], "Name": "n"}, {"deep": {"er": -5}}]' \
	--set rate=0.10 --set sizes.a=1 --set sizes.b=2 --set 'vpc.Subnets=["s"]' --set vpc.Name=n --set any.deep.er=-5

refused 1 SP3023 text=three
refused 1 SP3023 'text='
refused 1 SP3020 stage=test
refused 1 SP3001 size=1.5
refused 1 SP3001 'size="5"'
refused 1 SP3022 size=12345678901234567890
refused 1 SP2031 size=five
refused 1 SP2031 'size='
refused 1 SP2031 'size=1 2'
refused 1 SP2031 rate=nan
refused 1 SP3022 rate=1e999
refused 1 SP3001 flag=1
refused 1 SP2031 names=a
refused 1 SP2031 'sizes={"x": 1, "x": 2}'
refused 1 SP3030 'vpc={"Subnets": [], "Nam": "v"}'
refused 1 SP2031 'any="\u0000"'
refused 1 SP2031 vpc.Subnet=1
refused 1 SP2031 size.a=1
refused 1 SP3001 sizes.a=true
refused 1 SP2032 other=1
refused 1 SP2032 other.a=1
refused 1 SP2032 All=1
refused 2 UTF-8 "text=$(printf '\377')"
refused 2 NAME=VALUE =1
refused 2 NAME=VALUE size

# --config reads values from files. Later files override earlier ones, and --set overrides all.
cat >one.json <<'END'
{ "text": "two words", "sizes": { "x": 1, "y": 1 }, "vpc": { "Subnets": ["one"], "Name": "n" }, "rate": 0.250 }
END
cat >two.json <<'END'
{ "sizes": { "y": 2 }, "vpc": { "Subnets": ["two"] }, "any": "\u00e9\/" }
END
gives '["two words", "dev", 1, 0.250, false, [], {"x": 3, "y": 2}, {"Subnets": ["two"], "Name": "n"}, "é/"]' \
	--config one.json --config two.json --set sizes.x=3

bad_config() { # TEXT CODE PLACE
	printf '%s' "$1" >bad.json
	status=0
	"$SAGEPIPEC" --config bad.json program.pipe >out 2>err || status=$?
	test $status -eq 1 && grep -q "$2" err && grep -q -e "--> bad.json:$3" err || { echo "$1: exit status $status"; cat err; exit 1; }
}
bad_config '[1]' SP2031 1:1
bad_config '{ "size": }' SP2031 1:11
bad_config '{ "size": 01 }' SP2031 1:11
bad_config '{ "size": 1, "size": 2 }' SP2031 1:14
bad_config '{ "size": "five" }' SP3001 1:11
bad_config '{ "siz": 5 }' SP2032 1:4
bad_config '{ "vpc": { "Subnets": [], "Nam": 1 } }' SP3030 1:28
bad_config '{ "vpc": { "Name": "n" } }' SP3032 1:10
bad_config '{ "text": "three" }' SP3023 1:11
status=0
"$SAGEPIPEC" --config nowhere.json program.pipe 2>err || status=$?
test $status -eq 3

# a byte order mark is accepted; values that a file without a pipeline lacks may be for programs that import it
printf '\357\273\277{ "size": 7 }' >mark.json
gives '["one", "dev", 7, 0.5, false, [], {}, null, 1]' --config mark.json
echo 'let shared = 1' >shared.pipe
"$SAGEPIPEC" --check --config one.json --set other=1 shared.pipe
