/* target.c - see target.h */
#include "target.h"

#include "vmapview/error.h"
#include "vmapview/source.h"

#include <stdio.h>

int load_target(const char *spec, struct vmv_live *live, unsigned needs, struct vmv_map *map,
		struct vmv_error *err)
{
	struct vmv_error why;
	int rc = vmv_source_load(spec, live, needs, map, NULL, &why);
	int pid = vmv_parse_pid(spec);

	if (rc < 0 && pid)
		vmv_fail(err, -rc, "%d: %s", pid, why.text);
	else if (rc < 0)
		*err = why;
	return rc;
}
