/* What changed in the files at a URI: the two manifests have their names and digests. */
#include "diff/diff_parts.h"

#include "base/digest.h"
#include "base/json_tree.h"
#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

enum { MAX_TEXT = 1024 * 1024, MAX_NESTED = 8 };

/* The manifest of one side (emit_manifest). */
struct manifest {
	const cJSON *assets;
	bool has_sources;             /* its source files are on disk as they were */
};

struct file_comparison {
	struct program *program;
	struct manifest old, new;
	struct difference *difference;
};

/* The asset whose URI a text contains, such as a hyperparameter with the URI as JSON text. The longest URI wins; NULL if there is
 * none. */
static const cJSON *find_asset(const struct manifest *manifest, const char *text)
{
	const cJSON *asset, *best = NULL;
	cJSON_ArrayForEach(asset, manifest->assets) {
		const char *uri = json_text(asset, "uri");
		bool is_in = uri && *uri && strstr(text, uri);
		if (is_in && (!best || strlen(uri) > strlen(json_text(best, "uri"))))
			best = asset;
	}
	return best;
}

static const cJSON *files_of(const cJSON *asset)
{
	return cJSON_GetObjectItemCaseSensitive(asset, "files");
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static const cJSON *find_file(const cJSON *asset, const char *name)
{
	const cJSON *file;
	cJSON_ArrayForEach(file, files_of(asset)) {
		const char *other = json_text(file, "name");
		if (other && strcmp(other, name) == 0)
			return file;
	}
	return NULL;
}

static bool has_same_digest(const cJSON *a, const cJSON *b)
{
	const char *first = json_text(a, "digest"), *second = json_text(b, "digest");
	return first && second && strcmp(first, second) == 0;
}

/* --- lines --- */

/* Reads the text of a file of a manifest; false if it is unknown, long or not text. The caller frees it. */
static bool read_text(const struct file_comparison *files, const struct manifest *manifest, const cJSON *file, struct text *text)
{
	const struct reader *reader = files->program->options->reader;
	const char *known = json_text(file, "text"), *source = json_text(file, "source"), *digest = json_text(file, "digest");
	char actual[DIGEST_ROOM];
	*text = (struct text){0};
	if (known)
		text_puts(text, known);
	else if (!source || !digest || !manifest->has_sources || !reader || !reader->read(reader->context, source, MAX_TEXT, text))
		return false;
	digest_bytes(text_string(text), text->length, actual);
	return (known || strcmp(actual, digest) == 0) && text->length <= MAX_TEXT && !memchr(text_string(text), '\0', text->length) &&
	       utf8_find_invalid(text_string(text), text->length) == text->length;
}

static struct diff_lines split_lines(struct arena *arena, const struct text *text)
{
	struct diff_lines lines = {0};
	const char *at = text_string(text), *end = at + text->length;
	while (at < end) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((line_end ? line_end : end) - at);
		vec_push(arena, &lines, arena_copy(arena, at, length));
		at += length + (line_end != NULL);
	}
	return lines;
}

/* A range of lines on both sides. */
struct line_range {
	size_t old_start, old_end, new_start, new_end;
};

/* Notes lines that differ; `old` and `new` follow each other without an equal line between them. */
static void add_hunk(struct file_comparison *files, struct file_change *change, const struct diff_lines *old,
                     const struct diff_lines *new, const struct line_range *range)
{
	struct file_hunk hunk = {.line = range->new_start + 1};
	for (size_t i = range->old_start; i < range->old_end; i++)
		vec_push(files->program->arena, &hunk.old, old->items[i]);
	for (size_t i = range->new_start; i < range->new_end; i++)
		vec_push(files->program->arena, &hunk.new, new->items[i]);
	if (hunk.old.count || hunk.new.count)
		vec_push(files->program->arena, &change->hunks, hunk);
}

/* Notes the differences of a range by its longest common subsequence; `length[i][j]` is that of the lines from i and j on. */
static void compare_range(struct file_comparison *files, struct file_change *change, const struct diff_lines *old,
                          const struct diff_lines *new, const struct line_range *range)
{
	enum { MAX_CELLS = 4 * 1024 * 1024 };
	size_t rows = range->old_end - range->old_start, columns = range->new_end - range->new_start;
	if (!rows || !columns || (rows + 1) > MAX_CELLS / (columns + 1)) {
		add_hunk(files, change, old, new, range);
		return;
	}
	uint32_t *length = calloc((rows + 1) * (columns + 1), sizeof *length);
	if (!length)
		arena_exhausted();
	const char *const *a = old->items + range->old_start, *const *b = new->items + range->new_start;
	size_t width = columns + 1;
	for (size_t i = rows; i-- > 0;)
		for (size_t j = columns; j-- > 0;) {
			uint32_t *cell = &length[i * width + j];
			uint32_t longer = cell[width] > cell[1] ? cell[width] : cell[1];
			*cell = strcmp(a[i], b[j]) == 0 ? cell[width + 1] + 1 : longer;
		}
	struct line_range hunk = {range->old_start, range->old_start, range->new_start, range->new_start};
	for (size_t i = 0, j = 0; i < rows || j < columns;) {
		if (i < rows && j < columns && strcmp(a[i], b[j]) == 0) {
			add_hunk(files, change, old, new, &hunk);
			i++;
			j++;
			hunk = (struct line_range){range->old_start + i, range->old_start + i, range->new_start + j, range->new_start + j};
			continue;
		}
		bool is_old = i < rows && (j == columns || length[(i + 1) * width + j] >= length[i * width + j + 1]);
		i += is_old;
		j += !is_old;
		hunk.old_end += is_old;
		hunk.new_end += !is_old;
	}
	add_hunk(files, change, old, new, &hunk);
	free(length);
}

