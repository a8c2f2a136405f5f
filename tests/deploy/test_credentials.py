"""The sources of credentials and their order. Each source signs a GetCallerIdentity that the server verifies."""

import hashlib
import json
from urllib.parse import parse_qs

from loopback import SECRETS, TOKENS, Home, Reply, Server, drive, error, identity, keys, of_json, sts_credentials, xml_error

from tap import ok


def section(name, key, **settings):
    lines = [f"[{name}]", f"aws_access_key_id = AKIA{key}", f"aws_secret_access_key = {SECRETS['AKIA' + key]}"
             ] if key else [f"[{name}]"]
    return "\n".join(lines + [f"{setting} = {value}" for setting, value in settings.items()]) + "\n"


def process_line(home, key, expiration=None, status=0, text=None):
    output = {
        "Version": 1,
        "AccessKeyId": f"AKIA{key}",
        "SecretAccessKey": SECRETS["AKIA" + key],
        "SessionToken": TOKENS["AKIA" + key]
    }
    if expiration:
        output["Expiration"] = expiration
    file = home.write("output file.json", json.dumps(output) if text is None else text)
    script = home.write("process.sh",
                        f'echo called >>"{home.path}/calls"\ncat "$1"\necho "cannot, sorry" >&2\nexit {status}\n')
    return f'sh {script} "{file}"'


def role_server(roles, portal=None):
    """A server for STS, which gives credentials for roles by ARN and identifies callers, and for the portal of SSO."""

    def answer(request):
        if request.path == "/federation/credentials":
            return portal(request)
        if request.path == "/token":
            return portal(request)
        form = {name: values[0] for name, values in parse_qs(request.text).items()}
        request.form = form
        if form["Action"] == "GetCallerIdentity":
            return identity()
        found = roles.get(form["RoleArn"])
        return sts_credentials(found) if found else xml_error("AccessDenied", status=403)

    return Server(answer)


def signer(home, server, *arguments, **variables):
    """Who signed the last call, and the result."""
    result = drive(*arguments, "identify", environment=home.environment(AWS_ENDPOINT_URL=server.url, **variables))
    if result.leaks():
        ok(False, "the output contains no secret", *result.leaks(), result.all)
    return (server.requests[-1].signed_by if server.requests and result.exit == 0 else None), result


def expect(name, key, home, server, *arguments, **variables):
    got, result = signer(home, server, *arguments, **variables)
    ok(got == (f"AKIA{key}" if key else None), name, got, result.all)
    return result


def test_environment():
    with Server(identity()) as server:
        expect("keys in the environment are used", "ENV", Home(), server, **keys())
        expect("keys with a session token are used", "ENV", Home(), server, **keys(token=True))
        ok(server.requests[-1].headers.get("x-amz-security-token") == TOKENS["AKIAENV"], "the session token is sent")
        result = expect("an access key without its secret is an error", None, Home(), server, AWS_ACCESS_KEY_ID="AKIAENV")
        ok(result.failure == "SP6006", "an access key without its secret is reported", result.all)


def test_order():
    home = Home()
    with Server(identity()) as server:
        home.write(".aws/credentials", section("default", "SHARED") + section("other", "OLD"))
        home.write(".aws/config", section("default", "CONFIG", credential_process=process_line(home, "PROCESS")))
        expect("keys in the environment take precedence over the files", "ENV", home, server, **keys())
        expect("--profile takes precedence over the environment", "OLD", home, server, "--profile", "other", **keys())
        expect("AWS_PROFILE does not take precedence over keys in the environment", "ENV", home, server, AWS_PROFILE="other", **keys())
        expect("AWS_PROFILE selects a profile", "OLD", home, server, AWS_PROFILE="other")
        expect("the credentials file takes precedence over credential_process", "SHARED", home, server)
        home.write(".aws/credentials", "")
        expect("credential_process takes precedence over keys in the config file", "PROCESS", home, server)
        home.write(".aws/config", section("default", "CONFIG"))
        expect("keys in the config file are used", "CONFIG", home, server)


