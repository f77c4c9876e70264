/*
 * tables.h - targets in our own tables and formats (private to cli)
 */
#ifndef VMV_TABLES_H
#define VMV_TABLES_H

struct vmv_options;

/** vmv_tables_show - print all targets of @o; returns the exit status. */
int vmv_tables_show(const struct vmv_options *o);

/** vmv_tables_list_columns - print what -o, --sort and --filter know. */
void vmv_tables_list_columns(void);

#endif
