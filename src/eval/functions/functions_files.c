/* Functions that read files of the project, or make assets. */
#include "eval/functions/functions_parts.h"

#include "base/utf8.h"
#include "eval/assets/assets.h"
#include "eval/json_value.h"

#include <errno.h>

/* The URI of an asset; value_error for NULL. */
static const struct value *uri_of(const struct function_call *call, const struct asset *asset)
{
	return asset ? functions_string(call, asset->uri->text, asset->uri->length) : &value_error;
}

/* Reports an argument of the wrong type. Files are read at compile time, so a deferred value cannot choose them. */
static const struct value *refuse(const struct function_call *call, const struct value *wrong, const char *wanted)
{
	if (!value_is_deferred(wrong))
		return functions_wrong_type(call, wrong, wanted);
	struct diag *diag = eval_report(call->eval, SP3005, call->node, "files are read at compile time, but %s is not known then",
	                                value_noun(call->eval->program->arena, wrong));
	diag_help(diag, "make the value a `config`; for a file in S3, use its URI, which can contain run-time values");
	return &value_error;
}

const struct value *functions_call_file(const struct function_call *call)
{
	const struct value *path = call->args[0];
	if (path->kind != VALUE_STRING)
		return refuse(call, path, "the path of a file");
	return uri_of(call, assets_from_path(call->eval, call->node, ASSET_FILE, path, NULL));
}

const struct value *functions_call_text_file(const struct function_call *call)
{
	for (size_t i = 0; i < call->count; i++)
		if (call->args[i]->kind != VALUE_STRING)
			return refuse(call, call->args[i], "a name and text");
	return uri_of(call, assets_from_text(call->eval, call->node, call->args[0], call->args[1]));
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

/* A folder or archive, made from a path or from an object of files. */
static const struct value *collect_files(const struct function_call *call, enum asset_kind kind)
{
	const struct value *source = call->args[0];
	if (source->kind == VALUE_OBJECT && call->count == 1)
		return uri_of(call, assets_from_object(call->eval, call->node, kind, source));
	if (source->kind != VALUE_STRING)
		return refuse(call, source, "the path of a folder, or an object that maps names to files");
	const struct value *without = call->count > 1 ? call->args[1] : NULL;
	if (without && without->kind == VALUE_ERROR)
		return &value_error;
	if (without && !is_list_of_text(without))
		return refuse(call, without, "a list of names to exclude as its second argument");
	return uri_of(call, assets_from_path(call->eval, call->node, kind, source, without));
}

const struct value *functions_call_folder(const struct function_call *call)
{
	return collect_files(call, ASSET_FOLDER);
}

const struct value *functions_call_archive(const struct function_call *call)
{
	return collect_files(call, ASSET_ARCHIVE);
}

const struct value *functions_call_zip(const struct function_call *call)
{
	return collect_files(call, ASSET_ZIP);
}

const struct value *functions_call_files_in(const struct function_call *call)
{
	const struct value *uri = call->args[0];
	const struct asset *asset = uri->kind == VALUE_STRING ? assets_find(call->eval->program, uri->word) : NULL;
	if (uri->kind == VALUE_ERROR)
		return &value_error;
	if (!asset)
		return eval_new(call->eval, VALUE_NULL, call->node);
	if (!eval_spend(call->eval, call->node, asset->part_count))
		return &value_error;
	struct value *names = functions_new_list(call, asset->part_count);
	for (; names->count < asset->part_count; names->count++) {
		const char *name = asset->parts[names->count].name;
		names->items[names->count] = functions_string(call, name, strlen(name));
	}
	return names;
}

/* A text file that is read into the program. Its text is without a byte order mark, and NULL after a report. */
struct text_file {
	const char *name, *text;
	size_t length;
};

static const char *text_flaw(const struct text *text, size_t limit)
{
	if (text->length > limit)
		return "longer than 16 MiB";
	if (memchr(text->bytes, '\0', text->length))
		return "not text: it has a NUL byte";
	return utf8_find_invalid(text->bytes, text->length) < text->length ? "not UTF-8 text" : NULL;
}

static struct text_file read_text(const struct function_call *call)
{
	enum { MAX_BYTES = 16 * 1024 * 1024 }; /* the text becomes part of a definition, where 100 KiB are already a lot */
	struct program *program = call->eval->program;
	const struct value *path = call->args[0];
	const struct reader *reader = program->options->reader;
	const struct location location = assets_locate(call->eval, call->node, path, PATH_FILE);
	struct text_file file = {location.path ? location.path : path->word->text, location.bytes, location.length};
	struct text text = {0};
	if (!location.is_good || location.bytes)
		return file;
	if (!reader->read(reader->context, location.path, MAX_BYTES, &text)) {
		program_report_value(program, SP2074, path, call->node, "`%s` cannot be read: %s", path->word->text, strerror(errno));
		return file;
	}
	const char *flaw = text_flaw(&text, MAX_BYTES);
	size_t mark = strncmp(text.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	if (flaw) {
		struct diag *diag = program_report_value(program, SP2077, path, call->node, "`%s` is %s", path->word->text, flaw);
		diag_help(diag, "to send the file to S3 without reading it, use `file(\"%s\")`", path->word->text);
	} else {
		file.length = text.length - mark;
		file.text = arena_copy(program->arena, text.bytes + mark, file.length);
	}
	text_free(&text);
	return file;
}

const struct value *functions_call_readtext(const struct function_call *call)
{
	if (call->args[0]->kind != VALUE_STRING)
		return refuse(call, call->args[0], "the path of a file");
	const struct text_file file = read_text(call);
	return file.text ? functions_string(call, file.text, file.length) : &value_error;
}

const struct value *functions_call_readjson(const struct function_call *call)
{
	struct program *program = call->eval->program;
	if (call->args[0]->kind != VALUE_STRING)
		return refuse(call, call->args[0], "the path of a file");
	const struct text_file file = read_text(call);
	if (!file.text)
		return &value_error;
	const struct word *name = names_word(&program->world->names, file.name);
	const struct value *value = map_get(&assets_of(program)->json, name);
	if (value)
		return value;
	struct diag *complaint;
	value = json_value_of_file(call->eval, SP2077, file.name, file.text, file.length, &complaint);
	if (!value) {
		const struct node *site = program_place(call->eval->origin, call->node);
		diag_related(complaint, program_file(program, site), node_span(site), "it is read here");
		value = &value_error;
	}
	map_put(program->arena, &assets_of(program)->json, name, (void *)(uintptr_t)value);
	return value;
}
