/*
 * cmd_diff.h - vmapview --diff A B (private to cli)
 */
#ifndef VMV_CMD_DIFF_H
#define VMV_CMD_DIFF_H

struct vmv_options;

/** Exit status, as that of diff(1). */
enum vmv_diff_exit { VMV_DIFF_EQUAL, VMV_DIFF_DIFFERENT, VMV_DIFF_TROUBLE };

/** diff_targets - compare two targets; returns the exit status. */
int diff_targets(const struct vmv_options *o);

#endif