static void compare_lines(struct file_comparison *files, struct file_change *change, const struct text *old_text,
                          const struct text *new_text)
{
	struct diff_lines old = split_lines(files->program->arena, old_text), new = split_lines(files->program->arena, new_text);
	struct line_range range = {0, old.count, 0, new.count};
	while (range.old_start < range.old_end && range.new_start < range.new_end &&
	       strcmp(old.items[range.old_start], new.items[range.new_start]) == 0) {
		range.old_start++;
		range.new_start++;
	}
	while (range.old_start < range.old_end && range.new_start < range.new_end &&
	       strcmp(old.items[range.old_end - 1], new.items[range.new_end - 1]) == 0) {
		range.old_end--;
		range.new_end--;
	}
	compare_range(files, change, &old, &new, &range);
}

/* --- files --- */

static void add_change(struct file_comparison *files, const char *prefix, const char *name, const cJSON *old, const cJSON *new)
{
	struct arena *arena = files->program->arena;
	struct file_change change = {.change = !old ? DIFF_ADDED : !new ? DIFF_REMOVED : DIFF_CHANGED};
	struct text old_text = {0}, new_text = {0};
	change.name = arena_printf(arena, "%s%s", prefix, name);
	if (old && new && read_text(files, &files->old, old, &old_text) && read_text(files, &files->new, new, &new_text))
		compare_lines(files, &change, &old_text, &new_text);
	text_free(&old_text);
	text_free(&new_text);
	vec_push(arena, &files->difference->files, change);
}

static void compare_folders(struct file_comparison *files, const char *prefix, const cJSON *old, const cJSON *new, int depth);

/* The archive that is a file of another archive, or NULL. */
static const cJSON *inner_archive(const struct manifest *manifest, const cJSON *file)
{
	const char *uri = json_text(file, "made");
	return uri ? find_asset(manifest, uri) : NULL;
}

static void compare_files(struct file_comparison *files, const char *prefix, const char *name, const cJSON *old, const cJSON *new,
                          int depth)
{
	const cJSON *old_inner = inner_archive(&files->old, old), *new_inner = inner_archive(&files->new, new);
	if (old_inner && new_inner && depth < MAX_NESTED)
		compare_folders(files, arena_printf(files->program->arena, "%s%s/", prefix, name), old_inner, new_inner, depth + 1);
	else if (!has_same_digest(old, new))
		add_change(files, prefix, name, old, new);
}

static void compare_folders(struct file_comparison *files, const char *prefix, const cJSON *old, const cJSON *new, int depth)
{
	const cJSON *file;
	cJSON_ArrayForEach(file, files_of(new)) {
		const char *name = json_text(file, "name");
		const cJSON *before = name ? find_file(old, name) : NULL;
		if (before)
			compare_files(files, prefix, name, before, file, depth);
		else if (name)
			add_change(files, prefix, name, NULL, file);
	}
	cJSON_ArrayForEach(file, files_of(old)) {
		const char *name = json_text(file, "name");
		if (name && !find_file(new, name))
			add_change(files, prefix, name, file, NULL);
	}
}

/* Compares the files at the URIs of a difference, if both sides have files there. */
static void compare_difference(struct file_comparison *files)
{
	const struct difference *difference = files->difference;
	bool are_texts = difference->change == DIFF_CHANGED && difference->old && difference->new &&
	                 difference->old->kind == VALUE_STRING && difference->new->kind == VALUE_STRING;
	const cJSON *old = are_texts ? find_asset(&files->old, difference->old->word->text) : NULL;
	const cJSON *new = old ? find_asset(&files->new, difference->new->word->text) : NULL;
	if (!new || has_same_digest(old, new))
		return;
	if (files_of(old) && files_of(new))
		compare_folders(files, "", old, new, 0);
	else if (!files_of(old) && !files_of(new))
		add_change(files, "", last_part(json_text(new, "uri")), old, new);
}

static cJSON *read_manifest(struct manifest *manifest, const char *text)
{
	cJSON *tree = cJSON_Parse(text);
	manifest->assets = cJSON_GetObjectItemCaseSensitive(tree, "assets");
	return tree;
}

bool diff_add_files(struct diff *diff, const struct diff_manifests *manifests)
{
	struct file_comparison files = {.program = diff->program, .new.has_sources = true};
	files.old.has_sources = manifests->has_old_sources;
	cJSON *old = read_manifest(&files.old, manifests->old), *new = read_manifest(&files.new, manifests->new);
	bool is_good = cJSON_IsArray(files.old.assets);
	for (size_t i = 0; i < diff->differences.count && is_good; i++) {
		files.difference = &diff->differences.items[i];
		compare_difference(&files);
	}
	cJSON_Delete(old);
	cJSON_Delete(new);
	return is_good;
}
