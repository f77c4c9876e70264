/*
 * difftable.h - what changed, as a table and totals by class
 */
#ifndef VMV_DIFFTABLE_H
#define VMV_DIFFTABLE_H

struct vmv_diff;
struct vmv_query;
struct vmv_report;

/** vmv_difftable_print - print all that is different, as @query (which has no filter) sorts it and
 *  @how says, but for columns; nothing if all is the same. */
void vmv_difftable_print(const struct vmv_report *how, const struct vmv_diff *diff,
			 const struct vmv_query *query);

#endif
