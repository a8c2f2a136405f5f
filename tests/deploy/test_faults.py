"""Faults of calls to AWS: what is retried, what is not, and what is reported. doc/deploy.md has the table."""

import hashlib
import subprocess

from loopback import HERE, Home, Reply, Server, drive, error, keys, of_json, sts_credentials, xml_error

from tap import SAGEPIPEC, ok

NOW = ("--now", "2026-01-01T00:00:00Z")  # the random number is one half: delays are half of their maximum
GOOD = of_json({"PipelineArn": "arn"})
PAGE = Reply(502, "<html><head><title>Bad gateway</title></head></html>", {"Content-Type": "text/html"})


def call(server, *arguments, what=("sagemaker", "DescribePipeline", '{"PipelineName": "P"}'), options=NOW, **variables):
    environment = Home().environment(**{"AWS_ENDPOINT_URL": server.url, **keys(token=True), **variables})
    result = drive(*options, *arguments, *what, environment=environment)
    ok(not result.leaks(), "the output contains no secret", *result.leaks(), result.all)
    return result


def once(server, *arguments, **more):
    return call(server, *arguments, what=("once", "UpdatePipeline", '{"PipelineName": "P"}'), **more)


def check(name, result, server, attempts, failure=None, slept=None, words=""):
    problems = [f"{what}: {got!r}, not {wanted!r}" for what, got, wanted in [
        ("attempts", len(server.requests), attempts), ("failure", result.failure, failure),
        ("slept", result.slept, result.slept if slept is None else slept)] if got != wanted]
    if words not in (result.message or ""):
        problems.append(f"{words!r} is not in the message")
    if not all(request.signed_by == "AKIAENV" for request in server.requests):
        problems.append("a signature is wrong")
    ok(not problems, name, *problems, result.all)


def test_success():
    with Server(GOOD) as server:
        result = call(server)
        check("a call succeeds", result, server, 1)
        request = server.requests[0]
        ok(
            result.json == '{"PipelineArn":"arn"}' and request.operation == "DescribePipeline"
            and request.headers["content-type"] == "application/x-amz-json-1.1"
            and request.scope.endswith("/us-west-2/sagemaker/aws4_request"), "a call is JSON 1.1, signed for SageMaker",
            request.headers)
    with Server(GOOD) as server:
        check("a call with the machine's clock succeeds", call(server, options=()), server, 1)
        names = server.requests[0].header_names
        ok(len(names) == len(set(names)), "a request has each header once", names)


def test_repeated():
    """Faults after which a request is retried and succeeds."""
    for name, reply, slept in [
        ("ThrottlingException", error("ThrottlingException", "Rate exceeded"), [500]),
        ("429 without a code", Reply(429), [500]),
        ("a code with a name space", error("com.amazon.coral.availability#ThrottlingException"), [500]),
        ("500", Reply(500), [25]),
        ("503 without retry-after", Reply(503), [25]),
        ("503 with retry-after", Reply(503, headers={"Retry-After": "7"}), [7000]),
        ("503 with retry-after as a date", Reply(503, headers={"Retry-After": "Thu, 01 Jan 2026 00:00:09 GMT"}), [9000]),
        ("a retry-after of an hour", Reply(503, headers={"Retry-After": "3600"}), [20000]),
        ("x-amz-retry-after", error("ThrottlingException", x_amz_retry_after="1500"), [1500]),
        ("a page of HTML", PAGE, [25]),
        ("malformed JSON", Reply(200, '{"PipelineArn": "ar'), [25]),
        ("HTML with status 200", Reply(200, "<html>login</html>"), [25]),
        ("a reply that is cut off", Reply(200, '{"PipelineArn": "arn"}', cut=9), [25]),
        ("no reply", Reply(drop=True), [25]),
    ]:
        with Server(reply, GOOD) as server:
            check(f"{name}: the request is retried", call(server), server, 2, slept=slept)


