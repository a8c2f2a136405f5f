#include "ide/workspace.h"

#include "base/uri.h"
#include "base/utf8.h"
#include "host/file.h"
#include "ide/ide_text.h"
#include "lint/fix.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* How many documents keep their snapshots. */
enum { KEPT_SNAPSHOTS = 4 };

/* Words interned during earlier edits stay in the world. How many bytes of them are allowed before it is rebuilt. */
enum { WORLD_SLACK = 1024 * 1024 };

/* --- paths --- */

/* An absolute path without `.`, `..` and doubled slashes; if the file exists, also without symbolic links. */
static char *clean_path(const char *path)
{
	char *real = realpath(path, NULL);
	if (real)
		return real;
	struct text clean = {0};
	for (const char *at = path; *at;) {
		size_t length = strcspn(at, "/");
		if (length == 2 && strncmp(at, "..", 2) == 0) {
			while (clean.length && clean.bytes[clean.length - 1] != '/')
				clean.length--;
			clean.length -= clean.length > 0;
		} else if (length && !(length == 1 && *at == '.')) {
			text_putc(&clean, '/');
			text_add(&clean, at, length);
		}
		at += length + (at[length] == '/');
	}
	if (!clean.length)
		text_putc(&clean, '/');
	text_putc(&clean, '\0');
	return clean.bytes;
}

static char *copy_string(const char *string)
{
	char *copy = strdup(string);
	if (!copy)
		arena_exhausted();
	return copy;
}

/* --- the documents as files --- */

static bool overlay_read(void *context, const char *path, size_t limit, struct text *text)
{
	const struct document *document = workspace_find_path(context, path);
	if (!document)
		return file_reader.read(file_reader.context, path, limit, text);
	*text = (struct text){0};
	text_add(text, text_string(&document->text), document->text.length);
	return true;
}

static bool overlay_stream(void *context, const char *path, bool (*take)(void *into, const void *bytes, size_t length), void *into)
{
	(void)context; /* assets are streamed: the file on the disk is what will be deployed */
	return file_reader.stream(file_reader.context, path, take, into);
}

static enum path_kind overlay_kind(void *context, const char *path)
{
	enum path_kind kind = file_reader.kind(file_reader.context, path);
	return kind == PATH_NONE && workspace_find_path(context, path) ? PATH_FILE : kind;
}

static bool overlay_list(void *context, const char *path, void (*visit)(void *into, const char *name), void *into)
{
	(void)context;
	return file_reader.list(file_reader.context, path, visit, into);
}

static bool overlay_resolve(void *context, const char *path, struct text *real)
{
	if (file_reader.resolve(file_reader.context, path, real))
		return true;
	const struct document *document = workspace_find_path(context, path);
	if (document)
		text_puts(real, document->path);
	return document != NULL;
}

/* --- documents --- */

void workspace_init(struct workspace *workspace, const struct program_options *options)
{
	*workspace = (struct workspace){.options = *options};
	workspace->reader = (struct reader){workspace, overlay_read, overlay_stream, overlay_kind, overlay_list, overlay_resolve};
	workspace->options.reader = &workspace->reader;
	workspace->options.keeps_values = true;
	workspace->options.may_be_shared = true;
}

static void free_snapshot(struct snapshot *snapshot)
{
	if (!snapshot)
		return;
	arena_free(&snapshot->arena);
	text_free(&snapshot->text);
	free(snapshot);
}

static void drop_snapshot(struct workspace *workspace, struct document *document)
{
	workspace->snapshot_count -= document->snapshot != NULL;
	free_snapshot(document->snapshot);
	document->snapshot = NULL;
}

static void drop_visited(struct workspace *workspace)
{
	free_snapshot(workspace->visited);
	workspace->visited = NULL;
}

static void set_due(struct workspace *workspace, struct document *document)
{
	drop_snapshot(workspace, document);
	document->revision = ++workspace->clock;
	document->is_due = true;
}

static void free_document(struct document *document)
{
	free(document->uri);
	free(document->path);
	text_free(&document->text);
	arena_free(&document->inputs_arena);
	free(document);
}

