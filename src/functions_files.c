#include "functions_files.h"

#include "assets.h"
#include "functions.h"
#include "json_value.h"

#include <errno.h>

static const struct value *uri_of(struct eval *eval, const struct node *node, const struct asset *asset)
{
	return asset ? eval_string(eval, node, asset->uri->text, asset->uri->length) : &value_error;
}

const struct value *call_file(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return function_wrong_type(eval, node, args[0], "the path of a file");
	return uri_of(eval, node, assets_from_path(eval, node, ASSET_FILE, args[0], NULL));
}

const struct value *call_text_file(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (args[i]->kind != VALUE_STRING)
			return function_wrong_type(eval, node, args[i], "a name and text");
	return uri_of(eval, node, assets_from_text(eval, node, args[0], args[1]));
}

/* What is left out of a folder when the program does not say: `ignored_files()` of the library. */
static const struct value *usually_left_out(struct eval *eval)
{
	struct world *world = eval->program->world;
	const struct node *function = world_function(world, names_word(&world->names, "ignored_files"));
	return eval_expression(eval, node_child(function, ROLE_VALUE), &eval->program->library.env);
}

static bool is_list_of_text(const struct value *value)
{
	if (value->kind != VALUE_LIST)
		return false;
	for (uint32_t i = 0; i < value->count; i++)
		if (value->items[i]->kind != VALUE_STRING)
			return false;
	return true;
}

static const struct value *collect(struct eval *eval, const struct node *node, enum asset_kind kind, const struct value **args,
                                   size_t count)
{
	if (args[0]->kind == VALUE_OBJECT && count == 1)
		return uri_of(eval, node, assets_from_object(eval, node, kind, args[0]));
	if (args[0]->kind != VALUE_STRING)
		return function_wrong_type(eval, node, args[0], "the path of a folder, or an object of files by their names");
	const struct value *without = count > 1 ? args[1] : usually_left_out(eval);
	if (without->kind == VALUE_ERROR)
		return &value_error;
	if (!is_list_of_text(without))
		return function_wrong_type(eval, node, without, "a list of names to leave out");
	return uri_of(eval, node, assets_from_path(eval, node, kind, args[0], without));
}

const struct value *call_folder(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	return collect(eval, node, ASSET_FOLDER, args, count);
}

const struct value *call_archive(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	return collect(eval, node, ASSET_ARCHIVE, args, count);
}

const struct value *call_zip(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	return collect(eval, node, ASSET_ZIP, args, count);
}

/* The text of a file, or of one of the library, which the caller frees; false after a report. */
static bool read_text(struct eval *eval, const struct node *node, const struct value *path, struct text *text)
{
	enum { MAX_BYTES = 16 * 1024 * 1024 }; /* what is read is part of a definition, of which 100 KiB are much */
	struct program *program = eval->program;
	const struct reader *reader = program->options->reader;
	const struct location location = assets_locate(eval, node, path, PATH_FILE);
	*text = (struct text){0};
	if (!location.is_good)
		return false;
	if (location.bytes) {
		text_add(text, location.bytes, location.length);
		return true;
	}
	if (!reader->read(reader->context, location.path, MAX_BYTES, text)) {
		program_report_value(program, SP2074, path, node, "`%s` cannot be read: %s", path->word->text, strerror(errno));
		return false;
	}
	const char *wrong = text->length > MAX_BYTES ? "more than 16 MiB long"
	                    : memchr(text->bytes, '\0', text->length) ? "no text: it has a NUL byte"
	                    : utf8_find_invalid(text->bytes, text->length) < text->length ? "no UTF-8 text" : NULL;
	if (!wrong)
		return true;
	struct diag *diag = program_report_value(program, SP2077, path, node, "`%s` is %s", path->word->text, wrong);
	diag_help(diag, "a file that goes to S3 as it is, whatever is in it, is `file(\"%s\")`", path->word->text);
	text_free(text);
	return false;
}

/* The text without a byte order mark. */
static const char *behind_mark(const struct text *text)
{
	const char *start = text_string(text);
	return strncmp(start, "\xEF\xBB\xBF", 3) == 0 ? start + 3 : start;
}

const struct value *call_readtext(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	struct text text;
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return function_wrong_type(eval, node, args[0], "the path of a file");
	if (!read_text(eval, node, args[0], &text))
		return &value_error;
	const struct value *value = eval_string(eval, node, behind_mark(&text), strlen(behind_mark(&text)));
	text_free(&text);
	return value;
}

const struct value *call_readjson(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	struct text text;
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return function_wrong_type(eval, node, args[0], "the path of a file");
	if (!read_text(eval, node, args[0], &text))
		return &value_error;
	struct program *program = eval->program;
	const char *copy = arena_copy(program->arena, text.bytes, text.length);
	size_t mark = (size_t)(behind_mark(&text) - text.bytes);
	struct diag *diag;
	const char *name = assets_locate(eval, node, args[0], PATH_FILE).path;
	const struct value *value = json_value_of_file(eval, SP2077, name, copy + mark, text.length - mark, &diag);
	text_free(&text);
	if (value)
		return value;
	const struct node *use = eval->use ? eval->use : node;
	diag_related(diag, program_file(program, use), node_span(use), "it is read here");
	return &value_error;
}

const struct value *call_sha256(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	char hex[DIGEST_ROOM];
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return function_wrong_type(eval, node, args[0], "text");
	digest_bytes(args[0]->word->text, args[0]->word->length, hex);
	return eval_string(eval, node, hex, strlen(hex));
}
