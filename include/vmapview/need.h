/*
 * need.h - what a user of a map wants to have read
 */
#ifndef VMV_NEED_H
#define VMV_NEED_H

/** Cheapest is nothing: address ranges, permissions and names. */
enum vmv_need {
	VMV_NEED_COUNTERS = 1, /* smaps instead of maps: slower, holds up the process */
	VMV_NEED_CLASS = 2,    /* what each region is: auxv, threads, ELF headers */
	VMV_NEED_CONTEXT = 4,  /* when it was read, on what kernel, and whose process it is */
};

#endif
