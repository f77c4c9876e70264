/*
 * Prints the device number of the kernel's internal tmpfs as /proc/PID/maps shows it ("00:01"), or
 * with any argument that of its internal hugetlbfs.  SysV segments, memfds and shared anonymous
 * memory live there; the frozen processes of the comparison with pmap have to name the devices of
 * the running kernel.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

int main(int argc, char **argv)
{
	struct stat st;
	int fd = memfd_create("shmdev", argc > 1 ? MFD_HUGETLB : 0);

	(void)argv;
	if (fd < 0 || fstat(fd, &st) < 0) {
		perror("shmdev");
		return 1;
	}
	printf("%02x:%02x\n", major(st.st_dev), minor(st.st_dev));
	return 0;
}
