/*
 * rollup.c - what processes have in memory, one file each (see live.h)
 *
 * /proc/PID/smaps_rollup (Linux 4.14) is the kernel's own sum over smaps, and
 * much cheaper to read.
 */
#include "means.h"
#include "proc.h"
#include "procfile.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/processes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The value of the line "Pss:     12 kB" in bytes. */
static uint64_t take(const char *text, const char *name)
{
	uint64_t kb;

	return procfile_number(text, name, 0, &kb) && kb <= UINT64_MAX / 2048 ? kb * 1024
									      : VMV_UNKNOWN;
}

static void take_all(struct vmv_process_row *u, const char *text)
{
	u->rss = take(text, "\nRss:");
	u->pss = take(text, "\nPss:");
	u->swap = take(text, "\nSwap:");
	u->uss = vmv_sum_known(take(text, "\nPrivate_Clean:"), take(text, "\nPrivate_Dirty:"));
}

/* The kernel escapes newlines in names. */
static uint64_t count_lines(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	uint64_t lines = 0;
	char buf[16384];
	ssize_t len;

	if (fd < 0)
		return VMV_UNKNOWN;
	while ((len = read(fd, buf, sizeof(buf))) > 0)
		for (const char *s = buf; (s = memchr(s, '\n', (size_t)(buf + len - s))); s++)
			lines++;
	close(fd);
	return len < 0 ? VMV_UNKNOWN : lines;
}

/* "730 424 397 5 0 89 0": pages; the second is Rss, which everyone may know. */
static uint64_t read_rss(int dir)
{
	char text[256], *end;
	long len = procfile_read(dir, "statm", text, sizeof(text) - 1);

	if (len <= 0)
		return VMV_UNKNOWN;
	text[len] = '\0';
	strtoull(text, &end, 10);
	return strtoull(end, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
}

/** What became of a process. */
enum outcome { READ, DENIED, VANISHED, LACKING };

/* All that is known then. */
static enum outcome denied(int dir, struct vmv_process_row *u)
{
	u->rss = read_rss(dir);
	return DENIED;
}

static enum outcome measure_at(int dir, struct vmv_process_row *u)
{
	char text[4096];
	long len = procfile_read(dir, "smaps_rollup", text, sizeof(text) - 1);

	if (len == -EACCES || len == -EPERM)
		return denied(dir, u);
	if (len == -ENOENT && faccessat(dir, "stat", R_OK, 0) == 0) /* an old kernel */
		return denied(dir, u);
	if (len <= 0)
		return means_lack((int)-len) ? LACKING : VANISHED;
	text[len] = '\0';
	take_all(u, text);
	u->regions = count_lines(dir, "maps");
	return READ;
}

/** struct measured - what one process has; @u has numbers only */
struct measured {
	enum outcome outcome;
	struct vmv_process_row u;
};

static enum outcome measure(struct vmv_process_row *u)
{
	int dir = procfile_open((int)u->pid);
	enum outcome outcome;

	if (dir < 0)
		return means_lack(errno) ? LACKING : VANISHED;
	outcome = measure_at(dir, u);
	close(dir);
	return outcome;
}

/** struct work - processes to be measured, by pid, by whichever thread takes the @next */
struct work {
	struct measured *list;
	size_t count, room;
	atomic_size_t next;
};

static void *measure_some(void *arg)
{
	struct work *work = arg;
	size_t i;

	while ((i = atomic_fetch_add(&work->next, 1)) < work->count)
		work->list[i].outcome = measure(&work->list[i].u);
	return NULL;
}

static int compare(const void *a, const void *b)
{
	const struct measured *x = a, *y = b;

	return (x->u.pid > y->u.pid) - (x->u.pid < y->u.pid);
}

static struct measured not_measured(int pid)
{
	return (struct measured){ .u = { .pid = (uint64_t)pid,
					 .rss = VMV_UNKNOWN,
					 .pss = VMV_UNKNOWN,
					 .uss = VMV_UNKNOWN,
					 .swap = VMV_UNKNOWN,
					 .regions = VMV_UNKNOWN } };
}

static int find_processes(struct work *work)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;

	if (!proc)
		return -errno;
	while ((entry = readdir(proc))) {
		int pid = procfile_tid(entry->d_name);

		if (pid <= 0)
			continue;
		work->list = vmv_grow(work->list, work->count, &work->room, sizeof(*work->list));
		work->list[work->count++] = not_measured(pid);
	}
	closedir(proc);
	if (work->list)
		qsort(work->list, work->count, sizeof(*work->list), compare);
	return 0;
}

/* Those that came after we looked were never there.  How many we lacked the means to look at. */
static size_t apply(const struct work *work, struct vmv_processes *processes)
{
	size_t lacking = 0;

	for (size_t i = processes->count; i-- > 0;) {
		struct vmv_process_row *u = &processes->list[i];
		const struct measured key = { .u.pid = u->pid };
		const struct measured *found =
			bsearch(&key, work->list, work->count, sizeof(key), compare);

		if (!found || found->outcome == VANISHED) {
			vmv_processes_drop(processes, i);
			continue;
		}
		processes->denied += found->outcome == DENIED;
		lacking += found->outcome == LACKING;
		u->rss = found->u.rss;
		u->pss = found->u.pss;
		u->uss = found->u.uss;
		u->swap = found->u.swap;
		u->regions = found->u.regions;
	}
	return lacking;
}

int vmv_live_list(struct vmv_processes *processes, struct vmv_error *err)
{
	procfile_stamp(&processes->time, &processes->kernel);
	return proc_list(processes, true, err);
}

/* The kernel goes through all pages of a process meanwhile, which other processors can do for the
 * next ones, or while this one finds out about users and commands. */
int vmv_live_list_measured(struct vmv_processes *processes, struct vmv_error *err)
{
	enum { MOST = 4, WORTH_A_THREAD = 32 };
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct work work = { 0 };
	pthread_t threads[MOST];
	size_t n = 0, lacking;
	int rc = find_processes(&work);

	if (rc < 0)
		return vmv_fail(err, -rc, "cannot read /proc: %m");
	while (n < MOST && (long)n + 1 < processors && n < work.count / WORTH_A_THREAD &&
	       pthread_create(&threads[n], NULL, measure_some, &work) == 0)
		n++;
	procfile_stamp(&processes->time, &processes->kernel);
	processes->max_regions = vmv_live_max_regions();
	rc = proc_list(processes, false, err);
	measure_some(&work);
	while (n > 0)
		pthread_join(threads[--n], NULL);
	lacking = apply(&work, processes);
	free(work.list);
	if (rc == 0 && lacking)
		return vmv_fail(err, EMFILE, "cannot look at %zu of %zu processes: %m", lacking,
				processes->count);
	return rc;
}
