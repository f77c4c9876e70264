/*
 * textmaps.c - see textmaps.h
 *
 * A second map may show only late: two programs whose addresses do not overlap show it by their
 * stacks, which come last.  It began where the order of the addresses last turned, and its regions
 * move to the new map.  Most texts rise, and turn where they fall; one that mostly falls turns
 * where it rises.
 */
#include "textmaps.h"

#include "textform.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/smaps.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* The progress of a record, where none has ended yet; SIZE_MAX is that of one with flags. */
static const size_t NO_RECORD = SIZE_MAX - 1;

static const char *const once_names[TEXT_ONCE] = { "[stack]", "[vdso]", "[vsyscall]" };

/* ---- the addresses so far ---- */

/** struct span - the addresses of the region with this index */
struct span {
	uint64_t start, end;
	size_t index;
};

/* Overlapping spans are equal: no two in the tree overlap. */
static int compare_spans(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->end <= y->start ? -1 : x->start >= y->end;
}

static void add_span(struct textmaps *t, size_t index)
{
	const struct vmv_region *r = &t->map->regions[index];
	struct span *span = vmv_calloc(1, sizeof(*span));
	struct span **at;

	*span = (struct span){ r->start, r->end, index };
	at = tsearch(span, &t->spans, compare_spans);
	if (at && *at != span)
		free(span);
	if (!at)
		vmv_no_memory();
}

static void drop_spans(struct textmaps *t)
{
	tdestroy(t->spans, free);
	t->spans = NULL;
}

/* The index of an earlier region that the last one overlaps, or its own.  While addresses only
 * rise, none can overlap, and no tree is needed. */
static size_t find_overlap(struct textmaps *t)
{
	size_t last = t->map->nregions - 1;
	const struct vmv_region *r = &t->map->regions[last];
	struct span key = { r->start, r->end, last }, **found;

	if (r->start >= t->highest && !t->spans)
		return last;
	if (!t->spans)
		for (size_t i = 0; i < last; i++)
			add_span(t, i);
	found = tfind(&key, &t->spans, compare_spans);
	if (found)
		return (*found)->index;
	add_span(t, last);
	return last;
}

/* ---- turns ---- */

static bool falls(const struct textmaps *t)
{
	return t->falls > t->rises;
}

/* 0 if the order never turned: then an overlap is not a new map, if addresses rise. */
static size_t last_turn(const struct textmaps *t)
{
	if (!falls(t))
		return t->last_fall;
	return t->last_rise ? t->last_rise : t->map->nregions - 1;
}

static void note_order(struct textmaps *t, size_t index)
{
	const struct vmv_region *r = &t->map->regions[index];

	if (index && r->end > r[-1].end) {
		t->rises++;
		t->last_rise = index;
	} else if (index) {
		t->falls++;
		t->last_fall = index;
	}
	t->unordered |= index && r->start < t->highest;
}

static void note_highest(struct textmaps *t, size_t index)
{
	if (t->map->regions[index].end > t->highest)
		t->highest = t->map->regions[index].end;
}

/* The earlier region with the name of the last one, if that comes only once; SIZE_MAX if none.  An
 * adjacent region with that name is a part of the same. */
static size_t find_twin(struct textmaps *t, size_t index)
{
	const struct vmv_region *r = &t->map->regions[index];
	size_t twin = SIZE_MAX;

	for (size_t i = 0; *r->name == '[' && i < TEXT_ONCE; i++) {
		const struct vmv_region *first = t->map->regions;

		if (strcmp(r->name, once_names[i]) != 0)
			continue;
		if (t->once[i] != SIZE_MAX) {
			first += t->once[i];
			if (first->end != r->start && r->end != first->start)
				twin = t->once[i];
		}
		t->once[i] = index;
	}
	return twin;
}

/* ---- where the next map begins ---- */

static void forget(struct textmaps *t)
{
	drop_spans(t);
	t->highest = 0;
	t->rises = t->falls = t->last_rise = t->last_fall = 0;
	t->unordered = t->records_differ = false;
	t->progress = NO_RECORD;
	for (size_t i = 0; i < TEXT_ONCE; i++)
		t->once[i] = SIZE_MAX;
}

static bool has_counters(const struct vmv_map *map)
{
	for (size_t i = 0; i < map->nregions * map->stride && map->nfields; i++)
		if (map->counters[i] != VMV_UNKNOWN)
			return true;
	return false;
}

