/* logs: the link to the logs of a job, from its ARN or from the Metadata of a step. */
#include "deploy/logs.h"
#include "tap.h"

#include <cjson/cJSON.h>

#define CONSOLE "https://us-west-2.console.aws.amazon.com/cloudwatch/home?region=us-west-2#logsV2:log-groups/log-group/"
#define JOB "arn:aws:sagemaker:us-west-2:123456789012:"

static const struct {
	const char *name, *arn, *expected; /* NULL: no logs are known */
} arns[] = {
	{"a training job", JOB "training-job/a-1", CONSOLE "$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Da-1$252F"},
	{"a tuning job with many training jobs", JOB "hyper-parameter-tuning-job/t",
	 CONSOLE "$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Dt-"},
	{"an endpoint with a log group of its own", JOB "endpoint/e", CONSOLE "$252Faws$252Fsagemaker$252FEndpoints$252Fe"},
	{"a function", "arn:aws:lambda:us-west-2:123456789012:function:f_1", CONSOLE "$252Faws$252Flambda$252Ff_1"},
	{"a version of a function", "arn:aws:lambda:us-west-2:123456789012:function:f:7", CONSOLE "$252Faws$252Flambda$252Ff"},
	{"a function in China", "arn:aws-cn:lambda:cn-north-1:123456789012:function:f",
	 "https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#logsV2:log-groups/log-group/$252Faws$252Flambda$252Ff"},
	{"a function in AWS GovCloud", "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f",
	 "https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1#logsV2:log-groups/log-group/"
	 "$252Faws$252Flambda$252Ff"},
	{"a model", JOB "model/m", NULL},
	{"a type that is the beginning of another", JOB "training/a", NULL},
	{"a resource of another service", "arn:aws:s3:us-west-2:123456789012:training-job/a", NULL},
	{"text that is not an ARN", "training-job/a", NULL},
	{"a part of an ARN", "arn:aws:sagemaker", NULL},
	{"an empty text", "", NULL},
};

static const struct {
	const char *name, *json, *expected;
} steps[] = {
	{"a step with an Arn", "{\"TransformJob\": {\"Arn\": \"" JOB "transform-job/x\"}}",
	 CONSOLE "$252Faws$252Fsagemaker$252FTransformJobs$3FlogStreamNameFilter$3Dx$252F"},
	{"a check step with a CheckJobArn",
	 "{\"Check\": {\"CheckType\": \"a\", \"CheckJobArn\": \"" JOB "processing-job/p\"}}",
	 CONSOLE "$252Faws$252Fsagemaker$252FProcessingJobs$3FlogStreamNameFilter$3Dp$252F"},
	{"a step with a LogFilePath", "{\"EMR\": {\"ClusterId\": \"j-1\", \"LogFilePath\": \"s3://b/logs/s-1/stderr.gz\"}}", "s3://b/logs/s-1/stderr.gz"},
	{"a step with neither", "{\"Condition\": {\"Outcome\": \"True\"}}", NULL},
	{"a step whose member is not an object", "{\"Condition\": 5}", NULL},
	{"empty Metadata", "{}", NULL},
};

static void check_link(bool is_known, const struct text *link, const char *expected, const char *what)
{
	char name[100];
	snprintf(name, sizeof name, "%s %s", what, expected ? "has the right link" : "has no link");
	tap_is(is_known ? text_string(link) : NULL, expected, name);
}

int main(void)
{
	for (size_t i = 0; i < sizeof arns / sizeof *arns; i++) {
		struct text out = {0};
		bool is_known = logs_put_link(&out, arns[i].arn);
		check_link(is_known, &out, arns[i].expected, arns[i].name);
		text_free(&out);
	}
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct text out = {0};
		cJSON *metadata = cJSON_Parse(steps[i].json);
		bool is_known = logs_put_link_of_step(&out, metadata);
		check_link(is_known, &out, steps[i].expected, steps[i].name);
		cJSON_Delete(metadata);
		text_free(&out);
	}
	tap_ok(!logs_put_link_of_step(&(struct text){0}, NULL), "a step without Metadata has no link");
	return tap_done();
}
