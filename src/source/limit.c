/* limit.c - how many regions the kernel allows a process; see live.h */
#include "vmapview/live.h"

#include "procfile.h"
#include "vmapview/map.h"

#include <fcntl.h>
#include <stdlib.h>

uint64_t vmv_live_max_regions(void)
{
	char text[32], *end;
	long len = procfile_read(AT_FDCWD, "/proc/sys/vm/max_map_count", text, sizeof(text) - 1);
	uint64_t n;

	if (len <= 0)
		return VMV_UNKNOWN;
	text[len] = '\0';
	n = strtoull(text, &end, 10);
	return end > text ? n : VMV_UNKNOWN;
}
