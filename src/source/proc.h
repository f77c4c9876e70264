/*
 * proc.h - printable commands, and the list of processes (the only user of libproc2; private to
 * source)
 */
#ifndef VMV_PROC_H
#define VMV_PROC_H

#include <stdbool.h>

struct vmv_error;
struct vmv_proc;
struct vmv_process;
struct vmv_processes;

/** proc_open - get ready for proc_words(); NULL with @err set if /proc is not there. */
struct vmv_proc *proc_open(struct vmv_error *err);

/**
 * proc_words - set command and name of @p, which owns them, made printable as in pmap
 *
 * Leaves what they are if libproc2 has no memory to start with.
 *
 * Return: 0, or -ESRCH if the process or thread of its pid and start_ticks is no more.
 */
int proc_words(struct vmv_proc *proc, struct vmv_process *p);

/**
 * proc_list - see vmv_live_list()
 *
 * @rss costs two more files for each process.  Without it, what has no memory has no right name.
 */
int proc_list(struct vmv_processes *processes, bool rss, struct vmv_error *err);

/** proc_close - stop libproc2; NULL is fine. */
void proc_close(struct vmv_proc *proc);

#endif
