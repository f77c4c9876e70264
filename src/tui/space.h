/*
 * space.h - state of the screen of the whole address space (private to tui)
 */
#ifndef VMV_SPACE_H
#define VMV_SPACE_H

#include "list.h"

#include <stdbool.h>
#include <stdint.h>

struct vmv_region;

/** struct space_row - a region, or free space if @region is NULL */
struct space_row {
	uint64_t start, end;
	const struct vmv_region *region;
};

/**
 * struct space - the screen
 * @rows: regions and gaps by address; made again when not @built
 * @largest: index of the largest gap between regions, or count
 * @start: of the selected row
 */
struct space {
	struct list list;
	struct space_row *rows;
	size_t largest;
	uint64_t start;
	bool built;
};

/** space_done - release what it owns. */
void space_done(struct space *sp);

#endif
