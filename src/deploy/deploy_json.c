#include "deploy/deploy_parts.h"

#include "base/json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

const struct cJSON *deploy_member(const struct cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

const char *deploy_text(const struct cJSON *object, const char *name)
{
	const char *text = cJSON_GetStringValue(deploy_member(object, name));
	return text ? text : "";
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
		deploy_canonical(out, members[i]);
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
		deploy_canonical(out, item);
	}
	text_putc(out, ']');
}

void deploy_canonical(struct text *out, const struct cJSON *json)
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

bool deploy_equal(const struct cJSON *a, const struct cJSON *b)
{
	struct text x = {0}, y = {0};
	if (!a || !b)
		return a == b;
	deploy_canonical(&x, a);
	deploy_canonical(&y, b);
	bool is_equal = x.length == y.length && memcmp(x.bytes, y.bytes, x.length) == 0;
	text_free(&x);
	text_free(&y);
	return is_equal;
}

/* What AWS may leave out when it tells it: nothing, or an object of nothing. */
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

/* Layers are declared by their ARNs and told as objects. */
static bool covers_item(const struct cJSON *told, const struct cJSON *declared)
{
	return deploy_covers(cJSON_IsString(declared) && cJSON_IsObject(told) ? deploy_member(told, "Arn") : told,
	                     declared);
}

static bool has_text(const struct cJSON *list, const struct cJSON *declared)
{
	for (const struct cJSON *item = list->child; item; item = item->next)
		if (deploy_equal(item, declared))
			return true;
	return false;
}

static bool covers_list(const struct cJSON *told, const struct cJSON *declared)
{
	if (cJSON_GetArraySize(told) != cJSON_GetArraySize(declared))
		return false;
	const struct cJSON *other = told->child;
	for (const struct cJSON *item = declared->child; item; item = item->next, other = other->next)
		if (cJSON_IsString(other) ? !has_text(told, item) : !covers_item(other, item))
			return false;
	return true;
}

bool deploy_covers(const struct cJSON *told, const struct cJSON *declared)
{
	if (is_empty(declared))
		return is_empty(told);
	if (!told)
		return false;
	if (cJSON_IsArray(declared))
		return covers_list(told, declared);
	if (!cJSON_IsObject(declared))
		return deploy_equal(told, declared);
	for (const struct cJSON *member = declared->child; member; member = member->next) {
		const struct cJSON *other = deploy_member(told, member->string);
		/* a map whose names are the user's: another one is a difference */
		bool is_map = strcmp(member->string, "Variables") == 0;
		if (is_map && !is_empty(member) ? !deploy_equal(other, member) : !deploy_covers(other, member))
			return false;
	}
	return true;
}
