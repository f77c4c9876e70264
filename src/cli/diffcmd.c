/* diffcmd.c - see diffcmd.h */
#include "diffcmd.h"

#include "confine.h"
#include "message.h"
#include "target.h"
#include "terminal.h"
#include "vmapview/alloc.h"
#include "vmapview/diff.h"
#include "vmapview/diffjson.h"
#include "vmapview/difftable.h"
#include "vmapview/error.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/options.h"
#include "vmapview/writer.h"

#include <stdlib.h>
#include <unistd.h>

static int print(const struct vmv_options *o, const struct vmv_diff *diff)
{
	struct vmv_diffjson json = { .before = o->targets[0], .after = o->targets[1] };
	struct vmv_out *out = vmv_calloc(1, sizeof(*out));
	int status;

	out->fd = STDOUT_FILENO;
	if (o->tables.json)
		vmv_diffjson_print(out, diff, &json);
	else
		vmv_difftable_print(out, diff, !vmv_knows_utf8(), vmv_terminal_width());
	status = vmv_say_flushed(out) ? VMV_DIFF_EQUAL : VMV_DIFF_TROUBLE;
	free(out);
	return status;
}

/* What could be read is compared, but never called equal if something is missing. */
static int load(const char *spec, struct vmv_live *live, struct vmv_map *map)
{
	struct vmv_error err;
	int rc = load_target(spec, live, VMV_NEED_COUNTERS | VMV_NEED_CLASS | VMV_NEED_CONTEXT, map,
			     &err);

	tell_notice(map);
	if (rc == 0)
		rc = refuse_rollup(spec, map, &err);
	if (rc == 0)
		return VMV_DIFF_EQUAL;
	vmv_say("%s", err.text);
	return VMV_DIFF_TROUBLE;
}

/* Processes first, as those can't be looked at once we are confined. */
static int load_both(const struct vmv_options *o, struct vmv_live *live, struct vmv_map *maps)
{
	int status = VMV_DIFF_EQUAL, nfiles = 0, of[2];
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
		vmv_say("%s", err.text);
		for (int i = 0; i < nfiles; i++)
			vmv_map_init(&maps[of[i]]);
		return VMV_DIFF_TROUBLE;
	}
	for (int i = 0; i < nfiles; i++)
		status |= load(files[i], live, &maps[of[i]]);
	return status;
}

static bool has_regions(const struct vmv_map *map)
{
	return map->nregions && !map->rollup;
}

int diff_targets(const struct vmv_options *o)
{
	struct vmv_map maps[2];
	struct vmv_diff diff;
	struct vmv_error err;
	struct vmv_live *live;
	int status;

	if (open_live(o->targets, o->ntargets, &live, &err) < 0) {
		vmv_say("%s", err.text);
		return VMV_DIFF_TROUBLE;
	}
	status = load_both(o, live, maps);
	if (!status || (has_regions(&maps[0]) && has_regions(&maps[1]))) {
		vmv_diff_build(&diff, &maps[0], &maps[1]);
		status |= print(o, &diff);
		if (!status && diff.ndifferent)
			status = VMV_DIFF_DIFFERENT;
		vmv_diff_done(&diff);
	}
	vmv_map_done(&maps[0]);
	vmv_map_done(&maps[1]);
	vmv_live_close(live);
	return status;
}
