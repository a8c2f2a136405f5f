/* Paths: from text in the program to a file that it may read. */
#include "base/embedded.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "eval/assets/assets.h"

#include <errno.h>

static const char *join_path(struct arena *arena, const char *folder, const char *path)
{
	if (strcmp(folder, ".") == 0)
		return path;
	return arena_printf(arena, strcmp(folder, "/") == 0 ? "%s%s" : "%s/%s", folder, path);
}

static const char *find_output(struct program *program)
{
	const char *output = program->options->output, *slash = strrchr(output, '/');
	const char *real = program_real_path(program, output); /* a link to a file: its target is written */
	const char *folder = real ? NULL : program_real_path(program, project_folder_of(program->arena, output));
	return folder ? arena_printf(program->arena, "%s/%s", folder, slash ? slash + 1 : output) : real;
}

const char *assets_output(struct program *program)
{
	struct assets *assets = assets_of(program);
	if (!assets->has_output && program->options->output)
		assets->output = find_output(program);
	assets->has_output = true;
	return assets->output;
}

const char *assets_name_flaw(const char *name)
{
	if (name[utf8_find_invalid(name, strlen(name))])
		return "invalid UTF-8";
	for (const char *at = name; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			return "a control character";
	/* "characters to avoid" in object keys in the S3 user guide, except those beyond ASCII */
	const char *bad = strpbrk(name, "\\{}^%`\"<>[]~#|");
	static const char *const quoted[] = {"a `\\`", "a `{`", "a `}`", "a `^`", "a `%`", "a backquote", "a `\"`", "a `<`",
	                                     "a `>`", "a `[`", "a `]`", "a `~`", "a `#`", "a `|`"};
	if (bad)
		return quoted[strchr("\\{}^%`\"<>[]~#|", *bad) - "\\{}^%`\"<>[]~#|"];
	for (const char *part = name;; part++) {
		size_t length = strcspn(part, "/");
		if (!length || strncmp(part, ".", length) == 0 || (length == 2 && strncmp(part, "..", 2) == 0))
			return length ? "a `.` or `..` component" : "an empty component";
		part += length;
		if (!*part)
			return NULL;
	}
}

/* Whether a text is a relative path; false after a report. */
static bool is_relative_path(struct eval *eval, const struct node *node, const struct value *path)
{
	struct program *program = eval->program;
	const char *text = path->word->text;
	const char *wrong = !*text ? "is empty" : *text == '/' ? "is absolute" : strchr(text, '\\') ? "contains a `\\`" : NULL;
	for (const char *at = text; *at && !wrong; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			wrong = "contains a control character";
	if (!wrong && strstr(text, "://"))
		wrong = "is a URI";
	if (!wrong)
		return true;
	struct diag *diag = program_report_value(program, SP2070, path, node, "this path %s", wrong);
	diag_help(diag, strstr(text, "://") ? "for data that is already in S3, use its URI without a function"
	                : strchr(text, '\\') ? "separate folders with `/`"
	                                     : "a path is relative to the file in which it is written");
	return false;
}

/* A search for a similar name in a folder. */
struct nearby_names {
	struct arena *arena;
	struct suggest suggest;
};

static void offer_name(void *into, const char *name)
{
	struct nearby_names *search = into;
	suggest_offer(&search->suggest, arena_copy(search->arena, name, strlen(name)));
}

static void report_missing(struct eval *eval, const struct node *node, const struct value *path, const char *joined,
                           enum path_kind wanted)
{
	struct program *program = eval->program;
	const struct reader *reader = program->options->reader;
	const char *slash = strrchr(path->word->text, '/');
	struct nearby_names search = {program->arena, {0}};
	suggest_init(&search.suggest, slash ? slash + 1 : path->word->text);
	reader->list(reader->context, project_folder_of(program->arena, joined), offer_name, &search);
	struct diag *diag = program_report_value(program, SP2071, path, node, "there is no %s `%s`",
	                                         wanted == PATH_FILE ? "file" : "folder", path->word->text);
	const char *near = suggest_result(&search.suggest);
	int folder_length = slash ? (int)(slash + 1 - path->word->text) : 0;
	near = near ? arena_printf(program->arena, "%.*s%s", folder_length, path->word->text, near) : NULL;
	if (near)
		diag_help(diag, "a similar name exists: `%s`", near);
	else if (strcmp(joined, path->word->text) != 0)
		diag_help(diag, "a path is relative to the file in which it is written: this one leads to `%s`", joined);
	else
		diag_help(diag, "a path is relative to the file in which it is written");
	if (near && path->at)
		program_offer_fix(program, diag, path->at, near);
}

static bool is_of_kind(struct eval *eval, const struct node *node, const struct value *path, enum path_kind wanted,
                       enum path_kind found)
{
	if (found == wanted)
		return true;
	static const char *const nouns[] = {[PATH_FILE] = "a file", [PATH_FOLDER] = "a folder", [PATH_OTHER] = "neither a file nor a "
	                                                                                                       "folder"};
	struct diag *diag = program_report_value(eval->program, SP2072, path, node, "`%s` is %s%s%s", path->word->text, nouns[found],
	                                         found == PATH_OTHER ? "" : ", not ", found == PATH_OTHER ? "" : nouns[wanted]);
	if (found == PATH_FOLDER)
		diag_help(diag, "use `folder(\"%s\")` for the files of a folder, `archive(\"%s\")` for an archive of "
		                "them", path->word->text,
		          path->word->text);
	else if (found == PATH_FILE)
		diag_help(diag, "use `file(\"%s\")` for one file; list several files in an object: `{ \"name\": file(\"%s\") }`",
		          path->word->text, path->word->text);
	return false;
}

/* Whether the `..` parts of a path lead out of the project. This is checked before any access, so that nothing outside is touched. */
static bool leaves_project(struct program *program, const char *folder, const char *path)
{
	const char *real = program_real_path(program, folder);
	struct text text = {0};
	text_puts(&text, real ? real : "");
	for (size_t length; real && *path; path += length + (path[length] == '/')) {
		length = strcspn(path, "/");
		if (length == 2 && strncmp(path, "..", 2) == 0) {
			while (text.length && text.bytes[--text.length] != '/')
				;
			text.bytes[text.length] = '\0';
		} else if (length && !(length == 1 && *path == '.')) {
			text_putc(&text, '/');
			text_add(&text, path, length);
		}
	}
	bool is_out = real && !project_holds(program, text.length ? text.bytes : "/");
	text_free(&text);
	return is_out;
}

static void report_outside(struct eval *eval, const struct node *node, const struct value *path)
{
	struct diag *diag = program_report_value(eval->program, SP2073, path, node, "`%s` is outside the project folder",
	                                         path->word->text);
	diag_help(diag, "the project folder is the nearest folder at or above the program with a `.sagepipec.json`, else the program's "
	                "own");
}

static const struct embedded_file *find_in_library(const char *name)
{
	for (size_t i = 0; i < embedded_asset_count; i++)
		if (strcmp(embedded_assets[i].name, name) == 0)
			return &embedded_assets[i];
	return NULL;
}

/* A path in text of the standard library names an embedded file: `stdlib/assets/x.py`. */
static struct location locate_in_library(struct eval *eval, const struct node *node, const struct value *path, enum path_kind wanted)
{
	const struct embedded_file *file = wanted == PATH_FILE ? find_in_library(path->word->text) : NULL;
	if (file)
		return (struct location){.bytes = file->text, .length = file->length, .is_good = true};
	program_report_value(eval->program, SP2071, path, node, "the library has no %s `%s`", wanted == PATH_FILE ? "file" : "folder",
	                     path->word->text);
	return (struct location){.is_good = false};
}

struct location assets_locate(struct eval *eval, const struct node *node, const struct value *path, enum path_kind wanted)
{
	struct program *program = eval->program;
	const struct reader *reader = program->options->reader;
	const struct source_file *file = program_file(program, path->at ? path->at : node);
	struct location location = {.is_good = false};
	if (eval->origin.call_site && path->at == eval->origin.call_site) /* the place of a value in text of the library is the call site */
		return locate_in_library(eval, node, path, wanted);
	if (!is_relative_path(eval, node, path))
		return location;
	if (!reader) {
		program_report_value(program, SP2074, path, node, "this compilation cannot read files");
		return location;
	}
	const char *text = path->word->text;
	while (strncmp(text, "./", 2) == 0 && text[2])
		text += 2;
	size_t length = strlen(text);
	while (length > 1 && text[length - 1] == '/')
		length--;
	text = arena_copy(program->arena, text, length);
	const char *folder = project_folder_of(program->arena, file->name);
	location.path = join_path(program->arena, folder, text);
	if (leaves_project(program, folder, text)) {
		report_outside(eval, node, path);
		return location;
	}
	enum path_kind found = reader->kind(reader->context, location.path);
	location.real = found == PATH_NONE ? NULL : program_real_path(program, location.path);
	if (!location.real) {
		report_missing(eval, node, path, location.path, wanted);
		return location;
	}
	if (!project_holds(program, location.real)) {
		report_outside(eval, node, path);
		return location;
	}
	location.is_good = is_of_kind(eval, node, path, wanted, found);
	if (location.is_good)
		program_add_input(program, location.path);
	return location;
}
