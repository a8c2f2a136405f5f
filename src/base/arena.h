/* Region allocation.
 *
 * An arena hands out zeroed memory that is released all at once. Nothing in an arena is freed singly
 * and nothing in it may own a heap handle (a FILE, a cJSON tree, a malloc block).
 *
 * There are three lifetimes, and every function that allocates takes its arena as a parameter:
 * `world` (the process: the standard library's words and types), `program` (one compilation) and
 * `scratch` (one function; taken back with arena_mark and arena_rewind).
 *
 * This module never prints, except that running out of memory ends the process with status 70. */
#ifndef SP_ARENA_H
#define SP_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_chunk;

/* Zero-initialise to get an empty arena. */
struct arena {
	struct arena_chunk *chunk; /* the chunk being filled; older ones hang behind it */
	char *at, *end;            /* free room in it */
};

/* A point to rewind to. */
struct arena_mark {
	struct arena_chunk *chunk;
	char *at;
};

/* Zeroed memory for `size` bytes, aligned for any type. Never NULL. Lives until the arena is freed or
 * rewound past it. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of `length` bytes with a NUL behind them. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Releases everything; the arena is empty again and may be used. */
void arena_free(struct arena *arena);

/* One zeroed object, or `n` of them. */
#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

/* Ends the process with status 70: the only place where memory that is not there is reported. */
void arena_exhausted(void) __attribute__((noreturn));

#endif
