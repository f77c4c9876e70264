/*
 * threads.h - where the stacks of a process's threads are (private to source)
 */
#ifndef VMV_THREADS_H
#define VMV_THREADS_H

struct apart;
struct vmv_map;

/**
 * threads_find - fill map->threads from the /proc/PID directory @dir
 *
 * Gives each thread its stack pointer (proc_pid_syscall(5); not while it runs),
 * or else the region that holds its control block, for which @apart looks into
 * memory.  A process with one thread has no thread stacks and gets that one
 * thread.  What may not be read is left unknown.
 *
 * Return: 0, or the negative errno of what could not be read, if that is about us (means.h) or
 * about all threads.
 */
int threads_find(int dir, struct vmv_map *map, struct apart *apart);

#endif
