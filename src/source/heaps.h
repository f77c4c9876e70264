/*
 * heaps.h - find the arenas of glibc's malloc() (private to source)
 */
#ifndef VMV_SOURCE_HEAPS_H
#define VMV_SOURCE_HEAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct apart;
struct vmv_map;

enum { HEAPS_WORDS = 4 };

/** struct heap_start - the first words of a possible heap; @read: they are known */
struct heap_start {
	uint64_t start, words[HEAPS_WORDS];
	bool read;
};

/** heaps_list - make *@list, to be freed, of possible heaps, with @start set; returns how many. */
size_t heaps_list(const struct vmv_map *map, struct heap_start **list);

/** heaps_judge - fill map->heaps from the words of each. */
void heaps_judge(struct vmv_map *map, const struct heap_start *list, size_t n);

/** heaps_find_live - do both for the process whose /proc/PID directory is @dir; only pages that are
 *  in memory are read. */
void heaps_find_live(int dir, struct vmv_map *map, struct apart *apart);

#endif
