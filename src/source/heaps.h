/*
 * heaps.h - which memory holds the arenas of glibc's malloc() (private to source)
 */
#ifndef VMV_SOURCE_HEAPS_H
#define VMV_SOURCE_HEAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct apart;
struct vmv_map;

enum { HEAPS_WORDS = 4 };

/** struct heap_start - the first words of memory that could be a heap; @read: they could be read */
struct heap_start {
	uint64_t start, words[HEAPS_WORDS];
	bool read;
};

/** heaps_list - *@list of all there are, to be freed, with @start set; returns how many. */
size_t heaps_list(const struct vmv_map *map, struct heap_start **list);

/** heaps_judge - fill map->heaps by what was read of each. */
void heaps_judge(struct vmv_map *map, const struct heap_start *list, size_t n);

/** heaps_find_live - both for the process whose /proc/PID directory is @dir; only pages that are in
 *  memory are looked at. */
void heaps_find_live(int dir, struct vmv_map *map, struct apart *apart);

#endif
