/*
 * pidwords.h - the words that name processes, as pmap takes them (private to cli)
 */
#ifndef VMV_PIDWORDS_H
#define VMV_PIDWORDS_H

#include "vmapview/options.h"

#include <stdbool.h>

/** pids_leave_out - drop targets in /proc that are not processes, such as "/proc/cpuinfo", which a
 *  shell makes of "/proc/" and "*".  "/proc/self" is dropped, too. */
void pids_leave_out(struct vmv_options *o);

/** pids_take - write all targets in decimal, in place; false if one of them is not a PID. */
bool pids_take(struct vmv_options *o);

#endif
