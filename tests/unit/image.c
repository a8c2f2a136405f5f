/* image: checks of image URIs, and edge cases of look-ups. Prints TAP. */
#include "image/image.h"
#include "image/image_table.h"

#include <stdio.h>
#include <string.h>

static int count;
static struct arena arena;

static void ok(bool passed, const char *name)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++count, name);
}

/* Asserts what a check finds wrong with a URI; `what` describes the URI. */
static void finds(const char *uri, const char *region, enum image_doubt doubt, const char *what)
{
	static const char *const findings[] = {
		[IMAGE_GOOD] = "is accepted", [IMAGE_ELSEWHERE] = "is in the wrong region",
		[IMAGE_UNKNOWN] = "is unknown", [IMAGE_DEPRECATED] = "is deprecated",
	};
	ok(image_check_uri(&arena, uri, region).doubt == doubt, arena_printf(&arena, "%s %s", what, findings[doubt]));
}

#define XGBOOST "246618743249.dkr.ecr.us-west-2.amazonaws.com/sagemaker-xgboost"
#define DEEP "763104351884.dkr.ecr.us-west-2.amazonaws.com/"

static void test_uris(void)
{
	finds("", NULL, IMAGE_GOOD, "an empty URI");
	finds("246618743249", NULL, IMAGE_GOOD, "an account alone");
	finds("246618743249.dkr.ecr", NULL, IMAGE_GOOD, "a host that ends early");
	finds("246618743249.dkr.ecr.us-west-2", NULL, IMAGE_GOOD, "a host without a suffix");
	finds("246618743249.dkr.ecr./x:1", "us-west-2", IMAGE_GOOD, "a host with an empty region");
	finds("2466187432490.dkr.ecr.us-west-2.amazonaws.com/x:1", NULL, IMAGE_GOOD, "an account that is too long");
	finds("246618743249.dkr.ecr.us-west-2.amazonaws.com/", NULL, IMAGE_GOOD, "a URI without a repository");
	finds("public.ecr.aws/sagemaker/x:1", "us-west-2", IMAGE_GOOD, "a URI of another registry");
	finds("123456789012.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:9", "us-west-2", IMAGE_GOOD, "a URI of another account");
	finds(XGBOOST, "us-west-2", IMAGE_GOOD, "a URI without a tag");
	finds(XGBOOST ":", "us-west-2", IMAGE_UNKNOWN, "an empty tag");
	finds(XGBOOST "@sha256:00", "us-west-2", IMAGE_GOOD, "a URI with a digest");
	finds(XGBOOST ":1.7-1@sha256:00", "us-west-2", IMAGE_GOOD, "a URI with a tag and a digest");
	finds("246618743249.dkr.ecr-fips.us-west-2.amazonaws.com/sagemaker-xgboost:1.6-1", NULL, IMAGE_UNKNOWN, "a version that does not exist at a FIPS endpoint");
}

static void test_versions(void)
{
	finds(XGBOOST ":1.7-1", "us-west-2", IMAGE_GOOD, "a known version");
	finds(XGBOOST ":1.7-1", NULL, IMAGE_GOOD, "a known version without a pipeline region");
	finds(XGBOOST ":1.7-1-cpu-py3", "us-west-2", IMAGE_GOOD, "a known version with a suffix");
	finds(XGBOOST ":1.7-11", "us-west-2", IMAGE_UNKNOWN, "a version that only begins like a known one");
	finds(XGBOOST ":1", "us-west-2", IMAGE_UNKNOWN, "the version of another repository");
	finds(XGBOOST ":0.90-1", "us-west-2", IMAGE_DEPRECATED, "an old version");
	finds("433757028032.dkr.ecr.us-west-2.amazonaws.com/xgboost:latest", "us-west-2", IMAGE_DEPRECATED, "an alias of an old version");
	finds(DEEP "pytorch-training:2.1-gpu-py310", "us-west-2", IMAGE_GOOD, "an alias of a version");
	finds(DEEP "pytorch-training:1.3.1-cpu-py2", "us-west-2", IMAGE_DEPRECATED, "a version with an old Python");
	finds(DEEP "pytorch-training:1.3.1-cpu-py27", "us-west-2", IMAGE_GOOD, "a Python version that only begins like an old one");
	finds(DEEP "huggingface-pytorch-inference-neuronx:2.1.2-transformers4.36.2-neuronx-py310-sdk2.18.0-ubuntu20.04", "us-west-2",
	       IMAGE_GOOD, "a version after the base framework's version");
	finds(DEEP "djl-inference:0.36.0-lmi27.0.0-cu130", "us-west-2", IMAGE_GOOD, "a known tag with more than a version");
	finds(DEEP "djl-inference:0.36.0", "us-west-2", IMAGE_UNKNOWN, "a part of a known tag");
	finds("542918446943.dkr.ecr.us-west-2.amazonaws.com/sagemaker-distribution-prod:1.0-cpu", "us-west-2", IMAGE_GOOD,
	       "an unknown version in a repository of which one version is known");
	finds(DEEP "something-new:1", "us-west-2", IMAGE_GOOD, "a repository that no table has");
	finds("236514542706.dkr.ecr.us-west-2.amazonaws.com/sagemaker-base-python-310:1.0", "us-west-2", IMAGE_GOOD,
	       "a repository named by Python version");
	finds("159807026194.dkr.ecr.us-west-2.amazonaws.com/sagemaker-model-monitor-analyzer:x", "us-west-2", IMAGE_GOOD,
	       "any tag of an image without versions");
}

