/*
 * marks.h - what changed between two pictures that follow each other, and how long ago
 * (private to tui)
 *
 * For a glance: one pass over both maps pairs regions that begin or end at the same address.  It
 * knows no region that was split, merged or moved; what became of one since the baseline is for
 * the diff to say (picture.h).
 */
#ifndef VMV_MARKS_H
#define VMV_MARKS_H

#include "surface.h"

#include <stddef.h>
#include <stdint.h>

struct vmv_map;

enum mark_kind { MARK_NONE, MARK_NEW, MARK_GREW, MARK_SHRANK, MARK_CHANGED, MARK_KINDS };

enum { MARK_FRESH = 1, MARK_OLD = 3 }; /* how many pictures a mark is shown for */

/** struct mark - of one region; @age counts pictures from MARK_FRESH on */
struct mark {
	uint8_t kind, age;
};

/** struct marks - of all regions of a map, in its order */
struct marks {
	struct mark *list;
	size_t count;
	size_t born, gone; /* regions, since the picture before */
};

/** mark_signs - what stands for each kind but MARK_NONE; ended by one without a text. */
extern const struct sign mark_signs[MARK_KINDS + 1];

/** marks_update - note what changed from map @old (NULL: nothing) to map @new. */
void marks_update(struct marks *m, const struct vmv_map *old, const struct vmv_map *new);

/** marks_done - release what it owns. */
void marks_done(struct marks *m);

#endif
