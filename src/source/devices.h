/*
 * devices.h - which file systems of the kernel's own hold shared memory (private to source)
 */
#ifndef VMV_DEVICES_H
#define VMV_DEVICES_H

#include <stdbool.h>
#include <stdint.h>

struct vmv_map;

/** struct devices - minor numbers of the internal tmpfs and hugetlbfs; begin with zeros */
struct devices {
	uint64_t shm, huge;
	bool known;
};

/** devices_find - set shm_dev and huge_dev of @map, if it has something on no real device;
 *  0, or a negative errno if that could not be found out. */
int devices_find(struct devices *devices, struct vmv_map *map);

#endif
