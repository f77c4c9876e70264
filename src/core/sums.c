/* sums.c - see sums.h */
#include "sums.h"

#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/map.h"
#include "vmapview/view.h"

#include <stdint.h>
#include <stdlib.h>

static void add_number(struct vmv_row_sum *sum, uint64_t number)
{
	sum->known = true;
	if (__builtin_add_overflow(sum->number, number, &sum->number) || sum->number == VMV_UNKNOWN)
		sum->number = VMV_UNKNOWN - 1;
}

/* Of the known. */
static void add_region(struct vmv_row_sum *sum, const struct vmv_column *column,
		       const struct vmv_map *map, size_t region)
{
	struct vmv_value one;

	one.known = false;
	column->get(column, map, &map->regions[region], &one);
	if (one.known)
		add_number(sum, one.number);
}

static void ask_for(struct vmv_view *view, const struct vmv_column *column)
{
	if (column->merge != VMV_SUM)
		return;
	for (size_t c = 0; c < view->nsummed; c++)
		if (view->summed[c] == column)
			return;
	view->summed[view->nsummed++] = column;
}

/* Rows that are sorted by sums are groups. */
static void choose_columns(struct vmv_view *view, const struct vmv_query *query)
{
	view->summed = vmv_calloc(query->ncolumns + query->nsort, sizeof(*view->summed));
	for (size_t c = 0; c < query->ncolumns; c++)
		ask_for(view, query->columns[c]);
	for (size_t k = 0; view->group && k < query->nsort; k++)
		ask_for(view, query->sort[k].column);
}

void vmv_sums_make(struct vmv_view *view, const struct vmv_query *query, const size_t *regions,
		   const size_t *row_of)
{
	size_t rows = row_of ? view->nrows : 0, n;
	struct vmv_row_sum *sums, *total;

	choose_columns(view, query);
	n = view->nsummed;
	if (!n)
		return;
	view->sums = sums = vmv_calloc((rows + 1) * n, sizeof(*sums));
	total = sums + rows * n;
	for (size_t i = 0; i < view->total.count; i++)
		for (size_t c = 0; c < n; c++)
			add_region(row_of ? &sums[row_of[i] * n + c] : &total[c], view->summed[c],
				   view->map, regions[i]);
	for (size_t k = 0; k < rows; k++) {
		view->rows[k].sums = sums + k * n;
		for (size_t c = 0; c < n; c++)
			if (sums[k * n + c].known)
				add_number(&total[c], sums[k * n + c].number);
	}
	view->total.sums = total;
}

void vmv_sums_get(const struct vmv_view *view, const struct vmv_row *row,
		  const struct vmv_column *column, struct vmv_value *value)
{
	struct vmv_row_sum sum = { 0 };
	size_t c = 0;

	while (row->sums && c < view->nsummed && view->summed[c] != column)
		c++;
	if (row->sums && c < view->nsummed)
		sum = row->sums[c];
	else
		for (size_t i = row->first; i < row->first + row->count; i++)
			add_region(&sum, column, view->map, view->order[i]);
	value->known = sum.known;
	value->number = sum.number;
	value->text = NULL;
}

void vmv_sums_done(struct vmv_view *view)
{
	free(view->summed);
	free(view->sums);
}
