"""Regions, partitions and endpoints. The expected standard endpoints are from botocore's endpoint rule sets."""

from loopback import Home, drive, keys

from tap import ok

SERVICES = "sagemaker s3 sts lambda scheduler sso oidc".split()


def urls(*options, home=None, **variables):
    result = drive(*options,
                   "describe",
                   "my-bucket",
                   "k",
                   environment=(home or Home()).environment(**variables),
                   trace=False)
    lines = [line.split()[1] for line in result.all.splitlines() if line.startswith("POST ")]
    return dict(zip(SERVICES, lines)), result


def expect(name, expected, *options, **variables):
    got, result = urls(*options, **variables)
    ok(expected.items() <= got.items(), f"{name}: the endpoints are right", *(f"{key}: {got.get(key)}" for key in expected), result.all)


def test_partitions():
    for region, partition, suffix in [("us-west-2", "aws", "amazonaws.com"),
                                      ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
                                      ("us-gov-east-1", "aws-us-gov", "amazonaws.com"),
                                      ("xx-new-9", "aws", "amazonaws.com")]:
        expect(region, {
            "sagemaker": f"https://api.sagemaker.{region}.{suffix}/", "s3": f"https://my-bucket.s3.{region}.{suffix}/k",
            "sts": f"https://sts.{region}.{suffix}/", "lambda": f"https://lambda.{region}.{suffix}/",
            "scheduler": f"https://scheduler.{region}.{suffix}/", "sso": f"https://portal.sso.{region}.{suffix}/",
            "oidc": f"https://oidc.{region}.{suffix}/"}, "--region", region)
        ok(urls("--region", region)[1].partition == partition, f"{region} is in {partition}")


def test_variants():
    fips, dual = {"AWS_USE_FIPS_ENDPOINT": "true"}, {"AWS_USE_DUALSTACK_ENDPOINT": "true"}
    expect(
        "FIPS", {
            "sagemaker": "https://api-fips.sagemaker.us-west-2.amazonaws.com/",
            "sts": "https://sts-fips.us-west-2.amazonaws.com/",
            "s3": "https://my-bucket.s3-fips.us-west-2.amazonaws.com/k",
            "lambda": "https://lambda-fips.us-west-2.amazonaws.com/"
        }, **fips)
    expect("FIPS in GovCloud", {"sagemaker": "https://api-fips.sagemaker.us-gov-west-1.amazonaws.com/",
                                "sts": "https://sts.us-gov-west-1.amazonaws.com/"}, "--region", "us-gov-west-1", **fips)
    expect("FIPS in China", {"sagemaker": "https://api.sagemaker-fips.cn-north-1.amazonaws.com.cn/"}, "--region",
           "cn-north-1", **fips)
    expect(
        "dual stack", {
            "sagemaker": "https://api.sagemaker.us-west-2.api.aws/",
            "sts": "https://sts.us-west-2.api.aws/",
            "s3": "https://my-bucket.s3.dualstack.us-west-2.amazonaws.com/k"
        }, **dual)
    expect("FIPS and dual stack", {"sagemaker": "https://api.sagemaker-fips.us-west-2.api.aws/",
                    "s3": "https://my-bucket.s3-fips.dualstack.us-west-2.amazonaws.com/k"}, **fips, **dual)
    home = Home("[default]\nuse_fips_endpoint = true\n")
    expect("FIPS in a profile", {"scheduler": "https://scheduler-fips.us-west-2.amazonaws.com/"}, home=home)


