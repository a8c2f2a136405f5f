/* Paths in strings: the entries of the folder in the path typed so far, folders first. */
#include "eval/assets/assets.h"
#include "ide/complete/complete_parts.h"
#include "ide/ide_text.h"

enum { FOLDERS, FILES };

struct path_listing {
	struct complete *complete;
	const char *folder;         /* the path of the listed folder, for the reader */
	const char *prefix;         /* inserted before the name: "./" or "" */
	const char *extension;      /* of files, or NULL for any */
	const struct ignore_rules *ignored; /* or NULL */
	bool takes_files, shows_hidden;
};

static void visit_name(void *into, const char *name)
{
	struct path_listing *listing = into;
	struct complete *complete = listing->complete;
	const struct reader *reader = complete->program->options->reader;
	if ((*name == '.' && !listing->shows_hidden) || assets_name_flaw(name))
		return;
	const char *path = arena_printf(complete->arena, "%s/%s", listing->folder, name);
	enum path_kind kind = reader->kind(reader->context, path);
	bool is_folder = kind == PATH_FOLDER;
	if (listing->ignored && ignore_find(listing->ignored, name, is_folder) == IGNORE_EXCLUDED)
		return;
	if (strcmp(path, complete->place.tree->file->name) == 0) /* a file does not import itself */
		return;
	bool is_wanted = kind == PATH_FILE && listing->takes_files && (!listing->extension || ide_has_extension(name, listing->extension));
	if (!is_folder && !is_wanted)
		return;
	const char *whole = arena_printf(complete->arena, "%s%s%s", listing->prefix, name, is_folder && listing->takes_files ? "/" : "");
	complete_add(complete, (struct completion){
		.kind = is_folder ? COMPLETION_FOLDER : COMPLETION_FILE, .rank = is_folder ? FOLDERS : FILES, .label = whole,
		.insert = whole});
}

/* The folder to list: the first `length` bytes of the typed path, up to its last `/`, relative to `from`. */
static const char *typed_folder(struct complete *complete, const char *from, size_t length)
{
	const char *text = complete->place.tree->file->text + complete->place.span.start;
	if (!length)
		return from;
	const char *typed = arena_copy(complete->arena, text, length - (length > 1));
	return *typed == '/' ? typed : arena_printf(complete->arena, "%s/%s", from, typed);
}

/* Whether a folder exists and is inside the project's folder. */
static bool is_in_project(struct complete *complete, const char *folder)
{
	const struct reader *reader = complete->program->options->reader;
	struct text real = {0};
	bool is_inside = reader->resolve(reader->context, folder, &real) && project_holds(complete->program, text_string(&real));
	text_free(&real);
	return is_inside;
}

/* An import may lead out of the project; the path of an asset may not. In an import, a path relative to the file begins with `.`, so
 * `./` is inserted. */
void complete_paths(struct complete *complete, const char *from, bool takes_files, const char *extension)
{
	const struct reader *reader = complete->program->options->reader;
	const char *text = complete->place.tree->file->text;
	struct span typed = complete_place_typed(&complete->place);
	bool is_import = complete->place.at->kind == N_IMPORT;
	uint32_t last = typed.end;
	while (last > typed.start && text[last - 1] != '/')
		last--;
	const char *folder = typed_folder(complete, from, last - typed.start);
	if (!reader || (!is_import && (text[typed.start] == '/' || !is_in_project(complete, folder))))
		return;
	struct path_listing listing = {
		.complete = complete, .folder = folder, .extension = extension, .takes_files = takes_files,
		.shows_hidden = text[last] == '.', .prefix = is_import && last == typed.start ? "./" : "",
		.ignored = is_import ? NULL : assets_default_rules(complete->program),
	};
	complete->list->span.start = last;
	reader->list(reader->context, folder, visit_name, &listing);
}
