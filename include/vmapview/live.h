/*
 * live.h - the memory of running processes, from /proc
 *
 * Everything about one process is read through one handle on its /proc
 * directory, so that a PID that is used again can't mix two processes, and
 * is complete before anything is shown.  See proc(5) and
 * Documentation/filesystems/proc.rst.
 */
#ifndef VMV_LIVE_H
#define VMV_LIVE_H

#include <stdint.h>

struct vmv_error;
struct vmv_live;
struct vmv_processes;

/**
 * vmv_live_open - get ready to read processes
 *
 * Call setlocale() before: libproc2 makes command lines printable for it.
 *
 * Return: the handle for vmv_target_open(), or NULL with @err set.
 */
struct vmv_live *vmv_live_open(struct vmv_error *err);

/**
 * vmv_live_list - what processes there are, kernel threads too
 *
 * Sets pid, user, command and rss of each in the zeroed *@processes, and its time and
 * kernel; see processes.h.
 * Cheap enough for a list that is shown again every second.
 *
 * Return: 0, or a negative errno with @err set.
 */
int vmv_live_list(struct vmv_processes *processes, struct vmv_error *err);

/**
 * vmv_live_list_measured - the same with what only smaps_rollup and maps tell
 *
 * Those without memory of their own (kernel threads, zombies) and those that
 * went away are left out; those that we may not read are counted and have
 * unknown values.  So do those that we lack the means to look at; that is an error.
 *
 * Return: 0, or a negative errno with @err set; what could be read is in @processes.
 */
int vmv_live_list_measured(struct vmv_processes *processes, struct vmv_error *err);

/** vmv_live_max_regions - how many regions a process may have now (vm.max_map_count), or
 *  VMV_UNKNOWN. */
uint64_t vmv_live_max_regions(void);

/** vmv_live_close - release the handle; NULL is fine. */
void vmv_live_close(struct vmv_live *live);

#endif
