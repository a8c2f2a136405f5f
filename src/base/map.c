#include "base/map.h"

static struct map_slot *find(const struct map *map, const struct word *key)
{
	size_t at = key->hash & (map->room - 1);
	while (map->slots[at].key && map->slots[at].key != key)
		at = (at + 1) & (map->room - 1);
	return &map->slots[at];
}

void *map_get(const struct map *map, const struct word *key)
{
	return map->room ? find(map, key)->value : NULL;
}

static void grow(struct arena *arena, struct map *map)
{
	const struct map old = *map;
	map->room = old.room ? old.room * 2 : 64;
	map->slots = arena_array(arena, struct map_slot, map->room);
	for (size_t i = 0; i < old.room; i++)
		if (old.slots[i].key)
			*find(map, old.slots[i].key) = old.slots[i];
}

void map_put(struct arena *arena, struct map *map, const struct word *key, void *value)
{
	if (map->count * 2 >= map->room)
		grow(arena, map);
	struct map_slot *slot = find(map, key);
	map->count += !slot->key;
	*slot = (struct map_slot){key, value};
}
