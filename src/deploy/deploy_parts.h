/* What the files of a deployment share. */
#ifndef SP_DEPLOY_PARTS_H
#define SP_DEPLOY_PARTS_H

#include "deploy/deploy.h"
#include "eval/assets/assets.h"

struct cJSON;

/* --- deploy.c --- */

/* How often something is looked at, and then made or changed, before a reply that does not come is a failure. */
enum { DEPLOY_LOOKS_MAX = 3 };

struct deploy_step *deploy_add_step(struct deploy *deploy, const struct deploy_kind *kind, const char *name,
                                    const char *target, const void *subject);

/* The reply to a request as JSON, which the caller deletes; NULL after a failure. */
struct cJSON *deploy_ask(struct deploy *deploy, const struct aws_request *request, struct aws_failure *failure);

/* The body of a request that is JSON, or has none. */
struct aws_body deploy_json_body(const char *json);

/* Whether nobody knows what is there after a failure: no reply came, or another change was under way. */
bool deploy_must_look_again(const struct aws_failure *failure);

/* Notes a request for deploy_foresee. The condition is a literal; the body is copied. */
void deploy_note(struct deploy *deploy, const char *when, const struct aws_request *request, const char *body);
void deploy_note_sagemaker(struct deploy *deploy, const char *when, const char *operation, const char *body);

/* --- deploy_check.c --- */

/* Whether the definition is too long for a request and goes to S3. */
bool deploy_needs_place(const struct program *program);

/* --- deploy_assets.c --- */

/* Where an object goes. */
struct deploy_place {
	const char *bucket, *key;
};

/* The bucket and key of an S3 URI, in the arena. */
struct deploy_place deploy_place_of(struct arena *arena, const char *uri);

/* A step for each asset; and one for the definition, when it does not go into a request. */
void deploy_add_assets(struct deploy *deploy);

/* Where the definition goes, or a NULL key when it goes into the request. */
struct deploy_place deploy_definition_place(const struct deploy *deploy);

/* The SHA-256 of the bytes in S3, in base64 as S3 and Lambda write it, in the arena; NULL when S3 does not know it. */
const char *deploy_stored_checksum(struct deploy *deploy, const struct deploy_place *place);

/* --- deploy_upload.c --- */

/* An object to be. */
struct deploy_object {
	struct deploy_place place;
	const struct asset *asset;     /* what its bytes are: an asset that is no folder, … */
	const struct asset_part *part; /* … a file of a folder, … */
	const char *text;              /* … or a text */
	uint64_t length;               /* of the text; of the rest, as far as it is known before it is made */
};

/* Sends an object that is not there. */
bool deploy_upload(struct deploy *deploy, struct deploy_step *step, const struct deploy_object *object,
                   struct aws_failure *failure);

void deploy_foresee_upload(struct deploy *deploy, const struct deploy_object *object);

/* A request about an object, with the header that names the owner of the bucket; lives in the arena. */
struct aws_request *deploy_object_request(struct deploy *deploy, const char *method,
                                          const struct deploy_place *place);

/* --- deploy_functions.c --- */

/* A step for each function that steps declare. */
void deploy_add_functions(struct deploy *deploy);

/* --- deploy_pipeline.c --- */

/* A step for the pipeline and one for its tags. */
void deploy_add_pipeline(struct deploy *deploy);

/* Whether the deployed pipeline is the one that is expected, if any is; false after a failure. */
bool deploy_is_expected(struct deploy *deploy, struct aws_failure *failure);

void deploy_foresee_expected(struct deploy *deploy);

/* Whether a failure says, in any of AWS's ways, that what was asked for does not exist. */
bool deploy_is_not_found(const struct aws_failure *failure);

/* --- deploy_tags.c --- */

void deploy_add_tags(struct deploy *deploy);

/* --- deploy_schedules.c --- */

/* A step for each schedule, and one for those that the program no longer declares. */
void deploy_add_schedules(struct deploy *deploy);

/* Whether a schedule was deployed from here, by its description. */
bool deploy_has_mark(const char *description);

/* --- deploy_json.c --- */

/* Appends a JSON value in a form that equal values share: members in order of their names, no blanks, numbers by value. */
void deploy_canonical(struct text *out, const struct cJSON *json);

bool deploy_equal(const struct cJSON *a, const struct cJSON *b);

/* Whether a value that AWS tells has all that is declared: other members may be there, lists of texts have no order, and
 * what is empty may be left out. */
bool deploy_covers(const struct cJSON *told, const struct cJSON *declared);

/* A member, by its exact name, or NULL; its text, or "". */
const struct cJSON *deploy_member(const struct cJSON *object, const char *name);
const char *deploy_text(const struct cJSON *object, const char *name);

#endif
