# --describe prints the arguments of kinds, components and functions. For an unknown name, it suggests a similar one.
"$SAGEPIPEC" --describe FrameworkTraining >out
grep -q '^kind FrameworkTraining (Type "Training"), derived from Training$' out
grep -q '^    source: SourceArchive$' out
grep -q '^    instance: TrainingInstanceType = "ml.m5.xlarge"$' out
grep -q '^Arguments CreateTrainingJobRequest$' out
! "$SAGEPIPEC" --describe Training | grep -q 'called with' || exit 1

"$SAGEPIPEC" --describe Deploy >out
grep -q '^component Deploy$' out
grep -q '^    count: Integer = 1$' out
sed -n '/^exports$/,$p' out >exports
printf 'exports\n    endpoint\n    model\n' | cmp - exports

"$SAGEPIPEC" --describe channel >out
grep -q '^function channel$' out
grep -q '^    data_type: S3DataType = "S3Prefix"$' out

! "$SAGEPIPEC" --describe channel.name 2>err || exit 1
grep -q '`channel` is called with arguments and has no members' err
! "$SAGEPIPEC" --describe Chanel 2>err || exit 1
grep -q 'no kind, shape, component or function `Chanel`; did you mean `Channel`?' err
