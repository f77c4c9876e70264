/*
 * diff.h - what changed between two maps
 *
 * A region that grew, shrank, moved or was cut up is matched to what it was: by
 * what it is (the same file at the same offset, the same name, anonymous memory)
 * and by the addresses that both have.  Two runs of a program have no addresses
 * in common (ASLR); their regions are matched by name, object, part, class and
 * order, so that comparing them says something too.
 */
#ifndef VMV_DIFF_H
#define VMV_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_map;
struct vmv_region;

/** What became of a region. */
enum vmv_fate {
	VMV_SAME_REGION,
	VMV_GONE,
	VMV_NEW,
	VMV_GROWN,
	VMV_SHRUNK,
	VMV_SPLIT,   /* more regions than before, e.g. by mprotect(2) */
	VMV_MERGED,  /* fewer than before */
	VMV_MOVED,   /* as large, elsewhere; not told between two runs */
	VMV_CHANGED, /* in its place, with other permissions, name or contents */
	VMV_FATES
};

/** Words for enum vmv_fate. */
extern const char *const vmv_fates[VMV_FATES];

/**
 * What differs, besides the size.  Pss and Uss also change when other processes
 * come and go, and so do not make a region a changed one; what it has in memory,
 * what of that is its own copy and what is swapped out does.  What one side does
 * not tell, as a core file, is no difference.
 */
enum vmv_difference {
	VMV_DIFFERS_PERMS = 1,
	VMV_DIFFERS_NAME = 2,
	VMV_DIFFERS_FLAGS = 4,
	VMV_DIFFERS_MEMORY = 8,
};

/** What is measured of both sides. */
enum vmv_measure { VMV_OF_SIZE, VMV_OF_RSS, VMV_OF_PSS, VMV_OF_USS, VMV_OF_SWAP, VMV_MEASURES };

/** Words for enum vmv_measure. */
extern const char *const vmv_measures[VMV_MEASURES];

/** struct vmv_amount - the same on both sides; VMV_UNKNOWN where it is not known */
struct vmv_amount {
	uint64_t before, after;
};

/**
 * struct vmv_change - regions that belong together, before and after
 * @fate:    see enum vmv_fate
 * @differs: set of enum vmv_difference; only between one region and one region
 * @before, @nbefore: which of diff->order_before, none if it is new
 * @after, @nafter:   which of diff->order_after, none if it is gone
 * @amounts: sums, unknown if any of the regions does not have it
 */
struct vmv_change {
	enum vmv_fate fate;
	unsigned differs;
	size_t before, nbefore, after, nafter;
	struct vmv_amount amounts[VMV_MEASURES];
};

/**
 * struct vmv_sum - all regions of a class, or all there are
 * @regions: how many
 * @amounts: sums of what is known
 */
struct vmv_sum {
	struct vmv_amount regions, amounts[VMV_MEASURES];
};

/**
 * struct vmv_diff - two maps compared
 * @before, @after: borrowed; must stay as they are
 * @changes:  all, those that are the same last; the others by growth: what
 *            grew most in Rss first, what shrank most last; then by size, then by address
 * @nchanges: how many there are
 * @ndifferent: how many of them are not VMV_SAME_REGION
 * @order_before, @order_after: indices of regions, those of a change together
 *            and in address order
 * @of_after: the index in @changes of each region of @after
 * @classes:  one sum per class (class.h), then the sum of all of them
 * @total:    that last one
 * @rerun:    the maps are of two runs, so addresses mean nothing
 */
struct vmv_diff {
	const struct vmv_map *before, *after;
	struct vmv_change *changes;
	size_t nchanges, ndifferent;
	size_t *order_before, *order_after, *of_after;
	struct vmv_sum *classes, *total;
	bool rerun;
};

/**
 * vmv_diff_build - compare two classified maps
 *
 * Takes O(n log n).  Release it with vmv_diff_done().
 */
void vmv_diff_build(struct vmv_diff *diff, const struct vmv_map *before,
		    const struct vmv_map *after);

/** vmv_diff_done - release what the diff owns; zeroed is fine. */
void vmv_diff_done(struct vmv_diff *diff);

/** vmv_diff_of - what became of the past of @r, which is of diff->after. */
const struct vmv_change *vmv_diff_of(const struct vmv_diff *diff, const struct vmv_region *r);

/** vmv_change_before - the @i-th region that it was. */
const struct vmv_region *vmv_change_before(const struct vmv_diff *diff,
					   const struct vmv_change *change, size_t i);

/** vmv_change_after - the @i-th region that it is now. */
const struct vmv_region *vmv_change_after(const struct vmv_diff *diff,
					  const struct vmv_change *change, size_t i);

/** vmv_change_region - the first region that it is now, or was if it is gone. */
const struct vmv_region *vmv_change_region(const struct vmv_diff *diff,
					   const struct vmv_change *change);

/**
 * vmv_delta - by how much an amount grew
 *
 * Return: false if a side is not known; *@by then is 0.
 */
bool vmv_delta(const struct vmv_amount *amount, int64_t *by);

#endif