def test_given_up():
    """The same faults, if they persist: three attempts."""
    for name, reply, failure, slept, words in [
        ("throttling", error("ThrottlingException", "Rate exceeded"), "SP6009", [500, 1000], "Rate exceeded"),
        ("500", error("InternalFailure", status=500), "SP6009", [25, 50], "InternalFailure"),
        ("a page of HTML", PAGE, "SP6009", [25, 50], "HTTP status 502"),
        ("malformed JSON", Reply(200, "{"), "SP6010", [25, 50], "not JSON"),
        ("no reply", Reply(drop=True), "SP6007", [25, 50], "no complete reply"),
    ]:
        with Server(reply) as server:
            result = call(server)
            check(f"{name}: the call fails after three attempts", result, server, 3, failure, slept, words)
            ok(result.attempts == "3", f"{name}: the number of attempts is reported", result.all)
    with Server(Reply(500)) as server:
        check("AWS_MAX_ATTEMPTS limits the attempts", call(server, AWS_MAX_ATTEMPTS=5), server, 5, "SP6009", [25, 50, 100, 200])
    with Server(Reply(500)) as server:
        check("delays grow to 20 seconds at most, until the retry budget is used up", call(server, AWS_MAX_ATTEMPTS=100), server, 36,
              "SP6009",
              [min(25 * 2 ** i, 10000) for i in range(35)])


def test_refused():
    """Requests that AWS rejects are not retried."""
    for name, reply, failure, words in [
        ("ValidationException", error("ValidationException", "must be unique"), "SP6008", "must be unique"),
        ("ResourceNotFound", error("ResourceNotFound", "Pipeline P does not exist"), "SP6008", "ResourceNotFound"),
        ("AccessDeniedException", error("AccessDeniedException", "not authorized"), "SP6014", "not authorized"),
        ("an unknown key", error("UnrecognizedClientException"), "SP6013", "UnrecognizedClient"),
        ("a redirection", Reply(301, headers={"Location": "http://127.0.0.1:9/"}), "SP6008", "PermanentRedirect"),
    ]:
        with Server(reply) as server:
            result = call(server)
            check(f"{name}: the request is not retried", result, server, 1, failure, [], words)
    with Server(error("ValidationException", "no")) as server:
        result = call(server)
        ok((result.aws, result.request, result.acted) == ("ValidationException", "r-1", "no"),
           "a failure has AWS's code and the id of the request", result.all)
    with Server(xml_error("MalformedQueryString", "a &lt; b &#38; c")) as server:
        result = call(server, what=("identify",))
        ok(result.aws == "MalformedQueryString" and "a < b & c" in result.message and result.request == "r-2",
           "a failure of STS, in XML, has AWS's code and the id of the request", result.all)


def test_acts_once():
    """A change that must not happen twice is retried only if it certainly did not happen."""
    for name, reply in [("500", Reply(500)), ("502", PAGE), ("no reply", Reply(drop=True)),
                        ("a reply that is cut off", Reply(200, '{"PipelineArn": "arn"}', cut=5)),
                        ("malformed JSON", Reply(200, "{"))]:
        with Server(reply, GOOD) as server:
            result = once(server)
            check(f"{name}: a change is not retried", result, server, 1, "SP6012", [])
            ok(result.acted == "perhaps" and "AWS may have done it" in result.message,
               f"{name}: the failure says that the change may have happened",
               result.all)
    for name, reply in [("throttling", error("ThrottlingException")), ("503", Reply(503))]:
        with Server(reply, GOOD) as server:
            check(f"{name}: a change is retried", once(server), server, 2)


def test_slow():
    with Server(Reply(hang=True), GOOD) as server:
        check("a call without a reply is retried", call(server, "--idle", 3, options=()), server, 2)
    with Server(Reply(hang=1.5, body="{}")) as server:
        check("a slow reply is waited for", call(server, "--idle", 60, options=()), server, 1)


def test_unreachable():
    with Server(GOOD) as server:
        pass
    result = call(server)
    ok(result.failure == "SP6007" and result.attempts == "3" and result.acted == "no" and server.url in result.message,
       "a port without a server gets three attempts", result.all)
    result = call(server, AWS_ENDPOINT_URL="http://no-such-host.invalid")
    ok(result.failure == "SP6007" and "no-such-host.invalid" in result.message, "an unknown host is reported", result.all)
    result = call(server, AWS_ENDPOINT_URL="localhost:5000")
    ok(result.failure == "SP6005" and "localhost:5000" in result.message, "an endpoint that is not a URL is reported", result.all)


def test_tls():
    pem = str(HERE / "localhost.pem")
    with Server(GOOD, tls=pem) as server:
        result = call(server)
        check("an unknown certificate authority is an error", result, server, 0, "SP6011", [], "not trusted")
        ok("AWS_CA_BUNDLE" in result.help and result.attempts == "1",
           "an unknown certificate authority is reported with help, and the call is not retried",
           result.all)
        check("AWS_CA_BUNDLE is used", call(server, AWS_CA_BUNDLE=pem), server, 1)
        result = call(server, AWS_CA_BUNDLE="/no/such/bundle")
        check("a missing CA bundle is an error", result, server, 1, "SP6011", [], "/no/such/bundle")


