/* JSON written as text, for long lists: to make a cJSON node for each value would take too long. */
#ifndef SP_LSP_JSON_H
#define SP_LSP_JSON_H

#include "lsp/lsp_places.h"

/* Appends a comma and a member: the key and a string. */
void lsp_put_string(struct text *out, const char *key, const char *string);

/* Appends a Range. */
void lsp_put_range(struct text *out, struct lsp_range range);

/* A cJSON item with this text, which is freed. */
cJSON *lsp_take_json(struct text *json);

#endif
