/* diff.c - see diff.h; which regions belong together is decided in match.c */
#include "vmapview/diff.h"

#include "match.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/map.h"
#include "vmapview/units.h"

#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

const char *const vmv_fates[VMV_FATES] = {
	[VMV_SAME_REGION] = "same", [VMV_NEW] = "new",       [VMV_GONE] = "gone",
	[VMV_GROWN] = "grown",      [VMV_SHRUNK] = "shrunk", [VMV_SPLIT] = "split",
	[VMV_MERGED] = "merged",    [VMV_MOVED] = "moved",   [VMV_CHANGED] = "changed",
};

const char *const vmv_measures[VMV_MEASURES] = {
	[VMV_OF_SIZE] = "size", [VMV_OF_RSS] = "rss",   [VMV_OF_PSS] = "pss",
	[VMV_OF_USS] = "uss",   [VMV_OF_SWAP] = "swap",
};

/* ---- amounts ---- */

/* The counters that each measure is the sum of; none for the size. */
static const struct {
	size_t count;
	enum vmv_stat stats[2];
} parts[VMV_MEASURES] = {
	[VMV_OF_RSS] = { 1, { VMV_STAT_RSS } },
	[VMV_OF_PSS] = { 1, { VMV_STAT_PSS } },
	[VMV_OF_USS] = { 2, { VMV_STAT_PRIVATE_CLEAN, VMV_STAT_PRIVATE_DIRTY } },
	[VMV_OF_SWAP] = { 1, { VMV_STAT_SWAP } },
};

static uint64_t measure(const struct vmv_map *map, const struct vmv_region *r,
			enum vmv_measure what)
{
	uint64_t sum = 0;

	if (what == VMV_OF_SIZE)
		return r->end - r->start;
	for (size_t i = 0; i < parts[what].count; i++)
		sum = vmv_sum_known(sum, vmv_map_stat(map, r, parts[what].stats[i]));
	return sum;
}

/* That a map has no region is no reason not to know; that it has no counter is. */
static bool has_measure(const struct vmv_map *map, enum vmv_measure what)
{
	for (size_t i = 0; map->nregions && i < parts[what].count; i++)
		if (map->stats[parts[what].stats[i]] < 0)
			return false;
	return true;
}

bool vmv_delta(const struct vmv_amount *amount, int64_t *by)
{
	uint64_t b = amount->before, a = amount->after;

	*by = 0;
	if (b == VMV_UNKNOWN || a == VMV_UNKNOWN)
		return false;
	if (a >= b)
		*by = a - b > INT64_MAX ? INT64_MAX : (int64_t)(a - b);
	else
		*by = b - a > INT64_MAX ? -INT64_MAX : -(int64_t)(b - a);
	return true;
}

static uint64_t sum_regions(const struct vmv_map *map, const size_t *order, size_t count,
			    enum vmv_measure what)
{
	uint64_t sum = 0;

	if (!has_measure(map, what))
		return VMV_UNKNOWN;
	for (size_t i = 0; i < count; i++) {
		uint64_t value = measure(map, &map->regions[order[i]], what);

		if (value == VMV_UNKNOWN)
			return VMV_UNKNOWN;
		sum = vmv_add(sum, value);
	}
	return sum;
}

static void measure_change(const struct vmv_diff *diff, struct vmv_change *c)
{
	for (enum vmv_measure m = 0; m < VMV_MEASURES; m++) {
		c->amounts[m].before =
			sum_regions(diff->before, diff->order_before + c->before, c->nbefore, m);
		c->amounts[m].after =
			sum_regions(diff->after, diff->order_after + c->after, c->nafter, m);
	}
}

/* ---- kinds ---- */

/* What only the process itself changes; see enum vmv_difference. */
static bool memory_differs(const struct vmv_diff *diff, const struct vmv_region *b,
			   const struct vmv_region *a)
{
	static const enum vmv_stat own[] = { VMV_STAT_RSS, VMV_STAT_ANONYMOUS, VMV_STAT_SWAP,
					     VMV_STAT_PRIVATE_HUGETLB };

	for (size_t i = 0; i < ARRAY_SIZE(own); i++) {
		uint64_t was = vmv_map_stat(diff->before, b, own[i]);
		uint64_t is = vmv_map_stat(diff->after, a, own[i]);

		if (was != is && was != VMV_UNKNOWN && is != VMV_UNKNOWN)
			return true;
	}
	return false;
}

static unsigned differences(const struct vmv_diff *diff, const struct vmv_region *b,
			    const struct vmv_region *a)
{
	unsigned differs = 0;

	if (match_perms_differ(b, a))
		differs |= VMV_DIFFERS_PERMS;
	if (match_names_differ(b, a))
		differs |= VMV_DIFFERS_NAME;
	if (b->flags && a->flags && strcmp(b->flags, a->flags) != 0)
		differs |= VMV_DIFFERS_FLAGS;
	if (memory_differs(diff, b, a))
		differs |= VMV_DIFFERS_MEMORY;
	return differs;
}

