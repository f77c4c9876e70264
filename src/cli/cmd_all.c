/* cmd_all.c - many processes; see cmd.h */
#include "cmd.h"

#include "message.h"
#include "patience.h"
#include "tables.h"
#include "target.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/kind.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/options.h"
#include "vmapview/processes.h"
#include "vmapview/processjson.h"
#include "vmapview/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/** struct all - all processes on their way through tables.h */
struct all {
	struct tables t;
	struct vmv_processes processes;
};

static int put(struct all *a)
{
	struct vmv_list list = vmv_process_list(&a->processes);

	a->t.report.time = a->processes.time;
	a->t.report.kernel = a->processes.kernel;
	a->t.after = vmv_limits_print;
	if (a->t.request.format == &vmv_format_json && !tables_is_chosen(&a->t))
		a->t.instead = vmv_processjson_print;
	return tables_put(&a->t, &list);
}

/* That others have processes that we may not read is no failure. */
static int show_list(struct all *a)
{
	struct patience patience;
	struct vmv_error err;
	int rc, status = VMV_EXIT_OK;

	patience_begin(&patience, "a process", VMV_EXIT_TROUBLE);
	rc = vmv_live_list_measured(&a->processes, &err);
	patience_end(&patience);
	if (rc == 0 || a->processes.count)
		status = put(a);
	status = tables_end(&a->t, status);
	if (rc < 0) {
		say("%s", err.text);
		status = VMV_EXIT_TROUBLE;
	}
	if (a->processes.denied)
		say("%zu of %zu processes may not be read", a->processes.denied,
		    a->processes.count);
	return status;
}

/* ---- what is in each of them ---- */

static bool is_denied(int rc)
{
	return rc == -EACCES || rc == -EPERM;
}

/* -EINVAL if a column is asked for that the kernel does not have: no other process has it, either.
 */
static int put_regions(struct all *a, const struct vmv_map *map)
{
	struct vmv_list list = vmv_map_list(map, a->t.request.kind);
	struct vmv_error err;
	int rc = vmv_counters_resolve(&a->t.request.counters, map, &err);

	if (rc < 0)
		say("%s", err.text);
	else if (tables_put(&a->t, &list) != VMV_EXIT_OK)
		rc = -EINVAL;
	vmv_out_flush(&a->t.out); /* the next one may never answer */
	return rc;
}

/* What went away or would not hold still meanwhile is left out. */
static int show_one(struct all *a, struct vmv_live *live, const struct vmv_process_row *u,
		    size_t *denied)
{
	struct vmv_error err;
	struct vmv_map map;
	char target[24];
	int rc;

	snprintf(target, sizeof(target), "%d", (int)u->pid);
	rc = load_target(target, live, a->t.request.needs, VMV_EXIT_TROUBLE, &map, &err);
	a->t.report.target = target;
	*denied += is_denied(rc);
	if (rc == 0)
		rc = put_regions(a, &map);
	else if (is_denied(rc) || rc == -ESRCH || rc == -EAGAIN)
		rc = 0;
	else
		say("%s", err.text);
	vmv_map_done(&map);
	return rc;
}

static int show_each_process(struct all *a)
{
	struct vmv_error err;
	struct vmv_live *live = vmv_live_open(&err);
	size_t denied = 0;
	int rc = 0;

	if (!live || vmv_live_list(&a->processes, &err) < 0) {
		say("%s", err.text);
		rc = -err.code;
	}
	a->t.sparse = a->t.report.titles = true;
	for (size_t i = 0; live && rc == 0 && i < a->processes.count; i++)
		rc = show_one(a, live, &a->processes.list[i], &denied);
	rc = tables_end(&a->t, rc < 0 ? VMV_EXIT_TROUBLE : VMV_EXIT_OK);
	if (denied)
		say("%zu of %zu processes may not be read", denied, a->processes.count);
	vmv_live_close(live);
	return rc;
}

int show_processes(const struct vmv_options *o)
{
	struct all *a = vmv_calloc(1, sizeof(*a));
	int status = VMV_EXIT_TROUBLE;

	if (tables_open(&a->t, o))
		status = a->t.request.kind->of_map ? show_each_process(a) : show_list(a);
	if (!tables_close(&a->t, status == VMV_EXIT_OK))
		status |= VMV_EXIT_TROUBLE;
	vmv_processes_done(&a->processes);
	free(a);
	return status;
}
