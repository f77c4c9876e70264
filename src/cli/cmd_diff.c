/* cmd_diff.c - what differs between two targets; see cmd.h */
#include "cmd.h"

#include "confine.h"
#include "message.h"
#include "tables.h"
#include "target.h"
#include "vmapview/alloc.h"
#include "vmapview/diff.h"
#include "vmapview/diffjson.h"
#include "vmapview/difftable.h"
#include "vmapview/error.h"
#include "vmapview/kind.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/options.h"

#include <stdlib.h>

/** struct compared - two targets on their way through tables.h */
struct compared {
	struct tables t;
	struct vmv_live *live;
	struct vmv_map maps[2];
};

static int put(struct compared *c, const struct vmv_diff *diff)
{
	const struct vmv_options *o = c->t.o;
	const struct vmv_diffjson json = { .before = o->targets[0], .after = o->targets[1] };
	const struct vmv_format *format = c->t.request.format;
	bool balance = c->t.request.kind == &vmv_kind_balance;
	struct vmv_list list = balance ? vmv_balance_list(diff) : vmv_diff_list(diff);

	/* All that is different has forms of its own. */
	if (!tables_is_chosen(&c->t) && format == &vmv_format_json && !o->tables.sort) {
		vmv_diffjson_print(&c->t.out, diff, &json);
		return DIFF_EQUAL;
	}
	if (!tables_is_chosen(&c->t) && format == &vmv_format_table) {
		vmv_difftable_print(&c->t.report, diff, &c->t.request.query);
		return DIFF_EQUAL;
	}
	c->t.report.before = o->targets[0];
	c->t.report.target = o->targets[1];
	c->t.report.time = diff->after->time;
	c->t.report.kernel = diff->after->kernel;
	return tables_put(&c->t, &list) ? DIFF_TROUBLE : DIFF_EQUAL;
}

static int compare(struct compared *c)
{
	struct vmv_diff diff;
	int status;

	vmv_diff_build(&diff, &c->maps[0], &c->maps[1]);
	status = put(c, &diff);
	status = tables_end(&c->t, status) ? DIFF_TROUBLE : DIFF_EQUAL;
	if (!status && diff.ndifferent)
		status = DIFF_DIFFERENT;
	vmv_diff_done(&diff);
	return status;
}

/* What could be read is compared, but never called equal if something is missing. */
static int load(const char *spec, struct vmv_live *live, struct vmv_map *map)
{
	struct vmv_error err;
	int rc = load_target(spec, live, VMV_NEED_COUNTERS | VMV_NEED_CLASS | VMV_NEED_CONTEXT,
			     DIFF_TROUBLE, map, &err);

	tell_notice(map);
	if (rc == 0)
		rc = refuse_rollup(spec, map, &err);
	if (rc == 0)
		return DIFF_EQUAL;
	say("%s", err.text);
	return DIFF_TROUBLE;
}

/* Processes first, as those can't be looked at once we are confined. */
static int load_both(const struct vmv_options *o, struct vmv_live *live, struct vmv_map *maps)
{
	int status = DIFF_EQUAL, nfiles = 0, of[2];
	struct vmv_error err;
	char *files[2];

	for (int i = 0; i < 2; i++) {
		if (!confine_possible(&o->targets[i], 1)) {
			status |= load(o->targets[i], live, &maps[i]);
		} else {
			files[nfiles] = o->targets[i];
			of[nfiles++] = i;
		}
	}
	if (confine(files, nfiles, &err) < 0) {
		say("%s", err.text);
		for (int i = 0; i < nfiles; i++)
			vmv_map_init(&maps[of[i]]);
		return DIFF_TROUBLE;
	}
	for (int i = 0; i < nfiles; i++)
		status |= load(files[i], live, &maps[of[i]]);
	return status;
}

static bool has_regions(const struct vmv_map *map)
{
	return map->nregions && !map->rollup;
}

static int show(void *data)
{
	struct compared *c = data;
	int status = load_both(c->t.o, c->live, c->maps);

	if (!status)
		status = compare(c);
	else if (has_regions(&c->maps[0]) && has_regions(&c->maps[1]))
		compare(c);
	vmv_map_done(&c->maps[0]);
	vmv_map_done(&c->maps[1]);
	return status;
}

int diff_targets(const struct vmv_options *o)
{
	struct compared *c = vmv_calloc(1, sizeof(*c));
	int status = DIFF_TROUBLE;
	struct vmv_error err;

	if (tables_open(&c->t, o)) {
		if (open_live(o->targets, o->ntargets, &c->live, &err) == 0)
			status = show(c);
		else
			say("%s", err.text);
	}
	if (!tables_close(&c->t, !(status & DIFF_TROUBLE)))
		status = DIFF_TROUBLE;
	vmv_live_close(c->live);
	free(c);
	return status;
}
