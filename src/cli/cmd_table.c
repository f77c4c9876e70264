/* cmd_table.c - targets in our own tables and formats; see cmd.h */
#include "cmd.h"

#include "confine.h"
#include "message.h"
#include "tables.h"
#include "target.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/kind.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/options.h"
#include "vmapview/run.h"
#include "vmapview/source.h"

#include <errno.h>
#include <stdlib.h>

/** struct listing - the targets on their way through tables.h */
struct listing {
	struct tables t;
	struct vmv_live *live;
};

/* Only a summary and metrics tell it, of a process that is there. */
static uint64_t limit_of(const struct tables *t, const char *target)
{
	bool told = t->request.bar || t->request.format == &vmv_format_prometheus;

	return told && vmv_target_is_process(target) ? vmv_live_max_regions() : 0;
}

static int put(struct tables *t, const char *target, const struct vmv_map *map)
{
	struct vmv_list list = vmv_map_list(map, t->request.kind);

	if (t->request.snapshot) {
		vmv_snapshot_write(&t->out, map, false);
		return VMV_EXIT_OK;
	}
	t->report.target = target;
	t->report.max_regions = limit_of(t, target);
	return tables_put(t, &list);
}

/* What could be read is shown even if not all could. */
static int show(void *data, const char *target)
{
	struct listing *l = data;
	struct tables *t = &l->t;
	struct vmv_error err, other;
	struct vmv_map map;
	int rc = load_target(target, l->live, t->request.needs, VMV_EXIT_TROUBLE, &map, &err);
	int status = VMV_EXIT_OK;

	if (rc == 0 && t->request.snapshot)
		rc = refuse_rollup(target, &map, &err);
	if (rc < 0)
		status = VMV_EXIT_TROUBLE;
	if (rc == -ESRCH && !map.torn)
		status = VMV_EXIT_NOT_FOUND;
	if (vmv_counters_resolve(&t->request.counters, &map, &other) < 0) {
		say("%s: %s", target, other.text);
		status |= VMV_EXIT_TROUBLE;
	} else if (rc == 0 || (map.nregions && !map.rollup)) {
		status |= put(t, target, &map);
	}
	tell_outcome(&t->out, &map, rc < 0 ? err.text : NULL);
	vmv_map_done(&map);
	if (t->o->ntargets > 1) /* the next one may never answer */
		vmv_out_flush(&t->out);
	return status;
}

static int show_targets(void *data)
{
	struct listing *l = data;

	return tables_end(&l->t, show_each(l->t.o, show, l));
}

/* Only by what is whole: half of it would look like all.  The place of the old file is not within
 * the reach of what parses files. */
static int show_and_replace(struct listing *l)
{
	const struct vmv_options *o = l->t.o;
	struct vmv_error err;
	int status;

	/* The files at the end are read confined, even after processes. */
	if (l->t.file.path && confine_possible(o->targets + o->ntargets - 1, 1))
		status = confine_apart(show_targets, l, &err);
	else
		status = show_targets(l);
	if (status >= 0)
		return status;
	say("%s", err.text);
	return VMV_EXIT_TROUBLE;
}

int show_tables(const struct vmv_options *o)
{
	struct listing *l = vmv_calloc(1, sizeof(*l));
	int status = VMV_EXIT_TROUBLE;
	struct vmv_error err;

	if (tables_open(&l->t, o)) {
		if (open_live(o->targets, o->ntargets, &l->live, &err) == 0)
			status = show_and_replace(l);
		else
			say("%s", err.text);
	}
	if (!tables_close(&l->t, status == VMV_EXIT_OK))
		status |= VMV_EXIT_TROUBLE;
	vmv_live_close(l->live);
	free(l);
	return status;
}
