#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 32 * 1024, LARGEST_CHUNK = 4 * 1024 * 1024, ALIGNMENT = 16 };

struct arena_chunk {
	struct arena_chunk *older;
	char *end;
	_Alignas(ALIGNMENT) char bytes[];
};

void arena_exhausted(void)
{
	fputs("sagepipec: out of memory\n", stderr);
	exit(70);
}

/* Chunks double in size, so that a small program uses few pages and a large one makes few calls. */
static void grow(struct arena *arena, size_t need)
{
	size_t size = FIRST_CHUNK;
	if (arena->chunk)
		size = (size_t)(arena->chunk->end - arena->chunk->bytes) * 2;
	if (size > LARGEST_CHUNK)
		size = LARGEST_CHUNK;
	if (size < need)
		size = need;
	struct arena_chunk *chunk = calloc(1, sizeof *chunk + size);
	if (!chunk)
		arena_exhausted();
	chunk->older = arena->chunk;
	chunk->end = chunk->bytes + size;
	arena->chunk = chunk;
	arena->at = chunk->bytes;
	arena->end = chunk->end;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX - ALIGNMENT)
		arena_exhausted();
	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if ((size_t)(arena->end - arena->at) < size)
		grow(arena, size);
	void *memory = arena->at;
	arena->at += size;
	return memory;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);
	if (length)
		memcpy(copy, bytes, length);
	return copy;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list args_copy;
	va_copy(args_copy, args);
	int length = vsnprintf(NULL, 0, format, args_copy);
	va_end(args_copy);
	char *text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, args);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){arena->chunk, arena->at};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
	char *used = arena->chunk == mark.chunk ? arena->at : mark.chunk ? mark.chunk->end : NULL;
	while (arena->chunk != mark.chunk) {
		struct arena_chunk *older = arena->chunk->older;
		free(arena->chunk);
		arena->chunk = older;
	}
	if (mark.chunk) {
		/* zero what was allocated after the mark: arena_alloc promises zeroed memory */
		memset(mark.at, 0, (size_t)(used - mark.at));
		arena->at = mark.at;
		arena->end = mark.chunk->end;
	} else {
		arena->at = arena->end = NULL;
	}
}

void arena_free(struct arena *arena)
{
	arena_rewind(arena, (struct arena_mark){NULL, NULL});
}
