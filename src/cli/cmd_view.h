/*
 * cmd_view.h - open the interactive view (private to cli)
 */
#ifndef VMV_CMD_VIEW_H
#define VMV_CMD_VIEW_H

struct vmv_options;

/** view_target - show the target of @o, or let the user choose a process;
 *  returns the exit status. */
int view_target(const struct vmv_options *o);

#endif
