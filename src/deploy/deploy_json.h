/* Reads JSON values that AWS reports, and compares them with those that a program declares. */
#ifndef SP_DEPLOY_JSON_H
#define SP_DEPLOY_JSON_H

#include "base/text.h"

#include <stdbool.h>

struct cJSON;

/* A member by its exact name, or NULL. `object` may be NULL, here and in the next two functions. */
const struct cJSON *deploy_json_member(const struct cJSON *object, const char *name);

/* The text of a member; "" if there is none. */
const char *deploy_json_text(const struct cJSON *object, const char *name);

/* The number of a member, without its fraction; 0 if there is none. */
int64_t deploy_json_number(const struct cJSON *object, const char *name);

/* Appends a JSON value in canonical form, which is the same for equal values: members ordered by name, no white space, numbers
 * by value. */
void deploy_json_put_canonical(struct text *out, const struct cJSON *json);

/* Whether two values are equal, or both NULL. */
bool deploy_json_equal(const struct cJSON *a, const struct cJSON *b);

/* Whether a value that AWS reports has everything that is declared. It may have additional members. The order of strings in a
 * list does not count. An empty value may be absent. */
bool deploy_json_covers(const struct cJSON *actual, const struct cJSON *declared);

#endif
