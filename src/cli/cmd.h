/*
 * cmd.h - the commands, each in its cmd_NAME.c (private to cli)
 *
 * Each returns the exit status: 0, 1 for trouble, if it does not say otherwise.
 */
#ifndef VMV_CMD_H
#define VMV_CMD_H

struct vmv_options;

/** pmap_targets - print all targets of @o as pmap does; 42 (pmap's) if a process was not found. */
int pmap_targets(const struct vmv_options *o);

/** pmap_create_rc - make a new rc file, as -n and -N ask for. */
int pmap_create_rc(const struct vmv_options *o);

/** show_tables - print all targets of @o in tables and formats of our own. */
int show_tables(const struct vmv_options *o);

/** show_processes - --all: one row per process, or the lists of each. */
int show_processes(const struct vmv_options *o);

/** Exit status of --diff, as that of diff(1). */
enum diff_exit { DIFF_EQUAL, DIFF_DIFFERENT, DIFF_TROUBLE };

/** diff_targets - --diff: compare two targets; returns an enum diff_exit. */
int diff_targets(const struct vmv_options *o);

/**
 * watch_target - --watch and --record: print what changes in a process, or record it
 *
 * Ends when the process does, on an interrupt, or when it was looked at often
 * enough.
 *
 * Return: 0, 1 for trouble, 42 (pmap's) if there is no such process.
 */
int watch_target(const struct vmv_options *o);

/** view_target - -i: show the target of @o, or let the user choose a process. */
int view_target(const struct vmv_options *o);

#endif
