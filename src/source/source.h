/* Source files: their text, their lines, and where a byte stands.
 *
 * A source_file is immutable once made. Positions are byte offsets; a span is half open. Line and column
 * numbers are made only for people, and start at 1. This module never opens a file: text is handed to it. */
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
	const char *name;      /* as the user wrote it; `<stdin>`, or a path below `stdlib/` for built-in text */
	const char *text;      /* NUL-terminated */
	uint32_t length;
	const uint32_t *lines; /* offset of each line's first byte; made by source_lines when first asked for */
	uint32_t line_count;
	uint32_t lines_before; /* of a part of a file; counted when `lines` is made */
	const char *whole;     /* the text of which this one is a part, or NULL */
	const char *part;      /* where in it */
	struct arena *arena;
};

struct place {
	uint32_t line, column; /* from 1, in the whole file; the column counts code points */
};

/* Files larger than this are refused before they are lexed. */
#define SOURCE_MAX_BYTES (256u * 1024 * 1024)

/* A file with this text, which is not copied and must live as long as `arena`; nor is the name. */
struct source_file *source_new(struct arena *arena, const char *name, const char *text, size_t length);

/* A part of a file, as a file whose lines are numbered as in the whole. `whole` is NUL-terminated; it and the name must
 * live as long as `arena`, in which the part is copied. */
struct source_file *source_part(struct arena *arena, const char *name, const char *whole, const char *part, size_t length);

/* The same file in another arena. */
struct source_file *source_copy(struct arena *arena, const struct source_file *file);

/* Where an offset stands. An offset at or behind the end is the place behind the last byte. */
struct place source_place(const struct source_file *file, uint32_t offset);

/* The line of an offset, counted from 0 and without its columns, of which there may be many. */
uint32_t source_line_index(const struct source_file *file, uint32_t offset);

/* The offset of the first byte of the line that an offset is in. */
uint32_t source_line_start(const struct source_file *file, uint32_t offset);

/* The offset of the `\n` that ends the line that an offset is in, or of the end of the file. */
uint32_t source_line_end(const struct source_file *file, uint32_t offset);

/* The bytes of a line (numbered as in struct place) without its line end; empty for a line that does not exist. */
struct span source_line(const struct source_file *file, uint32_t line);

static inline struct span span_of(uint32_t start, uint32_t end)
{
	return (struct span){start, end};
}

#endif
