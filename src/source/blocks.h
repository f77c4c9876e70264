/*
 * blocks.h - find the control blocks of threads, which are at the tops of their stacks (private to
 *            source)
 *
 * They prove what a stack pointer alone does not: since glibc 2.42 a guard is a mark on pages, so
 * that stacks next to each other are one region, as if they were cut from a heap.
 */
#ifndef VMV_SOURCE_BLOCKS_H
#define VMV_SOURCE_BLOCKS_H

#include <stdbool.h>

struct apart;
struct corememory;
struct vmv_map;

/**
 * blocks_find_live - set the stack of each thread that a control block proves it of
 *
 * @dir is the /proc/PID directory, and @apart reads there.  Memory is looked into only if some
 * thread's stack pointer is not known (@loose), or if several are in one region.
 */
void blocks_find_live(int dir, struct vmv_map *map, struct apart *apart, bool loose);

/** blocks_find_core - the same in a core file of x86-64, where all stack pointers are known. */
void blocks_find_core(struct vmv_map *map, struct corememory *memory);

#endif
