/* Objects in S3: where they go, and whether they exist. */
#include "deploy/deploy_parts.h"

struct deploy_place deploy_place_of(struct arena *arena, const char *uri)
{
	const char *bucket = strncmp(uri, "s3://", 5) == 0 ? uri + 5 : uri;
	size_t length = strcspn(bucket, "/");
	return (struct deploy_place){arena_copy(arena, bucket, length), bucket[length] ? bucket + length + 1 : ""};
}

struct aws_request *deploy_object_request(struct deploy *deploy, const char *method, const struct deploy_place *place)
{
	struct aws_request *request = arena_new(deploy->arena, struct aws_request);
	struct text path = {0};
	text_putc(&path, '/');
	aws_encode_path(&path, place->key);
	*request = (struct aws_request){.service = AWS_S3, .method = method, .bucket = place->bucket,
	                                .path = deploy_keep_text(deploy, &path)};
	return request;
}

bool deploy_object_exists(struct deploy *deploy, const struct deploy_place *place, bool *exists,
                          struct aws_failure *failure)
{
	struct aws_reply reply;
	*exists = aws_call(deploy->aws, deploy_object_request(deploy, "HEAD", place), &reply, failure);
	if (*exists)
		aws_reply_free(&reply);
	return *exists || failure->status == 404 || failure->status == 403;
}

const char *deploy_stored_checksum(struct deploy *deploy, const struct deploy_place *place)
{
	static const char *const headers[] = {"x-amz-checksum-mode: ENABLED", NULL};
	struct aws_request *request = deploy_object_request(deploy, "HEAD", place);
	struct aws_failure failure;
	struct aws_reply reply;
	request->headers = headers;
	if (!aws_call(deploy->aws, request, &reply, &failure))
		return NULL;
	const char *checksum = aws_reply_header(deploy->aws, &reply, "x-amz-checksum-sha256");
	aws_reply_free(&reply);
	return checksum && !strchr(checksum, '-') ? checksum : NULL; /* with "-", it is computed from the parts of a multipart upload */
}
