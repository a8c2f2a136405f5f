/* Paths in strings: what is in the folder so far, folders first. */
#include "eval/assets/assets.h"
#include "ide/complete/complete_parts.h"

enum { FOLDERS, FILES };

struct path_listing {
	struct complete *complete;
	const char *folder;        /* for the reader */
	const char *prefix;        /* before the name, where nothing is typed */
	const char *ending;        /* of files, or NULL */
	const struct node *ignored; /* N_LIST of patterns, or NULL */
	bool takes_files, shows_hidden;
};

static bool has_ending(const char *name, const char *ending)
{
	size_t length = strlen(name), wanted = strlen(ending);
	return length > wanted && strcmp(name + length - wanted, ending) == 0;
}

static bool is_ignored(const struct path_listing *listing, const char *name)
{
	for (const struct node *item = node_child(listing->ignored, ROLE_ITEM); item; item = node_next(item))
		if (item->word && assets_name_matches(item->word->text, name))
			return true;
	return false;
}

static void visit_name(void *into, const char *name)
{
	struct path_listing *listing = into;
	struct complete *complete = listing->complete;
	const struct reader *reader = complete->program->options->reader;
	if ((*name == '.' && !listing->shows_hidden) || is_ignored(listing, name) || assets_name_flaw(name))
		return;
	const char *path = arena_printf(complete->arena, "%s/%s", listing->folder, name);
	enum path_kind kind = reader->kind(reader->context, path);
	bool is_folder = kind == PATH_FOLDER;
	if (strcmp(path, complete->place.tree->file->name) == 0) /* nothing imports itself */
		return;
	if (!is_folder && (kind != PATH_FILE || !listing->takes_files || (listing->ending && !has_ending(name, listing->ending))))
		return;
	const char *whole = arena_printf(complete->arena, "%s%s%s", listing->prefix, name, is_folder && listing->takes_files ? "/" : "");
	complete_add(complete, (struct completion){
		.kind = is_folder ? COMPLETION_FOLDER : COMPLETION_FILE, .rank = is_folder ? FOLDERS : FILES, .label = whole,
		.insert = whole});
}

/* What `folder` and `archive` leave out is offered for neither. */
static const struct node *ignored_files(struct complete *complete)
{
	struct world *world = complete->program->world;
	return node_child(world_function(world, names_word(&world->names, "ignored_files")), ROLE_VALUE);
}

/* The folder in which names are looked for: that of the file, with what is typed up to the last `/`. */
static const char *folder_so_far(struct complete *complete, const char *from, size_t length)
{
	const char *text = complete->place.tree->file->text + complete->place.span.start;
	if (!length)
		return from;
	const char *typed = arena_copy(complete->arena, text, length - (length > 1));
	return *typed == '/' ? typed : arena_printf(complete->arena, "%s/%s", from, typed);
}

static bool may_look(struct complete *complete, const char *folder)
{
	const struct reader *reader = complete->program->options->reader;
	struct text real = {0};
	bool is_inside = reader->resolve(reader->context, folder, &real) && assets_is_inside(complete->program, text_string(&real));
	text_free(&real);
	return is_inside;
}

/* An import may lead out of the project, a file of it may not; a path beside the file begins with `./` in an import. */
void complete_paths(struct complete *complete, const char *from, bool takes_files, const char *ending)
{
	const struct reader *reader = complete->program->options->reader;
	const char *text = complete->place.tree->file->text;
	struct span typed = complete_place_typed(&complete->place);
	bool is_import = complete->place.at->kind == N_IMPORT;
	uint32_t last = typed.end;
	while (last > typed.start && text[last - 1] != '/')
		last--;
	const char *folder = folder_so_far(complete, from, last - typed.start);
	if (!reader || (!is_import && (text[typed.start] == '/' || !may_look(complete, folder))))
		return;
	struct path_listing listing = {
		.complete = complete, .folder = folder, .ending = ending, .takes_files = takes_files, .shows_hidden = text[last] == '.',
		.prefix = is_import && last == typed.start ? "./" : "", .ignored = is_import ? NULL : ignored_files(complete),
	};
	complete->list->span.start = last;
	reader->list(reader->context, folder, visit_name, &listing);
}
