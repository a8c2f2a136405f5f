# What a template or a policy cannot express is left out, with a warning.
cp "$SRCDIR/tests/cli/left_out.pipe" .
"$SAGEPIPEC" --emit cloudformation --color=never left_out.pipe >out 2>err
grep -q AWS::Scheduler::Schedule out
if grep -e PipelineVersionAliases -e ActionAfterCompletion out; then exit 1; fi
"$SAGEPIPEC" --emit terraform --color=never left_out.pipe >out 2>>err
grep -q '"action_after_completion": "DELETE"' out
"$SAGEPIPEC" --emit iam-policy --color=never left_out.pipe >out 2>>err
diff -u "$SRCDIR/tests/cli/left_out.err" err
