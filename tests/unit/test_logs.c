/* logs: from the ARN of a job, and the Metadata of a step, to where its logs are. */
#include "deploy/logs.h"
#include "tap.h"

#include <cjson/cJSON.h>

#define CONSOLE "https://us-west-2.console.aws.amazon.com/cloudwatch/home?region=us-west-2#logsV2:log-groups/log-group/"
#define JOB "arn:aws:sagemaker:us-west-2:123456789012:"

static const struct {
	const char *name, *arn, *expected; /* NULL: no logs are known */
} arns[] = {
	{"a training job", JOB "training-job/a-1", CONSOLE "$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Da-1$252F"},
	{"a tuning job has many training jobs", JOB "hyper-parameter-tuning-job/t",
	 CONSOLE "$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Dt-"},
	{"an endpoint has a group of its own", JOB "endpoint/e", CONSOLE "$252Faws$252Fsagemaker$252FEndpoints$252Fe"},
	{"a function", "arn:aws:lambda:us-west-2:123456789012:function:f_1", CONSOLE "$252Faws$252Flambda$252Ff_1"},
	{"a version of a function", "arn:aws:lambda:us-west-2:123456789012:function:f:7", CONSOLE "$252Faws$252Flambda$252Ff"},
	{"China", "arn:aws-cn:lambda:cn-north-1:123456789012:function:f",
	 "https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#logsV2:log-groups/log-group/$252Faws$252Flambda$252Ff"},
	{"the United States' government", "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f",
	 "https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1#logsV2:log-groups/log-group/"
	 "$252Faws$252Flambda$252Ff"},
	{"a model logs nothing", JOB "model/m", NULL},
	{"the beginning of a type is another type", JOB "training/a", NULL},
	{"another service", "arn:aws:s3:us-west-2:123456789012:training-job/a", NULL},
	{"no ARN", "training-job/a", NULL},
	{"a part of one", "arn:aws:sagemaker", NULL},
	{"nothing", "", NULL},
};

static const struct {
	const char *name, *json, *expected;
} steps[] = {
	{"an Arn", "{\"TransformJob\": {\"Arn\": \"" JOB "transform-job/x\"}}",
	 CONSOLE "$252Faws$252Fsagemaker$252FTransformJobs$3FlogStreamNameFilter$3Dx$252F"},
	{"the ARN of a check's job, whatever its member is called",
	 "{\"Check\": {\"CheckType\": \"a\", \"CheckJobArn\": \"" JOB "processing-job/p\"}}",
	 CONSOLE "$252Faws$252Fsagemaker$252FProcessingJobs$3FlogStreamNameFilter$3Dp$252F"},
	{"a path of logs", "{\"EMR\": {\"ClusterId\": \"j-1\", \"LogFilePath\": \"s3://b/logs/s-1/stderr.gz\"}}", "s3://b/logs/s-1/stderr.gz"},
	{"neither", "{\"Condition\": {\"Outcome\": \"True\"}}", NULL},
	{"no object", "{\"Condition\": 5}", NULL},
	{"nothing", "{}", NULL},
};

int main(void)
{
	for (size_t i = 0; i < sizeof arns / sizeof *arns; i++) {
		struct text out = {0};
		bool is_known = logs_put_link(&out, arns[i].arn);
		tap_is(is_known ? text_string(&out) : NULL, arns[i].expected, arns[i].name);
		text_free(&out);
	}
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct text out = {0};
		cJSON *metadata = cJSON_Parse(steps[i].json);
		bool is_known = logs_put_link_of_step(&out, metadata);
		tap_is(is_known ? text_string(&out) : NULL, steps[i].expected, steps[i].name);
		cJSON_Delete(metadata);
		text_free(&out);
	}
	tap_ok(!logs_put_link_of_step(&(struct text){0}, NULL), "no Metadata");
	return tap_done();
}
