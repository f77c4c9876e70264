/* target.c - see target.h */
#include "target.h"

#include "confine.h"
#include "message.h"
#include "patience.h"
#include "vmapview/error.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/options.h"
#include "vmapview/run.h"
#include "vmapview/source.h"
#include "vmapview/writer.h"

#include <errno.h>

/* Messages about files name them. */
static int tell(int rc, const char *spec, const struct vmv_error *why, struct vmv_error *err)
{
	int pid = rc < 0 ? vmv_parse_pid(spec) : 0;

	if (pid)
		vmv_fail(err, -rc, "%d: %s", pid, why->text);
	else if (rc < 0)
		*err = *why;
	return rc;
}

int open_target(struct vmv_target *t, const char *spec, struct vmv_live *live,
		struct vmv_error *err)
{
	struct vmv_error why;

	return tell(vmv_target_open(t, spec, live, &why), spec, &why, err);
}

int load_open(struct vmv_target *t, unsigned needs, struct vmv_map *map, struct vmv_error *err)
{
	struct vmv_error why;

	return tell(vmv_target_load(t, needs, map, &why), t->spec, &why, err);
}

int load_target(const char *spec, struct vmv_live *live, unsigned needs, int trouble,
		struct vmv_map *map, struct vmv_error *err)
{
	bool process = vmv_target_is_process(spec);
	struct patience patience;
	struct vmv_error why;
	int rc;

	if (process)
		patience_begin(&patience, spec, trouble);
	rc = vmv_source_load(spec, live, needs, map, NULL, &why);
	if (process)
		patience_end(&patience);
	return tell(rc, spec, &why, err);
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
		say("%s", map->notice);
}

void tell_outcome(struct vmv_out *out, const struct vmv_map *map, const char *failure)
{
	if (failure || map->notice)
		vmv_out_flush(out);
	tell_notice(map);
	if (failure)
		say("%s", failure);
}

int show_each(const struct vmv_options *o, int (*show)(void *data, const char *target), void *data)
{
	int status = VMV_EXIT_OK, confined = 0;
	struct vmv_error err;

	for (int i = 0; i < o->ntargets; i++) {
		if (!confined)
			confined = confine(o->targets + i, o->ntargets - i, &err);
		if (confined < 0) {
			say("%s", err.text);
			return status | VMV_EXIT_TROUBLE;
		}
		status |= show(data, o->targets[i]);
	}
	return status;
}
