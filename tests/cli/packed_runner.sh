# Runs the script that a FrameworkProcessing step starts in its container, in a folder laid out like the container.

cat >runner.pipe <<'END'
pipeline "P" {}
step Show: Lambda {
    FunctionArn: "arn:aws:lambda:us-west-2:123456789012:function:f"
    Arguments: { script: packed_runner("it's code.tar.gz", ["python3", "-u", "main.py"]) }
}
END
"$SAGEPIPEC" runner.pipe >runner.json
python3 -c 'import json; print(json.load(open("runner.json"))["Steps"][0]["Arguments"]["script"], end="")' |
	sed "s|/opt/ml/processing|$TMP/processing|" >runproc.sh
grep -q "$TMP/processing/input/code" runproc.sh

# A fake Python that only logs its arguments.
mkdir -p bin processing/input/code source
cat >bin/python <<END
#!/bin/sh
echo "\$*" >>$TMP/installed
test ! -e $TMP/no_network
END
chmod +x bin/python
PATH=$TMP/bin:$PATH

pack() {
	rm -rf processing/input/code installed
	mkdir processing/input/code
	tar -czf "processing/input/code/it's code.tar.gz" -C source .
}

# Arguments arrive unchanged, and modules beside the entry script are found.
echo 'import sys, helper; print(helper.NAME, sys.argv[1:])' >source/main.py
echo 'NAME = "helper"' >source/helper.py
pack
test "$(bash runproc.sh --text 'two words' '$HOME')" = "helper ['--text', 'two words', '\$HOME']"
test ! -e installed

# requirements.txt is installed first.
echo "pandas" >source/requirements.txt
pack
bash runproc.sh >/dev/null
test "$(cat installed)" = "-m pip install -r requirements.txt"

# If the installation fails, the entry script does not run, and the job fails.
touch no_network
pack
! bash runproc.sh >out || exit 1
test ! -s out
rm no_network

# The job's exit status is that of the entry script.
echo 'import sys; sys.exit(7)' >source/main.py
pack
status=0
bash runproc.sh || status=$?
test $status -eq 7

# An archive that cannot be unpacked is an error.
pack
echo "no archive" >"processing/input/code/it's code.tar.gz"
! bash runproc.sh 2>/dev/null || exit 1
