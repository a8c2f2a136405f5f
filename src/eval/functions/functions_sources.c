/* check_file: whether a source has the file, and the file the function, that an argument names. */
#include "eval/functions/functions_parts.h"

#include "base/suggest.h"
#include "eval/assets/assets.h"

#include <ctype.h>

enum { MAX_NAMES = 8, MAX_SOURCE_BYTES = 4 * 1024 * 1024 };

struct name_list {
	struct arena *arena;
	VEC(const char *) items;
};

/* Offers a fix that replaces `wanted` at the start or end of the text that the program writes. */
static void offer_fix(struct program *program, struct diag *diag, const struct value *at, const char *wanted, const char *near)
{
	const char *text = at->kind == VALUE_STRING ? at->word->text : "";
	size_t length = strlen(text), wanted_length = strlen(wanted);
	if (!at->at || length < wanted_length)
		return;
	const char *end = text + length - wanted_length;
	if (strncmp(text, wanted, wanted_length) == 0)
		program_offer_fix(program, diag, at->at, arena_printf(program->arena, "%s%s", near, text + wanted_length));
	else if (strcmp(end, wanted) == 0)
		program_offer_fix(program, diag, at->at, arena_printf(program->arena, "%.*s%s", (int)(end - text), text, near));
}

/* Reports that `wanted` is not among `names`, which `problem` introduces. A similar name is offered as a fix. */
static void report_missing(const struct function_call *call, enum diag_code code, const struct value *at, const char *problem,
                           const char *wanted, const struct name_list *names)
{
	struct program *program = call->eval->program;
	struct suggest suggest;
	struct text list = {0};
	suggest_init(&suggest, wanted);
	for (size_t i = 0; i < names->items.count; i++) {
		suggest_offer(&suggest, names->items.items[i]);
		if (i < MAX_NAMES)
			text_printf(&list, "%s%s", i ? ", " : "", names->items.items[i]);
	}
	if (names->items.count > MAX_NAMES)
		text_printf(&list, ", and %zu more", names->items.count - MAX_NAMES);
	struct diag *diag = program_report_value(program, code, at, call->node, "%s%s", problem, text_string(&list));
	const char *near = suggest_result(&suggest);
	text_free(&list);
	if (!near)
		return;
	diag_help(diag, "a similar name exists: `%s`", near);
	offer_fix(program, diag, at, wanted, near);
}

/* --- names in Python code --- */

static bool is_name_byte(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_' || (byte & 0x80);
}

/* The end of a string literal that begins at `at`. A literal in simple quotes ends with its line at the latest. */
static const char *skip_string(const char *at)
{
	char quote = *at;
	bool is_long = at[1] == quote && at[2] == quote;
	for (at += is_long ? 3 : 1; *at; at++) {
		if (*at == '\\' && at[1])
			at++;
		else if (!is_long && (*at == quote || *at == '\n'))
			return at + 1;
		else if (is_long && *at == quote && at[1] == quote && at[2] == quote)
			return at + 3;
	}
	return at;
}

static bool is_word(const char *word, size_t length, const char *wanted)
{
	return strlen(wanted) == length && strncmp(word, wanted, length) == 0;
}

/* Whether Python code may define a name: the name occurs outside of comments, strings and members, or the code can define names
 * that it does not spell out. Adds the functions at the top level to `functions`. */
static bool may_define(const char *code, const char *wanted, struct name_list *functions)
{
	static const char *const sources[] = {"__getattr__", "globals", "setattr", "exec", "eval", "vars", "locals"};
	bool may = false, is_import = false;
	const char *line = code;
	for (const char *at = code; *at;) {
		if (*at == '#')
			at += strcspn(at, "\n");
		if (*at == '\n') {
			line = at + 1;
			is_import = false;
		}
		if (*at == '"' || *at == '\'') {
			at = skip_string(at);
			if (at[-1] == '\n')
				line = at;
			continue;
		}
		if (!is_name_byte(*at)) {
			may |= is_import && *at == '*';
			at += *at != '\0';
			continue;
		}
		const char *word = at;
		while (is_name_byte(*at))
			at++;
		size_t length = (size_t)(at - word);
		is_import |= is_word(word, length, "import");
		may |= is_word(word, length, wanted) && (word == code || word[-1] != '.');
		for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
			may |= is_word(word, length, sources[i]);
		if ((strncmp(line, "def ", 4) == 0 && line + 4 == word) || (strncmp(line, "async def ", 10) == 0 && line + 10 == word))
			vec_push(functions->arena, &functions->items, arena_copy(functions->arena, word, length));
	}
	return may;
}

/* Reads a file of an asset; false if it is not text that can be searched. */
static bool read_part(struct program *program, const struct asset_part *part, struct text *text)
{
	const struct reader *reader = program->options->reader;
	*text = (struct text){0};
	if (part->bytes)
		text_add(text, part->bytes, part->size);
	else if (!part->path || part->size > MAX_SOURCE_BYTES || !reader->read(reader->context, part->path, MAX_SOURCE_BYTES, text))
		return false;
	return true;
}

static const struct value *check_function(const struct function_call *call, const struct asset_part *part,
                                          const struct value *function, const struct value *at)
{
	struct program *program = call->eval->program;
	struct name_list functions = {.arena = program->arena};
	struct text code;
	bool is_good = !read_part(program, part, &code) || may_define(text_string(&code), function->word->text, &functions);
	text_free(&code);
	if (is_good)
		return eval_boolean(call->eval, call->node, true);
	const char *problem = arena_printf(program->arena, "`%s` has no function `%s`%s", part->name, function->word->text,
	                                   functions.items.count ? ": it has " : "");
	report_missing(call, SP2066, at, problem, function->word->text, &functions);
	return &value_error;
}

const struct value *functions_call_check_file(const struct function_call *call)
{
	struct program *program = call->eval->program;
	const struct value *source = call->args[0], *name = call->args[1];
	const struct value *function = call->count > 2 ? call->args[2] : name, *at = call->count > 3 ? call->args[3] : name;
	const struct asset *asset = source->kind == VALUE_STRING ? assets_find(program, source->word) : NULL;
	if (!asset || name->kind != VALUE_STRING)
		return eval_boolean(call->eval, call->node, true);
	const char *wanted = name->word->text;
	while (strncmp(wanted, "./", 2) == 0)
		wanted += 2;
	for (size_t i = 0; i < asset->part_count; i++) {
		if (strcmp(asset->parts[i].name, wanted) != 0)
			continue;
		bool has_function = function != name && function->kind == VALUE_STRING;
		return has_function ? check_function(call, &asset->parts[i], function, at) : eval_boolean(call->eval, call->node, true);
	}
	struct name_list names = {.arena = program->arena};
	for (size_t i = 0; i < asset->part_count; i++)
		vec_push(program->arena, &names.items, asset->parts[i].name);
	const char *problem = arena_printf(program->arena, "the source has no file `%s`: it has ", wanted);
	report_missing(call, SP2065, at, problem, wanted, &names);
	return &value_error;
}