def test_files():
    home = Home()
    with Server(identity()) as server:
        home.write(
            "x/config", "# a comment\n\n[profile 'with blank']\nregion=eu-west-1\naws_access_key_id: AKIACONFIG\r\n"
            f"aws_secret_access_key = {SECRETS['AKIACONFIG']}\ns3 =\n  addressing_style = path\n")
        home.write("x/credentials", "[ other ] # mine\nAWS_ACCESS_KEY_ID = AKIASHARED\n"
                   f"aws_secret_access_key={SECRETS['AKIASHARED']}\n")
        files = {"AWS_CONFIG_FILE": "~/x/config", "AWS_SHARED_CREDENTIALS_FILE": home.path / "x/credentials"}
        expect("AWS_CONFIG_FILE may have blanks in names, and \"key: value\"", "CONFIG", home, server, "--profile", "with blank",
               **files)
        expect("AWS_SHARED_CREDENTIALS_FILE may have names in any case", "SHARED", home, server, "--profile", "other", **files)
        result = expect("an unknown profile is an error", None, home, server, "--profile", "nobody", **files)
        ok(result.failure == "SP6002" and "nobody" in result.message, "an unknown profile is named", result.all)
        home.write("x/config", "[default]\nwhat is this\n")
        result = expect("an invalid configuration file is an error", None, home, server, **files)
        ok(result.failure == "SP6005" and "line 2" in result.message, "an invalid configuration file is reported with the line", result.all)


def test_process():
    home = Home()
    with Server(identity()) as server:
        for name, options, words in [
            ("fails", {"status": 3}, "cannot, sorry"),
            ("prints no JSON", {"text": "hello"}, "does not print JSON"),
            ("prints another version", {"text": '{"Version": 2}'}, "Version"),
            ("prints half a pair", {"text": '{"Version": 1, "AccessKeyId": "AKIAX"}'}, "SecretAccessKey"),
        ]:
            home.write(".aws/config",
                       section("default", None, credential_process=process_line(home, "PROCESS", **options)))
            result = expect(f"a process that {name} is an error", None, home, server)
            ok(result.failure == "SP6006" and words in result.message, f"a process that {name} is reported", result.all)
        home.write(".aws/config", section("default", None, credential_process="/no/such/program x"))
        result = expect("a missing process is an error", None, home, server)
        ok(result.failure == "SP6006" and "No such file" in result.message, "a missing process is reported", result.all)
        home.write(".aws/config", section("default", None, credential_process="sh 'x"))
        result = expect("a command with an open quote is an error", None, home, server)
        ok(result.failure == "SP6005", "a command with an open quote is reported as an unusable setting")


def test_roles():
    home = Home()
    one, two = "arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"
    with role_server({one: "AKIAROLE", two: "AKIAROLETWO"}) as server:
        home.write(".aws/credentials", section("base", "SHARED"))
        home.write(".aws/config", section("profile one", None, role_arn=one, source_profile="base", external_id="e x",
                                          role_session_name="me", duration_seconds=900) +
                   section("profile two", None, role_arn=two, source_profile="one") +
                   section("profile self", "CONFIG", role_arn=one, source_profile="self") +
                   section("profile circle", None, role_arn=one, source_profile="circle2") +
                   section("profile circle2", None, role_arn=one, source_profile="circle") +
                   section("profile env", None, role_arn=one, credential_source="Environment") +
                   section("profile both", None, role_arn=one, credential_source="Environment", source_profile="base") +
                   section("profile odd", None, role_arn=one, credential_source="Elsewhere") +
                   section("profile lost", None, role_arn=one, source_profile="nowhere") +
                   section("profile mfa", None, role_arn=one, source_profile="base", mfa_serial="arn:aws:iam::1:mfa/me") +
                   section("profile denied", None, role_arn="arn:aws:iam::123456789012:role/no", source_profile="base"))
        expect("a role is assumed", "ROLE", home, server, "--profile", "one")
        asked = server.requests[-2]
        ok(asked.signed_by == "AKIASHARED", "a role is assumed with the keys of its source profile")
        ok({"ExternalId": "e x", "RoleSessionName": "me", "DurationSeconds": "900"}.items() <= asked.form.items(),
           "a role is assumed with external ID, session name and duration", asked.form)
        expect("a role is assumed by another role", "ROLETWO", home, server, "--profile", "two")
        ok([request.signed_by for request in server.requests[-3:]] == ["AKIASHARED", "AKIAROLE", "AKIAROLETWO"],
           "in a chain of roles, each signs the request for the next")
        expect("a profile may be its own source", "ROLE", home, server, "--profile", "self")
        ok(server.requests[-2].signed_by == "AKIACONFIG", "a profile that is its own source uses its own keys")
        expect("credential_source Environment is used", "ROLE", home, server, "--profile", "env", **keys())
        expect("a role with MFA is assumed", "ROLE", home, server, "--mfa", "123456", "--profile", "mfa")
        ok({"TokenCode": "123456", "SerialNumber": "arn:aws:iam::1:mfa/me"}.items() <= server.requests[-2].form.items(),
           "the MFA code is sent")
        for name, code, words in [
            ("circle", "SP6005", "its source profiles form a cycle through"), ("odd", "SP6005", "Elsewhere"),
            ("both", "SP6005", "it must have either source_profile or credential_source"),
            ("lost", "SP6005", "nowhere"), ("mfa", "SP6006", "there is no terminal to enter it"),
            ("denied", "SP6006", "AccessDenied"),
        ]:
            result = expect(f"profile `{name}` fails", None, home, server, "--profile", name)
            ok(result.failure == code and words in result.message, f"profile `{name}` gives the reason", result.all)


