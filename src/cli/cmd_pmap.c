/* cmd_pmap.c - targets as pmap shows them, and its rc file; see cmd.h */
#include "cmd.h"

#include "message.h"
#include "target.h"
#include "terminal.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/options.h"
#include "vmapview/rc.h"
#include "vmapview/run.h"
#include "vmapview/source.h"
#include "vmapview/writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** struct run - what one invocation works with */
struct run {
	const struct vmv_options *o;
	struct vmv_pmap pmap;
	struct vmv_rc rc;
	struct vmv_live *live;
	struct vmv_out out;
	unsigned needs;
};

static void warn(const char *text)
{
	say("%s", text);
}

/* "~/.pmaprc", or by whatever name we were called; NULL if there is no home. */
static char *home_rc(const char *program)
{
	const char *home = getenv("HOME");

	if (!home) {
		say("HOME variable undefined");
		return NULL;
	}
	return vmv_asprintf("%s/.%src", home, program);
}

int pmap_create_rc(const struct vmv_options *o)
{
	char *path = o->rc_file ? vmv_strdup(o->rc_file) : home_rc(o->program);
	struct vmv_error err;
	int rc;

	if (!path)
		return VMV_EXIT_TROUBLE;
	rc = vmv_rc_create(path, &err);
	free(path);
	if (rc == -EEXIST)
		say("the file already exists - delete or rename it first");
	if (o->rc_file)
		say(rc ? "couldn't create the rc file"
		       : "rc file successfully created, feel free to edit the content");
	else if (rc)
		say("couldn't create ~/.%src", o->program);
	else
		say("~/.%src file successfully created, feel free to edit the content", o->program);
	return rc ? VMV_EXIT_TROUBLE : VMV_EXIT_OK;
}

static int read_rc(struct run *run)
{
	const struct vmv_options *o = run->o;
	char *path = o->rc_file ? vmv_strdup(o->rc_file) : home_rc(o->program);
	int rc;

	if (!path)
		return -ENOENT;
	rc = vmv_rc_read(path, &run->rc, warn, NULL);
	free(path);
	if (rc == -EISDIR && o->as_pmap) /* nothing to read is nothing wrong there */
		rc = 0;
	if (rc < 0 && o->rc_file)
		say("couldn't read the rc file");
	else if (rc < 0)
		say("couldn't read ~/.%src", o->program);
	if (run->rc.toggle_path)
		run->pmap.path = !run->pmap.path;
	run->pmap.rc = &run->rc;
	return rc;
}

/* pmap finds no process where there is no /proc. */
static int no_proc(const struct run *run, const struct vmv_error *err)
{
	if (run->o->as_pmap && err->code == ENOENT)
		return VMV_EXIT_NOT_FOUND;
	say("%s", err->text);
	return VMV_EXIT_TROUBLE;
}

static int prepare(struct run *run)
{
	struct vmv_error err;

	run->pmap.color = want_color(run->o);
	run->pmap.ascii = !knows_utf8();
	if (run->pmap.layout == VMV_PMAP_CHOSEN && read_rc(run) < 0)
		return VMV_EXIT_TROUBLE;
	run->needs = vmv_pmap_needs(&run->pmap);
	if (open_live(run->o->targets, run->o->ntargets, &run->live, &err) < 0)
		return no_proc(run, &err);
	return VMV_EXIT_OK;
}

/* Files may say nothing of the process: then the title is what was named. */
static void title(struct run *run, const char *spec, const struct vmv_map *map)
{
	if (vmv_target_is_process(spec) || map->process.command)
		vmv_pmap_title(&run->out, map, &run->pmap);
	else
		vmv_pmap_title_of(&run->out, spec, &run->pmap);
}

/* The next target may never answer. */
static void let_go(struct run *run)
{
	if (run->o->ntargets > 1)
		vmv_out_flush(&run->out);
}

/* pmap prints the title of what it may not read, and nothing of what is not there; its exit status
 * alone says so, and as pmap ours. */
static int show(void *data, const char *spec)
{
	struct run *run = data;
	bool process = vmv_target_is_process(spec);
	struct vmv_error err;
	struct vmv_map map;
	int rc = load_target(spec, run->live, run->needs, VMV_EXIT_TROUBLE, &map, &err);
	bool found = process ? rc != -ESRCH || map.torn : rc == 0 || map.nregions;
	bool counters = map.nfields || !process || !(run->needs & VMV_NEED_SMAPS);

	if (found)
		title(run, spec, &map);
	if (found && (rc == 0 || (map.nregions && counters)))
		vmv_pmap_list(&run->out, &map, &run->pmap);
	if (!run->o->as_pmap)
		tell_outcome(&run->out, &map, rc < 0 ? err.text : NULL);
	vmv_map_done(&map);
	let_go(run);
	if (process && !found)
		return VMV_EXIT_NOT_FOUND;
	return rc < 0 ? VMV_EXIT_TROUBLE : VMV_EXIT_OK;
}

static int finish(struct run *run, int status)
{
	if (!say_flushed(&run->out))
		status = VMV_EXIT_TROUBLE;
	vmv_live_close(run->live);
	vmv_rc_done(&run->rc);
	free(run);
	return status;
}

int pmap_targets(const struct vmv_options *o)
{
	struct run *run = vmv_calloc(1, sizeof(*run));
	int status;

	run->o = o;
	run->pmap = o->pmap;
	run->out.fd = STDOUT_FILENO;
	status = prepare(run);
	if (status == VMV_EXIT_OK)
		status = show_each(o, show, run);
	return finish(run, status);
}
