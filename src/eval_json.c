/* JSON to values: settings and files. cJSON reads; numbers keep their own digits, which cJSON makes a double of. */
#include "eval.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

struct reading {
	struct eval *eval;
	const struct node *node;
	const char *at;      /* how far the numbers of the text are gone through: they come in the order of the tree */
	const char *wrong;   /* the first mistake that cJSON lets pass, or NULL */
};

/* The next number of a text that is JSON but for the form of its numbers: strings are passed over. */
static const char *next_number(struct reading *reading, size_t *length)
{
	const char *at = reading->at;
	for (; *at != '-' && !isdigit((unsigned char)*at); at++)
		if (*at == '"')
			for (at++; *at != '"'; at++)
				at += *at == '\\';
	*length = strspn(at, "0123456789+-.eE");
	reading->at = at + *length;
	return at;
}

/* RFC 8259, 6. */
static bool is_number(const char *text, size_t length)
{
	const char *at = text, *end = text + length;
	at += *at == '-';
	const char *digits = at;
	while (at < end && isdigit((unsigned char)*at))
		at++;
	if (at == digits || (*digits == '0' && at > digits + 1))
		return false;
	if (at < end && *at == '.') {
		digits = ++at;
		while (at < end && isdigit((unsigned char)*at))
			at++;
		if (at == digits)
			return false;
	}
	if (at < end && (*at == 'e' || *at == 'E')) {
		at++;
		at += at < end && (*at == '+' || *at == '-');
		digits = at;
		while (at < end && isdigit((unsigned char)*at))
			at++;
		if (at == digits)
			return false;
	}
	return at == end;
}

static const struct value *from_number(struct reading *reading, const cJSON *json)
{
	size_t length;
	const char *digits = next_number(reading, &length);
	if (!is_number(digits, length) || json->valuedouble - json->valuedouble != 0) { /* infinite */
		reading->wrong = "a number is none";
		return &value_error;
	}
	errno = 0;
	bool is_whole = strcspn(digits, ".eE") >= length;
	long long whole = strtoll(digits, NULL, 10);
	(void)whole;
	if (is_whole && errno == ERANGE)
		return eval_float(reading->eval, reading->node, json->valuedouble);
	struct value *value = eval_new(reading->eval, VALUE_NUMBER, reading->node);
	value->word = names_intern(&reading->eval->program->world->names, digits, length);
	return value;
}

static const struct value *from_json(struct reading *reading, const cJSON *json)
{
	struct eval *eval = reading->eval;
	struct names *names = &eval->program->world->names;
	if (cJSON_IsBool(json))
		return eval_boolean(eval, reading->node, cJSON_IsTrue(json));
	if (cJSON_IsString(json))
		return eval_string(eval, reading->node, json->valuestring, strlen(json->valuestring));
	if (cJSON_IsNumber(json))
		return from_number(reading, json);
	if (cJSON_IsNull(json))
		return eval_new(eval, VALUE_NULL, reading->node);
	struct value *value = eval_new(eval, cJSON_IsArray(json) ? VALUE_LIST : VALUE_OBJECT, reading->node);
	size_t room = (size_t)cJSON_GetArraySize(json) + 1;
	const struct value **items = arena_array(eval->program->arena, const struct value *, room);
	struct field *fields = arena_array(eval->program->arena, struct field, room);
	struct map seen = {0};
	const cJSON *child;
	cJSON_ArrayForEach(child, json) {
		const struct word *name = child->string ? names_word(names, child->string) : NULL;
		if (name && map_get(&seen, name))
			reading->wrong = arena_printf(eval->program->arena, "\"%s\" stands twice in one object", name->text);
		if (name)
			map_put(eval->program->arena, &seen, name, value);
		if (value->kind == VALUE_LIST)
			items[value->count++] = from_json(reading, child);
		else
			fields[value->count++] = (struct field){name, from_json(reading, child), reading->node};
	}
	if (value->kind == VALUE_LIST)
		value->items = items;
	else
		value->fields = fields;
	return value;
}

const struct value *eval_json(struct eval *eval, const struct node *node, const char *text, const char **wrong)
{
	const char *end = text;
	struct reading reading = {eval, node, text, NULL};
	cJSON *json = cJSON_ParseWithOpts(text, &end, 1);
	const struct value *value = json ? from_json(&reading, json) : NULL;
	cJSON_Delete(json);
	if (!json) {
		unsigned line = 1;
		for (const char *at = text; at < end; at++)
			line += *at == '\n';
		reading.wrong = *end ? arena_printf(eval->program->arena, "line %u is not understood", line) : "it ends too early";
	} else if (strstr(text, "\\u0000")) {
		reading.wrong = "a text has a NUL character";
	}
	*wrong = reading.wrong;
	return reading.wrong ? NULL : value;
}
