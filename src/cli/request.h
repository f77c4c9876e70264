/*
 * request.h - options of tables, understood (private to cli)
 */
#ifndef VMV_CLI_REQUEST_H
#define VMV_CLI_REQUEST_H

#include "vmapview/column.h"
#include "vmapview/view.h"

struct vmv_filter;
struct vmv_format;
struct vmv_options;

/**
 * struct request - what to read, to choose and to print
 * @kind:     of what is listed
 * @columns:  from left to right; owned
 * @counters: those of them that the table of columns does not have
 * @query:    for vmv_view_build(); its filter and keys are owned
 * @bar:      column of the bars, or NULL
 * @lazy:     the last column is LazyFree, which few have; see request_columns()
 * @snapshot: a whole map was asked for
 * @needs:    set of enum vmv_need
 */
struct request {
	const struct vmv_kind *kind;
	struct vmv_chosen columns;
	struct vmv_counters counters;
	struct vmv_query query;
	struct vmv_filter *filter;
	struct vmv_sort *sort;
	const struct vmv_format *format;
	const struct vmv_column *bar;
	bool lazy, snapshot;
	unsigned needs;
};

/** request_make - fill *@r from the options, for lists of @kind; says on stderr what is wrong with
 *  them.  Release it with request_done() in any case. */
bool request_make(struct request *r, const struct vmv_options *o, const struct vmv_kind *kind);

/** request_columns - how many of the columns are worth showing of this view: the last may be left
 *  out. */
size_t request_columns(const struct request *r, const struct vmv_view *view);

/** request_done - release what it owns. */
void request_done(struct request *r);

#endif
