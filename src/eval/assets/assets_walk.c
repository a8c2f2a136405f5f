/* Lists the files of a folder. */
#include "eval/assets/assets.h"

#include <errno.h>
#include <stdlib.h>

enum { MAX_FILES = 100000, MAX_DEPTH = 64 };

/* The rules of an ignore file, and of those in the folders around it. */
struct ignore_level {
	const struct ignore_level *outer;
	const struct ignore_rules *rules; /* NULL without an ignore file */
	size_t start;                     /* where a key becomes relative to the folder of the rules */
};

/* The folder that is being listed and the folders around it. A link to one of them is a loop. */
struct folder_chain {
	const struct folder_chain *outer;
	const char *real;
	const struct ignore_level *level;
};

struct folder_walk {
	struct eval *eval;
	const struct node *node;
	const struct value *path;
	const struct ignore_rules *without; /* the patterns of the call, or NULL */
	const char *output;                 /* the real path of the compilation's output, or NULL */
	size_t start;                       /* where a key becomes relative to the folder that is walked */
	struct asset_parts *parts;
	bool *has_ignored;                  /* set when an entry is ignored */
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

static struct diag *report(const struct folder_walk *walk, enum diag_code code, const char *path, const char *what)
{
	return program_report_value(walk->eval->program, code, walk->path, walk->node, "`%s` %s", path, what);
}

/* --- what is ignored --- */

const struct ignore_rules *assets_default_rules(struct program *program)
{
	struct assets *assets = assets_of(program);
	struct world *world = program->world;
	if (assets->default_rules)
		return assets->default_rules;
	struct ignore_rules *rules = arena_new(program->arena, struct ignore_rules);
	const struct node *list = node_child(world_function(world, names_word(&world->names, "ignored_files")), ROLE_VALUE);
	for (const struct node *item = node_child(list, ROLE_ITEM); item; item = node_next(item))
		ignore_add(program->arena, rules, item->word->text, item->word->length);
	return assets->default_rules = rules;
}

/* Reads the ignore file at `path`, which exists; NULL after a report. */
static const struct ignore_rules *read_rules(const struct folder_walk *walk, const char *path)
{
	enum { MAX_BYTES = 1024 * 1024 };
	struct program *program = walk->eval->program;
	const struct reader *reader = program->options->reader;
	const char *real = program_real_path(program, path);
	struct text text = {0};
	if (real && !project_holds(program, real)) {
		report(walk, SP2073, path, "leads out of the project folder");
		return NULL;
	}
	if (!reader->read(reader->context, path, MAX_BYTES, &text)) {
		report(walk, SP2074, path, arena_printf(program->arena, "cannot be read: %s", strerror(errno)));
		return NULL;
	}
	if (text.length > MAX_BYTES) {
		report(walk, SP2077, path, "is longer than 1 MiB");
		text_free(&text);
		return NULL;
	}
	struct ignore_rules *rules = arena_new(program->arena, struct ignore_rules);
	ignore_add_lines(program->arena, rules, text.bytes, text.length);
	text_free(&text);
	program_add_input(program, path);
	return rules;
}

/* The level of a folder: `path` is its path for the reader, `key` its path relative to the project. NULL after a report. */
static const struct ignore_level *add_level(const struct folder_walk *walk, const struct ignore_level *outer, const char *path,
                                            const char *key)
{
	struct program *program = walk->eval->program;
	struct map *files = &assets_of(program)->ignore_files;
	const struct reader *reader = program->options->reader;
	const char *name = strcmp(path, ".") == 0 ? IGNORE_FILE_NAME : arena_printf(program->arena, "%s/%s", path, IGNORE_FILE_NAME);
	const struct word *word = names_word(&program->world->names, name);
	const struct ignore_rules *rules = map_get(files, word);
	if (!rules && reader->kind(reader->context, name) == PATH_FILE) {
		rules = read_rules(walk, name);
		if (!rules)
			return NULL;
		map_put(program->arena, files, word, (void *)(uintptr_t)rules);
	}
	struct ignore_level *level = arena_new(program->arena, struct ignore_level);
	*level = (struct ignore_level){outer, rules, *key ? strlen(key) + 1 : 0};
	return level;
}

/* The path of the folder around one, whose real path is `real`. The last name may be a link, which leads elsewhere. */
static const char *outer_path(struct program *program, const char *path, const char *real)
{
	const char *outer = strcmp(path, ".") == 0 ? ".." : project_folder_of(program->arena, path);
	const char *found = program_real_path(program, outer);
	return found && strcmp(found, real) == 0 ? outer : arena_printf(program->arena, "%s/..", path);
}

/* The level of the folder around one in the project, for the walk of the latter. `real` is its own real path, `key` is relative to
 * the project. False after a report. */
static bool add_outer_levels(const struct folder_walk *walk, const char *path, const char *real, const char *key,
                             const struct ignore_level **level)
{
	struct program *program = walk->eval->program;
	if (!*key)
		return true;
	const char *slash = strrchr(key, '/');
	const char *outer_key = slash ? arena_copy(program->arena, key, (size_t)(slash - key)) : "";
	const char *outer_real = project_folder_of(program->arena, real);
	const char *outer = outer_path(program, path, outer_real);
	if (!add_outer_levels(walk, outer, outer_real, outer_key, level))
		return false;
	*level = add_level(walk, *level, outer, outer_key);
	return *level != NULL;
}

static bool is_virtual_environment(const struct folder_walk *walk, const char *path)
{
	struct program *program = walk->eval->program;
	const struct reader *reader = program->options->reader;
	return reader->kind(reader->context, arena_printf(program->arena, "%s/pyvenv.cfg", path)) == PATH_FILE;
}

/* Whether an entry is ignored. `key` is its path relative to the project, `path` that for the reader. */
static bool is_ignored(const struct folder_walk *walk, const struct ignore_level *level, const char *key, const char *path,
                       bool is_folder)
{
	const struct ignore_rules *defaults = walk->without ? NULL : assets_default_rules(walk->eval->program);
	const char *slash = strrchr(key, '/');
	enum ignore_verdict verdict = walk->without ? ignore_find(walk->without, key + walk->start, is_folder) : IGNORE_UNKNOWN;
	if (strcmp(slash ? slash + 1 : key, IGNORE_FILE_NAME) == 0)
		return true;
	for (; level && !verdict; level = level->outer)
		if (level->rules)
			verdict = ignore_find(level->rules, key + level->start, is_folder);
	if (defaults && (!verdict || verdict == IGNORE_LET_IN))
		verdict = ignore_find(defaults, key + walk->start, is_folder);
	if (!verdict && defaults && is_folder && is_virtual_environment(walk, path))
		verdict = IGNORE_EXCLUDED;
	return verdict == IGNORE_EXCLUDED;
}

/* --- the walk --- */

/* The real path of an entry; NULL after a report when it leads nowhere, out of the project, or into a loop. */
static const char *resolve_entry(const struct folder_walk *walk, const char *path, const struct folder_chain *chain)
{
	struct program *program = walk->eval->program;
	const char *real = program_real_path(program, path);
	if (!real) {
		report(walk, SP2071, path, "is a broken symbolic link");
		return NULL;
	}
	if (!project_holds(program, real)) {
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

/* Reports that the output of the compilation is, or will be, among the files; always false. */
static bool refuse_output(const struct folder_walk *walk, const char *key)
{
	struct program *program = walk->eval->program;
	struct diag *diag = program_report_value(program, SP2064, walk->path, walk->node, "the output `%s` would be among the files of "
	                                         "`%s`", key, walk->path->word->text);
	diag_help(diag, "each compilation would change its own input; write the output elsewhere, or add the line `%s` to `%s` in the "
	                "project folder", ignore_pattern_of(program->arena, key), IGNORE_FILE_NAME);
	return false;
}

/* Checks that a folder will not have the output of the compilation, which need not exist yet. False after a report. */
static bool check_output(const struct folder_walk *walk, const char *key, const struct folder_chain *chain)
{
	const char *slash = walk->output ? strrchr(walk->output, '/') : NULL;
	size_t length = slash ? (size_t)(slash - walk->output) : 0;
	if (!slash || strncmp(chain->real, walk->output, length) != 0 || chain->real[length])
		return true;
	const char *output = *key ? arena_printf(walk->eval->program->arena, "%s/%s", key, slash + 1) : slash + 1;
	return is_ignored(walk, chain->level, output, walk->output, false) || refuse_output(walk, output);
}

static bool walk_folder(const struct folder_walk *walk, const char *folder, const char *folder_key, const struct folder_chain *chain,
                        int depth);

static bool walk_entry(const struct folder_walk *walk, const char *folder, const char *folder_key, const char *name,
                       const struct folder_chain *chain, int depth)
{
	struct arena *arena = walk->eval->program->arena;
	const struct reader *reader = walk->eval->program->options->reader;
	const char *key = *folder_key ? arena_printf(arena, "%s/%s", folder_key, name) : name;
	const char *path = strcmp(folder, ".") == 0 ? name : arena_printf(arena, "%s/%s", folder, name);
	enum path_kind kind = reader->kind(reader->context, path);
	if (is_ignored(walk, chain->level, key, path, kind == PATH_FOLDER)) {
		*walk->has_ignored = true;
		return true;
	}
	struct folder_chain inner = {chain, resolve_entry(walk, path, chain), NULL};
	if (!inner.real)
		return false;
	switch (kind) {
	case PATH_FILE:
		if (walk->output && strcmp(inner.real, walk->output) == 0) /* itself, or a link to it */
			return refuse_output(walk, key);
		return add_file(walk, path, key + walk->start);
	case PATH_FOLDER:
		program_add_input(walk->eval->program, path);
		inner.level = add_level(walk, chain->level, path, key);
		return inner.level && walk_folder(walk, path, key, &inner, depth + 1);
	default:
		report(walk, SP2072, path, "is neither a file nor a folder");
		return false;
	}
}

static bool walk_folder(const struct folder_walk *walk, const char *folder, const char *folder_key, const struct folder_chain *chain,
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
		if (!walk_entry(walk, folder, folder_key, listing.names.items[i], chain, depth))
			return false;
	return check_output(walk, folder_key, chain);
}

bool assets_walk(struct eval *eval, const struct node *node, const struct value *path, const struct location *folder,
                 const struct value *without, struct asset_parts *parts)
{
	const char *project = project_folder(eval->program);
	const char *key = folder->real + strlen(project);
	key += strspn(key, "/");
	bool has_ignored = false;
	struct folder_walk walk = {eval, node, path, NULL, assets_output(eval->program), *key ? strlen(key) + 1 : 0, parts, &has_ignored};
	struct ignore_rules rules = {0};
	for (uint32_t i = 0; without && i < without->count; i++)
		ignore_add(eval->program->arena, &rules, without->items[i]->word->text, without->items[i]->word->length);
	walk.without = without ? &rules : NULL;
	struct folder_chain chain = {NULL, folder->real, NULL};
	if (!add_outer_levels(&walk, folder->path, folder->real, key, &chain.level))
		return false;
	chain.level = add_level(&walk, chain.level, folder->path, key);
	if (!chain.level || !walk_folder(&walk, folder->path, key, &chain, 0))
		return false;
	if (!parts->count) {
		const char *what = has_ignored ? "contains only ignored files" : "contains no files";
		struct diag *diag = report(&walk, SP2075, path->word->text, what);
		diag_help(diag, has_ignored ? "the second argument, or else `ignored_files()`, and " IGNORE_FILE_NAME " say what is ignored"
		                            : "a folder in S3 is only a prefix of object names: an empty one cannot exist");
		return false;
	}
	assets_sort_parts(parts);
	return true;
}