void workspace_free(struct workspace *workspace)
{
	drop_visited(workspace);
	while (workspace->documents)
		workspace_close(workspace, workspace->documents);
	while (workspace->folder_count)
		free(workspace->folders[--workspace->folder_count]);
	free(workspace->folders);
	text_free(&workspace->failures);
	arena_free(&workspace->world_arena);
}

void workspace_add_folder(struct workspace *workspace, const char *path)
{
	char *clean = clean_path(path);
	for (size_t i = 0; i < workspace->folder_count; i++)
		if (strcmp(workspace->folders[i], clean) == 0) {
			free(clean);
			return;
		}
	char **folders = realloc(workspace->folders, (workspace->folder_count + 1) * sizeof *folders);
	if (!folders)
		arena_exhausted();
	workspace->folders = folders;
	folders[workspace->folder_count++] = clean;
}

void workspace_remove_folder(struct workspace *workspace, const char *path)
{
	char *clean = clean_path(path);
	for (size_t i = workspace->folder_count; i--;)
		if (strcmp(workspace->folders[i], clean) == 0) {
			free(workspace->folders[i]);
			workspace->folders[i] = workspace->folders[--workspace->folder_count];
		}
	free(clean);
}

struct document *workspace_find(const struct workspace *workspace, const char *uri)
{
	for (struct document *document = workspace->documents; document; document = document->next)
		if (strcmp(document->uri, uri) == 0)
			return document;
	return NULL;
}

struct document *workspace_find_path(const struct workspace *workspace, const char *path)
{
	struct document *document = workspace->documents;
	while (document && strcmp(document->path, path) != 0)
		document = document->next;
	if (document || !workspace->documents || *path != '/')
		return document;
	char *clean = clean_path(path);
	for (document = workspace->documents; document && strcmp(document->path, clean) != 0;)
		document = document->next;
	free(clean);
	return document;
}

static void add_utf8(struct text *to, const char *bytes, size_t length)
{
	while (length) {
		size_t good = utf8_find_invalid(bytes, length);
		text_add(to, bytes, good);
		if (good == length)
			break;
		text_put_utf8(to, 0xFFFD);
		bytes += good + 1;
		length -= good + 1;
	}
}

/* Makes each document due whose program read this path, or did not find some file. */
static void touch_readers(struct workspace *workspace, const char *path)
{
	for (struct document *document = workspace->documents; document; document = document->next) {
		bool is_touched = document->lacks_files;
		for (size_t i = 0; i < document->inputs.count && !is_touched; i++)
			is_touched = strcmp(document->inputs.items[i], path) == 0;
		if (is_touched)
			set_due(workspace, document);
	}
}

struct document *workspace_open(struct workspace *workspace, const char *uri, int version, const char *text, size_t length)
{
	struct document *document = workspace_find(workspace, uri);
	drop_visited(workspace);
	if (!document) {
		struct text path = {0};
		document = calloc(1, sizeof *document);
		if (!document)
			arena_exhausted();
		document->uri = copy_string(uri);
		document->path = uri_to_path(&path, uri) ? clean_path(path.bytes) : copy_string(uri);
		document->next = workspace->documents;
		workspace->documents = document;
		text_free(&path);
	}
	drop_snapshot(workspace, document);
	document->version = version;
	document->text.length = 0;
	text_puts(&document->text, "");
	add_utf8(&document->text, text, length);
	set_due(workspace, document);
	touch_readers(workspace, document->path);
	return document;
}

void workspace_edit(struct workspace *workspace, struct document *document, struct span span, const char *text, size_t length)
{
	struct text *all = &document->text, rest = {0};
	drop_visited(workspace);
	set_due(workspace, document);
	if (span.start > all->length)
		span.start = (uint32_t)all->length;
	if (span.end > all->length)
		span.end = (uint32_t)all->length;
	if (span.end < span.start)
		span.end = span.start;
	text_add(&rest, text_string(all) + span.end, all->length - span.end);
	all->length = span.start;
	add_utf8(all, text, length);
	text_add(all, text_string(&rest), rest.length);
	text_free(&rest);
	touch_readers(workspace, document->path);
}