def test_web_identity():
    home = Home()
    role = "arn:aws:iam::123456789012:role/web"
    token = home.write("token", "ey.web.identity.token")
    with role_server({role: "AKIAWEB"}) as server:
        variables = {"AWS_WEB_IDENTITY_TOKEN_FILE": token, "AWS_ROLE_ARN": role}
        result = expect("a web identity in the environment is used", "WEB", home, server, **variables)
        asked = server.requests[-2]
        ok(asked.form["WebIdentityToken"] == "ey.web.identity.token" and "authorization" not in asked.headers,
           "a web identity sends its token in an unsigned request", asked.form)
        ok("ey.web.identity.token" not in result.all, "the output does not contain the web identity token", result.all)
        home.write(".aws/config", section("profile web", None, role_arn=role, web_identity_token_file=token))
        expect("a web identity in a profile is used", "WEB", home, server, "--profile", "web")
        result = expect("a web identity without a role is an error", None, home, server, AWS_WEB_IDENTITY_TOKEN_FILE=token)
        ok(result.failure == "SP6005", "a web identity without a role is reported as an unusable setting", result.all)
        result = expect("a web identity without its token file is an error",
                        None,
                        home,
                        server,
                        AWS_ROLE_ARN=role,
                        AWS_WEB_IDENTITY_TOKEN_FILE="/no/token")
        ok(result.failure == "SP6006" and "/no/token" in result.message, "a missing token file is named", result.all)


def sso_cache(home, key, **token):
    name = hashlib.sha1(key.encode()).hexdigest()
    return home.write(f".aws/sso/cache/{name}.json",
                      json.dumps({
                          "startUrl": "https://x",
                          "region": "eu-west-1",
                          **token
                      }))