/* Move the regions from @index on to the next map. */
static void turn_page(struct textmaps *t, size_t index)
{
	struct vmv_map *map = t->map;
	uint64_t *stack = &map->process.stack_start;
	bool has_stack = false;

	if (t->number == t->which) {
		vmv_map_keep(map, 0, index);
		t->done = true;
		return;
	}
	vmv_map_keep(map, index, map->nregions - index);
	t->number++;
	forget(t);
	if (!has_counters(map))
		vmv_smaps_forget(t->parser);
	for (size_t i = 0; i < map->nregions; i++) {
		note_order(t, i);
		note_highest(t, i);
		find_twin(t, i);
		has_stack |= map->regions[i].start == *stack;
	}
	*stack = has_stack ? *stack : VMV_UNKNOWN;
	vmv_smaps_moved(t->parser);
}

/* Does the region just added, or do those since the last turn, belong to the next map? */
static void look_for_end(struct textmaps *t)
{
	size_t last = t->map->nregions - 1, overlap = find_overlap(t), twin, turn;

	note_order(t, last);
	turn = last_turn(t);
	twin = find_twin(t, last);
	if (twin != SIZE_MAX && turn <= twin)
		turn_page(t, last);
	else if (twin != SIZE_MAX || overlap < turn)
		turn_page(t, turn);
}

/* "00400000-7ffd3a1e1000 ---p 00000000 00:00 0 [rollup]" has the sums of all regions. */
static bool is_rollup(const struct textrow *row)
{
	return row->len == 8 && !memcmp(row->name, "[rollup]", 8);
}

/* ---- records ---- */

static void end_record(struct textmaps *t)
{
	size_t progress = vmv_smaps_progress(t->parser);

	if (!t->map->nregions)
		return;
	if (t->progress == NO_RECORD)
		t->progress = progress;
	t->records_differ |= t->progress != progress;
}

bool textmaps_is_first(const struct textmaps *t)
{
	return t->progress == NO_RECORD && vmv_smaps_progress(t->parser) != SIZE_MAX;
}

bool textmaps_is_cut(const struct textmaps *t)
{
	size_t progress = vmv_smaps_progress(t->parser);

	return !t->done && t->map->nregions > 1 && t->progress != NO_RECORD && !t->records_differ &&
	       progress < t->progress;
}

/* ---- public ---- */

void textmaps_begin(struct textmaps *t, struct vmv_map *map, unsigned long which)
{
	*t = (struct textmaps){ .map = map, .which = which };
	t->parser = vmv_smaps_new(map);
	forget(t);
}

static void set_counters(struct vmv_map *map, const struct textrow *row)
{
	for (size_t i = 0; i < row->ncounters; i++) {
		const struct textcounter *c = &row->counters[i];
		size_t field;

		if (!vmv_map_wants(map, c->name, c->len) || !vmv_may_be_field(c->name, c->len))
			continue;
		field = vmv_map_field(map, c->name, c->len, c->bytes);
		if (field != SIZE_MAX)
			vmv_map_set(map, field, c->value);
	}
}

void textmaps_add(struct textmaps *t, const struct textrow *row)
{
	struct vmv_region region = row->region, *r;

	end_record(t);
	if (!t->number)
		t->number = 1;
	else if ((t->heading || is_rollup(row)) && t->map->nregions)
		turn_page(t, t->map->nregions);
	t->heading = is_rollup(row);
	if (t->done)
		return;
	vmv_smaps_header(t->parser, &region, row->name, row->len);
	r = &t->map->regions[t->map->nregions - 1];
	if (row->by_name)
		vmv_file_by_name(r);
	if (row->flags && vmv_may_be_flags(row->flags, row->flags_len))
		r->flags = vmv_map_intern(t->map, row->flags, row->flags_len);
	if (row->stack)
		t->map->process.stack_start = r->start;
	set_counters(t->map, row);
	look_for_end(t);
	if (!t->done)
		note_highest(t, t->map->nregions - 1);
}

void textmaps_end(struct textmaps *t)
{
	struct vmv_map *map = t->map;

	if (t->unordered)
		vmv_map_sort(map);
	if (map->nregions != 1 || strcmp(map->regions->name, "[rollup]") != 0)
		return;
	map->rollup = true;
	map->regions->start = map->regions->end = 0;
	map->regions->perms = VMV_PERMS_UNKNOWN;
}

void textmaps_free(struct textmaps *t)
{
	drop_spans(t);
	vmv_smaps_free(t->parser);
}
