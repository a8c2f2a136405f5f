#include "eval/functions/functions_files.h"

#include "base/utf8.h"
#include "eval/assets/assets.h"
#include "eval/functions/functions.h"
#include "eval/json_value.h"

#include <errno.h>

static const struct value *uri_of(struct eval *eval, const struct node *node, const struct asset *asset)
{
	return asset ? eval_string(eval, node, asset->uri->text, asset->uri->length) : &value_error;
}

/* Reports an argument that is not what is wanted: a run cannot choose files any more. */
static const struct value *refuse(struct eval *eval, const struct node *node, const struct value *wrong, const char *wanted)
{
	if (!value_is_deferred(wrong))
		return functions_wrong_type(eval, node, wrong, wanted);
	struct diag *diag = eval_report(eval, SP3005, node, "files are read when compiling, and %s is not known then",
	                                value_noun(eval->program->arena, wrong));
	diag_help(diag, "make the value a `config`; a file that the run finds in S3 is used by its URI, which may be put together");
	return &value_error;
}

const struct value *functions_call_file(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return refuse(eval, node, args[0], "the path of a file");
	return uri_of(eval, node, assets_from_path(eval, node, ASSET_FILE, args[0], NULL));
}

const struct value *functions_call_text_file(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (args[i]->kind != VALUE_STRING)
			return refuse(eval, node, args[i], "a name and text");
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
		return refuse(eval, node, args[0], "the path of a folder, or an object of files by their names");
	const struct value *without = count > 1 ? args[1] : usually_left_out(eval);
	if (without->kind == VALUE_ERROR)
		return &value_error;
	if (!is_list_of_text(without))
		return refuse(eval, node, without, "a list of names to leave out");
	return uri_of(eval, node, assets_from_path(eval, node, kind, args[0], without));
}

const struct value *functions_call_folder(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	return collect(eval, node, ASSET_FOLDER, args, count);
}

const struct value *functions_call_archive(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	return collect(eval, node, ASSET_ARCHIVE, args, count);
}

const struct value *functions_call_zip(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	return collect(eval, node, ASSET_ZIP, args, count);
}

const struct value *functions_call_files_in(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	const struct asset *asset = args[0]->kind == VALUE_STRING ? map_get(&assets_of(eval->program)->by_uri, args[0]->word) : NULL;
	if (args[0]->kind == VALUE_ERROR)
		return &value_error;
	if (!asset)
		return eval_new(eval, VALUE_NULL, node);
	if (!eval_spend(eval, node, asset->part_count))
		return &value_error;
	struct value *names = eval_new(eval, VALUE_LIST, node);
	names->items = arena_array(eval->program->arena, const struct value *, asset->part_count + 1);
	for (; names->count < asset->part_count; names->count++) {
		const char *name = asset->parts[names->count].name;
		names->items[names->count] = eval_string(eval, node, name, strlen(name));
	}
	return names;
}

/* A file that is read into the program: its name, and its text without a byte order mark; NULL after a report. */
struct text_file {
	const char *name, *text;
	size_t length;
};

static const char *text_flaw(const struct text *text, size_t limit)
{
	if (text->length > limit)
		return "more than 16 MiB long";
	if (memchr(text->bytes, '\0', text->length))
		return "no text: it has a NUL byte";
	return utf8_find_invalid(text->bytes, text->length) < text->length ? "no UTF-8 text" : NULL;
}

static struct text_file read_text(struct eval *eval, const struct node *node, const struct value *path)
{
	enum { MAX_BYTES = 16 * 1024 * 1024 }; /* what is read becomes part of a definition, of which 100 KiB are much */
	struct program *program = eval->program;
	const struct reader *reader = program->options->reader;
	const struct location location = assets_locate(eval, node, path, PATH_FILE);
	struct text_file reading = {location.path ? location.path : path->word->text, location.bytes, location.length};
	struct text text = {0};
	if (!location.is_good || location.bytes)
		return reading;
	if (!reader->read(reader->context, location.path, MAX_BYTES, &text)) {
		program_report_value(program, SP2074, path, node, "`%s` cannot be read: %s", path->word->text, strerror(errno));
		return reading;
	}
	const char *flaw = text_flaw(&text, MAX_BYTES);
	size_t mark = strncmp(text.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	if (flaw) {
		struct diag *diag = program_report_value(program, SP2077, path, node, "`%s` is %s", path->word->text, flaw);
		diag_help(diag, "a file that goes to S3 as it is, whatever is in it, is `file(\"%s\")`", path->word->text);
	} else {
		reading.length = text.length - mark;
		reading.text = arena_copy(program->arena, text.bytes + mark, reading.length);
	}
	text_free(&text);
	return reading;
}

const struct value *functions_call_readtext(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return refuse(eval, node, args[0], "the path of a file");
	const struct text_file reading = read_text(eval, node, args[0]);
	return reading.text ? eval_string(eval, node, reading.text, reading.length) : &value_error;
}

const struct value *functions_call_readjson(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return refuse(eval, node, args[0], "the path of a file");
	const struct text_file reading = read_text(eval, node, args[0]);
	if (!reading.text)
		return &value_error;
	struct program *program = eval->program;
	const struct word *name = names_word(&program->world->names, reading.name);
	const struct value *value = map_get(&assets_of(program)->json, name);
	if (value)
		return value;
	struct diag *complaint;
	value = json_value_of_file(eval, SP2077, reading.name, reading.text, reading.length, &complaint);
	if (!value) {
		const struct node *site = eval->call_site ? eval->call_site : node;
		diag_related(complaint, program_file(program, site), node_span(site), "it is read here");
		value = &value_error;
	}
	map_put(program->arena, &assets_of(program)->json, name, (void *)(uintptr_t)value);
	return value;
}

const struct value *functions_call_sha256(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	char hex[DIGEST_ROOM];
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return functions_wrong_type(eval, node, args[0], "text");
	digest_bytes(args[0]->word->text, args[0]->word->length, hex);
	return eval_string(eval, node, hex, strlen(hex));
}
