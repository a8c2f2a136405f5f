/* What the files of a deployment share. */
#ifndef SP_DEPLOY_PARTS_H
#define SP_DEPLOY_PARTS_H

#include "deploy/deploy.h"
#include "eval/assets/assets.h"

/* --- deploy_step.c --- */

struct deploy_step *deploy_add_step(struct deploy *deploy, const struct deploy_kind *kind, const char *name,
                                    const char *target, const void *subject);

/* Copies a text to the arena and frees it. */
const char *deploy_keep_text(struct deploy *deploy, struct text *text);

/* The text of a field of a declared object, a constant string; "" if there is none. */
const char *deploy_declared_text(const struct value *object, const char *name);

/* --- deploy_request.c --- */

/* How often a step looks at what is deployed and tries to change it, before a lost reply counts as a failure. */
enum { DEPLOY_LOOKS_MAX = 3 };

/* The body of a request: JSON, or none if it is NULL. */
struct aws_body deploy_json_body(const char *json);

/* Whether the state is unknown after a failure, because the reply was lost or another change was in progress. */
bool deploy_must_look_again(const struct aws_failure *failure);

/* Notes a request for deploy_list_requests. `when` is a literal; the body is copied. */
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

/* Finds out by HEAD whether an object exists; false after a failure. Without s3:ListBucket S3 answers 403 for a missing
 * object, which therefore counts as missing: the upload then decides. */
bool deploy_object_exists(struct deploy *deploy, const struct deploy_place *place, bool *exists,
                          struct aws_failure *failure);

/* The SHA-256 of an object that S3 has, in base64 like S3 and Lambda write it, in the arena; NULL if S3 does not know it. */
const char *deploy_stored_checksum(struct deploy *deploy, const struct deploy_place *place);

/* --- deploy_assets.c --- */

/* Adds a step for each asset, and one for a definition that goes to S3. */
void deploy_add_assets(struct deploy *deploy);

/* Where the definition goes in S3; a NULL key if it goes into the request. */
struct deploy_place deploy_definition_place(const struct deploy *deploy);

/* --- deploy_upload.c --- */

/* An object to upload. Its bytes come from one of `asset`, `part` and `text`. */
struct deploy_object {
	struct deploy_place place;
	const struct asset *asset;     /* an asset that is not a folder */
	const struct asset_part *part; /* a file of a folder */
	const char *text;
	uint64_t length;               /* of the text; of an asset, as far as it is known before it is packed */
};

/* Uploads an object; false after a failure. */
bool deploy_upload(struct deploy *deploy, struct deploy_step *step, const struct deploy_object *object,
                   struct aws_failure *failure);

/* Notes the requests that check for an object and upload it. */
void deploy_list_upload_requests(struct deploy *deploy, const struct deploy_object *object);

/* --- deploy_functions.c --- */

/* Adds a step for each Lambda function that the program's steps declare. */
void deploy_add_functions(struct deploy *deploy);

/* --- deploy_pipeline.c --- */

/* Adds a step for the pipeline, one for its tags, and one for aliases if the program declares any. */
void deploy_add_pipeline(struct deploy *deploy);

/* Whether the deployed pipeline is the one that the options expect, if they do. If not, or after another failure, false. */
bool deploy_is_expected(struct deploy *deploy, struct aws_failure *failure);

/* Notes the requests of deploy_is_expected. */
void deploy_list_expected_requests(struct deploy *deploy);

/* --- deploy_tags.c --- */

void deploy_add_tags(struct deploy *deploy);

/* --- deploy_aliases.c --- */

void deploy_add_aliases(struct deploy *deploy);

/* --- deploy_schedules.c --- */

/* Adds a step for each schedule, and one for deployed schedules that the program no longer declares. */
void deploy_add_schedules(struct deploy *deploy);

#endif
