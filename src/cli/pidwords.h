/*
 * pidwords.h - the words that name processes, as pmap takes them (private to cli)
 */
#ifndef VMV_PIDWORDS_H
#define VMV_PIDWORDS_H

#include "vmapview/options.h"

#include <stdbool.h>

/** pids_leave_out - drop the targets that are in /proc and no process, such as "/proc/cpuinfo": a
 *  shell makes them of "*" there.  "/proc/self" is one of them. */
void pids_leave_out(struct vmv_options *o);

/** pids_take - write all targets in decimal, in place; false if one of them is no PID. */
bool pids_take(struct vmv_options *o);

#endif
