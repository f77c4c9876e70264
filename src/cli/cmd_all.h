/*
 * cmd_all.h - vmapview --all (private to cli)
 */
#ifndef VMV_CMD_ALL_H
#define VMV_CMD_ALL_H

struct vmv_options;

/** show_processes - print one row per process; exit status 0, or 1 for trouble. */
int show_processes(const struct vmv_options *o);

#endif
