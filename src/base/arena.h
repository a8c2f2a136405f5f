/* Region allocation: zeroed memory that is released all at once.
 *
 * Nothing in an arena is freed individually, so nothing in an arena may own a heap handle (a FILE, a cJSON tree, a
 * malloc block).
 *
 * Every function that allocates takes its arena as a parameter. There are three lifetimes: `world` (the standard
 * library's words and types, which normally live as long as the process), `program` (one compilation) and `scratch`
 * (one function, which takes a mark with arena_mark and returns to it with arena_rewind).
 *
 * Nothing here prints, except that running out of memory ends the process with status 70. */
#ifndef SP_ARENA_H
#define SP_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_chunk;

/* Zero-initialize to get an empty arena. */
struct arena {
	struct arena_chunk *chunk; /* the chunk being filled; it links to the older ones */
	char *at, *end;            /* the free space in it */
};

/* A point to rewind to. */
struct arena_mark {
	struct arena_chunk *chunk;
	char *at;
};

/* Allocates `size` zeroed bytes, aligned for any type. Never NULL. They live until the arena is freed or rewound past
 * them. */
void *arena_alloc(struct arena *arena, size_t size);

/* Copies `length` bytes and appends a NUL. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Releases all memory; the arena is then empty and can be used again. */
void arena_free(struct arena *arena);

/* Allocates one zeroed object, or `n` of them. */
#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

/* Reports that memory ran out and ends the process with status 70. */
void arena_exhausted(void) __attribute__((noreturn));

#endif
