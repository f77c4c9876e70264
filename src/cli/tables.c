/* tables.c - see tables.h */
#include "tables.h"

#include "confine.h"
#include "message.h"
#include "outfile.h"
#include "query.h"
#include "target.h"
#include "terminal.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/options.h"
#include "vmapview/output.h"
#include "vmapview/run.h"
#include "vmapview/source.h"
#include "vmapview/writer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/** struct tables - what one invocation works with
 *  @begun: something was shown */
struct tables {
	const struct vmv_options *o;
	struct query query;
	struct vmv_report report;
	struct vmv_live *live;
	struct outfile file;
	struct vmv_out out;
	bool begun;
};

static void set_report(struct tables *t)
{
	const struct vmv_options *o = t->o;
	bool to_file = o->tables.file != NULL, bare = o->tables.bare || o->pmap.quiet;
	bool table = t->query.format == &vmv_format_table;

	t->report = (struct vmv_report){
		.out = &t->out,
		.columns = t->query.columns,
		.ncolumns = t->query.ncolumns,
		.bar = t->query.bar,
		.snapshot = t->query.snapshot,
		.bytes = o->tables.bytes,
		.headings = !bare,
		.totals = !bare,
		.color = table && vmv_want_color(o) && !(to_file && o->color == VMV_COLOR_AUTO),
		.ascii = table && !vmv_knows_utf8(),
		.blocks = vmv_knows_utf8(),
		.titles = o->ntargets > 1,
		.width = to_file ? 0 : vmv_terminal_width(),
	};
	if (t->report.color)
		t->query.needs |= VMV_NEED_CLASS;
}

static bool prepare(struct tables *t)
{
	struct vmv_error err;

	if (!query_make(&t->query, t->o))
		return false;
	set_report(t);
	if (open_live(t->o->targets, t->o->ntargets, &t->live, &err) == 0 &&
	    outfile_open(&t->file, t->o->tables.file, &err) == 0) {
		t->out.fd = t->file.fd;
		return true;
	}
	vmv_say("%s", err.text);
	return false;
}

static int print(struct tables *t, const char *target, const struct vmv_map *map)
{
	const struct vmv_format *format = t->query.format;
	struct vmv_view view;
	int rc = vmv_view_build(&view, map, &t->query.query);

	if (rc < 0) {
		vmv_out_flush(&t->out);
		vmv_say("%s: %s", target, view.err.text);
		vmv_view_done(&view);
		return VMV_EXIT_TROUBLE;
	}
	if (!t->begun && format->begin)
		format->begin(&t->report);
	t->begun = true;
	t->report.ncolumns = query_columns(&t->query, &view);
	format->map(&t->report, &view);
	vmv_view_done(&view);
	return VMV_EXIT_OK;
}

/* Only a summary and metrics tell it, of a process that is there. */
static uint64_t limit_of(const struct tables *t, const char *target)
{
	bool told = t->query.bar || t->query.format == &vmv_format_prometheus;

	return told && vmv_target_is_process(target) ? vmv_live_max_regions() : 0;
}

/* What could be read is shown even if not all could. */
static int show(void *data, const char *target)
{
	struct tables *t = data;
	struct vmv_error err, other;
	struct vmv_map map;
	int rc = load_target(target, t->live, t->query.needs, &map, &err);
	int status = VMV_EXIT_OK;

	if (rc == 0 && t->query.snapshot)
		rc = refuse_rollup(target, &map, &err);
	if (rc < 0)
		status = VMV_EXIT_TROUBLE;
	if (rc == -ESRCH && !map.torn)
		status = VMV_EXIT_NOT_FOUND;
	t->report.target = target;
	t->report.max_regions = limit_of(t, target);
	if (vmv_counters_resolve(&t->query.counters, &map, &other) < 0) {
		vmv_say("%s: %s", target, other.text);
		status |= VMV_EXIT_TROUBLE;
	} else if (rc == 0 || (map.nregions && !map.rollup)) {
		status |= print(t, target, &map);
	}
	tell_outcome(&t->out, &map, rc < 0 ? err.text : NULL);
	vmv_map_done(&map);
	return status;
}

static int show_targets(void *data)
{
	struct tables *t = data;
	int status = show_each(t->o, show, t);

	if (t->begun && t->query.format->end)
		t->query.format->end(&t->report);
	return vmv_say_flushed(&t->out) ? status : status | VMV_EXIT_TROUBLE;
}

/* Only by what is whole: half of it would look like all.  The place of the old file is not within
 * the reach of what parses files. */
static int show_and_replace(struct tables *t)
{
	const struct vmv_options *o = t->o;
	struct vmv_error err;
	int status;

	/* The files at the end are read confined, even after processes. */
	if (t->file.path && confine_possible(o->targets + o->ntargets - 1, 1))
		status = confine_apart(show_targets, t, &err);
	else
		status = show_targets(t);
	if (status < 0) {
		vmv_say("%s", err.text);
		status = VMV_EXIT_TROUBLE;
	}
	if (outfile_close(&t->file, status == VMV_EXIT_OK, &err) < 0) {
		vmv_say("%s", err.text);
		status |= VMV_EXIT_TROUBLE;
	}
	return status;
}

int vmv_tables_show(const struct vmv_options *o)
{
	struct tables *t = vmv_calloc(1, sizeof(*t));
	int status = VMV_EXIT_TROUBLE;

	t->o = o;
	if (prepare(t))
		status = show_and_replace(t);
	vmv_live_close(t->live);
	query_done(&t->query);
	free(t);
	return status;
}

void vmv_tables_list_columns(void)
{
	static const char *const types[] = {
		[VMV_ADDRESS] = "address",
		[VMV_BYTES] = "bytes",
		[VMV_NUMBER] = "number",
		[VMV_TEXT] = "text",
	};

	for (size_t i = 0; i < vmv_ncolumns; i++)
		printf("%-15s %-8s %s\n", vmv_columns[i].name, types[vmv_columns[i].type],
		       vmv_columns[i].help);
}
