/* devices.c - see devices.h */
#include "devices.h"

#include "means.h"
#include "vmapview/map.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* The kernel's tmpfs behind shared memory is mounted nowhere; a memfd is on it. */
static uint64_t device_of_memfd(unsigned flags, int *lacking)
{
	int fd = memfd_create("vmapview", flags | MFD_CLOEXEC);
	uint64_t minor_number = VMV_UNKNOWN;
	struct stat st;

	if (fd < 0) {
		means_note(lacking, errno);
		return VMV_UNKNOWN;
	}
	if (fstat(fd, &st) == 0)
		minor_number = minor(st.st_dev);
	close(fd);
	return minor_number;
}

int devices_find(struct devices *devices, struct vmv_map *map)
{
	int lacking = 0;

	if (!map->has_no_device)
		return 0;
	if (!devices->known) {
		devices->shm = device_of_memfd(0, &lacking);
		devices->huge = device_of_memfd(MFD_HUGETLB, &lacking);
		devices->known = !lacking;
	}
	map->shm_dev = devices->shm;
	map->huge_dev = devices->huge;
	return -lacking;
}
