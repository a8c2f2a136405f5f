/* Growing arrays in an arena.
 *
 *     struct token_vec { struct token *items; size_t count, room; };
 *     vec_push(arena, &tokens, token);
 *
 * `room` is the capacity, which never shrinks. When an array grows, the old copy stays in the arena, so at most twice
 * the memory is used. Access items by index: a pointer into `items` is invalid after the next push. */
#ifndef SP_VEC_H
#define SP_VEC_H

#include "base/arena.h"

#include <string.h>

#define VEC(type)                                                                                  \
	struct {                                                                                   \
		type *items;                                                                       \
		size_t count, room;                                                                \
	}

#define vec_push(arena, vec, item)                                                                 \
	do {                                                                                       \
		if ((vec)->count == (vec)->room)                                                   \
			(vec)->items = vec_grow((arena), (vec)->items, &(vec)->room,               \
			                        sizeof *(vec)->items);                             \
		(vec)->items[(vec)->count++] = (item);                                             \
	} while (0)

static inline void *vec_grow(struct arena *arena, const void *old, size_t *room, size_t size)
{
	size_t more = *room ? *room * 2 : 8;
	void *items = arena_alloc(arena, more * size);
	if (old)
		memcpy(items, old, *room * size);
	*room = more;
	return items;
}

#endif