def test_proxy():
    with Server(GOOD) as proxy:
        result = call(proxy, AWS_ENDPOINT_URL="http://sagemaker.example.com", http_proxy=proxy.url)
        check("a call through a proxy succeeds", result, proxy, 1)
        ok(proxy.requests[0].is_proxied, "the proxy gets the whole URL")
        result = call(proxy, AWS_ENDPOINT_URL="http://sagemaker.invalid", http_proxy=proxy.url, no_proxy=".invalid")
        check("a host in no_proxy is called directly", result, proxy, 1, "SP6007")


def test_clock():
    """A wrong clock is reported. It cannot be corrected, because libcurl sets the time of signatures."""
    late = error("InvalidSignatureException", "Signature expired: 20260101T000000Z is now earlier than ...", 403)
    for date, words in [("Thu, 01 Jan 2026 02:00:00 GMT", "120 minutes behind"),
                        ("Wed, 31 Dec 2025 23:00:00 GMT", "60 minutes ahead"),
                        ("Thu, 01 Jan 2026 00:01:00 GMT", "secret key")]:
        with Server(late, date=date) as server:
            result = call(server)
            check(f"a rejected signature is an error if AWS's clock says {date}", result, server, 1, "SP6013", [])
            ok(words in result.help, f"the help says: {words}", result.help)


def test_library():
    """libcurl is loaded when it is needed. Here it is a file that cannot be loaded."""
    home = Home()
    home.write("lib/libcurl.so.4", "no library")
    with Server(GOOD) as server:
        result = call(server, LD_LIBRARY_PATH=home.path / "lib")
        check("a libcurl that cannot be loaded is an error", result, server, 0, "SP6001", [])
    linked = subprocess.run(["ldd", SAGEPIPEC], capture_output=True, encoding="utf-8", check=True).stdout
    ok("libc.so" in linked and "curl" not in linked, "the compiler is not linked with libcurl, so that it starts fast", linked)


def test_limits():
    with Server(Reply(200, b"[" + b"1," * (9 << 20) + b"1]")) as server:
        result = call(server, AWS_MAX_ATTEMPTS=1)
        check("a reply without measure is not taken", result, server, 1, "SP6007", words="the reply is too long")
    with Server(Reply(200, "[" * 100000)) as server:
        check("a reply that is nested too deeply is an error", call(server, AWS_MAX_ATTEMPTS=1), server, 1, "SP6010")
    with Server(Reply(200, "")) as server:
        ok(call(server).json == "{}", "an empty reply is an empty object")


def test_mutilated():
    """Replies and files that are truncated anywhere: never a crash."""
    reply = sts_credentials("AKIAROLE").body.replace(b"AKIAROLE", b"AKIAROLE&amp;&#65;&#x42;&bad;")
    config = ("[default]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = a b\ns3 =\n  addressing_style = path\n"
              "[profile 'a b'] # c\naws_access_key_id = AKIAENV\naws_secret_access_key : " +
              keys()["AWS_SECRET_ACCESS_KEY"] + "\n")
    home, outcomes = Home(config), set()
    for i in range(0, len(reply), 7):
        with Server(Reply(200, reply[:i])) as server:
            result = drive("identify", environment=home.environment(AWS_ENDPOINT_URL=server.url))
            outcomes.add((result.exit, result.failure))
    ok(outcomes == {(1, "SP6010")}, "a reply with credentials that is truncated anywhere is an error", outcomes)
    outcomes = set()
    for i in range(0, len(config), 3):
        home.write(".aws/config", config[:i])
        result = drive("describe", "bucket", "key", environment=home.environment())
        outcomes.add((result.exit, result.failure))
    ok(outcomes == {(0, None), (1, "SP6005")}, "a configuration file that is truncated anywhere is read or rejected", outcomes)


def test_pages():
    def pages(request):
        for token, reply in [("b", {"Items": [3], "NextToken": "c"}), ("c", {"Items": [4]})]:
            if f'"NextToken":"{token}"' in request.text:
                return of_json(reply)
        return of_json({"Items": [1, 2], "NextToken": "b"})

    what = ("list", "ListPipelines", '{"MaxResults": 2}', "Items")
    with Server(pages) as server:
        result = call(server, what=what)
        check("all pages of a list are read", result, server, 3)
        ok(result.json == "[1,2,3,4]" and '"MaxResults":2' in server.requests[2].text, "the pages form one list", result.all)
    with Server(of_json({"Items": [1], "NextToken": "x"})) as server:
        check("pages without an end", call(server, what=what), server, 2, "SP6010", words="the pages of the reply do not end")
    with Server(of_json({"Items": [1], "NextToken": "x"}), error("ValidationException")) as server:
        check("a failure on the second page is an error", call(server, what=what), server, 2, "SP6008")


