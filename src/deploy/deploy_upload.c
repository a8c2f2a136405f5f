/* Uploads to S3: in one request, or in parts. */
#include "deploy/deploy_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

/* S3 accepts up to 5 GiB in one request and recommends parts from 100 MiB on. A part has at least 5 MiB, and an object at most
 * 10,000 parts (S3 User Guide, "Amazon S3 multipart upload limits"). */
enum { PARTS_MAX = 10000 };
static const char CONTENT_TYPE[] = "application/octet-stream"; /* the same for all objects: nothing reads it */
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

enum { BASE64_ROOM = 64 };

static void hex_to_base64(const char *hex, char base64[BASE64_ROOM])
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

/* The bytes of an object, in a temporary file that is already unlinked. */
struct payload {
	int file;
	uint64_t length;
	char sha256[DIGEST_ROOM];     /* their digest, in hexadecimal digits */
	char base64[BASE64_ROOM];     /* and in base64 */
};

/* The state of writing a payload. */
struct spool {
	struct payload *payload;
	struct digest *digest;
	int error;                    /* of the temporary file */
};

static bool spool_bytes(void *context, const void *bytes, size_t length)
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

/* Writes the bytes of an object to a temporary file: their length and digest must be known before they are sent, and all
 * attempts must send the same bytes. False with errno, which is 0 if a source file has changed since the compilation. */
static bool make_payload(struct deploy *deploy, const struct deploy_object *object, struct payload *payload)
{
	const struct reader *reader = deploy->program->options->reader;
	struct spool spool = {payload, digest_begin(), 0};
	const struct archive_sink sink = {&spool, spool_bytes};
	bool is_made = false;
	*payload = (struct payload){.file = open_temporary(deploy)};
	if (payload->file >= 0 && object->text)
		is_made = spool_bytes(&spool, object->text, object->length);
	else if (payload->file >= 0)
		is_made = object->part ? assets_write_part(reader, object->part, &sink)
		                       : assets_write(reader, object->asset, &sink);
	int error = spool.error ? spool.error : errno;
	digest_end(spool.digest, payload->sha256);
	hex_to_base64(payload->sha256, payload->base64);
	errno = error;
	return is_made;
}

/* An upload in progress. */
struct upload {
	struct deploy *deploy;
	struct deploy_step *step;
	struct payload *payload;
	uint64_t start;               /* the offset of the current part */
};

static size_t read_payload(void *context, uint64_t offset, char *to, size_t room)
{
	struct upload *upload = context;
	const struct deploy_options *options = upload->deploy->options;
	uint64_t at = upload->start + offset;
	ssize_t got = pread(upload->payload->file, to, room, (off_t)at);
	if (options->sent && got > 0)
		options->sent(options->context, upload->step, at + (uint64_t)got, upload->payload->length);
	return got > 0 ? (size_t)got : 0;
}

/* The digest of a part, in hexadecimal digits and in base64. False if it cannot be read. */
static bool digest_part(struct payload *payload, uint64_t start, uint64_t length, char sha256[DIGEST_ROOM],
                        char base64[BASE64_ROOM])
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

/* For the account's default bucket, a header that names its expected owner, because somebody else may have taken the name; NULL
 * for any other bucket. */
static const char *owner_header(struct deploy *deploy, const struct deploy_place *place)
{
	const char *name = arena_printf(deploy->arena, "sagemaker-%s-%s", aws_region(deploy->aws), deploy->account);
	bool is_default = strcmp(name, place->bucket) == 0;
	return is_default ? arena_printf(deploy->arena, "x-amz-expected-bucket-owner: %s", deploy->account) : NULL;
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
		failure->help = arena_printf(deploy->arena, "create it, for example with `aws s3 mb s3://%s`, or name another bucket with "
		                                            "`AssetLocation` or --assets", request->bucket);
	return false;
}

static bool send_whole(struct upload *upload, const struct deploy_place *place, struct aws_failure *failure)
{
	struct deploy *deploy = upload->deploy;
	const char *checksum = arena_printf(deploy->arena, "x-amz-checksum-sha256: %s", upload->payload->base64);
	struct aws_request *request = upload_request(deploy, "PUT", place, NULL, checksum);
	struct aws_reply reply;
	request->body = (struct aws_body){.length = upload->payload->length, .read = read_payload, .context = upload,
	                                  .type = CONTENT_TYPE, .sha256 = upload->payload->sha256};
	if (!call(deploy, request, &reply, failure))
		return false;
	aws_reply_free(&reply);
	return true;
}

/* --- multipart upload --- */

/* Starts a multipart upload. Returns its ID, percent-encoded and in the arena; NULL after a failure. */
static const char *begin_parts(struct deploy *deploy, const struct deploy_place *place, struct aws_failure *failure)
{
	struct aws_reply reply;
	struct text encoded = {0};
	struct aws_request *request = upload_request(deploy, "POST", place, "uploads=",
	                                             "x-amz-checksum-algorithm: SHA256");
	request->body.type = CONTENT_TYPE;
	if (!call(deploy, request, &reply, failure))
		return NULL;
	const char *id = aws_xml_text(deploy->aws, text_string(&reply.body), "UploadId");
	aws_reply_free(&reply);
	if (!id) {
		aws_fail(deploy->aws, failure, SP6010, NULL, "S3 started a multipart upload without an upload ID");
		return NULL;
	}
	aws_encode_query(&encoded, id);
	return deploy_keep_text(deploy, &encoded);
}

