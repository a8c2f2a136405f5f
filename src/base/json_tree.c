#include "base/json_tree.h"

#include <cjson/cJSON.h>
#include <string.h>

const char *json_text(const struct cJSON *object, const char *key)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

const char *json_copy(struct arena *arena, const struct cJSON *object, const char *key, const char *otherwise)
{
	const char *text = json_text(object, key);
	return text ? arena_copy(arena, text, strlen(text)) : otherwise;
}

void json_put_tree(struct text *out, const struct cJSON *tree)
{
	char *text = cJSON_PrintUnformatted(tree);
	if (!text)
		arena_exhausted();
	text_puts(out, text);
	cJSON_free(text);
}

void json_put_line(struct text *out, struct cJSON *tree)
{
	json_put_tree(out, tree);
	text_putc(out, '\n');
	cJSON_Delete(tree);
}
