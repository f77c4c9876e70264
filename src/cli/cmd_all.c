/* cmd_all.c - see cmd_all.h */
#include "cmd_all.h"

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
#include "vmapview/process.h"
#include "vmapview/run.h"
#include "vmapview/usagejson.h"
#include "vmapview/view.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/** struct all - all processes on their way through tables.h */
struct all {
	struct tables t;
	struct vmv_usages usages;
};

/* JSON of all of them has a form of its own. */
static bool is_whole(const struct tables *tables)
{
	const struct vmv_tables *t = &tables->o->tables;

	return tables->query.format == &vmv_format_json && !t->list && !t->columns && !t->filter &&
	       !t->group;
}

static int put_whole(struct all *a, const struct vmv_list *list)
{
	struct vmv_view view;

	vmv_view_build(&view, list, &a->t.query.query);
	vmv_usagejson_print(&a->t.out, &view);
	vmv_view_done(&view);
	return VMV_EXIT_OK;
}

/* What a table of processes ends with. */
static void put_limits(struct all *a, const struct vmv_list *list)
{
	struct vmv_view view;

	if (a->t.query.format != &vmv_format_table || !a->t.report.totals)
		return;
	if (vmv_view_build(&view, list, &a->t.query.query) == 0)
		vmv_limits_print(&a->t.out, &view);
	vmv_view_done(&view);
}

static int put(struct all *a)
{
	struct vmv_list list = vmv_usages_list(&a->usages);
	int status;

	a->t.report.time = a->usages.time;
	a->t.report.kernel = a->usages.kernel;
	if (is_whole(&a->t))
		return put_whole(a, &list);
	status = tables_put(&a->t, &list);
	put_limits(a, &list);
	return status;
}

/* That others have processes that we may not read is no failure. */
static int show_list(struct all *a)
{
	struct patience patience;
	struct vmv_error err;
	int rc, status = VMV_EXIT_OK;

	patience_begin(&patience, "a process", VMV_EXIT_TROUBLE);
	rc = vmv_live_list_measured(&a->usages, &err);
	patience_end(&patience);
	if (rc == 0 || a->usages.count)
		status = put(a);
	status = tables_end(&a->t, status);
	if (rc < 0) {
		vmv_say("%s", err.text);
		status = VMV_EXIT_TROUBLE;
	}
	if (a->usages.denied)
		vmv_say("%zu of %zu processes may not be read", a->usages.denied, a->usages.count);
	return status;
}

/* ---- what is in each of them ---- */

static int show_one(struct all *a, struct vmv_live *live, const struct vmv_usage *u, size_t *denied)
{
	struct vmv_error err;
	struct vmv_map map;
	char target[24];
	int rc, status = VMV_EXIT_OK;

	snprintf(target, sizeof(target), "%d", (int)u->pid);
	rc = load_target(target, live, a->t.query.needs, VMV_EXIT_TROUBLE, &map, &err);
	a->t.report.target = target;
	*denied += rc == -EACCES || rc == -EPERM;
	/* A counter that this one lacks is one that it has nothing in. */
	if (rc == 0 && vmv_counters_resolve(&a->t.query.counters, &map, &err) == 0) {
		struct vmv_list list = vmv_map_list(&map, a->t.query.kind);

		status = tables_put(&a->t, &list);
		vmv_out_flush(&a->t.out); /* the next one may never answer */
	} else if (rc < 0 && rc != -EACCES && rc != -EPERM && rc != -ESRCH && rc != -EAGAIN) {
		vmv_say("%s", err.text);
		status = VMV_EXIT_TROUBLE;
	}
	vmv_map_done(&map);
	return status;
}

static int show_each_process(struct all *a)
{
	struct vmv_error err;
	struct vmv_live *live = vmv_live_open(&err);
	size_t denied = 0;
	int status = VMV_EXIT_OK;

	if (!live || vmv_live_list(&a->usages, &err) < 0) {
		vmv_say("%s", err.text);
		status = VMV_EXIT_TROUBLE;
	}
	a->t.sparse = a->t.report.titles = true;
	for (size_t i = 0; live && i < a->usages.count; i++)
		status |= show_one(a, live, &a->usages.list[i], &denied);
	status = tables_end(&a->t, status);
	if (denied)
		vmv_say("%zu of %zu processes may not be read", denied, a->usages.count);
	vmv_live_close(live);
	return status;
}

int show_processes(const struct vmv_options *o)
{
	struct all *a = vmv_calloc(1, sizeof(*a));
	int status = VMV_EXIT_TROUBLE;

	if (tables_open(&a->t, o))
		status = a->t.query.kind->of_map ? show_each_process(a) : show_list(a);
	if (!tables_close(&a->t, status == VMV_EXIT_OK))
		status |= VMV_EXIT_TROUBLE;
	vmv_usages_done(&a->usages);
	free(a);
	return status;
}
