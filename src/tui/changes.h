/*
 * changes.h - state of the screen of what changed since the baseline (private to tui)
 */
#ifndef VMV_CHANGES_H
#define VMV_CHANGES_H

#include "list.h"

#include <stdint.h>

/**
 * struct changes - the screen
 * @built: the list is of the differences of the present picture
 * @start: of the region of the selected row
 */
struct changes {
	struct list list;
	uint64_t start;
	bool built;
};

#endif
