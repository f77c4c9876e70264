/*
 * sums.h - the sums of a view's rows (private to table)
 */
#ifndef VMV_SUMS_H
#define VMV_SUMS_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_column;
struct vmv_query;
struct vmv_row;
struct vmv_value;
struct vmv_view;

/**
 * vmv_sums_make - sum up what @query asks for and adds up, going over the list once
 *
 * The @i-th that the view shows is @items[i] of the list, and belongs to the row @row_of[i];
 * without
 * @row_of, only the total has sums.
 */
void vmv_sums_make(struct vmv_view *view, const struct vmv_query *query, const size_t *items,
		   const size_t *row_of);

/** vmv_sums_get - set *@value to the sum of @row, made now if it was not before. */
void vmv_sums_get(const struct vmv_view *view, const struct vmv_row *row,
		  const struct vmv_column *column, struct vmv_value *value);

/** vmv_sums_done - release what vmv_sums_make() allocated. */
void vmv_sums_done(struct vmv_view *view);

#endif
