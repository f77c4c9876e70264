/*
 * cmd_pmap.h - targets as pmap shows them, and its rc file (private to cli)
 */
#ifndef VMV_CMD_PMAP_H
#define VMV_CMD_PMAP_H

struct vmv_options;

/** pmap_targets - print all targets of @o; returns the exit status. */
int pmap_targets(const struct vmv_options *o);

/** pmap_create_rc - make a new rc file, as -n and -N ask for; returns the exit status. */
int pmap_create_rc(const struct vmv_options *o);

#endif
