/* cmd_view.c - see cmd.h: the world that the view asks */
#include "cmd.h"

#include "confine.h"
#include "message.h"
#include "request.h"
#include "savefile.h"
#include "target.h"
#include "terminal.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/filter.h"
#include "vmapview/kind.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/options.h"
#include "vmapview/run.h"
#include "vmapview/source.h"
#include "vmapview/tui.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** struct opened - a target, closed by the last of the threads that use it */
struct opened {
	unsigned refs;
	char *spec;
	struct vmv_target target;
};

/**
 * struct world - what the world is made of
 * @confined: it is of a file, so it can do nothing but show that, or not even that
 *            if it is negative: then @err says why
 * @lock:     of @shown and all references
 * @shown:    what was loaded last, or NULL
 */
struct world {
	const struct vmv_options *o;
	struct vmv_live *live;
	pthread_mutex_t lock;
	struct opened *shown;
	int confined;
	struct vmv_error err;
};

static void ready(void *data)
{
	struct world *v = data;

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

static struct opened *take_shown(struct world *v)
{
	struct opened *shown;

	pthread_mutex_lock(&v->lock);
	shown = v->shown;
	if (shown)
		shown->refs++;
	pthread_mutex_unlock(&v->lock);
	return shown;
}

static void drop(struct world *v, struct opened *opened)
{
	bool last;

	if (!opened)
		return;
	pthread_mutex_lock(&v->lock);
	last = !--opened->refs;
	pthread_mutex_unlock(&v->lock);
	if (!last)
		return;
	vmv_target_close(&opened->target);
	free(opened->spec);
	free(opened);
}

static void show(struct world *v, struct opened *opened)
{
	struct opened *before;

	pthread_mutex_lock(&v->lock);
	before = v->shown;
	v->shown = opened;
	pthread_mutex_unlock(&v->lock);
	drop(v, before);
}

static struct opened *open_new(const struct world *v, const char *spec, struct vmv_error *err)
{
	struct opened *opened = vmv_calloc(1, sizeof(*opened));

	opened->refs = 1;
	opened->spec = vmv_strdup(spec);
	if (open_target(&opened->target, opened->spec, v->live, err) == 0)
		return opened;
	vmv_target_close(&opened->target);
	free(opened->spec);
	free(opened);
	return NULL;
}

/* The process that is shown is asked again; a file is opened anew, as another may have taken its
 * name.  One that is gone is not asked again: its PID may be that of another by now. */
static int load_shown(struct world *v, const char *spec, unsigned needs, struct vmv_map *map,
		      struct vmv_error *err)
{
	struct opened *opened = take_shown(v);
	int rc;

	if (!opened || !opened->target.source->live || strcmp(opened->spec, spec) != 0) {
		drop(v, opened);
		opened = open_new(v, spec, err);
	}
	if (!opened) {
		vmv_map_init(map);
		return -err->code;
	}
	rc = load_open(&opened->target, needs, map, err);
	if (rc == -ESRCH) {
		drop(v, opened);
		opened = NULL;
	}
	show(v, opened);
	return rc;
}

static int load(void *data, const char *target, unsigned needs, struct vmv_map *map,
		struct vmv_error *err)
{
	struct world *v = data;
	int rc;

	if (v->confined < 0) {
		vmv_map_init(map);
		*err = v->err;
		return v->confined;
	}
	rc = load_shown(v, target, needs, map, err);
	if (rc == 0)
		rc = refuse_rollup(target, map, err);
	if (map->rollup)
		vmv_map_keep(map, 0, 0);
	return rc;
}

static int list(void *data, bool measure, struct vmv_processes *list, struct vmv_error *err)
{
	(void)data;

	return measure ? vmv_live_list_measured(list, err) : vmv_live_list(list, err);
}

static int peek(void *data, struct vmv_peek *pieces, size_t n, struct vmv_error *err)
{
	struct world *v = data;
	struct opened *shown = take_shown(v);
	int rc = 0;

	if (shown)
		rc = vmv_target_peek(&shown->target, pieces, n, err);
	for (size_t i = 0; !shown && i < n; i++)
		pieces[i].page = VMV_PAGE_GONE;
	drop(v, shown);
	return rc;
}

static int save(void *data, const struct vmv_map *map, const char *path, struct vmv_error *err)
{
	(void)data;
	return savefile_write(map, path, err);
}

static bool is_taken(void *data, const char *path)
{
	(void)data;
	return savefile_is_taken(path);
}

static uint64_t max_regions(void *data)
{
	(void)data;
	return vmv_live_max_regions();
}

/* Complain about wrong options before the terminal is taken. */
static bool is_right(const struct vmv_options *o, const struct vmv_kind *kind)
{
	struct request r;
	bool right = request_make(&r, o, kind);

	if (right && r.counters.n) {
		say("the interactive view has no column '%s' (see --list-columns)",
		    r.counters.list[0]->name);
		right = false;
	}
	request_done(&r);
	return right;
}

/* With the map on standard input, keys come from the terminal itself; *@keys stays NULL for any
 * other target. */
static bool find_keys(const struct vmv_options *o, FILE **keys)
{
	if (!o->ntargets || strcmp(o->targets[0], "-") != 0)
		return true;
	if (isatty(STDIN_FILENO)) {
		say("-: standard input is the terminal, not a map");
		return false;
	}
	*keys = fopen("/dev/tty", "re");
	if (!*keys)
		say("cannot open the terminal for keys: %s", strerror(errno));
	return *keys;
}

static int run_view(const struct vmv_options *o, const struct vmv_kind *kind, FILE *keys)
{
	struct vmv_error err = { 0 };
	/* Confined, it can do nothing else. */
	bool file = o->ntargets && !vmv_target_is_process(o->targets[0]);
	struct world v = { .o = o, .live = vmv_live_open(&err), .lock = PTHREAD_MUTEX_INITIALIZER };
	const struct vmv_tui_world world = { .data = &v,
					     .ready = ready,
					     .is_live = is_live,
					     .load = load,
					     .list = file ? NULL : list,
					     .max_regions = max_regions,
					     .memory = { &v, peek },
					     .save = file ? NULL : save,
					     .is_taken = is_taken };
	struct vmv_tui_options options = {
		.world = &world,
		.target = o->ntargets ? o->targets[0] : NULL,
		.at = o->at,
		.color = want_color(o),
		.list = kind,
		.columns = o->tables.columns,
		.sort = o->tables.sort,
		.filter = o->tables.filter,
		.keys = keys,
	};
	int rc = -err.code;

	if (v.live || file)
		rc = vmv_tui_run(&options, &err);

	drop(&v, v.shown);
	vmv_live_close(v.live);
	pthread_mutex_destroy(&v.lock);
	if (rc == 0)
		return VMV_EXIT_OK;
	say("%s", err.text);
	return rc == -ESRCH ? VMV_EXIT_NOT_FOUND : VMV_EXIT_TROUBLE;
}

int view_target(const struct vmv_options *o)
{
	const struct vmv_kind *kind =
		o->tables.list ? vmv_kind_find(o->tables.list) : &vmv_kind_regions;
	FILE *keys = NULL;
	int status = VMV_EXIT_TROUBLE;

	if (is_right(o, kind) && find_keys(o, &keys))
		status = run_view(o, kind, keys);
	if (keys)
		fclose(keys);
	return status;
}
