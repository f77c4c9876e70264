/*
 * match.h - which regions of two maps belong together (private to core)
 */
#ifndef VMV_MATCH_H
#define VMV_MATCH_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_map;

/**
 * struct match - groups of regions
 * @group: of region i of the first map at [i], of region i of the second at
 *         [nbefore + i]; equal numbers belong together.  Owned
 * @rerun: the maps are of two runs of a program
 */
struct match {
	size_t *group;
	bool rerun;
};

/** match_find - match two classified maps; release it with match_done(). */
void match_find(struct match *match, const struct vmv_map *before, const struct vmv_map *after);

/** match_done - release what the match owns. */
void match_done(struct match *match);

#endif
