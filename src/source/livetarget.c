/* livetarget.c - a source of its own: running processes; live.c reads them */
#include "livetarget.h"

#include "mapped.h"
#include "means.h"
#include "mounts.h"
#include "procfile.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool claims(const struct vmv_target *t)
{
	return t->pid > 0;
}

static int open_target(struct vmv_target *t, struct vmv_error *err)
{
	struct livetarget *own;
	int dir;

	if (!t->live)
		return vmv_fail(err, EINVAL, "a process can't be looked at here");
	dir = procfile_open(t->pid);
	if (dir < 0 && means_lack(errno))
		return vmv_fail(err, errno, "cannot look at it: %m");
	if (dir < 0)
		return vmv_fail(err, ESRCH, "no such process");
	own = vmv_calloc(1, sizeof(*own));
	own->pid = t->pid;
	own->dir = dir;
	memory_init(&own->memory);
	t->own = own;
	return 0;
}

static int load(struct vmv_target *t, unsigned needs, struct vmv_map *map, struct vmv_error *err)
{
	return live_read(t->live, t->own, needs, map, err);
}

static void peek(struct vmv_target *t, struct vmv_peek *pieces, size_t n)
{
	struct livetarget *own = t->own;

	memory_look(&own->memory, live_looks(t->live), pieces, n);
}

static int file(struct vmv_target *t, const struct vmv_region *r, struct vmv_error *err)
{
	struct livetarget *own = t->own;
	int found = memory_dir(&own->memory), dir = found < 0 ? own->dir : found, fd;
	struct mounts mounts;

	mounts_open(&mounts, dir);
	fd = mapped_open(dir, r, &mounts);
	if (fd < 0 && mounts.lacking)
		fd = vmv_fail(err, mounts.lacking, "cannot open the file: %s",
			      strerror(mounts.lacking));
	else if (fd < 0)
		fd = vmv_fail(err, ENOENT, "the file that was mapped can't be had");
	mounts_close(&mounts);
	if (found >= 0)
		close(found);
	return fd;
}

static void close_target(struct vmv_target *t)
{
	struct livetarget *own = t->own;

	if (!own)
		return;
	memory_done(&own->memory);
	close(own->dir);
	free(own);
}

const struct vmv_source vmv_source_live = {
	.name = "a process",
	.live = true,
	.claims = claims,
	.open = open_target,
	.load = load,
	.peek = peek,
	.file = file,
	.close = close_target,
};
