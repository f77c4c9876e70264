/* sums.c - see sums.h */
#include "sums.h"

#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/map.h"
#include "vmapview/parallel.h"
#include "vmapview/units.h"
#include "vmapview/view.h"

#include <stdint.h>
#include <stdlib.h>

enum {
	WORTH_A_THREAD = 4000, /* regions that take longer to add up than it takes to start */
	FEW_ROWS = 1000,
};

static void add_delta(struct vmv_row_sum *sum, uint64_t number)
{
	int64_t a = (int64_t)sum->number, b = (int64_t)number;

	if (__builtin_add_overflow(a, b, &a))
		a = b < 0 ? -INT64_MAX : INT64_MAX;
	sum->number = (uint64_t)a;
}

static void add_number(struct vmv_row_sum *sum, const struct vmv_column *column, uint64_t number)
{
	sum->known = true;
	if (column->type == VMV_DELTA)
		add_delta(sum, number);
	else
		sum->number = vmv_add(sum->number, number);
}

/* Of the known. */
static void add_item(struct vmv_row_sum *sum, const struct vmv_column *column,
		     const struct vmv_list *list, size_t item)
{
	struct vmv_value one;

	one.known = false;
	column->get(column, list, item, &one);
	if (one.known)
		add_number(sum, column, one.number);
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

/** struct adding - sums on their way
 *  @row_of: which row each of @items is in, or NULL: there is only the total
 *  @sums:   of each piece, those of all rows */
struct adding {
	const struct vmv_view *view;
	const size_t *items, *row_of;
	unsigned npieces;
	struct vmv_row_sum *sums[VMV_PIECES_MAX];
};

/* Thing by thing, since the counters of a region lie together. */
static void add_piece(void *data, unsigned piece)
{
	const struct adding *a = data;
	size_t all = a->view->total.count, n = a->view->nsummed;
	size_t end = vmv_piece_start(all, a->npieces, piece + 1);

	for (size_t i = vmv_piece_start(all, a->npieces, piece); i < end; i++) {
		struct vmv_row_sum *row = a->sums[piece] + (a->row_of ? a->row_of[i] : 0) * n;

		for (size_t c = 0; c < n; c++)
			add_item(&row[c], a->view->summed[c], &a->view->list, a->items[i]);
	}
}

/* Those of @rows rows. */
static void add_sums(const struct vmv_view *view, struct vmv_row_sum *to,
		     const struct vmv_row_sum *from, size_t rows)
{
	for (size_t i = 0; i < rows * view->nsummed; i++)
		if (from[i].known)
			add_number(&to[i], view->summed[i % view->nsummed], from[i].number);
}

/* All sums of @rows rows, to be freed. */
static struct vmv_row_sum *add_all(struct adding *a, size_t rows)
{
	size_t n = a->view->nsummed;

	/* As many rows as regions would be a lot to have for each piece. */
	a->npieces = rows > FEW_ROWS ? 1 : vmv_pieces(a->view->total.count, WORTH_A_THREAD);
	for (unsigned i = 0; i < a->npieces; i++)
		a->sums[i] = vmv_calloc(rows * n, sizeof(*a->sums[i]));
	vmv_in_pieces(a->npieces, add_piece, a);
	for (unsigned i = 1; i < a->npieces; i++) {
		add_sums(a->view, a->sums[0], a->sums[i], rows);
		free(a->sums[i]);
	}
	return a->sums[0];
}

void sums_make(struct vmv_view *view, const struct vmv_query *query, const size_t *items,
	       const size_t *row_of)
{
	struct adding a = { .view = view, .items = items, .row_of = row_of };
	size_t rows = row_of ? view->nrows : 1, n;

	choose_columns(view, query);
	n = view->nsummed;
	if (!n)
		return;
	view->sums = add_all(&a, rows);
	view->total.sums = view->sums;
	if (!row_of)
		return;
	view->total_sums = vmv_calloc(n, sizeof(*view->total_sums));
	for (size_t k = 0; k < rows; k++) {
		view->rows[k].sums = view->sums + k * n;
		add_sums(view, view->total_sums, view->rows[k].sums, 1);
	}
	view->total.sums = view->total_sums;
}

void sums_get(const struct vmv_view *view, const struct vmv_row *row,
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
			add_item(&sum, column, &view->list, view->order[i]);
	value->known = sum.known;
	value->number = sum.number;
	value->text = NULL;
}

void sums_done(struct vmv_view *view)
{
	free(view->summed);
	free(view->sums);
	free(view->total_sums);
}
