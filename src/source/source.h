/* Source files: their text, their lines, and the line and column of an offset.
 *
 * A source_file does not change once it is made. Positions are byte offsets, and a span excludes its end. Line and
 * column numbers exist only for display and start at 1. This module opens no file: the caller provides the text. */
#ifndef SP_SOURCE_H
#define SP_SOURCE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	uint32_t start, end;
};

struct source_file {
	const char *name;      /* as the user wrote it; `<stdin>`; or a path below `stdlib/` for embedded text */
	const char *text;      /* NUL-terminated */
	uint32_t length;
	const uint32_t *lines; /* offset of the first byte of each line; computed when first needed */
	uint32_t line_count;
	uint32_t lines_before; /* lines of the whole file before this part; computed with `lines` */
	const char *whole;     /* the text that this one is a part of, or NULL */
	const char *part;      /* where it starts in `whole` */
	struct arena *arena;
};

struct place {
	uint32_t line, column; /* from 1, in the whole file; the column counts code points */
};

/* Larger files are rejected before they are lexed. */
#define SOURCE_MAX_BYTES (256u * 1024 * 1024)

/* Makes a file. The name and the text are not copied and must live as long as `arena`. */
struct source_file *source_new(struct arena *arena, const char *name, const char *text, size_t length);

/* Makes a file from a part of a text; its lines are numbered as in the whole. `whole` is NUL-terminated. `whole` and
 * the name must live as long as `arena`; the part is copied to it. */
struct source_file *source_part(struct arena *arena, const char *name, const char *whole, const char *part, size_t length);

/* Copies a file, its name and its text to another arena. */
struct source_file *source_copy(struct arena *arena, const struct source_file *file);

/* The line and column of an offset. An offset beyond the end counts as the end. */
struct place source_place(const struct source_file *file, uint32_t offset);

/* The index in `lines` of the line of an offset. On long lines faster than source_place, which also counts columns. */
uint32_t source_line_index(const struct source_file *file, uint32_t offset);

/* The offset of the first byte of the line that an offset is in. */
uint32_t source_line_start(const struct source_file *file, uint32_t offset);

/* The offset of the `\n` that ends the line that an offset is in, or of the end of the file. */
uint32_t source_line_end(const struct source_file *file, uint32_t offset);

/* The span of a line, numbered as in struct place, without its line end. Empty if there is no such line. */
struct span source_line(const struct source_file *file, uint32_t line);

static inline struct span span_of(uint32_t start, uint32_t end)
{
	return (struct span){start, end};
}

#endif