static void test_regions(void)
{
	finds(XGBOOST ":1.7-1", "eu-west-1", IMAGE_ELSEWHERE, "a URI of another region than the pipeline's");
	finds("246618743249.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1", "eu-west-1", IMAGE_ELSEWHERE,
	       "an account of another region than the URI's");
	finds("246618743249.dkr.ecr.xy-new-1.amazonaws.com/sagemaker-xgboost:1.7-1", "xy-new-1", IMAGE_GOOD,
	       "a URI in a region that no table has");
	const char *account = image_check_uri(&arena, XGBOOST ":1.7-1", "eu-west-1").account;
	ok(account && strcmp(account, "141502667606") == 0, "the account in the pipeline's region is found");
	ok(!image_check_uri(&arena, XGBOOST ":1.7-1", "xy-new-1").account, "no account is found in an unknown region");
}

/* The URI of a training image in us-west-2, or the reason why there is none. */
static const char *asked(const char *framework, const char *version, const char *instance)
{
	const char *arguments[IMAGE_ARGUMENT_COUNT] = {
		[IMAGE_FRAMEWORK] = framework, [IMAGE_VERSION] = version, [IMAGE_REGION] = "us-west-2",
		[IMAGE_INSTANCE] = instance, [IMAGE_SCOPE] = "training",
	};
	struct image_answer answer = image_find(&arena, arguments);
	return answer.uri ? answer.uri : answer.message;
}

static void test_look_ups(void)
{
	ok(strstr(asked("", "1", NULL), "no images"), "an empty framework name is rejected");
	ok(strstr(asked("xgboost", "", NULL), "no version"), "an empty version is rejected");
	ok(strstr(asked("xgboost", "latest=1", NULL), "no version"), "an alias with its version is rejected as a version");
	ok(strstr(asked("xgboost", "1.7-1,3.0-5", NULL), "no version"), "two versions are none");
	ok(strstr(asked("pytorch", "2.1", "ml."), "is not an instance type"), "an instance without a family");
	ok(strstr(asked("pytorch", "2.1", "ml.m5.xlarge.big"), "is not an instance type"), "an instance with too much");
	ok(strstr(asked("pytorch", "2.1", "ml_p3"), "-gpu-"), "a family with an underscore");
}

static void test_tables(void)
{
	struct region_walk walk = {0};
	struct image_piece region;
	int regions = 0;
	while (image_next_region(&walk, (struct image_piece){NULL, 0}, &region))
		regions++;
	ok(regions > 40, "more than 40 regions are known");
	ok(!image_table("registries") && !image_table("nothing"), "neither registries nor an unknown name is a framework");
	ok(!image_account((struct image_piece){"nobody", 6}, "us-west-2").at, "an unknown registry has no account");
}

int main(void)
{
	test_uris();
	test_versions();
	test_regions();
	test_look_ups();
	test_tables();
	printf("1..%d\n", count);
	arena_free(&arena);
	return 0;
}
