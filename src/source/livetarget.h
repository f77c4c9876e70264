/*
 * livetarget.h - a process that stays open (private to source)
 */
#ifndef VMV_LIVETARGET_H
#define VMV_LIVETARGET_H

#include "memory.h"

struct vmv_error;
struct vmv_live;
struct vmv_map;

/** struct livetarget - @dir: the /proc directory of the process or thread @pid, whoever has that
 * PID by now */
struct livetarget {
	int pid, dir;
	struct memory memory;
};

/** live_read - read its map into the initialised @map, see vmv_target_load(); look at that memory
 *  from now on. */
int live_read(struct vmv_live *live, struct livetarget *target, unsigned needs, struct vmv_map *map,
	      struct vmv_error *err);

/** live_looks - what all look with that were opened with @live. */
struct looks *live_looks(struct vmv_live *live);

#endif
