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

# A property, and a built-in function. Without a name, everything is listed, with the first sentence of its documentation.
"$SAGEPIPEC" --describe Training.ModelArtifacts | grep -q '^    S3ModelArtifacts: String'
"$SAGEPIPEC" --describe join | grep -q '^function join(on, list)$'
"$SAGEPIPEC" --describe >out
grep -q '^    ScriptProcessing  *[A-Z]' out
grep -q '^    Deploy  *[A-Z]' out
grep -q '^    channel  *[A-Z]' out
grep -q '^    join(on, list)  *' out
! grep -q 'needs_jobs' out || exit 1
! "$SAGEPIPEC" --describe Training.ModlArtifacts 2>err || exit 1
grep -q 'Training has no `ModlArtifacts`; did you mean `ModelArtifacts`?' err

! "$SAGEPIPEC" --describe channel.name 2>err || exit 1
grep -q '`channel` is called with arguments and has no members' err
! "$SAGEPIPEC" --describe Chanel 2>err || exit 1
grep -q 'no kind, shape, component or function `Chanel`; did you mean `Channel`?' err

# A kind that can be cached says what the service's cache compares; a member of an argument is a path.
"$SAGEPIPEC" --describe AutoML | sed -n '/^the cache compares$/,/^$/p' >out
grep -q '^    AutoMLJobConfig.Mode$' out
! grep -q '^    AutoMLJobConfig$' out || exit 1
"$SAGEPIPEC" --describe QualityCheck | grep -q '^    SuppliedBaselineStatistics$'
"$SAGEPIPEC" --describe Lambda >out
sed -n '/^the cache compares$/{n;p;}' out | grep -q '^    what AWS does not document$'
! "$SAGEPIPEC" --describe Fail | grep -q '^the cache compares$' || exit 1

# `--version --verbose` and the list of kinds say what the library is made of, which the generated files themselves say.
versions=$(sed -n '1s/.* in \(botocore [^:]*\):.*/\1/p' "$SRCDIR/stdlib/api/sagemaker.pipe")
versions="$versions, $(sed -n '1s/.* from \(.*\) (PyPI).*/\1/p' "$SRCDIR/stdlib/images/registries.txt")"
"$SAGEPIPEC" --version --verbose >out
"$SAGEPIPEC" --version >short
printf '%s\nlibrary: %s\n' "$(cat short)" "$versions" | cmp - out
grep -q '^library: botocore [0-9.]*, sagemaker [0-9.]*' out
"$SAGEPIPEC" --describe | tail -1 | grep -qF "The library is made of $versions."
! "$SAGEPIPEC" --verbose --describe Training 2>err || exit 1
grep -q -e '--verbose can be used only with --version' err
