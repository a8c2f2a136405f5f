/* Helpers for cJSON trees: read string members, and write a tree as text. */
#ifndef SP_JSON_TREE_H
#define SP_JSON_TREE_H

#include "base/arena.h"
#include "base/text.h"

struct cJSON;

/* The text of a string member, owned by the object. NULL if the member is missing or not a string. */
const char *json_text(const struct cJSON *object, const char *key);

/* The same, copied to the arena. Returns `otherwise` itself where json_text returns NULL. */
const char *json_copy(struct arena *arena, const struct cJSON *object, const char *key, const char *otherwise);

/* Appends a value without white space. */
void json_put_tree(struct text *out, const struct cJSON *tree);

/* Appends a value without white space, then a line end. Deletes the value. */
void json_put_line(struct text *out, struct cJSON *tree);

#endif