void workspace_close(struct workspace *workspace, struct document *document)
{
	struct document **at = &workspace->documents;
	while (*at != document)
		at = &(*at)->next;
	*at = document->next;
	drop_visited(workspace);
	drop_snapshot(workspace, document);
	touch_readers(workspace, document->path);
	free_document(document);
}

void workspace_touch(struct workspace *workspace, const char *path)
{
	char *clean = clean_path(path);
	drop_visited(workspace);
	touch_readers(workspace, clean);
	free(clean);
}

void workspace_touch_all(struct workspace *workspace)
{
	drop_visited(workspace);
	for (struct document *document = workspace->documents; document; document = document->next)
		set_due(workspace, document);
}

/* --- programs --- */

/* Builds the world, or rebuilds it when it has grown beyond its limit. All snapshots are dropped first, because they point into it. */
static void ensure_world(struct workspace *workspace)
{
	if (workspace->world_limit && workspace->world.names.bytes < workspace->world_limit)
		return;
	for (struct document *document = workspace->documents; document; document = document->next)
		drop_snapshot(workspace, document);
	drop_visited(workspace);
	arena_free(&workspace->world_arena);
	world_load(&workspace->world, &workspace->world_arena);
	workspace->world_limit = 0;
}

/* Drops the least recently used snapshot if the limit is reached. */
static void make_room(struct workspace *workspace)
{
	struct document *oldest = NULL;
	for (struct document *document = workspace->documents; document; document = document->next)
		if (document->snapshot && (!oldest || document->used < oldest->used))
			oldest = document;
	if (workspace->snapshot_count >= KEPT_SNAPSHOTS)
		drop_snapshot(workspace, oldest);
}

/* Gives the program another list of diagnostics, which is never shown, for evaluations after the compilation. */
static void hide_later_diags(struct snapshot *snapshot)
{
	struct diags *unseen = arena_new(&snapshot->arena, struct diags);
	snapshot->diags = snapshot->program->diags;
	*unseen = (struct diags){.arena = &snapshot->arena, .errors = snapshot->diags->errors};
	snapshot->program->diags = unseen;
}

/* Compiles a text, which must live as long as the snapshot. */
static struct snapshot *make_snapshot(struct workspace *workspace, const char *path, const char *text, size_t length)
{
	ensure_world(workspace);
	struct snapshot *snapshot = calloc(1, sizeof *snapshot);
	if (!snapshot)
		arena_exhausted();
	analyze_find_config(&snapshot->lint, workspace->lint_config, path, &workspace->failures);
	const char *name = arena_copy(&snapshot->arena, path, strlen(path));
	const struct source_file *file = source_new(&snapshot->arena, name, text, length);
	snapshot->program = analyze_program(&snapshot->arena, &workspace->world, &workspace->options, &snapshot->lint, file);
	hide_later_diags(snapshot);
	if (!workspace->world_limit) /* the limit allows for the words of the first program: a rebuild would add them again */
		workspace->world_limit = workspace->world.names.bytes * 2 + WORLD_SLACK;
	return snapshot;
}

static bool is_about_files(enum diag_code code)
{
	return code == SP2050 || (code > SP2063 && code <= SP2079 && code != SP2070);
}

/* Records which files a program read, for workspace_touch. */
static void note_inputs(struct document *document, const struct snapshot *snapshot)
{
	const struct program *program = snapshot->program;
	struct arena *arena = &document->inputs_arena;
	arena_free(arena);
	document->inputs.items = NULL;
	document->inputs.count = document->inputs.room = 0;
	document->lacks_files = false;
	for (size_t i = 0; i < program->inputs.count; i++) {
		char *clean = clean_path(program->inputs.items[i]->text);
		vec_push(arena, &document->inputs, arena_copy(arena, clean, strlen(clean)));
		free(clean);
	}
	for (const struct diag *diag = snapshot->diags->first; diag; diag = diag->next)
		document->lacks_files |= is_about_files(diag->code);
}