static enum vmv_fate fate_of_pair(const struct vmv_diff *diff, const struct vmv_change *c)
{
	const struct vmv_region *b = vmv_change_before(diff, c, 0);
	const struct vmv_region *a = vmv_change_after(diff, c, 0);
	uint64_t was = b->end - b->start, is = a->end - a->start;

	if (was != is)
		return was < is ? VMV_GROWN : VMV_SHRUNK;
	if (b->start != a->start && !diff->rerun)
		return VMV_MOVED;
	return c->differs ? VMV_CHANGED : VMV_SAME_REGION;
}

static void finish_change(const struct vmv_diff *diff, struct vmv_change *c)
{
	measure_change(diff, c);
	if (c->nbefore == 1 && c->nafter == 1)
		c->differs = differences(diff, vmv_change_before(diff, c, 0),
					 vmv_change_after(diff, c, 0));
	if (!c->nbefore)
		c->fate = VMV_NEW;
	else if (!c->nafter)
		c->fate = VMV_GONE;
	else if (c->nbefore != c->nafter)
		c->fate = c->nbefore < c->nafter ? VMV_SPLIT : VMV_MERGED;
	else
		c->fate = fate_of_pair(diff, c);
}

/* ---- from groups to changes ---- */

static int compare_groups(const void *a, const void *b, void *arg)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	const size_t *group = arg;

	if (group[x] != group[y])
		return group[x] < group[y] ? -1 : 1;
	return (x > y) - (x < y);
}

static size_t *sorted_by_group(size_t *group, size_t count)
{
	size_t *order = vmv_calloc(count, sizeof(*order));

	for (size_t i = 0; i < count; i++)
		order[i] = i;
	qsort_r(order, count, sizeof(*order), compare_groups, group);
	return order;
}

static void add_change(struct vmv_diff *diff, const struct vmv_change *change)
{
	struct vmv_change *c = &diff->changes[diff->nchanges++];

	*c = *change;
	finish_change(diff, c);
}

/* As many as before: then each is one of them, in order. */
static void add_group(struct vmv_diff *diff, const struct vmv_change *group)
{
	if (group->nbefore != group->nafter) {
		add_change(diff, group);
		return;
	}
	for (size_t i = 0; i < group->nbefore; i++)
		add_change(diff, &(struct vmv_change){ .before = group->before + i,
						       .nbefore = 1,
						       .after = group->after + i,
						       .nafter = 1 });
}

static void add_groups(struct vmv_diff *diff, const size_t *group_before, const size_t *group_after)
{
	size_t b = 0, a = 0, nb = diff->before->nregions, na = diff->after->nregions;

	while (b < nb || a < na) {
		size_t of_b = b < nb ? group_before[diff->order_before[b]] : SIZE_MAX;
		size_t of_a = a < na ? group_after[diff->order_after[a]] : SIZE_MAX;
		size_t group = of_b < of_a ? of_b : of_a;
		struct vmv_change c = { .before = b, .after = a };

		while (b < nb && group_before[diff->order_before[b]] == group)
			b++;
		while (a < na && group_after[diff->order_after[a]] == group)
			a++;
		c.nbefore = b - c.before;
		c.nafter = a - c.after;
		add_group(diff, &c);
	}
}

/* ---- order ---- */

static int64_t growth(const struct vmv_change *c, enum vmv_measure what)
{
	int64_t by;

	vmv_delta(&c->amounts[what], &by);
	return by;
}

static int compare_changes(const void *a, const void *b, void *arg)
{
	const struct vmv_change *x = a, *y = b;
	const struct vmv_diff *diff = arg;
	uint64_t start_x, start_y;
	bool same_x = x->fate == VMV_SAME_REGION, same_y = y->fate == VMV_SAME_REGION;

	if (same_x != same_y)
		return same_x - same_y;
	for (enum vmv_measure m = VMV_OF_RSS + 1; m-- > VMV_OF_SIZE;) {
		int64_t grew_x = growth(x, m), grew_y = growth(y, m);

		if (grew_x != grew_y)
			return grew_x > grew_y ? -1 : 1;
	}
	start_x = vmv_change_region(diff, x)->start;
	start_y = vmv_change_region(diff, y)->start;
	if (start_x != start_y)
		return start_x < start_y ? -1 : 1;
	return (x->fate > y->fate) - (x->fate < y->fate);
}

static void sort_changes(struct vmv_diff *diff)
{
	qsort_r(diff->changes, diff->nchanges, sizeof(*diff->changes), compare_changes, diff);
	while (diff->ndifferent < diff->nchanges &&
	       diff->changes[diff->ndifferent].fate != VMV_SAME_REGION)
		diff->ndifferent++;
	diff->of_after = vmv_calloc(diff->after->nregions, sizeof(*diff->of_after));
	for (size_t i = 0; i < diff->nchanges; i++)
		for (size_t a = 0; a < diff->changes[i].nafter; a++)
			diff->of_after[diff->order_after[diff->changes[i].after + a]] = i;
}

