#include "lsp/lsp_json.h"

#include "base/json.h"

#include <string.h>

void lsp_put_string(struct text *out, const char *key, const char *string)
{
	text_printf(out, ",\"%s\":", key);
	json_add_string(out, string, strlen(string));
}

void lsp_put_range(struct text *out, struct lsp_range range)
{
	text_printf(out, "{\"start\":{\"line\":%u,\"character\":%u},\"end\":{\"line\":%u,\"character\":%u}}", (unsigned)range.start.line,
	            (unsigned)range.start.character, (unsigned)range.end.line, (unsigned)range.end.character);
}

cJSON *lsp_take_json(struct text *json)
{
	cJSON *item = cJSON_CreateRaw(text_string(json));
	text_free(json);
	return item;
}