def test_sso():
    def portal(request):
        if request.path == "/token":
            form = json.loads(request.text)
            good = (form["grantType"], form["refreshToken"], form["clientSecret"]) == ("refresh_token", "refresh-me",
                                                                                       "client-secret")
            return of_json({
                "accessToken": "sso-renewed",
                "expiresIn": 3600,
                "refreshToken": "refresh-2"
            }) if good else error("InvalidGrantException")
        if request.headers["x-amz-sso_bearer_token"] not in ("sso-access", "sso-renewed"):
            return error("UnauthorizedException", status=401)
        ok(request.query == "account_id=123456789012&role_name=Admin", "the SSO portal is called with account and role",
           request.query)
        return of_json({"roleCredentials": {"accessKeyId": "AKIASSO", "secretAccessKey": SECRETS["AKIASSO"],
                                            "sessionToken": TOKENS["AKIASSO"], "expiration": 4070908800000}})

    home = Home()
    settings = {"sso_account_id": "123456789012", "sso_role_name": "Admin"}
    with role_server({}, portal) as server:
        home.write(".aws/config", section("profile new", None, sso_session="corp", **settings) +
                   section("sso-session corp", None, sso_start_url="https://x", sso_region="eu-west-1") +
                   section("profile old", None, sso_start_url="https://x", sso_region="eu-west-1", **settings) +
                   section("profile bare", None, **settings))
        result = expect("SSO without a login is an error", None, home, server, "--profile", "new")
        ok(result.failure == "SP6006" and "aws sso login --profile new" in result.help,
           "SSO without a login says how to log in", result.all)
        sso_cache(home, "corp", accessToken="sso-access", expiresAt="2099-01-01T00:00:00Z")
        expect("SSO with an sso-session section is used", "SSO", home, server, "--profile", "new")
        sso_cache(home, "https://x", accessToken="sso-access", expiresAt="2099-01-01T00:00:00UTC")
        expect("SSO without an sso-session section, in the legacy form, is used", "SSO", home, server, "--profile", "old")
        sso_cache(home, "https://x", accessToken="sso-access", expiresAt="2020-01-01T00:00:00Z")
        result = expect("an expired login is an error", None, home, server, "--profile", "old")
        ok(result.failure == "SP6006" and "expired" in result.message, "an expired login is reported", result.all)
        path = sso_cache(home,
                         "corp",
                         accessToken="sso-stale",
                         expiresAt="2020-01-01T00:00:00Z",
                         refreshToken="refresh-me",
                         clientId="id",
                         clientSecret="client-secret",
                         registrationExpiresAt="2099-01-01T00:00:00Z")
        result = expect("a login with a refresh token is renewed", "SSO", home, server, "--profile", "new")
        with open(path, encoding="utf-8") as file:
            cached = json.load(file)
        ok(cached["accessToken"] == "sso-renewed" and cached["refreshToken"] == "refresh-2" and cached["clientId"] == "id"
           and cached["expiresAt"] > "2024", "a renewed login is written to the cache", cached)
        ok(
            not any(secret in result.all
                    for secret in ("sso-renewed", "sso-stale", "refresh-me", "refresh-2", "client-secret")),
            "the output contains no SSO token", result.all)
        sso_cache(home, "corp", accessToken="sso-revoked", expiresAt="2099-01-01T00:00:00Z")
        result = expect("a token that the portal rejects is an error", None, home, server, "--profile", "new")
        ok(result.failure == "SP6006" and "aws sso login" in result.help, "a rejected token says how to log in", result.all)
        result = expect("a profile without a needed SSO setting is an error", None, home, server, "--profile", "bare")
        ok(result.failure == "SP6005" and "sso_start_url" in result.message, "a missing SSO setting is named", result.all)


def machine(key, **more):
    return of_json({"AccessKeyId": f"AKIA{key}", "SecretAccessKey": SECRETS["AKIA" + key], "Token": TOKENS["AKIA" + key],
                    "Expiration": "2099-01-01T00:00:00Z", **more})


def test_container():
    def answer(request):
        good = request.path == "/get" and request.headers.get("authorization") in ("pod token", "other token")
        return machine("CONTAINER") if good else error("no", status=403)

    home = Home()
    with Server(identity()) as server, Server(answer) as container:
        url = container.url + "/get"
        expect("credentials of a container are used", "CONTAINER", home, server, AWS_CONTAINER_CREDENTIALS_FULL_URI=url,
               AWS_CONTAINER_AUTHORIZATION_TOKEN="pod token")
        file = home.write("token", "other token")
        result = expect("the container's token may be in a file", "CONTAINER", home, server, AWS_CONTAINER_CREDENTIALS_FULL_URI=url,
                        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=file)
        ok("other token" not in result.all, "the output does not contain the container's token", result.all)
        before = len(container.requests)
        signer(home, server, AWS_CONTAINER_CREDENTIALS_FULL_URI=url, AWS_CONTAINER_AUTHORIZATION_TOKEN="pod token",
               http_proxy="http://127.0.0.1:9")
        ok(len(container.requests) == before + 1, "the container endpoint is not called through a proxy")
        result = expect("a container endpoint that rejects the call is an error", None, home, server, "--now", "2026-01-01T00:00:00Z",
                        AWS_CONTAINER_CREDENTIALS_FULL_URI=url)
        ok(result.failure == "SP6006" and "403" in result.message, "a rejected call of the container endpoint is reported", result.all)
        ok(result.slept == [1000, 1000], "the container endpoint is called three times", result.slept)
        for url in ("http://203.0.113.9/get", "http://127.0.0.1@203.0.113.9/", "ftp://127.0.0.1/"):
            result = expect(f"not over plain HTTP from {url}", None, home, server, AWS_CONTAINER_CREDENTIALS_FULL_URI=url)
            ok("refusing to request credentials from" in result.message, "and says so", result.all)


