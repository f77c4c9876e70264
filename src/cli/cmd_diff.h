/*
 * cmd_diff.h - vmapview --diff A B (private to cli)
 */
#ifndef VMV_CMD_DIFF_H
#define VMV_CMD_DIFF_H

struct vmv_options;

/** Exit status, as that of diff(1). */
enum diff_exit { DIFF_EQUAL, DIFF_DIFFERENT, DIFF_TROUBLE };

/** diff_targets - compare two targets; returns the exit status. */
int diff_targets(const struct vmv_options *o);

#endif
