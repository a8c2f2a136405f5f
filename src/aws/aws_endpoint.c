/* Partitions, endpoints and URLs. The names and rules are those of the endpoint rule sets and of partitions.json, which AWS
 * publishes with botocore. */
#include "aws/aws_parts.h"

#include <ctype.h>
#include <string.h>

/* A region belongs to the first row whose prefix begins its name. */
static const struct partition {
	const char *prefix, *name, *suffix, *dual_stack_suffix;
} partitions[] = {
	{"cn-", "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn"},
	{"us-gov-", "aws-us-gov", "amazonaws.com", "api.aws"},
	{"us-iso-", "aws-iso", "c2s.ic.gov", "api.aws.ic.gov"},
	{"us-isob-", "aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud"},
	{"eu-isoe-", "aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"},
	{"us-isof-", "aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov"},
	{"eusc-", "aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu"},
	{"", "aws", "amazonaws.com", "api.aws"},
};

/* An endpoint is HOST.REGION.SUFFIX. For dual stack the suffix differs, but S3 has `dualstack` in the host instead. */
static const struct service {
	const char *name, *variable, *signing_name;
	const char *host, *fips_host;
} services[] = {
	[AWS_SAGEMAKER] = {"sagemaker", "AWS_ENDPOINT_URL_SAGEMAKER", "sagemaker", "api.sagemaker",
                           "api.sagemaker-fips"},
	[AWS_S3] = {"s3", "AWS_ENDPOINT_URL_S3", "s3", "s3", "s3-fips"},
	[AWS_STS] = {"sts", "AWS_ENDPOINT_URL_STS", "sts", "sts", "sts-fips"},
	[AWS_LAMBDA] = {"lambda", "AWS_ENDPOINT_URL_LAMBDA", "lambda", "lambda", "lambda-fips"},
	[AWS_SCHEDULER] = {"scheduler", "AWS_ENDPOINT_URL_SCHEDULER", "scheduler", "scheduler", "scheduler-fips"},
	[AWS_SSO] = {"sso", "AWS_ENDPOINT_URL_SSO", "awsssoportal", "portal.sso", "portal.sso-fips"},
	[AWS_SSO_OIDC] = {"sso_oidc", "AWS_ENDPOINT_URL_SSO_OIDC", "sso-oauth", "oidc", "oidc-fips"},
};

const char *aws_service_name(enum aws_service service)
{
	return services[service].name;
}

static const struct partition *partition_of(const char *region)
{
	const struct partition *partition = partitions;
	while (strncmp(region, partition->prefix, strlen(partition->prefix)) != 0)
		partition++;
	return partition;
}

const char *aws_partition_of(const char *region)
{
	return partition_of(region)->name;
}

/* The endpoint that the user configured, or NULL. In the environment, and then in the files, the URL for the service
 * precedes the URL for all services. --endpoint-url precedes both, but does not apply to SSO, which only provides credentials. */
static const char *custom_url(struct aws *aws, enum aws_service service)
{
	bool is_sso = service == AWS_SSO || service == AWS_SSO_OIDC;
	const char *ignored = aws_environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
	const char *url = is_sso ? NULL : aws->options.endpoint_url;
	if (!ignored)
		ignored = aws_setting(aws, aws->profile, "ignore_configured_endpoint_urls");
	if (url || (ignored && strcmp(ignored, "true") == 0))
		return url;
	url = aws_environment(services[service].variable);
	if (!url)
		url = aws_environment("AWS_ENDPOINT_URL");
	const char *section = url ? NULL : aws_setting(aws, aws->profile, "services");
	const char *block = section ? aws_section_setting(aws, "services", section, services[service].name) : NULL;
	if (block)
		url = aws_nested_setting(aws, block, "endpoint_url");
	return url ? url : aws_setting(aws, aws->profile, "endpoint_url");
}

/* The host for FIPS, with the exceptions that AWS makes from its own pattern. */
static const char *fips_host(enum aws_service service, const struct partition *partition, bool is_dual_stack)
{
	bool is_gov = strcmp(partition->name, "aws-us-gov") == 0;
	if (service == AWS_SAGEMAKER && !is_dual_stack && (is_gov || strcmp(partition->name, "aws") == 0))
		return "api-fips.sagemaker";
	return service == AWS_STS && !is_dual_stack && is_gov ? services[service].host
	                                                      : services[service].fips_host;
}

static const char *standard_url(struct aws *aws, enum aws_service service, const char *region)
{
	const struct partition *partition = partition_of(region);
	bool is_dual = aws->uses_dual_stack;
	const char *host = aws->uses_fips ? fips_host(service, partition, is_dual) : services[service].host;
	bool is_dual_host = is_dual && service == AWS_S3;
	return arena_printf(aws->arena, "https://%s%s.%s.%s", host, is_dual_host ? ".dualstack" : "", region,
	                    is_dual && !is_dual_host ? partition->dual_stack_suffix : partition->suffix);
}

