#include "deploy/deploy_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

/* S3 takes up to 5 GiB in one request and recommends parts from 100 MiB on; a part has 5 MiB at least, an object 10,000
 * parts at most (S3 User Guide, "Amazon S3 multipart upload limits"). */
enum { PARTS_MAX = 10000 };
static const char CONTENT_TYPE[] = "application/octet-stream"; /* of everything: nobody asks S3 what it is */
static const uint64_t WHOLE_MAX = 100ull << 20, PART_MIN = 16ull << 20;

static uint64_t part_size(uint64_t length)
{
	uint64_t size = (length + PARTS_MAX - 1) / PARTS_MAX;
	return size > PART_MIN ? size : PART_MIN;
}

static uint64_t part_count(uint64_t length)
{
	return (length + part_size(length) - 1) / part_size(length);
}

/* --- the bytes --- */

static void hex_to_base64(const char *hex, char base64[64])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned bits = 0, held = 0;
	char *out = base64;
	for (; *hex; hex++) {
		bits = bits << 4 | (unsigned)(*hex <= '9' ? *hex - '0' : *hex - 'a' + 10);
		for (held += 4; held >= 6; held -= 6)
			*out++ = digits[bits >> (held - 6) & 63];
	}
	if (held)
		*out++ = digits[bits << (6 - held) & 63];
	while ((out - base64) % 4)
		*out++ = '=';
	*out = '\0';
}

/* The bytes of an object, in a temporary file without a name. */
struct payload {
	int file;
	uint64_t length;
	char sha256[DIGEST_ROOM];
	char base64[64];              /* of the same */
};

struct spool {
	struct payload *payload;
	struct digest *digest;
	int error;                    /* of the temporary file */
};

static bool take(void *context, const void *bytes, size_t length)
{
	struct spool *spool = context;
	const char *at = bytes;
	digest_add(spool->digest, bytes, length);
	spool->payload->length += length;
	while (length && !spool->error) {
		ssize_t put = write(spool->payload->file, at, length);
		if (put >= 0) {
			at += put;
			length -= (size_t)put;
		} else if (errno != EINTR) {
			spool->error = errno;
		}
	}
	return !spool->error;
}

static int open_temporary(struct deploy *deploy)
{
	char *name = arena_printf(deploy->arena, "%s/sagepipec.XXXXXX", deploy->options->temporary);
	int file = mkstemp(name);
	if (file >= 0)
		unlink(name);
	return file;
}

/* Makes the bytes of an object, once, so that their length and digest are known before they are sent, and all attempts
 * send the same. False with errno, which is 0 when a file is not what it was when it was compiled. */
static bool make_payload(struct deploy *deploy, const struct deploy_object *object, struct payload *payload)
{
	const struct reader *reader = deploy->program->options->reader;
	struct spool spool = {payload, digest_begin(), 0};
	const struct archive_sink sink = {&spool, take};
	bool is_made = false;
	*payload = (struct payload){.file = open_temporary(deploy)};
	if (payload->file >= 0 && object->text)
		is_made = take(&spool, object->text, object->length);
	else if (payload->file >= 0)
		is_made = object->part ? assets_write_part(reader, object->part, &sink)
		                       : assets_write(reader, object->asset, &sink);
	int error = spool.error ? spool.error : errno;
	digest_end(spool.digest, payload->sha256);
	hex_to_base64(payload->sha256, payload->base64);
	errno = error;
	return is_made;
}

/* What is on its way, for the reading and for who watches. */
struct sending {
	struct deploy *deploy;
	struct deploy_step *step;
	struct payload *payload;
	uint64_t start;               /* of the part */
};

static size_t read_payload(void *context, uint64_t offset, char *to, size_t room)
{
	struct sending *sending = context;
	const struct deploy_options *options = sending->deploy->options;
	uint64_t at = sending->start + offset;
	ssize_t got = pread(sending->payload->file, to, room, (off_t)at);
	if (options->sent && got > 0)
		options->sent(options->context, sending->step, at + (uint64_t)got, sending->payload->length);
	return got > 0 ? (size_t)got : 0;
}

/* The digest of a part, in both spellings. */
static bool digest_of_part(struct payload *payload, uint64_t start, uint64_t length, char sha256[DIGEST_ROOM],
                           char base64[64])
{
	char buffer[64 * 1024];
	struct digest *digest = digest_begin();
	bool is_read = true;
	while (is_read && length) {
		size_t wanted = length < sizeof buffer ? (size_t)length : sizeof buffer;
		ssize_t got = pread(payload->file, buffer, wanted, (off_t)start);
		is_read = got > 0;
		digest_add(digest, buffer, is_read ? (size_t)got : 0);
		start += is_read ? (uint64_t)got : 0;
		length -= is_read ? (uint64_t)got : 0;
	}
	digest_end(digest, sha256);
	hex_to_base64(sha256, base64);
	return is_read;
}

/* --- requests --- */