const struct snapshot *workspace_snapshot(struct workspace *workspace, struct document *document)
{
	if (!document->snapshot) {
		make_room(workspace);
		document->snapshot = make_snapshot(workspace, document->path, text_string(&document->text), document->text.length);
		workspace->snapshot_count++;
		note_inputs(document, document->snapshot);
	}
	document->used = ++workspace->clock;
	return document->snapshot;
}

const struct snapshot *workspace_snapshot_at(struct workspace *workspace, const char *path)
{
	struct document *document = workspace_find_path(workspace, path);
	if (document)
		return workspace_snapshot(workspace, document);
	struct text text = {0};
	drop_visited(workspace);
	if (!file_read(path, SOURCE_MAX_BYTES, &text))
		return NULL;
	workspace->visited = make_snapshot(workspace, path, text.bytes, text.length);
	workspace->visited->text = text;
	return workspace->visited;
}

bool workspace_fix(struct workspace *workspace, struct document *document, struct text *fixed)
{
	const struct snapshot *first = workspace_snapshot(workspace, document);
	if (!fix_apply(fixed, first->diags, first->program->tree->file))
		return false;
	for (int round = 1; round < FIX_ROUNDS; round++) {
		struct text again = {0};
		struct snapshot *snapshot = make_snapshot(workspace, document->path, fixed->bytes, fixed->length);
		bool is_better = fix_apply(&again, snapshot->diags, snapshot->program->tree->file);
		free_snapshot(snapshot);
		if (!is_better)
			break;
		text_free(fixed);
		*fixed = again;
	}
	return true;
}

/* --- files of the folders --- */

struct file_listing {
	struct arena *arena;
	struct path_list *paths;
	unsigned folders; /* listed so far */
};

/* Symbolic links may form a cycle, and a folder may be a whole disk. */
enum { MAX_DEPTH = 32, MAX_FOLDERS = 10000, MAX_FILES = 10000 };

struct listed_folder {
	struct file_listing *listing;
	const char *path;
	unsigned depth;
};

static void list_folder(struct file_listing *listing, const char *path, unsigned depth);

static void visit_name(void *context, const char *name)
{
	const struct listed_folder *folder = context;
	struct file_listing *listing = folder->listing;
	if (*name == '.' || strcmp(name, "node_modules") == 0 || listing->paths->count >= MAX_FILES)
		return;
	const char *path = arena_printf(listing->arena, "%s/%s", strcmp(folder->path, "/") == 0 ? "" : folder->path, name);
	enum path_kind kind = file_reader.kind(file_reader.context, path);
	if (kind == PATH_FILE && ide_has_extension(name, ".pipe"))
		vec_push(listing->arena, listing->paths, path);
	else if (kind == PATH_FOLDER)
		list_folder(listing, path, folder->depth + 1);
}

static void list_folder(struct file_listing *listing, const char *path, unsigned depth)
{
	struct listed_folder folder = {listing, path, depth};
	if (depth < MAX_DEPTH && listing->folders++ < MAX_FOLDERS)
		file_reader.list(file_reader.context, path, visit_name, &folder);
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void workspace_list_files(struct workspace *workspace, struct arena *arena, struct path_list *paths)
{
	struct file_listing listing = {arena, paths, 0};
	for (size_t i = 0; i < workspace->folder_count; i++)
		list_folder(&listing, workspace->folders[i], 0);
	for (const struct document *document = workspace->documents; document; document = document->next)
		vec_push(arena, paths, arena_copy(arena, document->path, strlen(document->path)));
	if (!paths->count)
		return;
	qsort(paths->items, paths->count, sizeof *paths->items, compare_paths);
	size_t kept = 0;
	for (size_t i = 0; i < paths->count; i++)
		if (!kept || strcmp(paths->items[kept - 1], paths->items[i]) != 0)
			paths->items[kept++] = paths->items[i];
	paths->count = kept;
}