def test_custom():
    expect("--endpoint-url", {"sagemaker": "http://h:1/", "s3": "http://h:1/my-bucket/k", "sts": "http://h:1/",
                              "sso": "http://i/"}, "--endpoint-url", "http://h:1/", AWS_ENDPOINT_URL="http://i")
    for name in SERVICES[:5]:
        expect(
            f"AWS_ENDPOINT_URL_{name.upper()}", {
                **{
                    other: f"http://all/{'my-bucket/k' if other == 's3' else ''}"
                    for other in SERVICES if other != name
                }, name: f"http://one/{'my-bucket/k' if name == 's3' else ''}"
            }, **{
                "AWS_ENDPOINT_URL": "http://all",
                f"AWS_ENDPOINT_URL_{name.upper()}": "http://one"
            })
    config = "[default]\nendpoint_url = http://all\nservices = mine\n[services mine]\nsagemaker =\n  endpoint_url = http://mine/path\n"
    expect("endpoint URLs in a profile", {"sagemaker": "http://mine/path/", "lambda": "http://all/"}, home=Home(config))
    expect("an endpoint URL in the environment, which takes precedence over a profile", {"sagemaker": "http://env/"},
           home=Home(config),
           AWS_ENDPOINT_URL="http://env")
    expect("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", {"sagemaker": "https://api.sagemaker.us-west-2.amazonaws.com/"},
           home=Home(config),
           AWS_IGNORE_CONFIGURED_ENDPOINT_URLS="true")


def test_buckets():
    for bucket, url in [("my.bucket", "https://s3.us-west-2.amazonaws.com/my.bucket/k"),
                        ("Old_Bucket", "https://s3.us-west-2.amazonaws.com/Old_Bucket/k")]:
        result = drive("describe", bucket, "k", environment=Home().environment(), trace=False)
        ok(url in result.all, f"bucket {bucket} is in the path", result.all)
    expect("addressing_style path", {"s3": "https://s3.us-west-2.amazonaws.com/my-bucket/k"},
           home=Home("[default]\ns3 =\n  addressing_style = path\n"))
    expect("addressing_style virtual", {"s3": "http://my-bucket.h:1/k"}, "--endpoint-url", "http://h:1",
           home=Home("[default]\ns3 =\n  addressing_style = virtual\n"))


def test_region():
    """The order is: --region, the region of the pipeline, AWS's settings."""
    home = Home("[default]\nregion = ca-central-1\n[profile p]\nregion = sa-east-1\n")
    for name, region, options, variables in [
        ("--region, which comes first", "eu-west-1", ("--region", "eu-west-1", "--pipeline-region", "us-east-1"), {}),
        ("the region of the pipeline, which comes second", "us-east-1", ("--pipeline-region", "us-east-1"), {}),
        ("AWS_REGION, which comes third", "ap-south-1", (), {"AWS_REGION": "ap-south-1", "AWS_DEFAULT_REGION": "us-east-2"}),
        ("AWS_DEFAULT_REGION, which comes fourth", "us-east-2", (), {"AWS_REGION": "", "AWS_DEFAULT_REGION": "us-east-2"}),
        ("the region of the default profile, which comes last", "ca-central-1", (), {"AWS_REGION": ""}),
        ("the region of the profile that is named", "sa-east-1", ("--profile", "p"), {"AWS_REGION": ""}),
    ]:
        expect(name, {"sts": f"https://sts.{region}.amazonaws.com/"}, *options, home=home, **variables)
    for name, options in (("no region", ()), ("a region that would change the host", ("--region", "x.evil.com/"))):
        result = urls(*options, AWS_REGION="")[1]
        ok(result.failure == "SP6004", f"{name} is an error", result.all)


def test_times():
    for text, expected in [("2015-08-30T12:36:00Z", "1440938160000 -1"),
                           ("2026-01-02T03:04:05.123+01:00", "1767319445000 -1"),
                           ("2024-02-29T00:00:00UTC", "1709164800000 -1"),
                           ("Sun, 06 Nov 1994 08:49:37 GMT", "-1 784111777000"), ("yesterday", "-1 -1"),
                           ("2015-13-30T12:36:00Z", "-1 -1"), ("Sun, 06 Xxx 1994 08:49:37 GMT", "-1 -1")]:
        got = drive("time", text, environment=Home().environment(**keys()), trace=False).all.strip()
        ok(got == expected, f"the time {text} is parsed as {expected}", got)
