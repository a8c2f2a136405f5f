# --set gives a config its value: text as it stands for a String, JSON for everything else.
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

refused 1 SP3023 text=three
refused 1 SP3023 'text='
refused 1 SP3020 stage=test
refused 1 SP3001 size=1.5
refused 1 SP3001 'size="5"'
refused 1 SP3001 size=12345678901234567890
refused 1 SP2031 size=five
refused 1 SP2031 'size='
refused 1 SP2031 'size=1 2'
refused 1 SP2031 rate=nan
refused 1 SP2031 rate=1e999
refused 1 SP3001 flag=1
refused 1 SP2031 names=a
refused 1 SP2031 'sizes={"x": 1, "x": 2}'
refused 1 SP3030 'vpc={"Subnets": [], "Nam": "v"}'
refused 1 SP2031 'any="\u0000"'
refused 1 SP2032 other=1
refused 1 SP2032 All=1
refused 2 UTF-8 "text=$(printf '\377')"
refused 2 NAME=VALUE =1
refused 2 NAME=VALUE size
