/*
 * need.h - what a user of a map wants to have read
 */
#ifndef VMV_NEED_H
#define VMV_NEED_H

#include "vmapview/map.h"

/** Cheapest is nothing: address ranges, permissions and names. */
enum vmv_need {
	VMV_NEED_SMAPS = 1,    /* smaps instead of maps: slower, holds up the process; VmFlags */
	VMV_NEED_CLASS = 2,    /* what each region is: auxv, threads, ELF headers */
	VMV_NEED_CONTEXT = 4,  /* when it was read, on what kernel, and whose process it is */
	VMV_NEED_COUNTERS = 9, /* smaps, and all counters that it has */
};

/** A counter of smaps alone; what is not asked for takes no memory. */
#define VMV_NEED_STAT(stat) (VMV_NEED_SMAPS | 16U << (stat))

/** vmv_needed_stats - set of counters to keep, for map->wanted. */
static inline uint32_t vmv_needed_stats(unsigned needs)
{
	const unsigned all = VMV_NEED_COUNTERS & ~(unsigned)VMV_NEED_SMAPS;

	_Static_assert(VMV_STATS <= 28, "there is a bit for each counter");
	return needs & all ? VMV_ALL_STATS : needs >> 4;
}

#endif
