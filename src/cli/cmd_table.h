/*
 * cmd_table.h - targets in our own tables and formats (private to cli)
 */
#ifndef VMV_CMD_TABLE_H
#define VMV_CMD_TABLE_H

struct vmv_options;

/** show_tables - print all targets of @o; returns the exit status. */
int show_tables(const struct vmv_options *o);

#endif
