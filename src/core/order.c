/* order.c - see map.h: sort regions that did not come in the order of their addresses */
#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <stdlib.h>
#include <string.h>

/** struct place - the sort key of a region: its start, then its age, older ones first */
struct place {
	uint64_t start;
	size_t index;
};

/** struct sorted - regions in order
 *  @from: where each was before, which is also its age; @cut: it lost a part */
struct sorted {
	struct vmv_region *regions;
	size_t n, *from;
	bool *cut;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static struct place *make_places(const struct vmv_map *map)
{
	struct place *places = vmv_calloc(map->nregions, sizeof(*places));

	for (size_t i = 0; i < map->nregions; i++)
		places[i] = (struct place){ map->regions[i].start, i };
	qsort(places, map->nregions, sizeof(*places), compare_places);
	return places;
}

/* Cut the last region off where the newer @r starts. */
static void cut_last(struct sorted *s, const struct vmv_region *r)
{
	struct vmv_region *last = &s->regions[s->n - 1];

	if (last->start == r->start) {
		s->n--;
		return;
	}
	last->end = r->start;
	s->cut[s->n - 1] = true;
}

/* Where two regions overlap, the newer one is right.  No region that is left begins below @next;
 * what is left of @r would have to come after that one. */
static bool put(struct sorted *s, struct vmv_region r, size_t from, uint64_t next)
{
	const struct vmv_region *last = s->n ? &s->regions[s->n - 1] : NULL;
	bool overlaps = last && last->end > r.start, cut = false;

	if (overlaps && from > s->from[s->n - 1]) {
		cut_last(s, &r);
	} else if (overlaps) {
		if (r.end <= last->end || last->end > next)
			return true;
		r.offset += r.inode && r.offset != VMV_UNKNOWN ? last->end - r.start : 0;
		r.start = last->end;
		cut = true;
	}
	s->regions[s->n] = r;
	s->from[s->n] = from;
	s->cut[s->n++] = cut;
	return overlaps;
}

static void move_counters(struct vmv_map *map, const struct sorted *s)
{
	const size_t size = map->stride * sizeof(*map->counters);
	uint64_t *counters = vmv_realloc(NULL, map->regions_room, size);

	for (size_t i = 0; i < s->n; i++) {
		uint64_t *to = counters + i * map->stride;

		if (s->cut[i]) /* they counted the whole region; VMV_UNKNOWN is all ones */
			memset(to, 0xff, size);
		else
			memcpy(to, map->counters + s->from[i] * map->stride, size);
	}
	free(map->counters);
	map->counters = counters;
}

void vmv_map_sort(struct vmv_map *map)
{
	struct place *places = make_places(map);
	struct sorted s = {
		.regions = vmv_calloc(map->regions_room, sizeof(*s.regions)),
		.from = vmv_calloc(map->nregions, sizeof(*s.from)),
		.cut = vmv_calloc(map->nregions, sizeof(*s.cut)),
	};

	for (size_t i = 0; i < map->nregions; i++) {
		uint64_t next = i + 1 < map->nregions ? places[i + 1].start : UINT64_MAX;

		map->changed |= put(&s, map->regions[places[i].index], places[i].index, next);
	}
	if (map->stride)
		move_counters(map, &s);
	free(map->regions);
	map->regions = s.regions;
	map->nregions = s.n;
	free(places);
	free(s.from);
	free(s.cut);
}

void vmv_map_keep(struct vmv_map *map, size_t first, size_t count)
{
	if (first && count) {
		memmove(map->regions, map->regions + first, count * sizeof(*map->regions));
		if (map->stride)
			memmove(map->counters, map->counters + first * map->stride,
				count * map->stride * sizeof(*map->counters));
	}
	map->nregions = count;
	map->has_no_device = false;
	for (size_t i = 0; i < count; i++)
		map->has_no_device |= map->regions[i].inode && !map->regions[i].major;
}
