/*
 * changes.h - state of the screen of what changed since the baseline (private to tui)
 */
#ifndef VMV_CHANGES_H
#define VMV_CHANGES_H

#include "list.h"
#include "vmapview/diff.h"

/**
 * struct changes - the screen
 * @diff:  of the baseline and the picture; made again when not @built
 * @start: of the region of the selected row
 */
struct changes {
	struct list list;
	struct vmv_diff diff;
	uint64_t start;
	bool built;
};

/** changes_done - release what it owns. */
void changes_done(struct changes *c);

#endif
