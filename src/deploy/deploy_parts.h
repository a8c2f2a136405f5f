/* Declarations that the deploy_*.c files share. */
#ifndef SP_DEPLOY_PARTS_H
#define SP_DEPLOY_PARTS_H

#include "deploy/deploy.h"
#include "eval/assets/assets.h"

/* --- deploy_step.c --- */

struct deploy_step *deploy_add_step(struct deploy *deploy, const struct deploy_kind *kind, const char *name,
                                    const char *target, const void *subject);

/* Copies a text to the arena and frees it. */
const char *deploy_keep_text(struct deploy *deploy, struct text *text);

/* The text of a field of a declared object, which must be a constant string; "" if there is no such field. */
const char *deploy_declared_text(const struct value *object, const char *name);

/* --- deploy_request.c --- */

/* How many times a step looks at what is deployed and tries to change it, before a lost reply counts as a failure. */
enum { DEPLOY_LOOKS_MAX = 3 };

/* The body of a request: JSON, or none if it is NULL. */
struct aws_body deploy_json_body(const char *json);

/* Whether the deployed state is unknown after a failure, because the reply was lost or another change was in progress. */
bool deploy_must_look_again(const struct aws_failure *failure);

/* Adds a request to the list of deploy_list_requests. `when` must be a string literal; the body is copied. */
void deploy_note_request(struct deploy *deploy, const char *when, const struct aws_request *request, const char *body);
void deploy_note_sagemaker(struct deploy *deploy, const char *when, const char *operation, const char *body);

/* --- deploy_check.c --- */

/* Whether the definition is too long for a request, so that it goes to S3. */
bool deploy_has_long_definition(const struct program *program);

/* --- deploy_object.c --- */

/* The place of an object in S3. */
struct deploy_place {
	const char *bucket, *key;
};

/* The bucket and key of an S3 URI, in the arena. */
struct deploy_place deploy_place_of(struct arena *arena, const char *uri);

/* A request about an object, in the arena. */
struct aws_request *deploy_object_request(struct deploy *deploy, const char *method,
                                          const struct deploy_place *place);

/* Finds out by HEAD whether an object exists; false after a failure. Without the permission s3:ListBucket, S3 answers 403 for a
 * missing object. So 403 counts as missing: if the real cause is another one, the upload fails. */
bool deploy_object_exists(struct deploy *deploy, const struct deploy_place *place, bool *exists,
                          struct aws_failure *failure);

/* The SHA-256 that S3 stores for an object, in base64 as in the replies of S3 and Lambda, in the arena; NULL if S3 stores none. */
const char *deploy_stored_checksum(struct deploy *deploy, const struct deploy_place *place);

/* --- deploy_assets.c --- */

/* Adds a step for each asset, and one for a definition that goes to S3. */
void deploy_add_assets(struct deploy *deploy);

/* Where the definition goes in S3; bucket and key are NULL if it goes into the request. */
struct deploy_place deploy_definition_place(const struct deploy *deploy);

/* --- deploy_upload.c --- */

/* An object to upload. Its bytes come from one of `asset`, `part` and `text`. */
struct deploy_object {
	struct deploy_place place;
	const struct asset *asset;     /* an asset that is not a folder */
	const struct asset_part *part; /* a file of a folder */
	const char *text;
	uint64_t length;               /* of the text or file; of an asset that is packed, the sum of its files before packing */
};

/* Uploads an object; false after a failure. */
bool deploy_upload(struct deploy *deploy, struct deploy_step *step, const struct deploy_object *object,
                   struct aws_failure *failure);

/* Lists the requests that check for an object and upload it. */
void deploy_list_upload_requests(struct deploy *deploy, const struct deploy_object *object);

/* --- deploy_functions.c --- */

/* Adds a step for each Lambda function that the program's steps declare. */
void deploy_add_functions(struct deploy *deploy);

/* --- deploy_pipeline.c --- */

/* Adds a step for the pipeline and one for its tags. */
void deploy_add_pipeline(struct deploy *deploy);

/* Whether the deployed pipeline has the version and digest that the options expect, if they expect any. If not, or if it cannot
 * be described, returns false and sets `failure`. */
bool deploy_is_expected(struct deploy *deploy, struct aws_failure *failure);

/* Lists the requests of deploy_is_expected. */
void deploy_list_expected_requests(struct deploy *deploy);

/* --- deploy_tags.c --- */

/* Adds the step for the pipeline's tags. */
void deploy_add_tags(struct deploy *deploy);

/* --- deploy_schedules.c --- */

/* Adds a step for each schedule, and one for deployed schedules that the program no longer declares. */
void deploy_add_schedules(struct deploy *deploy);

#endif
