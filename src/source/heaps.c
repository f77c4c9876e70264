/*
 * heaps.c - see heaps.h
 *
 * A heap begins with a struct heap_info (malloc/arena.c of glibc): the arena it belongs to, the
 * heap before it, its size in use, and the size that is already accessible.  In the first heap of
 * an arena, the arena itself follows.
 */
#include "heaps.h"

#include "apart.h"
#include "corememory.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/page.h"

#include <stdlib.h>
#include <string.h>

enum { HEAPS_WORDS = 4 };

/** struct heap_start - the first words of a possible heap; @read: they are known */
struct heap_start {
	uint64_t start, words[HEAPS_WORDS];
	bool read;
};

/* Make *@list, to be freed, of possible heaps, with their start; how many. */
static size_t list_heaps(const struct vmv_map *map, struct heap_start **list)
{
	size_t n = 0, room = 0;

	*list = NULL;
	for (size_t i = 0; i < map->nregions; i++) {
		if (!vmv_may_be_heap(&map->regions[i]))
			continue;
		*list = vmv_grow(*list, n, &room, sizeof(**list));
		(*list)[n++] = (struct heap_start){ .start = map->regions[i].start };
	}
	return n;
}

static int compare(const void *a, const void *b)
{
	const struct heap_start *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* Is @at right after the heap_info at the start of a heap?  It had four words, later six. */
static bool is_behind_info(uint64_t start, uint64_t at)
{
	return at >= start + 0x20 && at <= start + 0x40 && at % 16 == 0;
}

/* Does the arena begin in the heap at @start?  The kernel may have merged a full heap with the one
 * below, so that it is not a region of its own. */
static bool has_arena(const struct vmv_map *map, const struct heap_start *list, size_t n,
		      uint64_t start, uint64_t arena)
{
	const struct heap_start key = { .start = start };
	const struct heap_start *first = bsearch(&key, list, n, sizeof(key), compare);
	const struct vmv_region *r = vmv_map_at(map, start);

	if (first && first->read)
		return first->words[0] == arena;
	return r && vmv_is_anon(r) && r->perms & VMV_WRITE;
}

static bool is_heap(const struct vmv_map *map, const struct heap_start *list, size_t n,
		    const struct heap_start *heap)
{
	const uint64_t *words = heap->words;
	uint64_t arena = words[0], before = words[1], used = words[2], open = words[3];
	uint64_t first = arena - arena % VMV_HEAP_MAX;

	if (!used || used > open || open > VMV_HEAP_MAX || used % VMV_SMALLEST_PAGE ||
	    open % VMV_SMALLEST_PAGE || !is_behind_info(first, arena) || before % VMV_HEAP_MAX)
		return false;
	if (first == heap->start)
		return !before;
	return before && has_arena(map, list, n, first, arena);
}

/* Fill map->heaps from the words of each. */
static void judge_heaps(struct vmv_map *map, const struct heap_start *list, size_t n)
{
	free(map->heaps);
	map->heaps = vmv_calloc(n, sizeof(*map->heaps));
	map->nheaps = 0;
	for (size_t i = 0; i < n; i++)
		if (list[i].read)
			map->heaps[map->nheaps++] = (struct vmv_heap){
				list[i].start,
				is_heap(map, list, n, &list[i]),
			};
}

static void take(void *data, size_t piece, enum vmv_page page, unsigned char *bytes)
{
	struct heap_start *start = (struct heap_start *)data + piece;

	start->read = page == VMV_PAGE_READ;
	if (start->read)
		memcpy(start->words, bytes, sizeof(start->words));
}

void heaps_find_live(int dir, struct vmv_map *map, struct apart *apart)
{
	struct heap_start *list;
	size_t n = list_heaps(map, &list);
	struct vmv_peek *pieces = vmv_calloc(n, sizeof(*pieces));
	const struct apart_job job = {
		.dir = dir, .pieces = pieces, .n = n, .take = take, .data = list
	};

	for (size_t i = 0; i < n; i++)
		pieces[i] = (struct vmv_peek){ .address = list[i].start,
					       .size = sizeof(list[i].words) };
	apart_read(apart, &job);
	judge_heaps(map, list, n);
	free(pieces);
	free(list);
}

void heaps_find_core(struct vmv_map *map, struct corememory *memory)
{
	struct heap_start *list;
	size_t n = list_heaps(map, &list);

	for (size_t i = 0; i < n; i++) {
		unsigned char bytes[sizeof(list->words)];

		list[i].read = corememory_read(memory, list[i].start, bytes, sizeof(bytes));
		for (size_t k = 0; list[i].read && k < HEAPS_WORDS; k++)
			list[i].words[k] = corememory_number(memory, bytes + k * 8, 8);
	}
	if (n) {
		judge_heaps(map, list, n);
		free(list);
	}
}
