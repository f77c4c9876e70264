/* interactive.c - see interactive.h: the world that the view asks */
#include "interactive.h"

#include "confine.h"
#include "message.h"
#include "target.h"
#include "terminal.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/filter.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/memory.h"
#include "vmapview/options.h"
#include "vmapview/output.h"
#include "vmapview/run.h"
#include "vmapview/source.h"
#include "vmapview/tui.h"
#include "vmapview/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/** struct view - @confined: it is of a file, so it can do nothing but show that, or not even that
 *  if it is negative: then @err says why */
struct view {
	const struct vmv_options *o;
	struct vmv_live *live;
	struct vmv_memory *memory;
	int confined;
	struct vmv_error err;
};

static void ready(void *data)
{
	struct view *v = data;

	if (!v->o->ntargets)
		return;
	if (confine_possible(v->o->targets, v->o->ntargets))
		vmv_filter_prepare();
	v->confined = confine(v->o->targets, v->o->ntargets, &v->err);
}

static bool is_live(void *data, const char *target)
{
	(void)data;
	return vmv_target_is_process(target);
}

static int load(void *data, const char *target, unsigned needs, struct vmv_map *map,
		struct vmv_error *err)
{
	const struct view *v = data;
	int rc;

	if (v->confined < 0) {
		vmv_map_init(map);
		*err = v->err;
		return v->confined;
	}
	rc = load_target(target, v->live, needs, map, err);
	if (rc == 0)
		rc = refuse_rollup(target, map, err);
	if (map->rollup)
		vmv_map_keep(map, 0, 0);
	return rc;
}

static int list(void *data, bool measure, struct vmv_usages *list, struct vmv_error *err)
{
	const struct view *v = data;

	if (v->confined)
		return vmv_fail(err, EPERM, "not from the view of a file: leave it first");
	return measure ? vmv_live_list_measured(list, err) : vmv_live_list(list, err);
}

static enum vmv_page peek(void *data, const struct vmv_process *process,
			  const struct vmv_piece *piece)
{
	const struct view *v = data;

	return vmv_memory_read(v->memory, process, piece);
}

/* Only to a new file: a wrong key must not cost anybody an old one. */
static int save(void *data, const struct vmv_map *map, const char *path, struct vmv_error *err)
{
	const struct view *v = data;
	struct vmv_out *out;
	int rc;

	if (v->confined)
		return vmv_fail(err, EPERM, "the view of a file writes none: use vmapview --json");
	out = vmv_calloc(1, sizeof(*out));
	out->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (out->fd < 0) {
		rc = vmv_fail(err, errno, "cannot create %.150s: %m", path);
		free(out);
		return rc;
	}
	vmv_snapshot_write(out, map, false);
	rc = vmv_out_flush(out);
	if (close(out->fd) < 0 && rc == 0)
		rc = -errno;
	if (rc < 0) {
		vmv_fail(err, -rc, "cannot write %.150s: %m", path);
		unlink(path);
	}
	free(out);
	return rc;
}

static uint64_t max_regions(void *data)
{
	(void)data;
	return vmv_live_max_regions();
}

int vmv_interactive(const struct vmv_options *o)
{
	struct vmv_error err = { 0 };
	struct view v = { .o = o, .live = vmv_live_open(&err), .memory = vmv_memory_open() };
	const struct vmv_tui_world world = { .data = &v,
					     .ready = ready,
					     .is_live = is_live,
					     .load = load,
					     .list = list,
					     .max_regions = max_regions,
					     .peek = peek,
					     .save = save };
	struct vmv_tui_options options = {
		.world = &world,
		.target = o->ntargets ? o->targets[0] : NULL,
		.at = o->at,
		.color = vmv_want_color(o),
	};
	int rc = -err.code;

	if (v.live || (o->ntargets && !vmv_target_is_process(o->targets[0])))
		rc = vmv_tui_run(&options, &err);

	vmv_live_close(v.live);
	vmv_memory_close(v.memory);
	if (rc == 0)
		return VMV_EXIT_OK;
	vmv_say("%s", err.text);
	return rc == -ESRCH ? VMV_EXIT_NOT_FOUND : VMV_EXIT_TROUBLE;
}
