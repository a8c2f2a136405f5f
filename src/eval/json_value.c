#include "eval/json_value.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>

/* A walk through a JSON text and cJSON's tree side by side. cJSON checks the syntax and decodes strings; the places of values and the
 * spelling of numbers are only in the text. */
struct json_walk {
	struct eval *eval;
	const char *text;
	const char *at;          /* in the text */
	struct node *root;       /* of a file; NULL for the text of an option */
	const struct node *node; /* the place of all values when there is no root */
	const char *complaint;   /* what is wrong with the text at `at`; or NULL */
};

static void skip_white_space(struct json_walk *walk)
{
	walk->at += strspn(walk->at, " \t\r\n");
}

/* Skips a punctuation mark and the white space around it. */
static void skip_mark(struct json_walk *walk)
{
	skip_white_space(walk);
	walk->at++;
	skip_white_space(walk);
}

static struct node *new_node(struct json_walk *walk, enum node_kind kind, const char *start)
{
	struct node *node = arena_new(walk->eval->program->arena, struct node);
	node->kind = (uint8_t)kind;
	node->start = (uint32_t)(start - walk->text);
	node->end = (uint32_t)(walk->at - walk->text);
	node->parent = walk->root;
	return node;
}

/* The place of a value from `start` to `at`. */
static const struct node *place_of_value(struct json_walk *walk, enum node_kind kind, const char *start)
{
	return walk->root ? new_node(walk, kind, start) : walk->node;
}

/* Records the complaint if it is the first; always value_error. */
static const struct value *refuse(struct json_walk *walk, const char *at, const char *complaint)
{
	if (!walk->complaint) {
		walk->complaint = complaint;
		walk->at = at;
	}
	return &value_error;
}

/* Skips a string. Refuses control characters, which cJSON accepts, and `\u0000`, at which cJSON's strings would end. */
static void skip_string(struct json_walk *walk)
{
	const char *start = walk->at;
	for (walk->at++; *walk->at != '"'; walk->at++) {
		if ((unsigned char)*walk->at < ' ')
			refuse(walk, walk->at, "a control character in a JSON string must be escaped with `\\`");
		if (strncmp(walk->at, "\\u0000", 6) == 0)
			refuse(walk, start, "text in a pipeline cannot contain a NUL character");
		if (walk->complaint)
			return;
		walk->at += *walk->at == '\\';
	}
	walk->at++;
}

/* -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)? */
static bool is_number(const char *digits, size_t length)
{
	const char *at = digits + (*digits == '-'), *whole = at;
	at += strspn(at, "0123456789");
	bool is_good = at > whole && (*whole != '0' || at == whole + 1);
	if (*at == '.') {
		size_t fraction = strspn(at + 1, "0123456789");
		is_good &= fraction > 0;
		at += 1 + fraction;
	}
	if (*at == 'e' || *at == 'E') {
		const char *exponent = at + 1 + (at[1] == '+' || at[1] == '-');
		is_good &= strspn(exponent, "0123456789") > 0;
		at = exponent + strspn(exponent, "0123456789");
	}
	return is_good && at == digits + length;
}

static const struct value *walk_number(struct json_walk *walk)
{
	const char *start = walk->at;
	size_t length = strspn(start, "0123456789+-.eE");
	if (!is_number(start, length))
		return refuse(walk, start, "malformed number");
	walk->at += length;
	struct value *value = eval_new(walk->eval, VALUE_NUMBER, place_of_value(walk, N_NUMBER, start));
	value->word = names_intern(&walk->eval->program->world->names, start, length);
	return value;
}

static const struct value *walk_value(struct json_walk *walk, const cJSON *json);

static const struct value *walk_list(struct json_walk *walk, const cJSON *json)
{
	const char *start = walk->at;
	size_t room = (size_t)cJSON_GetArraySize(json), count = 0;
	const struct value **items = arena_array(walk->eval->program->arena, const struct value *, room + 1);
	const cJSON *child;
	skip_mark(walk);
	cJSON_ArrayForEach(child, json) {
		if (count)
			skip_mark(walk);
		items[count++] = walk_value(walk, child);
		if (walk->complaint)
			return &value_error;
		skip_white_space(walk);
	}
	walk->at++;
	struct value *value = eval_new(walk->eval, VALUE_LIST, place_of_value(walk, N_LIST, start));
	value->items = items;
	value->count = (uint32_t)count;
	return value;
}

