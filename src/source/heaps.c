/*
 * heaps.c - see heaps.h
 *
 * A heap begins with a struct heap_info (malloc/arena.c of glibc): the arena it belongs to, the
 * heap before it, how much is in use, how much could be without asking the kernel.  The arena
 * itself follows in the first of its heaps.
 */
#include "heaps.h"

#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <fcntl.h>
#include <unistd.h>

enum { PAGE = 4096 };

/** struct looker - the map, and how its memory is read */
struct looker {
	struct vmv_map *map;
	bool (*read)(void *data, uint64_t at, uint64_t *words);
	void *data;
};

/* Is @at behind the heap_info at the start of a heap, which had four words, then six? */
static bool is_first_arena(uint64_t start, uint64_t at)
{
	return at >= start + 0x20 && at <= start + 0x40 && at % 16 == 0;
}

static bool is_heap(const struct looker *l, uint64_t start, const uint64_t *words)
{
	uint64_t arena = words[0], before = words[1], used = words[2], open = words[3];
	uint64_t first[HEAPS_WORDS], first_at = arena - arena % VMV_HEAP_MAX;

	if (!used || used > open || open > VMV_HEAP_MAX || used % PAGE || open % PAGE ||
	    !is_first_arena(first_at, arena) || before % VMV_HEAP_MAX)
		return false;
	if (first_at == start)
		return !before;
	return before && vmv_map_at(l->map, first_at) && l->read(l->data, first_at, first) &&
	       first[0] == arena;
}

static void look_at(const struct looker *l, uint64_t start)
{
	struct vmv_map *map = l->map;
	uint64_t words[HEAPS_WORDS];

	if (!l->read(l->data, start, words))
		return;
	map->heaps = vmv_grow(map->heaps, map->nheaps, &map->heaps_room, sizeof(*map->heaps));
	map->heaps[map->nheaps++] = (struct vmv_heap){ start, is_heap(l, start, words) };
}

void heaps_find(struct vmv_map *map, bool (*read)(void *data, uint64_t at, uint64_t *words),
		void *data)
{
	const struct looker l = { map, read, data };

	for (size_t i = 0; i < map->nregions; i++)
		if (vmv_may_be_heap(&map->regions[i]))
			look_at(&l, map->regions[i].start);
}

/** struct live_memory - files of a process */
struct live_memory {
	int mem, pagemap;
};

/* Looking must not make the process grow, nor wait for a page. */
static bool is_present(int pagemap, uint64_t at)
{
	uint64_t entry = 0, page = (uint64_t)sysconf(_SC_PAGESIZE);
	const uint64_t present = UINT64_C(1) << 63;

	return pread(pagemap, &entry, sizeof(entry), (off_t)(at / page * sizeof(entry))) ==
		       (ssize_t)sizeof(entry) &&
	       entry & present;
}

static bool read_live(void *data, uint64_t at, uint64_t *words)
{
	const struct live_memory *m = data;
	const ssize_t size = HEAPS_WORDS * (ssize_t)sizeof(*words);

	return is_present(m->pagemap, at) && pread(m->mem, words, (size_t)size, (off_t)at) == size;
}

void heaps_find_live(int dir, struct vmv_map *map)
{
	struct live_memory m = {
		.mem = openat(dir, "mem", O_RDONLY | O_CLOEXEC),
		.pagemap = openat(dir, "pagemap", O_RDONLY | O_CLOEXEC),
	};

	if (m.mem >= 0 && m.pagemap >= 0)
		heaps_find(map, read_live, &m);
	if (m.mem >= 0)
		close(m.mem);
	if (m.pagemap >= 0)
		close(m.pagemap);
}
