/*
 * live.c - see live.h
 *
 * The kernel gives out maps a page at a time and drops its lock in between, and
 * a process that exec'd or became a zombie reads as a short, clean file.  So:
 * read, then ask whether what was read still exists, and if not start again.
 */
#include "vmapview/live.h"

#include "apart.h"
#include "devices.h"
#include "elf.h"
#include "facts.h"
#include "heaps.h"
#include "livetarget.h"
#include "mapped.h"
#include "means.h"
#include "memory.h"
#include "mounts.h"
#include "proc.h"
#include "procfile.h"
#include "threads.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/error.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/reader.h"
#include "vmapview/smaps.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TRIES = 5 };

struct vmv_live {
	struct vmv_proc *proc;
	struct apart apart;
	struct looks looks;
	struct devices devices;
};

struct vmv_live *vmv_live_open(struct vmv_error *err)
{
	struct vmv_proc *proc = proc_open(err);
	struct vmv_live *live;

	if (!proc)
		return NULL;
	live = vmv_calloc(1, sizeof(*live));
	live->proc = proc;
	live->apart.patience = APART_PATIENCE;
	looks_init(&live->looks);
	return live;
}

void vmv_live_close(struct vmv_live *live)
{
	if (!live)
		return;
	proc_close(live->proc);
	looks_done(&live->looks);
	free(live);
}

struct looks *live_looks(struct vmv_live *live)
{
	return &live->looks;
}

/** struct texts - the files that one reading of the regions takes; -1 or errno */
struct texts {
	int maps, smaps, pagemap;
	int maps_errno, smaps_errno, pagemap_errno;
};

/* One attempt at one process. */
struct attempt {
	struct vmv_live *live;
	struct livetarget *target;
	struct vmv_map *map;
	struct vmv_error *err;
	unsigned needs;
	int dir;    /* /proc/TGID */
	int leader; /* the same, opened because a thread was named */
	int task;   /* where to read maps: the same, or that of a live thread */
	struct texts texts;
	struct procfile_stat first, stat; /* before the texts were opened, and after */
	struct procfile_stat program;     /* where the texts are */
	bool hidden;                      /* from us */
	int lacking;                      /* the first errno that is about us; see means.h */
};

/*
 * maps in any case: as it stays with the memory of the program that was there when it
 * was opened, it answers whether that program still is.
 */
static void open_texts(struct attempt *a, int dir)
{
	struct texts *t = &a->texts;

	t->maps = openat(dir, "maps", O_RDONLY | O_CLOEXEC);
	t->maps_errno = errno;
	if (a->needs & VMV_NEED_SMAPS) {
		t->smaps = openat(dir, "smaps", O_RDONLY | O_CLOEXEC);
		t->smaps_errno = errno;
	}
	t->pagemap = openat(dir, "pagemap", O_RDONLY | O_CLOEXEC);
	t->pagemap_errno = errno;
}