def test_s3():
    home = Home()
    content = bytes(range(256)) * 2000
    file = home.path / "content"
    file.write_bytes(content)

    def got(request):
        good = request.body == content
        return Reply(200, headers={"ETag": '"e"'}) if good else xml_error("BadDigest")

    for how, digest in (("s3", hashlib.sha256(content).hexdigest()), ("s3-unsigned", "UNSIGNED-PAYLOAD")):
        with Server(Reply(503), got) as server:
            result = call(server, what=(how, "PUT", "bucket", "a b/c+d=ü.gz", file))
            check(f"{how}: an upload in pieces is retried from its beginning", result, server, 2)
            request = server.requests[1]
            ok(request.headers["x-amz-content-sha256"] == digest and result.etag == '"e"', f"{how}: the upload has its digest",
               request.headers)
            ok(request.path == "/bucket/a%20b/c%2Bd%3D%C3%BC.gz", f"{how}: the key is percent-encoded", request.path)
    with Server(got) as server:
        result = call(server, what=("s3-short", "PUT", "bucket", "key", file))
        check("a file that has become shorter is an error", result, server, len(server.requests), "SP6015", [])
        ok(result.attempts == "1", "a file that has become shorter is not sent again", result.all)
    with Server(Reply(404)) as server:
        result = call(server, what=("s3", "HEAD", "bucket", "key"))
        check("HEAD of a missing object is an error", result, server, 1, "SP6008")
        ok(result.aws == "NotFound" and result.status == "404", "HEAD of a missing object reports NotFound", result.all)
    with Server(
            Reply(404, "<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message></Error>")
    ) as server:
        check("an error in XML is reported",
              call(server, what=("s3", "GET", "bucket", "key")),
              server,
              1,
              "SP6008",
              words="NoSuchBucket")
    with Server(Reply(200, "<Error><Code>InternalError</Code></Error>"),
                Reply(200, "<CompleteMultipartUploadResult/>")) as server:
        check("an error with status 200 is retried", call(server, what=("s3", "POST", "bucket", "key")), server, 2, slept=[25])


def test_rest():
    with Server(of_json({"FunctionArn": "f"}), error("x", status=500)) as server:
        result = call(server, what=("request", "lambda", "POST", "/2015-03-31/functions", "{}"))
        check("a call of Lambda succeeds", result, server, 1)
        ok(server.requests[0].scope.endswith("/lambda/aws4_request"), "a call of Lambda is signed for Lambda")
    with Server(Reply(404, '{"Message": "gone"}', {"x-amzn-ErrorType": "ResourceNotFoundException:http://x/"})) as server:
        result = call(server, what=("request", "scheduler", "DELETE", "/schedules/s?clientToken=a&groupName=b"))
        check("an error that is named in a header is reported", result, server, 1, "SP6008", words="gone")
        ok(result.aws == "ResourceNotFoundException", "an error that is named in a header has its name", result.all)


def test_masking():
    """If a server sends secrets back, none of them is shown."""
    secret, token = keys(token=True)["AWS_SECRET_ACCESS_KEY"], keys(token=True)["AWS_SESSION_TOKEN"]
    with Server(error("ValidationException", "a\x1b[2Jb\rc")) as server:
        ok(call(server).message.endswith("a?[2Jb?c"), "control characters in a message are replaced")
    with Server(error("ValidationException", f"you said {secret} and {token}", Set_Cookie=f"a={secret}",
                      X_Odd=token)) as server:
        result = call(server)
        ok("you said *** and ***" in result.message and "you said *** and ***" in result.trace,
           "secrets are masked in the message and the trace",
           result.all)
        for line in ("* signed by AKIAENV for sagemaker in us-west-2", "> X-Amz-Security-Token: ***",
                     "< Set-Cookie: ***", "< X-Odd: ***", "> X-Amz-Target: SageMaker.DescribePipeline",
                     '> {"PipelineName": "P"}'):
            ok(line in result.trace.splitlines(), f"the trace has `{line}`", result.trace)
