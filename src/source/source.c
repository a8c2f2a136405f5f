#include "source/source.h"

#include "base/utf8.h"
#include "base/vec.h"

struct source_file *source_new(struct arena *arena, const char *name, const char *text, size_t length)
{
	struct source_file *file = arena_new(arena, struct source_file);
	file->name = name;
	file->text = text;
	file->length = (uint32_t)length;
	file->arena = arena;
	return file;
}

struct source_file *source_part(struct arena *arena, const char *name, const char *whole, const char *part, size_t length)
{
	struct source_file *file = source_new(arena, name, arena_copy(arena, part, length), length);
	file->whole = whole;
	file->part = part;
	return file;
}

static uint32_t count_lines(const char *at, const char *end)
{
	uint32_t count = 0;
	while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
		at++;
		count++;
	}
	return count;
}

/* Lines are mapped on demand: a program without diagnostics needs no map. */
static void map_lines(const struct source_file *file)
{
	if (file->lines)
		return;
	VEC(uint32_t) lines = {0};
	vec_push(file->arena, &lines, 0);
	for (const char *at = file->text, *end = at + file->length;
	     (at = memchr(at, '\n', (size_t)(end - at)));)
		vec_push(file->arena, &lines, (uint32_t)(++at - file->text));
	struct source_file *cache = (struct source_file *)file;
	cache->lines = lines.items;
	cache->line_count = (uint32_t)lines.count;
	if (file->whole)
		cache->lines_before = count_lines(file->whole, file->part);
}

struct source_file *source_copy(struct arena *arena, const struct source_file *file)
{
	map_lines(file);
	struct source_file *copy = source_new(arena, arena_copy(arena, file->name, strlen(file->name)),
	                                      arena_copy(arena, file->text, file->length), file->length);
	copy->lines_before = file->lines_before;
	return copy;
}

uint32_t source_line_index(const struct source_file *file, uint32_t offset)
{
	map_lines(file);
	uint32_t low = 0, high = file->line_count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (file->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

uint32_t source_line_start(const struct source_file *file, uint32_t offset)
{
	while (offset > 0 && file->text[offset - 1] != '\n')
		offset--;
	return offset;
}

uint32_t source_line_end(const struct source_file *file, uint32_t offset)
{
	while (offset < file->length && file->text[offset] != '\n')
		offset++;
	return offset;
}

struct place source_place(const struct source_file *file, uint32_t offset)
{
	map_lines(file);
	if (offset > file->length)
		offset = file->length;
	uint32_t line = source_line_index(file, offset), start = file->lines[line];
	uint32_t column = 1 + (uint32_t)utf8_count(file->text + start, offset - start);
	return (struct place){file->lines_before + line + 1, column};
}

struct span source_line(const struct source_file *file, uint32_t line)
{
	map_lines(file);
	if (line <= file->lines_before || line - file->lines_before > file->line_count)
		return span_of(file->length, file->length);
	line -= file->lines_before;
	uint32_t start = file->lines[line - 1];
	uint32_t end = line < file->line_count ? file->lines[line] - 1 : file->length;
	if (end > start && file->text[end - 1] == '\r')
		end--;
	return span_of(start, end);
}