static const struct value *walk_object(struct json_walk *walk, const cJSON *json)
{
	const char *start = walk->at;
	struct program *program = walk->eval->program;
	size_t room = (size_t)cJSON_GetArraySize(json), count = 0;
	struct field *fields = arena_array(program->arena, struct field, room + 1);
	struct map seen = {0};
	const cJSON *child;
	skip_mark(walk);
	cJSON_ArrayForEach(child, json) {
		if (count)
			skip_mark(walk);
		const char *key = walk->at;
		const struct word *name = names_word(&program->world->names, child->string);
		if (map_get(&seen, name))
			return refuse(walk, key, "duplicate key");
		map_put(program->arena, &seen, name, fields);
		skip_string(walk);
		if (walk->complaint)
			return &value_error;
		uint32_t name_end = (uint32_t)(walk->at - 1 - walk->text);
		skip_mark(walk);
		const struct value *value = walk_value(walk, child);
		if (walk->complaint)
			return &value_error;
		struct node *field = walk->root ? new_node(walk, N_FIELD, key) : NULL;
		if (field) {
			field->word = name;
			field->name_start = (uint32_t)(key + 1 - walk->text);
			field->name_end = name_end;
		}
		fields[count++] = (struct field){name, value, field ? field : walk->node};
		skip_white_space(walk);
	}
	walk->at++;
	struct value *value = eval_new(walk->eval, VALUE_OBJECT, place_of_value(walk, N_OBJECT, start));
	value->fields = fields;
	value->count = (uint32_t)count;
	return value;
}

static const struct value *walk_value(struct json_walk *walk, const cJSON *json)
{
	const char *start = walk->at;
	struct eval *eval = walk->eval;
	if (!eval_spend(eval, walk->node, 1))
		return refuse(walk, start, "the JSON is too large");
	if (cJSON_IsNumber(json))
		return walk_number(walk);
	if (cJSON_IsArray(json))
		return walk_list(walk, json);
	if (cJSON_IsObject(json))
		return walk_object(walk, json);
	if (cJSON_IsString(json)) {
		skip_string(walk);
		if (walk->complaint)
			return &value_error;
		return eval_string(eval, place_of_value(walk, N_STRING, start), json->valuestring, strlen(json->valuestring));
	}
	walk->at += strspn(walk->at, "abcdefghijklmnopqrstuvwxyz");
	if (cJSON_IsNull(json))
		return eval_new(eval, VALUE_NULL, place_of_value(walk, N_NULL, start));
	return eval_boolean(eval, place_of_value(walk, cJSON_IsTrue(json) ? N_TRUE : N_FALSE, start), cJSON_IsTrue(json));
}

/* The trailing comma before the bracket at which, or right after which, cJSON stopped; NULL when there is none. */
static const char *last_comma(const char *text, const char *at)
{
	static const char blanks[] = " \t\r\n";
	if (at > text && (!*at || !strchr("]}", *at)))
		at--;
	if (at == text || !*at || !strchr("]}", *at))
		return NULL;
	for (at--; at > text && strchr(blanks, *at); at--)
		;
	return *at == ',' ? at : NULL;
}

/* Records why cJSON rejected the text. */
static void explain_failure(struct json_walk *walk, const char *stop, const char *end)
{
	const char *comma = last_comma(walk->text, stop);
	if (comma)
		refuse(walk, comma, "JSON does not allow a comma after the last element");
	else if (stop < end)
		refuse(walk, stop, "invalid JSON");
	else
		refuse(walk, end, "unexpected end of the JSON");
}

/* The value of the text; NULL with a complaint at `at`. */
static const struct value *walk_text(struct json_walk *walk, size_t length)
{
	const char *stop = walk->text;
	size_t valid = utf8_find_invalid(walk->text, length);
	if (valid < length) {
		refuse(walk, walk->text + valid, "invalid UTF-8");
		return NULL;
	}
	cJSON *json = cJSON_ParseWithLengthOpts(walk->text, length + 1, &stop, 1);
	if (!json) {
		explain_failure(walk, stop, walk->text + length);
		return NULL;
	}
	if (strncmp(walk->text, "\xEF\xBB\xBF", 3) == 0)
		walk->at += 3; /* cJSON skips a byte order mark as well */
	skip_white_space(walk);
	const struct value *value = walk_value(walk, json);
	cJSON_Delete(json);
	return walk->complaint ? NULL : value;
}

const struct value *json_value(struct eval *eval, const char *text, const struct node *at)
{
	struct json_walk walk = {.eval = eval, .text = text, .at = text, .node = at};
	return walk_text(&walk, strlen(text));
}

/* Adds a file whose tree has only a root, the parent of the nodes of its values. */
static struct node *add_file(struct program *program, const char *name, const char *text, size_t length)
{
	struct module_file *file = arena_new(program->arena, struct module_file);
	struct tree *tree = arena_new(program->arena, struct tree);
	struct node *root = arena_new(program->arena, struct node);
	tree->file = source_new(program->arena, name, text, length);
	tree->root = root;
	root->kind = N_FILE;
	root->end = tree->file->length;
	file->tree = tree;
	file->module = &program->root;
	vec_push(program->arena, &program->json_files, file);
	return root;
}

const struct value *json_value_of_file(struct eval *eval, enum diag_code code, const char *name, const char *text, size_t length,
                                       struct diag **complaint)
{
	struct node *root = add_file(eval->program, name, text, length);
	struct eval own = {.program = eval->program, .origin.frame = eval->origin.frame};
	struct json_walk walk = {.eval = &own, .text = text, .at = text, .root = root, .node = root};
	const struct value *value = walk_text(&walk, length);
	if (value)
		return value;
	uint32_t offset = (uint32_t)(walk.at - text);
	*complaint = diag_report(eval->program->diags, code, program_file(eval->program, root), span_of(offset, offset), "%s",
	                         walk.complaint);
	return NULL;
}