static bool is_web_url(const char *url)
{
	const char *host = strncmp(url, "https://", 8) == 0  ? url + 8
	                   : strncmp(url, "http://", 7) == 0 ? url + 7
	                                                     : "";
	for (const char *at = url; *at; at++)
		if (!isgraph((unsigned char)*at))
			return false;
	return *host && *host != '/';
}

bool aws_endpoint_find(struct aws *aws, enum aws_service service, const char *region, struct aws_endpoint *endpoint,
                       struct aws_failure *failure)
{
	const char *url = custom_url(aws, service);
	if (url && !is_web_url(url)) {
		aws_fail(aws, failure, SP6005, "include the scheme, as in https://sagemaker.example.com",
		         "the endpoint `%s` of %s is not a URL", url, services[service].name);
		return false;
	}
	*endpoint = (struct aws_endpoint){
		.base = url ? url : standard_url(aws, service, region),
		.signing_name = services[service].signing_name,
		.region = region,
		.is_custom = url != NULL,
	};
	size_t length = strlen(endpoint->base);
	while (endpoint->base[length - 1] == '/')
		length--;
	endpoint->base = arena_copy(aws->arena, endpoint->base, length);
	return true;
}

/* Whether a bucket's name may be part of a host name. A wildcard certificate does not cover names with dots. */
static bool is_host_label(const char *bucket)
{
	size_t length = strlen(bucket);
	if (length < 3 || length > 63 || bucket[0] == '-' || bucket[length - 1] == '-')
		return false;
	return strspn(bucket, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static bool is_virtual_host(struct aws *aws, const char *bucket, const struct aws_endpoint *endpoint)
{
	const char *block = aws_setting(aws, aws->profile, "s3");
	const char *style = block ? aws_nested_setting(aws, block, "addressing_style") : NULL;
	if (!is_host_label(bucket) || (style && strcmp(style, "path") == 0))
		return false;
	return !endpoint->is_custom || (style && strcmp(style, "virtual") == 0);
}

const char *aws_request_name(struct aws *aws, const struct aws_request *request)
{
	if (request->target)
		return request->target;
	if (request->service == AWS_STS && request->body.bytes && strncmp(request->body.bytes, "Action=", 7) == 0)
		return arena_printf(aws->arena, "sts.%.*s", (int)strcspn(request->body.bytes + 7, "&"),
		                    request->body.bytes + 7);
	return arena_printf(aws->arena, "%s %s%s%s%s", request->method, aws_service_name(request->service),
	                    request->bucket ? ":" : "", request->bucket ? request->bucket : "",
	                    request->path ? request->path : "/");
}

const char *aws_request_url(struct aws *aws, const struct aws_request *request, const struct aws_endpoint *endpoint)
{
	const char *path = request->path ? request->path : "/";
	const char *separator = request->query && *request->query ? "?" : "";
	const char *query = request->query ? request->query : "";
	if (!request->bucket)
		return arena_printf(aws->arena, "%s%s%s%s", endpoint->base, path, separator, query);
	if (!is_virtual_host(aws, request->bucket, endpoint))
		return arena_printf(aws->arena, "%s/%s%s%s%s", endpoint->base, request->bucket, path, separator, query);
	const char *host = strstr(endpoint->base, "://") + 3;
	return arena_printf(aws->arena, "%.*s%s.%s%s%s%s", (int)(host - endpoint->base), endpoint->base,
	                    request->bucket, host, path, separator, query);
}

/* Percent-encodes all bytes but the unreserved ones. */
static void encode(struct text *out, const char *bytes, const char *unreserved)
{
	for (; *bytes; bytes++) {
		if (strchr(unreserved, *bytes))
			text_putc(out, *bytes);
		else
			text_printf(out, "%%%02X", (unsigned char)*bytes);
	}
}

#define UNRESERVED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

void aws_encode_path(struct text *out, const char *path)
{
	encode(out, path, UNRESERVED "/");
}

void aws_encode_query(struct text *out, const char *value)
{
	encode(out, value, UNRESERVED);
}

void aws_describe_request(struct text *out, struct aws *aws, const struct aws_request *request)
{
	struct aws_endpoint endpoint;
	struct aws_failure failure;
	const char *region = request->region ? request->region : aws->region;
	if (!aws_endpoint_find(aws, request->service, region, &endpoint, &failure))
		return;
	text_printf(out, "%s %s%s%s", request->method, aws_request_url(aws, request, &endpoint),
	            request->target ? " " : "", request->target ? request->target : "");
}
