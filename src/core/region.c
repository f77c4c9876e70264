/* region.c - see map.h: how a region is written and counted */
#include "vmapview/map.h"

#include "vmapview/units.h"

#include <string.h>

const char *vmv_perms_text(unsigned perms)
{
	static const char texts[3][8][5] = {
		{ "---p", "r--p", "-w-p", "rw-p", "--xp", "r-xp", "-wxp", "rwxp" },
		{ "---s", "r--s", "-w-s", "rw-s", "--xs", "r-xs", "-wxs", "rwxs" },
		{ "---?", "r--?", "-w-?", "rw-?", "--x?", "r-x?", "-wx?", "rwx?" },
	};
	static const char unknown[3][5] = { "???p", "???s", "????" };
	unsigned sharing = perms & VMV_SHARING_UNKNOWN ? 2 : !!(perms & VMV_SHARED);

	return perms & VMV_ACCESS_UNKNOWN ? unknown[sharing] : texts[sharing][perms & 7];
}

const char *vmv_base_name(const char *name)
{
	const char *slash;

	if (*name != '/')
		return name;
	if (!strncmp(name, "/memfd:", 7)) /* what follows may hold slashes */
		return name + 1;
	slash = strrchr(name, '/');
	return slash[1] ? slash + 1 : slash;
}

uint64_t vmv_sum_known(uint64_t a, uint64_t b)
{
	return a == VMV_UNKNOWN || b == VMV_UNKNOWN ? VMV_UNKNOWN : vmv_add(a, b);
}
