/* target.c - see target.h */
#include "target.h"

#include "message.h"
#include "vmapview/error.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/source.h"

#include <errno.h>

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

int open_live(char *const *targets, int n, struct vmv_live **live, struct vmv_error *err)
{
	*live = NULL;
	for (int i = 0; i < n && !*live; i++) {
		if (!vmv_target_is_process(targets[i]))
			continue;
		*live = vmv_live_open(err);
		if (!*live)
			return -err->code;
	}
	return 0;
}

int refuse_rollup(const char *spec, const struct vmv_map *map, struct vmv_error *err)
{
	if (!map->rollup)
		return 0;
	return vmv_fail(err, EINVAL, "%.120s: a rollup has only totals, no regions", spec);
}

void tell_notice(const struct vmv_map *map)
{
	if (map->notice)
		vmv_say("%s", map->notice);
}
