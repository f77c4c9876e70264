/* proc.c - see proc.h */
#include "proc.h"

#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/map.h"
#include "vmapview/processes.h"

#include <errno.h>
#include <fcntl.h>
#include <libproc2/pids.h>
#include <stdlib.h>
#include <unistd.h>

enum { ITEM_COMMAND, ITEM_NAME, ITEM_START, ITEMS };

/* The library's own macro changed its arguments in 4.0.5; this one does not. */
#define VALUE(stack, item, type) ((stack)->head[item].result.type)

struct vmv_proc {
	struct pids_info *info;
};

/* libproc2 itself would say so and exit. */
static int proc_is_there(struct vmv_error *err)
{
	return access("/proc/self/stat", R_OK) == 0 ? 0
						    : vmv_fail(err, ENOENT, "/proc is not mounted");
}

struct vmv_proc *proc_open(struct vmv_error *err)
{
	return proc_is_there(err) < 0 ? NULL : vmv_calloc(1, sizeof(struct vmv_proc));
}

int proc_words(struct vmv_proc *proc, struct vmv_process *p)
{
	enum pids_item items[ITEMS] = {
		[ITEM_COMMAND] = PIDS_CMDLINE,
		[ITEM_NAME] = PIDS_CMD,
		[ITEM_START] = PIDS_TICS_BEGAN,
	};
	unsigned id = (unsigned)p->pid;
	struct pids_fetch *fetch;
	struct pids_stack *stack;

	if (!proc->info && procps_pids_new(&proc->info, items, ITEMS) < 0)
		return 0;
	fetch = procps_pids_select(proc->info, &id, 1, PIDS_SELECT_PID);
	if (!fetch || fetch->counts->total < 1)
		return -ESRCH;
	stack = fetch->stacks[0];
	if (VALUE(stack, ITEM_START, ull_int) != p->start_ticks) /* the number was taken again */
		return -ESRCH;
	/* Strings can be NULL when the process goes away in between (before 4.0.6). */
	free(p->command);
	free(p->name);
	p->command = vmv_strdup(VALUE(stack, ITEM_COMMAND, str));
	p->name = vmv_strdup(VALUE(stack, ITEM_NAME, str));
	return 0;
}

/* ---- all processes ---- */

/* The name is not used here; libproc2 calls by it what has no command line, as kernel threads. */
enum { LIST_PID, LIST_USER, LIST_COMMAND, LIST_RSS, LIST_NAME, LIST_ITEMS };

static void take_process(struct vmv_processes *processes, const struct pids_stack *stack, bool rss)
{
	struct vmv_process_row *u = vmv_processes_add(processes);

	u->pid = (uint64_t)VALUE(stack, LIST_PID, s_int);
	u->user = vmv_strdup(VALUE(stack, LIST_USER, str));
	u->command = vmv_strdup(VALUE(stack, LIST_COMMAND, str));
	if (rss)
		u->rss = (uint64_t)VALUE(stack, LIST_RSS, ul_int) * 1024;
}

/* libproc2 4.0.7 loses errno if it can't open the directory of a process besides /proc. */
static int why_no_list(int code)
{
	int all = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int one = all < 0 ? -1 : openat(all, "self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (one < 0)
		code = errno;
	else
		close(one);
	if (all >= 0)
		close(all);
	return code;
}

int proc_list(struct vmv_processes *processes, bool rss, struct vmv_error *err)
{
	enum pids_item list_items[LIST_ITEMS] = {
		[LIST_PID] = PIDS_ID_PID,      [LIST_USER] = PIDS_ID_EUSER,
		[LIST_COMMAND] = PIDS_CMDLINE, [LIST_RSS] = PIDS_MEM_RES,
		[LIST_NAME] = PIDS_CMD,
	};
	struct pids_info *info = NULL;
	struct pids_fetch *fetch;
	int rc = proc_is_there(err);

	if (rc < 0)
		return rc;
	rc = procps_pids_new(&info, list_items, rss ? LIST_ITEMS : LIST_RSS);
	if (rc < 0)
		return vmv_fail(err, -rc, "cannot read /proc: %m");
	fetch = procps_pids_reap(info, PIDS_FETCH_TASKS_ONLY);
	if (!fetch)
		rc = vmv_fail(err, why_no_list(errno), "cannot list processes: %m");
	for (int i = 0; fetch && i < fetch->counts->total; i++)
		take_process(processes, fetch->stacks[i], rss);
	procps_pids_unref(&info);
	return rc;
}

void proc_close(struct vmv_proc *proc)
{
	if (!proc)
		return;
	if (proc->info)
		procps_pids_unref(&proc->info);
	free(proc);
}