static void close_text(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_texts(struct texts *t)
{
	close_text(&t->maps);
	close_text(&t->smaps);
	close_text(&t->pagemap);
}

/* A handle on a thread, unless that has ended. */
static int open_if_alive(struct attempt *a, int tasks, const char *name)
{
	int fd = openat(tasks, name, O_PATH | O_DIRECTORY | O_CLOEXEC), rc = -errno;
	struct procfile_stat st = { .state = 'X' };

	if (fd >= 0)
		rc = procfile_stat(fd, &st);
	if (st.state != 'Z' && st.state != 'X')
		return fd;
	means_note(&a->lacking, -rc);
	if (fd >= 0)
		close(fd);
	return -1;
}

/* A leader that called pthread_exit() is a zombie; its memory lives with a thread. */
static int open_live_thread(struct attempt *a, int *tid)
{
	int tasks = openat(a->dir, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC), found = -1;
	DIR *list = tasks < 0 ? NULL : fdopendir(tasks);
	struct dirent *entry;

	if (!list)
		means_note(&a->lacking, errno);
	while (list && found < 0 && (entry = readdir(list))) {
		*tid = procfile_tid(entry->d_name);
		if (*tid > 0)
			found = open_if_alive(a, dirfd(list), entry->d_name);
	}
	if (list)
		closedir(list);
	else if (tasks >= 0)
		close(tasks);
	return found;
}

static int read_facts(struct attempt *a, int dir, int pid, struct procfile_stat *stat)
{
	int rc = facts_read(a->live->proc, dir, pid, stat, &a->map->process);

	/* With hidepid=1 there is a directory, and no more; for pmap that is no process. */
	a->hidden = rc == -EACCES || rc == -EPERM;
	return a->hidden ? -ESRCH : rc;
}

/* That we have no means to look says nothing of the process. */
static int cannot_look(const struct attempt *a, int rc)
{
	return means_lack(-rc) ? vmv_fail(a->err, -rc, "cannot look at it: %m") : -ESRCH;
}

/* Unless we lack the means, what can't be looked at is another process by now. */
static int not_the_same(const struct attempt *a, int rc)
{
	return means_lack(-rc) ? cannot_look(a, rc) : -EAGAIN;
}

/* The regions of a thread are those of its process, and so is what says whether there are any. */
static int open_leader(struct attempt *a)
{
	struct procfile_stat alive;
	int thread = a->dir, rc;

	a->dir = a->leader = procfile_open(a->map->process.tgid);
	rc = a->dir < 0 ? -errno : procfile_stat(a->dir, &a->stat);
	/* As long as the thread lives, that number is its process's. */
	if (rc == 0)
		rc = procfile_stat(thread, &alive);
	return rc < 0 ? not_the_same(a, rc) : 0;
}

/* A leader that is gone: its process is what another thread has, but for the faults of all. */
static int open_survivor(struct attempt *a)
{
	struct vmv_process *p = &a->map->process;
	int tid = 0, rc;

	a->task = open_live_thread(a, &tid);
	if (a->task < 0 && a->lacking)
		return cannot_look(a, -a->lacking);
	if (a->task >= 0) {
		close_texts(&a->texts);
		open_texts(a, a->task);
		rc = read_facts(a, a->task, tid, &a->program);
		if (rc < 0)
			return not_the_same(a, rc);
	}
	p->minor_faults = a->stat.minor_faults;
	p->major_faults = a->stat.major_faults;
	return 0;
}

/* Get the handles and the facts; -EAGAIN if they are not of one process.  The facts follow a
 * process through exec, the texts don't: opened before, they tell. */
static int open_process(struct attempt *a)
{
	int pid = a->target->pid, rc;
	bool there;

	a->first = (struct procfile_stat){ 0 };
	there = procfile_stat(a->dir, &a->first) == 0;
	open_texts(a, a->dir);
	rc = read_facts(a, a->dir, pid, &a->stat);
	if (rc == -ESRCH && there)
		return -EAGAIN;
	if (rc < 0)
		return cannot_look(a, rc);
	if (a->map->process.tgid != pid)
		rc = open_leader(a);
	a->program = a->stat;
	if (rc == 0 && a->stat.state == 'Z')
		rc = open_survivor(a);
	return rc;
}

static int read_text(struct attempt *a, int fd, const char *what)
{
	struct vmv_reader in = { .fd = fd, .ahead = true };
	int rc = vmv_smaps_read(&in, what, a->map, a->err);

	vmv_reader_done(&in);
	a->map->torn = rc < 0;
	return rc;
}

/* Kernel threads and zombies have no memory, and their maps is rightly empty. */
static bool has_memory(const struct attempt *a)
{
	return !a->stat.kernel_thread && !(a->stat.state == 'Z' && a->task < 0);
}

static bool memory_is_gone(const struct attempt *a)
{
	const struct texts *t = &a->texts;

	return t->maps >= 0 && has_memory(a) && !memory_exists(t->maps, t->pagemap);
}

static int read_regions(struct attempt *a)
{
	const struct texts *t = &a->texts;
	int rc;

	if (t->smaps >= 0)
		rc = read_text(a, t->smaps, "smaps");
	else if (t->maps >= 0)
		rc = read_text(a, t->maps, "maps");
	else if (t->maps_errno == ESRCH || t->maps_errno == ENOENT)
		return -EAGAIN;
	else
		return vmv_fail(a->err, t->maps_errno, "cannot read maps: %m");

	if (rc == -ESRCH || (rc == 0 && memory_is_gone(a)))
		return -EAGAIN;
	if (rc == 0 && a->needs & VMV_NEED_SMAPS && t->smaps < 0)
		return vmv_fail(a->err, t->smaps_errno, "cannot read smaps: %m");
	return rc;
}

/* What the regions are: from the handle they were read through. */
static void find_classes(struct attempt *a)
{
	int at = a->task >= 0 ? a->task : a->dir;
	struct apart *apart = &a->live->apart;
	struct mounts mounts;

	apart->lacking = 0;
	mounts_open(&mounts, at);
	means_note(&a->lacking, -procfile_auxv(at, &a->map->process));
	mapped_exe(at, a->map, &mounts);
	means_note(&a->lacking, -threads_find(a->dir, a->map, apart));
	headers_find(at, a->map, &mounts, apart);
	heaps_find_live(at, a->map, apart);
	means_note(&a->lacking, mounts.lacking);
	if (!a->lacking)
		a->lacking = apart->lacking;
	mounts_close(&mounts);
	vmv_classify(a->map);
}

static bool is_alive(const struct attempt *a, struct procfile_stat *now)
{
	return procfile_stat(a->dir, now) == 0 && now->state != 'Z' && now->state != 'X';
}

/*
 * By exec: the memory that we read is no more, or, if it was shared with the process
 * that made this one by vfork(), the program is elsewhere; or there is a leader again that
 * was gone while a thread took its place.
 */
static bool was_replaced(const struct attempt *a)
{
	struct procfile_stat now;

	return is_alive(a, &now) &&
	       (a->stat.state == 'Z' || !procfile_is_same_program(&now, &a->first) ||
		memory_is_gone(a));
}

/* What we lacked must not pass for what is not there. */
static void tell_lacking(const struct attempt *a)
{
	static const char text[] = "some facts could not be read, so classes are less certain";

	if (a->lacking)
		a->map->notice =
			vmv_asprintf("%d: %s: %s", a->target->pid, text, strerror(a->lacking));
}

static int attempt(struct attempt *a)
{
	int rc;

	vmv_map_init(a->map);
	a->map->wanted = vmv_needed_stats(a->needs);
	rc = open_process(a);
	if (rc < 0)
		return rc;
	if (a->needs & VMV_NEED_CONTEXT) {
		procfile_stamp(&a->map->time, &a->map->kernel);
		procfile_user(&a->map->process);
	}
	rc = read_regions(a);
	means_note(&a->lacking, -devices_find(&a->live->devices, a->map));
	if (a->needs & VMV_NEED_CLASS && a->map->nregions)
		find_classes(a);
	if (!means_lack(-rc)) /* that is an error already */
		tell_lacking(a);
	return rc == 0 && was_replaced(a) ? -EAGAIN : rc;
}

/* What was read and what will be looked at are of one memory. */
static void keep_memory(struct attempt *a)
{
	int *owned = a->task >= 0 ? &a->task : a->leader >= 0 ? &a->leader : NULL;
	const struct memory_place place = { .dir = owned ? *owned : a->dir,
					    .owned = owned,
					    .pagemap = &a->texts.pagemap,
					    .code = a->texts.pagemap_errno,
					    .program = &a->program };

	memory_set(&a->target->memory, &place);
}

static int attempt_closed(struct attempt *a)
{
	int rc;

	a->dir = a->target->dir;
	a->leader = a->task = -1;
	a->lacking = 0;
	a->texts = (struct texts){ .maps = -1, .smaps = -1, .pagemap = -1 };
	rc = attempt(a);
	if (a->map->nregions)
		keep_memory(a);
	close_texts(&a->texts);
	close_text(&a->leader);
	close_text(&a->task);
	return rc;
}

/* The last attempt's result in words. */
static int tell(const struct attempt *a, int rc)
{
	if (rc == -EAGAIN) {
		a->map->torn = true;
		return vmv_fail(a->err, EAGAIN, "the process changed too fast to be read whole");
	}
	if (rc != -ESRCH)
		return rc;
	return vmv_fail(a->err, ESRCH,
			a->hidden ? "its files in /proc are hidden from us" : "no such process");
}

/* It went away in the middle, or never stayed: what was read before is all there will be. */
static int use_part(struct attempt *a, const struct vmv_map *part, int rc)
{
	struct procfile_stat now;

	vmv_map_done(a->map);
	*a->map = *part;
	a->map->torn = true;
	if (rc == -EAGAIN && is_alive(a, &now))
		return tell(a, rc);
	return vmv_fail(a->err, ESRCH, "the process went away while it was read");
}

int live_read(struct vmv_live *live, struct livetarget *target, unsigned needs, struct vmv_map *map,
	      struct vmv_error *err)
{
	struct attempt a = {
		.live = live, .target = target, .map = map, .err = err, .needs = needs
	};
	const struct timespec a_moment = { .tv_nsec = 1000000 };
	struct vmv_map part;
	bool have_part = false;
	int rc;

	vmv_map_done(map); /* each attempt has a new one */
	for (int try = 1;; try++) {
		rc = attempt_closed(&a);
		if (rc != -EAGAIN || try == TRIES)
			break;
		if (!map->nregions) /* between losing its memory and being gone */
			nanosleep(&a_moment, NULL);
		if (map->nregions && !have_part) {
			part = *map;
			have_part = true;
		} else {
			vmv_map_done(map);
		}
	}
	if (have_part && !map->nregions)
		return use_part(&a, &part, rc);
	if (have_part)
		vmv_map_done(&part);
	return tell(&a, rc);
}
