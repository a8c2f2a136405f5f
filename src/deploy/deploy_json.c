#include "deploy/deploy_json.h"

#include "base/arena.h"
#include "base/json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

const struct cJSON *deploy_json_member(const struct cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

const char *deploy_json_text(const struct cJSON *object, const char *name)
{
	const char *text = cJSON_GetStringValue(deploy_json_member(object, name));
	return text ? text : "";
}

int64_t deploy_json_number(const struct cJSON *object, const char *name)
{
	const struct cJSON *number = deploy_json_member(object, name);
	return cJSON_IsNumber(number) ? (int64_t)number->valuedouble : 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp((*(const struct cJSON *const *)a)->string, (*(const struct cJSON *const *)b)->string);
}

static void add_object(struct text *out, const struct cJSON *object)
{
	size_t count = 0, room = (size_t)cJSON_GetArraySize(object);
	const struct cJSON **members = malloc((room + 1) * sizeof *members);
	if (!members)
		arena_exhausted();
	for (const struct cJSON *member = object->child; member; member = member->next)
		members[count++] = member;
	qsort(members, count, sizeof *members, compare_names);
	text_putc(out, '{');
	for (size_t i = 0; i < count; i++) {
		if (i)
			text_putc(out, ',');
		json_add_string(out, members[i]->string, strlen(members[i]->string));
		text_putc(out, ':');
		deploy_json_put_canonical(out, members[i]);
	}
	text_putc(out, '}');
	free(members);
}

static void add_array(struct text *out, const struct cJSON *array)
{
	text_putc(out, '[');
	for (const struct cJSON *item = array->child; item; item = item->next) {
		if (item != array->child)
			text_putc(out, ',');
		deploy_json_put_canonical(out, item);
	}
	text_putc(out, ']');
}

void deploy_json_put_canonical(struct text *out, const struct cJSON *json)
{
	if (cJSON_IsObject(json))
		add_object(out, json);
	else if (cJSON_IsArray(json))
		add_array(out, json);
	else if (cJSON_IsString(json))
		json_add_string(out, json->valuestring, strlen(json->valuestring));
	else if (cJSON_IsNumber(json))
		text_printf(out, "%.17g", json->valuedouble + 0.0); /* no -0 */
	else
		text_puts(out, cJSON_IsTrue(json) ? "true" : cJSON_IsFalse(json) ? "false" : "null");
}

bool deploy_json_equal(const struct cJSON *a, const struct cJSON *b)
{
	struct text x = {0}, y = {0};
	if (!a || !b)
		return a == b;
	deploy_json_put_canonical(&x, a);
	deploy_json_put_canonical(&y, b);
	bool is_equal = x.length == y.length && memcmp(x.bytes, y.bytes, x.length) == 0;
	text_free(&x);
	text_free(&y);
	return is_equal;
}

/* Whether AWS may omit a value: null, an empty text or list, or an object of such values. */
static bool is_empty(const struct cJSON *json)
{
	if (!json || cJSON_IsNull(json) || (cJSON_IsArray(json) && !json->child))
		return true;
	if (!cJSON_IsObject(json))
		return cJSON_IsString(json) && !*json->valuestring;
	const struct cJSON *member = json->child;
	while (member && is_empty(member))
		member = member->next;
	return !member;
}

/* A Lambda layer is declared by its ARN and reported as an object. */
static bool covers_item(const struct cJSON *actual, const struct cJSON *declared)
{
	bool is_layer = cJSON_IsString(declared) && cJSON_IsObject(actual);
	return deploy_json_covers(is_layer ? deploy_json_member(actual, "Arn") : actual, declared);
}

static bool has_text(const struct cJSON *list, const struct cJSON *declared)
{
	for (const struct cJSON *item = list->child; item; item = item->next)
		if (deploy_json_equal(item, declared))
			return true;
	return false;
}

static bool covers_list(const struct cJSON *actual, const struct cJSON *declared)
{
	if (cJSON_GetArraySize(actual) != cJSON_GetArraySize(declared))
		return false;
	const struct cJSON *other = actual->child;
	for (const struct cJSON *item = declared->child; item; item = item->next, other = other->next)
		if (cJSON_IsString(other) ? !has_text(actual, item) : !covers_item(other, item))
			return false;
	return true;
}

bool deploy_json_covers(const struct cJSON *actual, const struct cJSON *declared)
{
	if (is_empty(declared))
		return is_empty(actual);
	if (!actual)
		return false;
	if (cJSON_IsArray(declared))
		return covers_list(actual, declared);
	if (!cJSON_IsObject(declared))
		return deploy_json_equal(actual, declared);
	for (const struct cJSON *member = declared->child; member; member = member->next) {
		const struct cJSON *other = deploy_json_member(actual, member->string);
		/* the environment variables of a function: the user chooses their names, so an additional one is a difference */
		bool is_map = strcmp(member->string, "Variables") == 0;
		if (is_map && !is_empty(member) ? !deploy_json_equal(other, member) : !deploy_json_covers(other, member))
			return false;
	}
	return true;
}
