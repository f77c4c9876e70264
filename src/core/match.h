/*
 * match.h - which regions of two maps belong together (private to core)
 */
#ifndef VMV_MATCH_H
#define VMV_MATCH_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_map;
struct vmv_region;

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

/** match_names_differ - do the names differ that are known of both?  A core file tells those of
 *  files only, pmap only the last part of those. */
bool match_names_differ(const struct vmv_region *a, const struct vmv_region *b);

/** match_tells_less - is the name only what pmap prints?  Then the other side knows better what the
 *  region is. */
bool match_tells_less(const struct vmv_region *r);

/** match_perms_differ - do the permissions differ that are known of both? */
bool match_perms_differ(const struct vmv_region *a, const struct vmv_region *b);

#endif
