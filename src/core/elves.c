/*
 * elves.c - the ELF files of a map, found by which file they are (map.h)
 *
 * A hash table with open addressing, of indices: a process may map tens of
 * thousands of files, and each region asks.
 */
#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 64 };

/* The slot that holds the file's index plus one, or the free one where it belongs. */
static size_t *find(const struct vmv_map *map, uint32_t major, uint32_t minor, uint64_t inode)
{
	uint64_t hash = (inode ^ (uint64_t)major << 32 ^ minor) * 0x9e3779b97f4a7c15;
	size_t mask = map->nelf_slots - 1, i = (size_t)(hash >> 32) & mask;

	for (;; i = (i + 1) & mask) {
		size_t *slot = &map->elf_slots[i];
		const struct vmv_elf *elf;

		if (!*slot)
			return slot;
		elf = &map->elves[*slot - 1];
		if (elf->inode == inode && elf->major == major && elf->minor == minor)
			return slot;
	}
}

static void widen(struct vmv_map *map)
{
	free(map->elf_slots);
	map->nelf_slots = map->nelf_slots ? 2 * map->nelf_slots : FIRST_SLOTS;
	map->elf_slots = vmv_calloc(map->nelf_slots, sizeof(*map->elf_slots));
	for (size_t i = 0; i < map->nelves; i++) {
		const struct vmv_elf *elf = &map->elves[i];

		*find(map, elf->major, elf->minor, elf->inode) = i + 1;
	}
}

void vmv_map_add_elf(struct vmv_map *map, const struct vmv_elf *elf)
{
	map->elves = vmv_grow(map->elves, map->nelves, &map->elves_room, sizeof(*map->elves));
	map->elves[map->nelves++] = *elf;
	if (map->nelves > map->nelf_slots / 2)
		widen(map);
	else
		*find(map, elf->major, elf->minor, elf->inode) = map->nelves;
}

const struct vmv_elf *vmv_map_elf(const struct vmv_map *map, const struct vmv_region *r)
{
	size_t place = map->nelves ? *find(map, r->major, r->minor, r->inode) : 0;

	return place ? &map->elves[place - 1] : NULL;
}
