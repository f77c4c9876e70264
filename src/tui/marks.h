/*
 * marks.h - what changed between two pictures that follow each other, and how long ago
 * (private to tui)
 *
 * What became of a region is for the diff to say, as it is since the baseline (picture.h).  That
 * takes longer than a key may wait: the comparison is made where pictures are loaded.
 */
#ifndef VMV_MARKS_H
#define VMV_MARKS_H

#include "surface.h"

#include <stddef.h>
#include <stdint.h>

struct vmv_map;

enum mark_kind { MARK_NONE, MARK_NEW, MARK_GREW, MARK_SHRANK, MARK_CHANGED, MARK_KINDS };

enum { MARK_FRESH = 1, MARK_OLD = 3 }; /* how many pictures a mark is shown for */

/** struct mark_step - what became of one region: @kind, and @was its index before, SIZE_MAX if it
 *  was not there */
struct mark_step {
	size_t was;
	enum mark_kind kind;
};

/** struct mark_steps - of all regions of a map, in its order; @before is how many there were */
struct mark_steps {
	struct mark_step *list;
	size_t count, before;
	size_t born, gone;
};

/** mark_steps_build - compare two maps. */
void mark_steps_build(struct mark_steps *steps, const struct vmv_map *old,
		      const struct vmv_map *new);

/** mark_steps_done - release what it owns; zeroed is fine. */
void mark_steps_done(struct mark_steps *steps);

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

/** marks_update - the map with @count regions comes next, with these @steps from the one before;
 *  if they are not from there, nothing is known to have changed. */
void marks_update(struct marks *m, size_t count, const struct mark_steps *steps);

/** marks_done - release what it owns. */
void marks_done(struct marks *m);

#endif
