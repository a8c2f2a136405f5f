/* The files of a folder. */
#include "eval/assets/assets.h"

#include <errno.h>
#include <stdlib.h>

enum { MAX_FILES = 100000, MAX_DEPTH = 64 };

/* The folders that lead to the one being walked, without links: to meet one of them again is a loop. */
struct chain {
	const struct chain *outer;
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

static void note_name(void *into, const char *name)
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
	const char *star = NULL, *mark = NULL; /* the last `*`, and where the text behind what it stands for begins */
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

/* A pattern with a `/` is compared with the whole name below the folder, another one with its last part. */
static bool is_left_out(const struct folder_walk *walk, const char *relative, const char *name)
{
	for (uint32_t i = 0; i < walk->without->count; i++) {
		const char *pattern = walk->without->items[i]->word->text;
		if (assets_name_matches(pattern, strchr(pattern, '/') ? relative : name))
			return true;
	}
	return false;
}

static struct diag *complain(const struct folder_walk *walk, enum diag_code code, const char *path, const char *what)
{
	return program_report_value(walk->eval->program, code, walk->path, walk->node, "`%s` %s", path, what);
}

/* The path without links, or NULL after a report: where it leads out of the project, or round in a circle. */
static const char *resolve(const struct folder_walk *walk, const char *path, const struct chain *chain)
{
	struct program *program = walk->eval->program;
	const char *real = program_real_path(program, path);
	if (!real) {
		complain(walk, SP2071, path, "is a link that leads nowhere");
		return NULL;
	}
	if (!assets_is_inside(program, real)) {
		struct diag *diag = complain(walk, SP2073, path, "leads out of the project's folder");
		diag_help(diag, "symbolic links are followed only inside the project; the second argument says what to leave out");
		return NULL;
	}
	for (; chain; chain = chain->outer) {
		if (strcmp(chain->real, real) != 0)
			continue;
		complain(walk, SP2075, path, "is a link to a folder that it is in");
		return NULL;
	}
	return real;
}

static bool add_file(const struct folder_walk *walk, const char *path, const char *relative)
{
	struct program *program = walk->eval->program;
	if (walk->parts->count == MAX_FILES) {
		struct diag *diag = program_report_value(program, SP2075, walk->path, walk->node, "`%s` holds more than %d files",
		                                         walk->path->word->text, MAX_FILES);
		diag_help(diag, "the second argument says what to leave out; data belong into S3, not into the project");
		return false;
	}
	const char *flaw = assets_name_flaw(relative);
	if (flaw) {
		struct diag *diag = program_report_value(program, SP2076, walk->path, walk->node, "the name \"%s\" holds %s", path, flaw);
		diag_help(diag, "rename the file, or leave it out by the second argument");
		return false;
	}
	program_add_input(program, path);
	const struct asset_part part = {.name = relative, .path = path};
	vec_push(program->arena, walk->parts, part);
	return true;
}

static bool walk_folder(const struct folder_walk *walk, const char *folder, const char *prefix, const struct chain *chain, int depth);

static bool walk_entry(const struct folder_walk *walk, const char *folder, const char *prefix, const char *name,
                       const struct chain *chain, int depth)
{
	struct arena *arena = walk->eval->program->arena;
	const struct reader *reader = walk->eval->program->options->reader;
	const char *relative = *prefix ? arena_printf(arena, "%s/%s", prefix, name) : name;
	if (is_left_out(walk, relative, name))
		return true;
	const char *path = strcmp(folder, ".") == 0 ? name : arena_printf(arena, "%s/%s", folder, name);
	const struct chain inner = {chain, resolve(walk, path, chain)};
	if (!inner.real)
		return false;
	switch (reader->kind(reader->context, path)) {
	case PATH_FILE:
		return add_file(walk, path, relative);
	case PATH_FOLDER:
		program_add_input(walk->eval->program, path);
		return walk_folder(walk, path, relative, &inner, depth + 1);
	default:
		complain(walk, SP2072, path, "is neither file nor folder");
		return false;
	}
}

static bool walk_folder(const struct folder_walk *walk, const char *folder, const char *prefix, const struct chain *chain, int depth)
{
	const struct reader *reader = walk->eval->program->options->reader;
	struct folder_listing listing = {.arena = walk->eval->program->arena};
	if (depth > MAX_DEPTH) {
		complain(walk, SP2075, folder, "is nested too deep");
		return false;
	}
	if (!reader->list(reader->context, folder, note_name, &listing)) {
		complain(walk, SP2074, folder, arena_printf(listing.arena, "cannot be read: %s", strerror(errno)));
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
	const struct chain chain = {NULL, folder->real};
	if (!walk_folder(&walk, folder->path, "", &chain, 0))
		return false;
	if (!parts->count) {
		struct diag *diag = complain(&walk, SP2075, path->word->text, "holds no file");
		diag_help(diag, "in S3 a folder is what its files are called: an empty one does not exist");
		return false;
	}
	assets_sort_parts(parts);
	return true;
}
