/* What the tables say of image URIs, and the corners of how they are asked. Prints TAP. */
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

static void judged(const char *uri, const char *region, enum image_doubt doubt, const char *why)
{
	ok(image_check_uri(&arena, uri, region).doubt == doubt, why);
}

#define XGBOOST "246618743249.dkr.ecr.us-west-2.amazonaws.com/sagemaker-xgboost"
#define DEEP "763104351884.dkr.ecr.us-west-2.amazonaws.com/"

static void test_uris(void)
{
	judged("", NULL, IMAGE_GOOD, "no text");
	judged("246618743249", NULL, IMAGE_GOOD, "an account alone");
	judged("246618743249.dkr.ecr", NULL, IMAGE_GOOD, "a host that ends early");
	judged("246618743249.dkr.ecr.us-west-2", NULL, IMAGE_GOOD, "a host without a suffix");
	judged("246618743249.dkr.ecr./x:1", "us-west-2", IMAGE_GOOD, "a host without a region");
	judged("2466187432490.dkr.ecr.us-west-2.amazonaws.com/x:1", NULL, IMAGE_GOOD, "an account that is too long");
	judged("246618743249.dkr.ecr.us-west-2.amazonaws.com/", NULL, IMAGE_GOOD, "no repository");
	judged("public.ecr.aws/sagemaker/x:1", "us-west-2", IMAGE_GOOD, "another registry");
	judged("123456789012.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:9", "us-west-2", IMAGE_GOOD, "another account");
	judged(XGBOOST, "us-west-2", IMAGE_GOOD, "no tag");
	judged(XGBOOST ":", "us-west-2", IMAGE_UNKNOWN, "an empty tag");
	judged(XGBOOST "@sha256:00", "us-west-2", IMAGE_GOOD, "a digest");
	judged(XGBOOST ":1.7-1@sha256:00", "us-west-2", IMAGE_GOOD, "a tag and a digest");
	judged("246618743249.dkr.ecr-fips.us-west-2.amazonaws.com/sagemaker-xgboost:1.6-1", NULL, IMAGE_UNKNOWN, "a FIPS endpoint");
}

static void test_versions(void)
{
	judged(XGBOOST ":1.7-1", "us-west-2", IMAGE_GOOD, "a version");
	judged(XGBOOST ":1.7-1", NULL, IMAGE_GOOD, "a version, and nobody knows where");
	judged(XGBOOST ":1.7-1-cpu-py3", "us-west-2", IMAGE_GOOD, "a version that goes on");
	judged(XGBOOST ":1.7-11", "us-west-2", IMAGE_UNKNOWN, "a version that only begins like one");
	judged(XGBOOST ":1", "us-west-2", IMAGE_UNKNOWN, "the version of another repository");
	judged(XGBOOST ":0.90-1", "us-west-2", IMAGE_DEPRECATED, "a deprecated version");
	judged("433757028032.dkr.ecr.us-west-2.amazonaws.com/xgboost:latest", "us-west-2", IMAGE_DEPRECATED, "a deprecated alias");
	judged(DEEP "pytorch-training:2.1-gpu-py310", "us-west-2", IMAGE_GOOD, "an alias");
	judged(DEEP "pytorch-training:1.3.1-cpu-py2", "us-west-2", IMAGE_DEPRECATED, "a deprecated Python");
	judged(DEEP "pytorch-training:1.3.1-cpu-py27", "us-west-2", IMAGE_GOOD, "a Python that only begins like it");
	judged(DEEP "huggingface-pytorch-inference-neuronx:2.1.2-transformers4.36.2-neuronx-py310-sdk2.18.0-ubuntu20.04", "us-west-2",
	       IMAGE_GOOD, "a version behind a base framework");
	judged(DEEP "djl-inference:0.36.0-lmi27.0.0-cu130", "us-west-2", IMAGE_GOOD, "a tag with more than a version");
	judged(DEEP "djl-inference:0.36.0", "us-west-2", IMAGE_UNKNOWN, "less than such a tag");
	judged("542918446943.dkr.ecr.us-west-2.amazonaws.com/sagemaker-distribution-prod:1.0-cpu", "us-west-2", IMAGE_GOOD,
	       "a repository of which one version is known");
	judged(DEEP "something-new:1", "us-west-2", IMAGE_GOOD, "a repository that no table has");
	judged("236514542706.dkr.ecr.us-west-2.amazonaws.com/sagemaker-base-python-310:1.0", "us-west-2", IMAGE_GOOD,
	       "a repository named by Python version");
	judged("159807026194.dkr.ecr.us-west-2.amazonaws.com/sagemaker-model-monitor-analyzer:x", "us-west-2", IMAGE_GOOD,
	       "an image without versions");
}

static void test_regions(void)
{
	judged(XGBOOST ":1.7-1", "eu-west-1", IMAGE_ELSEWHERE, "another region");
	judged("246618743249.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1", "eu-west-1", IMAGE_ELSEWHERE,
	       "an account of another region");
	judged("246618743249.dkr.ecr.xy-new-1.amazonaws.com/sagemaker-xgboost:1.7-1", "xy-new-1", IMAGE_GOOD,
	       "a region that no table has");
	const char *account = image_check_uri(&arena, XGBOOST ":1.7-1", "eu-west-1").account;
	ok(account && strcmp(account, "141502667606") == 0, "the account of the wanted region");
	ok(!image_check_uri(&arena, XGBOOST ":1.7-1", "xy-new-1").account, "no account in an unknown region");
}

static const char *asked(const char *framework, const char *version, const char *instance)
{
	const char *arguments[IMAGE_ARGUMENT_COUNT] = {
		[IMAGE_FRAMEWORK] = framework, [IMAGE_VERSION] = version, [IMAGE_REGION] = "us-west-2",
		[IMAGE_INSTANCE] = instance, [IMAGE_SCOPE] = "training",
	};
	struct image_answer answer = image_find(&arena, arguments);
	return answer.uri ? answer.uri : answer.message;
}

static void test_questions(void)
{
	ok(strstr(asked("", "1", NULL), "no images"), "a framework without a name");
	ok(strstr(asked("xgboost", "", NULL), "no version"), "a version of nothing");
	ok(strstr(asked("xgboost", "latest=1", NULL), "no version"), "a pair is no version");
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
	ok(regions > 40, "there are regions");
	ok(!image_table("registries") && !image_table("nothing"), "registries are no framework");
	ok(!image_account((struct image_piece){"nobody", 6}, "us-west-2").at, "an unknown registry");
}

int main(void)
{
	test_uris();
	test_versions();
	test_regions();
	test_questions();
	test_tables();
	printf("1..%d\n", count);
	arena_free(&arena);
	return 0;
}
