# Importing a whole file imports its schedules, which are checked against the importing program. Importing names does not.
cat >times.pipe <<'E2'
/// In each zone.
schedule Nightly[zone in ["Europe/Berlin"]] as "nightly" {
    ScheduleExpression: "cron(0 3 * * ? *)"
    ScheduleExpressionTimezone: zone
    given Country = first
}
let first = "de"
function same(x) = x
E2
cat >whole.pipe <<'E2'
import "./times.pipe"
pipeline "P" { RoleArn: "arn:aws:iam::123456789012:role/R" }
param Country: String
step Stop: Fail { ErrorMessage: Country }
E2
sed 's|import "./times.pipe"|import { same } from "./times.pipe"|; s|ErrorMessage: Country|ErrorMessage: same(Country)|' whole.pipe >named.pipe
"$SAGEPIPEC" --emit cloudformation whole.pipe >out
grep -q '"Name": "nightly"' out
grep -q '"Value": "de"' out
"$SAGEPIPEC" --emit cloudformation named.pipe >out
if grep -q nightly out; then exit 1; fi

# A file with schedules and without a pipeline can be checked.
"$SAGEPIPEC" --check times.pipe

# Schedules are not in the definition, but in the expanded program, which gives the same template.
"$SAGEPIPEC" whole.pipe >definition
if grep -q nightly definition; then exit 1; fi
"$SAGEPIPEC" --dump expanded whole.pipe >expanded.pipe
grep -q 'given Country = "de"' expanded.pipe
"$SAGEPIPEC" --emit terraform whole.pipe >one
"$SAGEPIPEC" --emit terraform expanded.pipe >two
sed 's/Nightly_Europe_Berlin/Nightly/' one | cmp - two