/* The account that must own the bucket, where the bucket is the account's by its name: somebody else might have taken it. */
static const char *owner_header(struct deploy *deploy, const struct deploy_place *place)
{
	const char *name = arena_printf(deploy->arena, "sagemaker-%s-%s", aws_region(deploy->aws), deploy->account);
	bool is_of_account = strcmp(name, place->bucket) == 0;
	return is_of_account ? arena_printf(deploy->arena, "x-amz-expected-bucket-owner: %s", deploy->account) : NULL;
}

static struct aws_request *upload_request(struct deploy *deploy, const char *method, const struct deploy_place *place,
                                          const char *query, const char *checksum_header)
{
	struct aws_request *request = deploy_object_request(deploy, method, place);
	const char **headers = arena_array(deploy->arena, const char *, 4);
	size_t count = 0;
	const char *owner = owner_header(deploy, place);
	if (checksum_header)
		headers[count++] = checksum_header;
	if (checksum_header && strcmp(method, "PUT") == 0)
		headers[count++] = "x-amz-sdk-checksum-algorithm: SHA256";
	if (owner)
		headers[count++] = owner;
	request->query = query;
	request->headers = headers;
	return request;
}

static bool call(struct deploy *deploy, const struct aws_request *request, struct aws_reply *reply,
                 struct aws_failure *failure)
{
	if (aws_call(deploy->aws, request, reply, failure))
		return true;
	if (strcmp(failure->aws_code, "NoSuchBucket") == 0)
		failure->help = arena_printf(deploy->arena, "make it, such as with `aws s3 mb s3://%s`, or name another with "
		                             "AssetLocation or --assets", request->bucket);
	return false;
}

static bool send_whole(struct sending *sending, const struct deploy_place *place, struct aws_failure *failure)
{
	struct deploy *deploy = sending->deploy;
	const char *checksum = arena_printf(deploy->arena, "x-amz-checksum-sha256: %s", sending->payload->base64);
	struct aws_request *request = upload_request(deploy, "PUT", place, NULL, checksum);
	struct aws_reply reply;
	request->body = (struct aws_body){.length = sending->payload->length, .read = read_payload, .context = sending,
	                                  .type = CONTENT_TYPE, .sha256 = sending->payload->sha256};
	if (!call(deploy, request, &reply, failure))
		return false;
	aws_reply_free(&reply);
	return true;
}

/* --- in parts --- */

/* The text of an element of XML without attributes, or NULL. The identifier of an upload and an ETag need no unescaping
 * to be sent back: `&quot;` goes out as it came. */
static const char *element(struct arena *arena, const struct text *xml, const char *name)
{
	const char *open = arena_printf(arena, "<%s>", name);
	const char *start = strstr(text_string(xml), open);
	const char *end = start ? strstr(start, "</") : NULL;
	return end ? arena_copy(arena, start + strlen(open), (size_t)(end - start) - strlen(open)) : NULL;
}

static const char *begin_parts(struct deploy *deploy, const struct deploy_place *place, struct aws_failure *failure)
{
	struct aws_reply reply;
	struct text encoded = {0};
	struct aws_request *request = upload_request(deploy, "POST", place, "uploads=",
	                                             "x-amz-checksum-algorithm: SHA256");
	request->body.type = CONTENT_TYPE;
	if (!call(deploy, request, &reply, failure))
		return NULL;
	const char *id = element(deploy->arena, &reply.body, "UploadId");
	aws_reply_free(&reply);
	if (!id) {
		aws_fail(deploy->aws, failure, SP6010, NULL, "S3 began an upload in parts and gave it no identifier");
		return NULL;
	}
	aws_add_query(&encoded, id);
	id = arena_copy(deploy->arena, encoded.bytes, encoded.length);
	text_free(&encoded);
	return id;
}

static bool send_part(struct sending *sending, const struct deploy_place *place, const char *id, uint64_t number,
                      struct text *list, struct aws_failure *failure)
{
	struct deploy *deploy = sending->deploy;
	uint64_t size = part_size(sending->payload->length);
	uint64_t left = sending->payload->length - number * size;
	char sha256[DIGEST_ROOM], base64[64];
	struct aws_reply reply;
	sending->start = number * size;
	size = left < size ? left : size;
	if (!digest_of_part(sending->payload, sending->start, size, sha256, base64)) {
		aws_fail(deploy->aws, failure, SP6033, NULL, "the temporary file with `%s` cannot be read",
		         sending->step->name);
		return false;
	}
	const char *query = arena_printf(deploy->arena, "partNumber=%" PRIu64 "&uploadId=%s", number + 1, id);
	struct aws_request *request = upload_request(deploy, "PUT", place, query,
	                                             arena_printf(deploy->arena, "x-amz-checksum-sha256: %s", base64));
	request->body = (struct aws_body){.length = size, .read = read_payload, .context = sending, .type = CONTENT_TYPE,
	                                  .sha256 = sha256};
	if (!call(deploy, request, &reply, failure))
		return false;
	const char *tag = aws_reply_header(deploy->aws, &reply, "ETag");
	text_printf(list, "<Part><ChecksumSHA256>%s</ChecksumSHA256><ETag>%s</ETag>", base64, tag ? tag : "");
	text_printf(list, "<PartNumber>%" PRIu64 "</PartNumber></Part>", number + 1);
	aws_reply_free(&reply);
	return true;
}

