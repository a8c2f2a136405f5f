/* A hash map from words to pointers. It grows in the arena it is given. Its order is never visible. */
#ifndef SP_MAP_H
#define SP_MAP_H

#include "base/names.h"

struct map_slot {
	const struct word *key;
	void *value;
};

/* Zero-initialize to get an empty map. */
struct map {
	struct map_slot *slots;
	size_t count, room;
};

/* The value of a key, or NULL. */
void *map_get(const struct map *map, const struct word *key);

/* Sets the value of a key. */
void map_put(struct arena *arena, struct map *map, const struct word *key, void *value);

#endif
