/*
 * facts.h - what is known of a process besides its regions (private to source)
 */
#ifndef VMV_FACTS_H
#define VMV_FACTS_H

#include <stdbool.h>

struct procfile_stat;
struct vmv_proc;
struct vmv_process;

/**
 * facts_read - fill in tgid, uid, state, command, name, faults, stack_start and start_ticks
 * of @p, which owns its strings, from the /proc directory @dir of the process or thread @pid
 *
 * The strings are as pmap shows them.  Most are plain ASCII, which stays as it is; @proc makes
 * the others printable.  *@stat is what stat held.  See proc_pid_stat(5), proc_pid_status(5),
 * proc_pid_cmdline(5).
 *
 * Return: 0, -EACCES or -EPERM if we may not, what means_lack(), or -ESRCH if it went away.
 */
int facts_read(struct vmv_proc *proc, int dir, int pid, struct procfile_stat *stat,
	       struct vmv_process *p);

#endif
