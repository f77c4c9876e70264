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
 * sums_make - sum up what @query asks for and adds up, going over the list once
 *
 * The @i-th that the view shows is @items[i] of the list, and belongs to the row @row_of[i];
 * without
 * @row_of, only the total has sums.
 */
void sums_make(struct vmv_view *view, const struct vmv_query *query, const size_t *items,
	       const size_t *row_of);

/** sums_get - set *@value to the sum of @row, made now if it was not before. */
void sums_get(const struct vmv_view *view, const struct vmv_row *row,
	      const struct vmv_column *column, struct vmv_value *value);

/** sums_done - release what sums_make() allocated. */
void sums_done(struct vmv_view *view);

#endif
