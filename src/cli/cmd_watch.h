/*
 * cmd_watch.h - vmapview --watch and --record (private to cli)
 */
#ifndef VMV_CMD_WATCH_H
#define VMV_CMD_WATCH_H

struct vmv_options;

/**
 * watch_target - print what changes in a process, or record it
 *
 * Ends when the process does, on an interrupt, or when it was looked at often
 * enough.
 *
 * Return: the exit status: 0, 1 for trouble, 42 if there is no such process.
 */
int watch_target(const struct vmv_options *o);

#endif
