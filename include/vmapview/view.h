/*
 * view.h - a list filtered, grouped and sorted into rows
 *
 * What the tables, JSON, CSV and the screens show is always a view: rows over
 * columns.  A row is one of the list, or all that have one word in common.
 */
#ifndef VMV_VIEW_H
#define VMV_VIEW_H

#include "vmapview/error.h"
#include "vmapview/kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_column;
struct vmv_counters;
struct vmv_filter;
struct vmv_value;

/** struct vmv_sort - one key to sort by */
struct vmv_sort {
	const struct vmv_column *column;
	bool descending;
};

/**
 * struct vmv_query - what to show of a list, and in what order
 * @filter:    which of them, NULL for all; borrowed
 * @shown:     and only those for which this has true, by their index; NULL for all; borrowed
 * @low, @high: and only regions with an address in this range
 * @group:     column whose equal words make one row, NULL for a row each
 * @sort:      keys, the first counts most; without any, in the order of the list or, in
 *             groups, of the first of each; borrowed
 * @columns:   those that vmv_view_get() will be asked for, if it shall have their sums ready;
 *             borrowed
 *
 * Unknown values sort first, equal rows keep the order of the list.
 */
struct vmv_query {
	const struct vmv_filter *filter;
	const bool *shown;
	uint64_t low, high;
	const struct vmv_column *group;
	const struct vmv_sort *sort;
	size_t nsort;
	const struct vmv_column *const *columns;
	size_t ncolumns;
};

/** vmv_query_all - everything, in its order. */
void vmv_query_all(struct vmv_query *query);

/** vmv_query_needs - set of enum vmv_need (need.h) that answering takes. */
unsigned vmv_query_needs(const struct vmv_query *query);

/**
 * vmv_sort_parse - read "-rss,class" into an array of keys for lists of @kind
 *
 * "-" before a name sorts descending.
 *
 * Return: 0 with *@sort (to be freed) and *@nsort set, or -EINVAL with @err set.
 */
int vmv_sort_parse(const struct vmv_kind *kind, const char *text, struct vmv_sort **sort,
		   size_t *nsort, struct vmv_error *err);

/** vmv_sort_parse_with - the same, also by columns that only @counters (column.h) has. */
int vmv_sort_parse_with(const struct vmv_kind *kind, struct vmv_counters *counters,
			const char *text, struct vmv_sort **sort, size_t *nsort,
			struct vmv_error *err);

/** struct vmv_row_sum - of what is known */
struct vmv_row_sum {
	bool known;
	uint64_t number;
};

/**
 * struct vmv_row - @count of the list, named by view->order from @first on
 * @sums: in the columns view->summed, or NULL
 */
struct vmv_row {
	size_t first, count;
	const struct vmv_row_sum *sums;
};

/**
 * struct vmv_view - the answer to a query
 * @list:  what it is of, which must stay as it is
 * @order: indices of the list, those of a row together and in its order
 * @rows:  in the order to be shown
 * @total: one row of all that are shown
 * @group: that of the query, or NULL
 * @summed: the columns whose sums are ready
 * @err:   why the filter gave up
 * @sums:  of all rows that have some
 * @total_sums: of @total, where those are not its own
 */
struct vmv_view {
	struct vmv_list list;
	size_t *order;
	struct vmv_row *rows;
	size_t nrows;
	struct vmv_row total;
	const struct vmv_column *group;
	const struct vmv_column **summed;
	size_t nsummed;
	struct vmv_error err;
	struct vmv_row_sum *sums, *total_sums;
};

/**
 * vmv_view_build - make the view that @query asks for; release it with vmv_view_done()
 *
 * Return: 0, or -E2BIG with @view->err set if the filter has a pattern that is too costly; the
 * view has no rows then.  Without a filter it always is 0.
 */
int vmv_view_build(struct vmv_view *view, const struct vmv_list *list,
		   const struct vmv_query *query);

/** vmv_view_map - the view of a map's regions. */
int vmv_view_map(struct vmv_view *view, const struct vmv_map *map, const struct vmv_query *query);

/** vmv_view_done - release what the view owns. */
void vmv_view_done(struct vmv_view *view);

/** vmv_view_region - the region that the first of a row is about, or NULL. */
const struct vmv_region *vmv_view_region(const struct vmv_view *view, const struct vmv_row *row);

/**
 * vmv_view_get - set *@value to what a row has in a column
 *
 * Of several, the column says what counts: their sum (of the known),
 * the smallest, the largest, or what all have in common.
 */
void vmv_view_get(const struct vmv_view *view, const struct vmv_row *row,
		  const struct vmv_column *column, struct vmv_value *value);

#endif
