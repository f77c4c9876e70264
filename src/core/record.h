/*
 * record.h - the counters of a region in one piece (private to core)
 *
 * The kernel writes the same lines for each region, all numbers in columns of the same width, and
 * VmFlags after them.  Where VmFlags begins at the place where it did before, no line in between
 * is longer or missing, so a counter is looked for only where it was: what nobody asked for is
 * passed over unread.  Each number that is taken is checked with its whole line (shape.h).  For the
 * text that a kernel makes as it is read: in a saved file anything may stand in between.
 */
#ifndef VMV_RECORD_H
#define VMV_RECORD_H

#include "shape.h"
#include "vmapview/map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RECORD_FLAGS = 16 };

/**
 * struct record - where things are in the lines of a region
 * @len:   of the lines before VmFlags; 0 if not known
 * @kept:  the counters that are wanted: where their line is, and in which field they go
 * @flags: words of VmFlags that came up lately
 */
struct record {
	size_t len, n;
	struct {
		size_t at, field;
		const struct shape *shape;
	} kept[VMV_FIELDS_MAX];
	struct {
		const char *text;
		size_t len;
	} flags[RECORD_FLAGS];
};

/** record_forget - nothing is known of the lines.  A new record is all zeros. */
void record_forget(struct record *record);

/** record_add - the next line has this @shape, which stays where it is; its number goes into @field
 *  unless that is SIZE_MAX.  False if its length is not known: then nothing is. */
bool record_add(struct record *record, const struct shape *shape, size_t field);

/**
 * record_take - take the counters and flags of a region from the @len bytes at @s
 *
 * Sets those of its @counters that are wanted, and *@flags, a name of @map.
 *
 * Return: the length of all lines with VmFlags and its newline, or 0 if what is there is
 * anything else: some of the counters may be set then.
 */
size_t record_take(struct record *record, const char *s, size_t len, struct vmv_map *map,
		   uint64_t *counters, const char **flags);

#endif