/* S3 may begin to answer with status 200 before it knows whether the parts fit: the error is then in the body. */
static bool end_parts(struct deploy *deploy, const struct deploy_place *place, const char *id,
                      const struct text *list, struct aws_failure *failure)
{
	struct aws_request *request = upload_request(deploy, "POST", place,
	                                             arena_printf(deploy->arena, "uploadId=%s", id), NULL);
	const char *body = arena_printf(deploy->arena, "<CompleteMultipartUpload>%s</CompleteMultipartUpload>",
	                                list->bytes);
	char digest[DIGEST_ROOM];
	struct aws_reply reply;
	digest_bytes(body, strlen(body), digest);
	request->body = (struct aws_body){.bytes = body, .length = strlen(body), .type = "application/xml",
	                                  .sha256 = digest};
	if (!call(deploy, request, &reply, failure))
		return false;
	bool is_done = !strstr(text_string(&reply.body), "<Error>");
	const char *error = is_done ? NULL : element(deploy->arena, &reply.body, "Message");
	if (!is_done)
		aws_fail(deploy->aws, failure, SP6010, "run the same command again", "S3 did not put the parts together: %s",
		         error ? error : "no reason given");
	aws_reply_free(&reply);
	return is_done;
}

/* What was sent costs money until it is thrown away. */
static void throw_parts_away(struct deploy *deploy, const struct deploy_place *place, const char *id)
{
	const char *query = arena_printf(deploy->arena, "uploadId=%s", id);
	struct aws_failure failure;
	struct aws_reply reply;
	if (aws_call(deploy->aws, upload_request(deploy, "DELETE", place, query, NULL), &reply, &failure))
		aws_reply_free(&reply);
}

static bool send_parts(struct sending *sending, const struct deploy_place *place, struct aws_failure *failure)
{
	struct deploy *deploy = sending->deploy;
	struct text list = {0};
	const char *id = begin_parts(deploy, place, failure);
	bool is_sent = id;
	for (uint64_t i = 0; is_sent && i < part_count(sending->payload->length); i++)
		is_sent = send_part(sending, place, id, i, &list, failure);
	if (is_sent && !end_parts(deploy, place, id, &list, failure)) {
		/* the reply of an attempt that succeeded may have been lost, and the next one finds no upload */
		struct aws_failure ignored;
		struct aws_reply reply;
		is_sent = aws_call(deploy->aws, deploy_object_request(deploy, "HEAD", place), &reply, &ignored);
		if (is_sent)
			aws_reply_free(&reply);
	}
	if (id && !is_sent)
		throw_parts_away(deploy, place, id);
	text_free(&list);
	return is_sent;
}

bool deploy_upload(struct deploy *deploy, struct deploy_step *step, const struct deploy_object *object,
                   struct aws_failure *failure)
{
	struct payload payload;
	struct sending sending = {deploy, step, &payload, 0};
	const char *name = object->part && object->part->path ? object->part->path : step->name;
	bool is_sent = false;
	if (!make_payload(deploy, object, &payload))
		aws_fail(deploy->aws, failure, SP6033, "run the same command again", "`%s` %s", name,
		         errno ? arena_printf(deploy->arena, "cannot be read and kept for sending: %s", strerror(errno))
		               : "has changed since it was compiled");
	else if (payload.length > WHOLE_MAX)
		is_sent = send_parts(&sending, &object->place, failure);
	else
		is_sent = send_whole(&sending, &object->place, failure);
	if (payload.file >= 0)
		close(payload.file);
	return is_sent;
}

void deploy_foresee_upload(struct deploy *deploy, const struct deploy_object *object)
{
	static const char when[] = "if it is not there";
	bool is_packed = object->asset && object->asset->kind >= ASSET_FOLDER;
	const char *body = arena_printf(deploy->arena, "(%s%" PRIu64 " bytes)", is_packed ? "an archive of " : "",
	                                object->length);
	deploy_note(deploy, "", deploy_object_request(deploy, "HEAD", &object->place), "");
	if (object->length <= WHOLE_MAX) {
		deploy_note(deploy, when, upload_request(deploy, "PUT", &object->place, NULL, NULL), body);
		return;
	}
	deploy_note(deploy, when, upload_request(deploy, "POST", &object->place, "uploads=", NULL), "");
	for (uint64_t i = 0; i < part_count(object->length); i++) {
		uint64_t size = part_size(object->length), left = object->length - i * size;
		const char *query = arena_printf(deploy->arena, "partNumber=%" PRIu64 "&uploadId=ID", i + 1);
		body = arena_printf(deploy->arena, "(%" PRIu64 " bytes)", left < size ? left : size);
		deploy_note(deploy, when, upload_request(deploy, "PUT", &object->place, query, NULL), body);
	}
	deploy_note(deploy, when, upload_request(deploy, "POST", &object->place, "uploadId=ID", NULL),
	            "(the list of the parts)");
}
