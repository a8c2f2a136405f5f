/* Lists the files of a folder. */
#include "eval/assets/assets.h"

#include <errno.h>
#include <stdlib.h>

enum { MAX_FILES = 100000, MAX_DEPTH = 64 };

/* The real paths of the folder that is being listed and of the folders around it. A link to one of them is a loop. */
struct folder_chain {
	const struct folder_chain *outer;
	const char *real;
};

struct folder_walk {
	struct eval *eval;
	const struct node *node;
	const struct value *path, *without;
	struct asset_parts *parts;
};

struct folder_listing {
	struct arena *arena;
	VEC(const char *) names;
};

static void add_name(void *into, const char *name)
{
	struct folder_listing *listing = into;
	vec_push(listing->arena, &listing->names, arena_copy(listing->arena, name, strlen(name)));
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int compare_parts(const void *a, const void *b)
{
	return strcmp(((const struct asset_part *)a)->name, ((const struct asset_part *)b)->name);
}

void assets_sort_parts(struct asset_parts *parts)
{
	qsort(parts->items, parts->count, sizeof *parts->items, compare_parts);
}

bool assets_name_matches(const char *pattern, const char *text)
{
	const char *star = NULL, *mark = NULL; /* the last `*`, and the end of the text that it matches */
	for (;;) {
		if (*pattern == '*') {
			star = pattern++;
			mark = text;
		} else if (*text && *pattern == *text) {
			pattern++;
			text++;
		} else if (!*text && !*pattern) {
			return true;
		} else if (star && *mark && *mark != '/') {
			text = ++mark;
			pattern = star + 1;
		} else {
			return false;
		}
	}
}

/* Whether an entry is excluded. A pattern with a `/` must match the path below the folder; any other, the last part of the path. */
static bool is_left_out(const struct folder_walk *walk, const char *relative, const char *name)
{
	for (uint32_t i = 0; i < walk->without->count; i++) {
		const char *pattern = walk->without->items[i]->word->text;
		if (assets_name_matches(pattern, strchr(pattern, '/') ? relative : name))
			return true;
	}
	return false;
}

static struct diag *report(const struct folder_walk *walk, enum diag_code code, const char *path, const char *what)
{
	return program_report_value(walk->eval->program, code, walk->path, walk->node, "`%s` %s", path, what);
}

/* The real path of an entry; NULL after a report when it leads nowhere, out of the project, or into a loop. */
static const char *resolve_entry(const struct folder_walk *walk, const char *path, const struct folder_chain *chain)
{
	struct program *program = walk->eval->program;
	const char *real = program_real_path(program, path);
	if (!real) {
		report(walk, SP2071, path, "is a broken symbolic link");
		return NULL;
	}
	if (!assets_is_inside(program, real)) {
		struct diag *diag = report(walk, SP2073, path, "leads out of the project folder");
		diag_help(diag, "symbolic links are followed only inside the project; exclude this one with the second argument");
		return NULL;
	}
	for (; chain; chain = chain->outer) {
		if (strcmp(chain->real, real) != 0)
			continue;
		report(walk, SP2075, path, "is a symbolic link to a folder that contains it");
		return NULL;
	}
	return real;
}

static bool add_file(const struct folder_walk *walk, const char *path, const char *relative)
{
	struct program *program = walk->eval->program;
	if (walk->parts->count == MAX_FILES) {
		struct diag *diag = program_report_value(program, SP2075, walk->path, walk->node, "`%s` contains more than %d files",
		                                         walk->path->word->text, MAX_FILES);
		diag_help(diag, "exclude files with the second argument; keep data in S3, not in the project");
		return false;
	}
	const char *flaw = assets_name_flaw(relative);
	if (flaw) {
		struct diag *diag = program_report_value(program, SP2076, walk->path, walk->node, "the name \"%s\" contains "
		                                                                                  "%s", path, flaw);
		diag_help(diag, "rename the file, or exclude it with the second argument");
		return false;
	}
	program_add_input(program, path);
	const struct asset_part part = {.name = relative, .path = path};
	vec_push(program->arena, walk->parts, part);
	return true;
}

static bool walk_folder(const struct folder_walk *walk, const char *folder, const char *prefix, const struct folder_chain *chain,
                        int depth);

static bool walk_entry(const struct folder_walk *walk, const char *folder, const char *prefix, const char *name,
                       const struct folder_chain *chain, int depth)
{
	struct arena *arena = walk->eval->program->arena;
	const struct reader *reader = walk->eval->program->options->reader;
	const char *relative = *prefix ? arena_printf(arena, "%s/%s", prefix, name) : name;
	if (is_left_out(walk, relative, name))
		return true;
	const char *path = strcmp(folder, ".") == 0 ? name : arena_printf(arena, "%s/%s", folder, name);
	const struct folder_chain inner = {chain, resolve_entry(walk, path, chain)};
	if (!inner.real)
		return false;
	switch (reader->kind(reader->context, path)) {
	case PATH_FILE:
		return add_file(walk, path, relative);
	case PATH_FOLDER:
		program_add_input(walk->eval->program, path);
		return walk_folder(walk, path, relative, &inner, depth + 1);
	default:
		report(walk, SP2072, path, "is neither a file nor a folder");
		return false;
	}
}

static bool walk_folder(const struct folder_walk *walk, const char *folder, const char *prefix, const struct folder_chain *chain,
                        int depth)
{
	const struct reader *reader = walk->eval->program->options->reader;
	struct folder_listing listing = {.arena = walk->eval->program->arena};
	if (depth > MAX_DEPTH) {
		report(walk, SP2075, folder, "is nested too deeply");
		return false;
	}
	if (!reader->list(reader->context, folder, add_name, &listing)) {
		report(walk, SP2074, folder, arena_printf(listing.arena, "cannot be read: %s", strerror(errno)));
		return false;
	}
	if (listing.names.count)
		qsort(listing.names.items, listing.names.count, sizeof *listing.names.items, compare_names);
	for (size_t i = 0; i < listing.names.count; i++)
		if (!walk_entry(walk, folder, prefix, listing.names.items[i], chain, depth))
			return false;
	return true;
}

bool assets_walk(struct eval *eval, const struct node *node, const struct value *path, const struct location *folder,
                 const struct value *without, struct asset_parts *parts)
{
	const struct folder_walk walk = {eval, node, path, without, parts};
	const struct folder_chain chain = {NULL, folder->real};
	if (!walk_folder(&walk, folder->path, "", &chain, 0))
		return false;
	if (!parts->count) {
		struct diag *diag = report(&walk, SP2075, path->word->text, "contains no files");
		diag_help(diag, "a folder in S3 is only a prefix of object names: an empty one cannot exist");
		return false;
	}
	assets_sort_parts(parts);
	return true;
}