/* Sends a part, and appends it to the list for CompleteMultipartUpload. */
static bool send_part(struct upload *upload, const struct deploy_place *place, const char *id, uint64_t number,
                      struct text *list, struct aws_failure *failure)
{
	struct deploy *deploy = upload->deploy;
	uint64_t size = part_size(upload->payload->length);
	uint64_t left = upload->payload->length - number * size;
	char sha256[DIGEST_ROOM], base64[BASE64_ROOM];
	struct aws_reply reply;
	upload->start = number * size;
	size = left < size ? left : size;
	if (!digest_part(upload->payload, upload->start, size, sha256, base64)) {
		aws_fail(deploy->aws, failure, SP6033, NULL, "cannot read the temporary copy of `%s`",
		         upload->step->name);
		return false;
	}
	const char *query = arena_printf(deploy->arena, "partNumber=%" PRIu64 "&uploadId=%s", number + 1, id);
	struct aws_request *request = upload_request(deploy, "PUT", place, query,
	                                             arena_printf(deploy->arena, "x-amz-checksum-sha256: %s", base64));
	request->body = (struct aws_body){.length = size, .read = read_payload, .context = upload, .type = CONTENT_TYPE,
	                                  .sha256 = sha256};
	if (!call(deploy, request, &reply, failure))
		return false;
	const char *tag = aws_reply_header(deploy->aws, &reply, "ETag");
	text_printf(list, "<Part><ChecksumSHA256>%s</ChecksumSHA256><ETag>%s</ETag>", base64, tag ? tag : "");
	text_printf(list, "<PartNumber>%" PRIu64 "</PartNumber></Part>", number + 1);
	aws_reply_free(&reply);
	return true;
}

static bool complete_parts(struct deploy *deploy, const struct deploy_place *place, const char *id,
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
	aws_reply_free(&reply);
	return true;
}

/* Deletes the parts that were sent: S3 would keep and charge for them. */
static void abort_parts(struct deploy *deploy, const struct deploy_place *place, const char *id)
{
	const char *query = arena_printf(deploy->arena, "uploadId=%s", id);
	struct aws_failure failure;
	struct aws_reply reply;
	if (aws_call(deploy->aws, upload_request(deploy, "DELETE", place, query, NULL), &reply, &failure))
		aws_reply_free(&reply);
}

static bool send_parts(struct upload *upload, const struct deploy_place *place, struct aws_failure *failure)
{
	struct deploy *deploy = upload->deploy;
	struct text list = {0};
	const char *id = begin_parts(deploy, place, failure);
	bool is_sent = id;
	for (uint64_t i = 0; is_sent && i < part_count(upload->payload->length); i++)
		is_sent = send_part(upload, place, id, i, &list, failure);
	if (is_sent && !complete_parts(deploy, place, id, &list, failure)) {
		/* if the reply to a successful attempt is lost, the retry fails because the upload no longer exists */
		struct aws_failure ignored;
		deploy_object_exists(deploy, place, &is_sent, &ignored);
	}
	if (id && !is_sent)
		abort_parts(deploy, place, id);
	text_free(&list);
	return is_sent;
}

bool deploy_upload(struct deploy *deploy, struct deploy_step *step, const struct deploy_object *object,
                   struct aws_failure *failure)
{
	struct payload payload;
	struct upload upload = {deploy, step, &payload, 0};
	const char *name = object->part && object->part->path ? object->part->path : step->name;
	bool is_sent = false;
	if (!make_payload(deploy, object, &payload))
		aws_fail(deploy->aws, failure, SP6033, "run the same command again", "`%s` %s", name,
		         errno ? arena_printf(deploy->arena, "cannot be copied for sending: %s", strerror(errno))
		               : "has changed since the program was compiled");
	else if (payload.length > WHOLE_MAX)
		is_sent = send_parts(&upload, &object->place, failure);
	else
		is_sent = send_whole(&upload, &object->place, failure);
	if (payload.file >= 0)
		close(payload.file);
	return is_sent;
}

void deploy_list_upload_requests(struct deploy *deploy, const struct deploy_object *object)
{
	static const char when[] = "if it does not exist";
	bool is_packed = object->asset && object->asset->kind >= ASSET_FOLDER;
	const char *body = arena_printf(deploy->arena, "(%s%" PRIu64 " bytes)", is_packed ? "an archive of " : "",
	                                object->length);
	deploy_note_request(deploy, "", deploy_object_request(deploy, "HEAD", &object->place), "");
	if (object->length <= WHOLE_MAX) {
		deploy_note_request(deploy, when, upload_request(deploy, "PUT", &object->place, NULL, NULL), body);
		return;
	}
	deploy_note_request(deploy, when, upload_request(deploy, "POST", &object->place, "uploads=", NULL), "");
	for (uint64_t i = 0; i < part_count(object->length); i++) {
		uint64_t size = part_size(object->length), left = object->length - i * size;
		const char *query = arena_printf(deploy->arena, "partNumber=%" PRIu64 "&uploadId=ID", i + 1);
		body = arena_printf(deploy->arena, "(%" PRIu64 " bytes)", left < size ? left : size);
		deploy_note_request(deploy, when, upload_request(deploy, "PUT", &object->place, query, NULL), body);
	}
	deploy_note_request(deploy, when, upload_request(deploy, "POST", &object->place, "uploadId=ID", NULL),
	                    "(the list of the parts)");
}
