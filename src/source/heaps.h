/*
 * heaps.h - find the arenas of glibc's malloc() (private to source)
 */
#ifndef VMV_SOURCE_HEAPS_H
#define VMV_SOURCE_HEAPS_H

struct apart;
struct corememory;
struct vmv_map;

/** heaps_find_live - fill map->heaps by the first words of each possible heap of the process whose
 *  /proc/PID directory is @dir; only pages that are in memory are read. */
void heaps_find_live(int dir, struct vmv_map *map, struct apart *apart);

/** heaps_find_core - the same in a core file of a 64-bit program. */
void heaps_find_core(struct vmv_map *map, struct corememory *memory);

#endif