/* ---- totals ---- */

static void add_known(uint64_t *sum, uint64_t value)
{
	if (value != VMV_UNKNOWN && *sum != VMV_UNKNOWN)
		*sum = vmv_add(*sum, value);
}

static void sum_before(struct vmv_sum *sum, const struct vmv_map *map, const struct vmv_region *r)
{
	sum->regions.before++;
	for (enum vmv_measure m = 0; m < VMV_MEASURES; m++)
		add_known(&sum->amounts[m].before, measure(map, r, m));
}

static void sum_after(struct vmv_sum *sum, const struct vmv_map *map, const struct vmv_region *r)
{
	sum->regions.after++;
	for (enum vmv_measure m = 0; m < VMV_MEASURES; m++)
		add_known(&sum->amounts[m].after, measure(map, r, m));
}

static void start_sum(struct vmv_sum *sum, const struct vmv_diff *diff)
{
	*sum = (struct vmv_sum){ 0 };
	for (enum vmv_measure m = 0; m < VMV_MEASURES; m++) {
		sum->amounts[m].before = has_measure(diff->before, m) ? 0 : VMV_UNKNOWN;
		sum->amounts[m].after = has_measure(diff->after, m) ? 0 : VMV_UNKNOWN;
	}
}

/* Of the two, the one that tells more says what it is. */
static unsigned class_of(const struct vmv_region *r, const struct vmv_region *other)
{
	return other && match_tells_less(r) && !match_tells_less(other) ? other->class : r->class;
}

static void sum_change(struct vmv_diff *diff, const struct vmv_change *c)
{
	for (size_t i = 0; i < c->nbefore; i++) {
		const struct vmv_region *r = vmv_change_before(diff, c, i);
		unsigned class = class_of(r, c->nafter ? vmv_change_after(diff, c, 0) : NULL);

		sum_before(&diff->classes[class], diff->before, r);
		sum_before(diff->total, diff->before, r);
	}
	for (size_t i = 0; i < c->nafter; i++) {
		const struct vmv_region *r = vmv_change_after(diff, c, i);
		unsigned class = class_of(r, c->nbefore ? vmv_change_before(diff, c, 0) : NULL);

		sum_after(&diff->classes[class], diff->after, r);
		sum_after(diff->total, diff->after, r);
	}
}

static void sum_up(struct vmv_diff *diff)
{
	diff->classes = vmv_calloc(vmv_nclasses + 1, sizeof(*diff->classes));
	diff->total = &diff->classes[vmv_nclasses];
	for (size_t i = 0; i <= vmv_nclasses; i++)
		start_sum(&diff->classes[i], diff);
	for (size_t i = 0; i < diff->nchanges; i++)
		sum_change(diff, &diff->changes[i]);
}

/* ---- public ---- */

void vmv_diff_build(struct vmv_diff *diff, const struct vmv_map *before,
		    const struct vmv_map *after)
{
	size_t nb = before->nregions, na = after->nregions;
	struct match match;

	*diff = (struct vmv_diff){ .before = before, .after = after };
	match_find(&match, before, after);
	diff->rerun = match.rerun;
	diff->order_before = sorted_by_group(match.group, nb);
	diff->order_after = sorted_by_group(match.group + nb, na);
	diff->changes = vmv_calloc(nb + na, sizeof(*diff->changes));
	add_groups(diff, match.group, match.group + nb);
	match_done(&match);
	sort_changes(diff);
	sum_up(diff);
}

void vmv_diff_done(struct vmv_diff *diff)
{
	free(diff->changes);
	free(diff->order_before);
	free(diff->order_after);
	free(diff->of_after);
	free(diff->classes);
	*diff = (struct vmv_diff){ 0 };
}

const struct vmv_change *vmv_diff_of(const struct vmv_diff *diff, const struct vmv_region *r)
{
	return &diff->changes[diff->of_after[r - diff->after->regions]];
}

const struct vmv_region *vmv_change_before(const struct vmv_diff *diff,
					   const struct vmv_change *change, size_t i)
{
	return &diff->before->regions[diff->order_before[change->before + i]];
}

const struct vmv_region *vmv_change_after(const struct vmv_diff *diff,
					  const struct vmv_change *change, size_t i)
{
	return &diff->after->regions[diff->order_after[change->after + i]];
}

const struct vmv_region *vmv_change_region(const struct vmv_diff *diff,
					   const struct vmv_change *change)
{
	return change->nafter ? vmv_change_after(diff, change, 0)
			      : vmv_change_before(diff, change, 0);
}
