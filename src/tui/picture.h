/*
 * picture.h - a map as it was loaded, and its sums (private to tui)
 */
#ifndef VMV_PICTURE_H
#define VMV_PICTURE_H

#include "vmapview/error.h"
#include "vmapview/map.h"

struct vmv_tui_world;

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
};

/** picture_load - load @target; never NULL, see @rc. */
struct picture *picture_load(const struct vmv_tui_world *world, const char *target, unsigned needs);

/** picture_sum - fill in the sums; for tests, which make their own maps. */
void picture_sum(struct picture *p);

/** picture_ref - @p, once more to be freed. */
struct picture *picture_ref(struct picture *p);

/** picture_free - release it; NULL is fine. */
void picture_free(struct picture *p);

/** total_title - the name of a total. */
const char *total_title(enum total total);

#endif
