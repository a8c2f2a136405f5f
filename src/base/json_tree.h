/* JSON that cJSON has read or will write: its texts, and all of it as text. */
#ifndef SP_JSON_TREE_H
#define SP_JSON_TREE_H

#include "base/arena.h"
#include "base/text.h"

struct cJSON;

/* The text of a member, which lives as long as the object; NULL when there is none, or it is no text. */
const char *json_text(const struct cJSON *object, const char *key);

/* The same, copied to the arena; `otherwise` when there is none. */
const char *json_copy(struct arena *arena, const struct cJSON *object, const char *key, const char *otherwise);

/* Appends a value, without blanks. */
void json_put_tree(struct text *out, const struct cJSON *tree);

/* Appends a value and a line end, and deletes the value. */
void json_put_line(struct text *out, struct cJSON *tree);

#endif
