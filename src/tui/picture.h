/*
 * picture.h - a map as it was loaded, and its sums (private to tui)
 */
#ifndef VMV_PICTURE_H
#define VMV_PICTURE_H

#include "marks.h"
#include "vmapview/diff.h"
#include "vmapview/error.h"
#include "vmapview/map.h"

struct vmv_tui_world;
struct vmv_value;

/** The sums in the head of the screen. */
enum total { TOTAL_SIZE, TOTAL_RSS, TOTAL_PSS, TOTAL_USS, TOTAL_SWAP, TOTALS };

/**
 * struct picture - one
 * @refs:     how many have it
 * @rc, @err: how loading it went
 * @live:     may there be another one?
 * @max_regions: how many there could have been, VMV_UNKNOWN if that is not known
 * @when:     time of loading, in ms of a clock that only goes on
 * @totals:   sums over all regions, VMV_UNKNOWN where no region has a value
 * @shown:    which regions the filter lets through (see sieve.h); NULL: all
 * @base:     the baseline that it was compared with, and @diff from there to here; NULL if it was
 *            not, as it is the baseline or there is none
 * @steps:    from the picture before to this one; empty for the first
 * @shares:   for each class (in the order of vmv_classes) Rss, or Size where Rss is
 *            not known
 */
struct picture {
	unsigned refs;
	struct vmv_map map;
	int rc;
	struct vmv_error err;
	bool live;
	uint64_t max_regions;
	uint64_t when;
	uint64_t totals[TOTALS];
	uint64_t *shares;
	bool *shown;
	struct picture *base;
	struct vmv_diff diff;
	struct mark_steps steps;
};

/** picture_load - load @target; never NULL, see @rc. */
struct picture *picture_load(const struct vmv_tui_world *world, const char *target, unsigned needs);

/** picture_is_other_program - has the process executed one between @old and @new? */
bool picture_is_other_program(const struct picture *old, const struct picture *new);

/** picture_compare - compare it with @base (NULL: with nothing), which is taken over.  Where there
 * are many regions, this takes longer than a key may wait. */
void picture_compare(struct picture *p, struct picture *base);

/** picture_add - add to @sum, which may be VMV_UNKNOWN so far, what is known; the largest number
 * there is stands for all above it. */
void picture_add(uint64_t *sum, const struct vmv_value *value);

/** picture_sum - fill in the sums; for tests, which make their own maps. */
void picture_sum(struct picture *p);

/** picture_ref - @p, once more to be freed. */
struct picture *picture_ref(struct picture *p);

/** picture_free - release it; NULL is fine. */
void picture_free(struct picture *p);

/** total_title - the name of a total. */
const char *total_title(enum total total);

#endif