def imds(hang=False, role=True):
    def answer(request):
        if hang:
            return Reply(hang=True)
        if request.method == "PUT" and request.path == "/latest/api/token":
            ok(request.headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600", "a token of IMDSv2 is requested")
            return Reply(200, "imds-token")
        if request.headers.get("x-aws-ec2-metadata-token") != "imds-token":
            return Reply(401)
        if request.path.endswith("/security-credentials/"):
            return Reply(200, "my-role") if role else Reply(404)
        return machine("INSTANCE") if request.path.endswith("/security-credentials/my-role") else Reply(404)

    return Server(answer)


def test_instance():
    with Server(identity()) as server:
        with imds() as instance:
            variables = {"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": instance.url + "/"}
            result = expect("credentials of an instance are used", "INSTANCE", Home(), server, **variables)
            ok("imds-token" not in result.all, "the output does not contain the IMDSv2 token", result.all)
            home = Home(
                section("default", None, role_arn="arn:aws:iam::1:role/x", credential_source="Ec2InstanceMetadata"))
            with role_server({"arn:aws:iam::1:role/x": "AKIAROLE"}) as sts:
                expect("credential_source Ec2InstanceMetadata is used", "ROLE", home, sts, **variables)
            variables["AWS_EC2_METADATA_DISABLED"] = "true"
            result = expect("an instance with AWS_EC2_METADATA_DISABLED gives no credentials", None, Home(), server, **variables)
            ok(result.failure == "SP6003", "with AWS_EC2_METADATA_DISABLED, there are no credentials", result.all)
        for name, instance in (("without a role", imds(role=False)), ("that hangs", imds(hang=True))):
            with instance:
                result = expect(f"an instance {name} gives no credentials", None, Home(), server, AWS_EC2_METADATA_DISABLED="false",
                                AWS_EC2_METADATA_SERVICE_ENDPOINT=instance.url)
                ok(result.failure == "SP6003", f"an instance {name} is reported as having no credentials", result.all)


def test_none():
    with Server(identity()) as server:
        result = expect("missing credentials are an error", None, Home(), server)
        ok(result.failure == "SP6003" and "profile `default`" in result.message,
           "missing credentials are reported with the profile", result.all)
        ok(not server.requests, "without credentials nothing is sent")


def test_renewal():
    """Credentials that expire are loaded again: before a call, and once after AWS has rejected them."""
    home = Home()
    expired = xml_error("ExpiredToken", "The security token included in the request is expired", 403)

    def once_old(request):
        if request.signed_by == "AKIAOLD":
            home.write(".aws/credentials", section("default", "NEW"))
            return expired
        return identity()

    with Server(once_old) as server:
        home.write(".aws/credentials", section("default", "OLD"))
        expect("keys that were rotated during the run are used", "NEW", home, server)
        ok([request.signed_by for request in server.requests] == ["AKIAOLD", "AKIANEW"], "rotated keys are read again once")
    with Server(expired) as server:
        home.write(".aws/credentials", section("default", "OLD"))
        result = expect("keys that stay expired are an error", None, home, server)
        ok(result.failure == "SP6013" and len(server.requests) == 1, "a call with keys that stay expired is not retried", result.all)
    home = Home()
    soon = section("default", None, credential_process=process_line(home, "PROCESS", expiration="2026-01-01T00:04:00Z"))
    with Server(lambda request: of_json({"NextToken": "" if b"b" in request.body else "b", "Items": [1]})) as server:
        home.write(".aws/config", soon)
        result = drive("--now", "2026-01-01T00:00:00Z", "list", "ListX", "{}", "Items",
                       environment=home.environment(AWS_ENDPOINT_URL=server.url))
        calls = (home.path / "calls").read_text().count("called")
        ok(result.json == "[1,1]" and calls == 2, "credentials with five minutes left are renewed before a call", calls,
           result.all)
