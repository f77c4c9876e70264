/*
 * textmaps.h - where in a text one map ends and the next begins (private to source)
 *
 * People put two processes, or two states of one, into one file, and sort lines.  A new map begins
 * after a heading, at a second [stack], or where a line overlaps an earlier one and ends no later
 * than the line before; a kernel prints one that ends later when a map changes while it is read.
 * textmaps.c says how regions then move to the new map.
 */
#ifndef VMV_TEXTMAPS_H
#define VMV_TEXTMAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct textrow;
struct vmv_map;
struct vmv_smaps;

/** The number of names that the kernel gives only once in a map. */
enum { TEXT_ONCE = 3 };

/**
 * struct textmaps - the map that is being read, and what came before it
 * @map:    the regions of this map only, in the order of the text
 * @parser: takes their counters
 * @which:  the number of the wanted map, from 1 on; 0: the last
 * @number: the number of the map being read; 0 before the first region
 * @done:   the wanted one is whole
 * @heading: there was a heading since the last region, or the next is another process's
 *
 * The others are private.
 */
struct textmaps {
	struct vmv_map *map;
	struct vmv_smaps *parser;
	unsigned long which, number;
	bool done, heading;
	uint64_t highest;
	size_t rises, falls, last_rise, last_fall;
	size_t once[TEXT_ONCE];
	bool unordered;
	void *spans;
	size_t progress;
	bool records_differ;
};

/** textmaps_begin - read into the initialised @map; release @t with textmaps_free(). */
void textmaps_begin(struct textmaps *t, struct vmv_map *map, unsigned long which);

/** textmaps_add - add the next region. */
void textmaps_add(struct textmaps *t, const struct textrow *row);

/** textmaps_end - sort the regions after the last one. */
void textmaps_end(struct textmaps *t);

/** textmaps_is_first - are these the counters of the first region, and may more follow? */
bool textmaps_is_first(const struct textmaps *t);

/** textmaps_is_cut - does the last region lack the last counters, which all others have? */
bool textmaps_is_cut(const struct textmaps *t);

/** textmaps_free - release all but the map. */
void textmaps_free(struct textmaps *t);

#endif
