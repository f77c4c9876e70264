/*
 * heaps.h - which memory holds the arenas of glibc's malloc() (private to source)
 */
#ifndef VMV_SOURCE_HEAPS_H
#define VMV_SOURCE_HEAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_map;

/** HEAPS_WORDS - how many words are asked for at once */
enum { HEAPS_WORDS = 4 };

/**
 * heaps_find - fill map->heaps: look at the start of all memory that could be one
 *
 * @read gets @data and sets HEAPS_WORDS words of 64 bits to what is at the address; false if that
 * can't be read.  What can't is left out of map->heaps.
 */
void heaps_find(struct vmv_map *map, bool (*read)(void *data, uint64_t at, uint64_t *words),
		void *data);

/** heaps_find_live - the same of the process whose /proc/PID directory is @dir; only pages that
 *  are in memory are looked at. */
void heaps_find_live(int dir, struct vmv_map *map);

#endif
