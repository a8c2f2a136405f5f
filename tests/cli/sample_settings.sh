# The samples compile with other settings, without a warning, and the definition follows the settings.
samples=$SRCDIR/samples

compiles() { # PROGRAM ARGUMENT...
	program=$1
	shift
	"$SAGEPIPEC" "$@" "$samples/$program" >definition 2>err
	test ! -s err || { echo "$program $*"; cat err; exit 1; }
}

has() { # TEXT...: the definition must contain all
	for text in "$@"; do grep -q "$text" definition || { echo "no $text"; exit 1; }; done
}

lacks() { # TEXT...: the definition must contain none
	for text in "$@"; do ! grep "$text" definition || exit 1; done
}

compiles tuning/tuning.pipe --set jobs=3
has '"MaxNumberOfTrainingJobs": 3,' '"MaxParallelTrainingJobs": 3$'

compiles regions/regions.pipe --set release=false
has '"Trial-us-east-1-Measure"'
lacks '"Type": "Condition"' '"Type": "Lambda"'

compiles regions/regions.pipe --set regions.sa-east-1.bucket=elsewhere --set regions.us-east-1=null
has '"ChannelName": "sa-east-1"' '"Release-sa-east-1"' '"elsewhere"' '737474898029.dkr.ecr.sa-east-1'
lacks 'us-east-1'

compiles regions/regions.pipe --set regions.eu-west-1.machines=7 --set regions.eu-west-1.maximum_error=0.125
has '"machines": 7,' '"RightValue": 0.125$' 'Release-us-east-1'

status=0
"$SAGEPIPEC" --set regions.sa-east-1.bcket=b "$samples/regions/regions.pipe" >out 2>err || status=$?
test $status -eq 1 && test "$(grep -c '^error' err)" -eq 1 && grep -q 'similar name exists: `bucket`' err
