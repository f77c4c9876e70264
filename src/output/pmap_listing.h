/*
 * pmap_listing.h - one listing on its way (private to output)
 *
 * pmap.c prints what is around the rows and pmap_rows.c the rows; pmap_layout.c decides what
 * columns they have, pmap_cells.c what stands in each.
 */
#ifndef VMV_PMAP_LISTING_H
#define VMV_PMAP_LISTING_H

#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/units.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_out;
struct vmv_pmap;

/** struct pmap_text - the text of one cell; @at is @room or lives as long as the map */
struct pmap_text {
	const char *at;
	size_t len;
	char room[2 * VMV_NUMBER_ROOM];
};

struct listing;

/**
 * struct pmap_column - one column of a layout
 * @head:  heading
 * @left:  heading to the left; values fill the width or go to the right
 * @unit:  what follows a value, or 0; @width is without it
 * @text:  the value for a region
 * @counter: it is the counter map->fields[@field], whose numbers are shown without their last
 *         @shift bits
 * @total, @largest: of what is shown of a counter
 */
struct pmap_column {
	const char *head;
	size_t width;
	bool left;
	char unit;
	void (*text)(struct listing *, const struct pmap_column *, const struct vmv_region *,
		     struct pmap_text *);
	bool counter;
	unsigned shift;
	size_t field;
	uint64_t total, largest;
};

/** struct totals - of the rows shown: bytes, and how many rows there are, how many of them without
 *  counters */
struct totals {
	uint64_t size, private_writable, shared, rss, dirty;
	size_t rows, uncounted;
};

/** struct listing - one listing on its way */
struct listing {
	struct vmv_out *out;
	const struct vmv_map *map;
	const struct vmv_pmap *how;
	struct pmap_column *columns;
	size_t ncolumns;
	struct {
		const uint64_t *counters; /* by field; NULL if there is none */
		uint64_t resident, dirty;
	} row; /* see listing_look() */
	struct totals totals;
	char *clean; /* @clean_name made safe: rows with equal names come in runs */
	size_t clean_len, clean_room;
	const char *clean_name;
};

typedef void column_text(struct listing *, const struct pmap_column *, const struct vmv_region *,
			 struct pmap_text *);

/* The values of cells, each written into or pointed to by a text. */
column_text cell_address16, cell_address8, cell_kbytes, cell_rss, cell_dirty, cell_mode, cell_perm,
	cell_offset16, cell_offset8, cell_device9, cell_device5, cell_inode, cell_flags, cell_label,
	cell_name;

/** text_kb - a number of bytes as whole kB. */
void text_kb(struct pmap_text *to, uint64_t bytes);

/** text_string - a string that lives long enough. */
void text_string(struct pmap_text *to, const char *s);

/** What -x shows, for listing_look(). */
enum {
	LISTING_NEEDS = VMV_NEED_STAT(VMV_STAT_DIRTY) | VMV_NEED_STAT(VMV_STAT_RSS) |
			VMV_NEED_STAT(VMV_STAT_SHARED_DIRTY) |
			VMV_NEED_STAT(VMV_STAT_PRIVATE_DIRTY),
};

/** listing_look - note the counters of the region whose row comes next, and what -x means by its
 *  RSS and Dirty: bytes, or VMV_UNKNOWN. */
void listing_look(struct listing *l, const struct vmv_region *r);

/** listing_has_total - does the footer of the long modes add up this counter? */
bool listing_has_total(const struct listing *l, const struct pmap_column *column);

/** listing_in_range - is the region to be shown (-A)? */
bool listing_in_range(const struct listing *l, const struct vmv_region *r);

/** listing_counter - what a counter's cell shows in this row, or VMV_UNKNOWN. */
static inline uint64_t listing_counter(const struct listing *l, const struct pmap_column *column)
{
	uint64_t value = l->row.counters[column->field];

	return value == VMV_UNKNOWN ? value : value >> column->shift;
}

/** listing_rows - print the rows of all regions in range, and add up their totals. */
void listing_rows(struct listing *l);

/** listing_layout - set the columns of @l, and measure those that have no fixed width. */
void listing_layout(struct listing *l);

/** listing_is_long - is this one of the layouts that show smaps's own fields? */
bool listing_is_long(const struct listing *l);

#endif
