/* query.c - see query.h */
#include "query.h"

#include "message.h"
#include "optwords.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/filter.h"
#include "vmapview/need.h"
#include "vmapview/options.h"
#include "vmapview/output.h"

#include <stdlib.h>
#include <string.h>

static const struct vmv_column *column_named(const char *name)
{
	return vmv_column_find(name, strlen(name));
}

/* ---- columns ---- */

static void add_column(struct query *q, const struct vmv_column *column)
{
	q->columns = vmv_grow(q->columns, q->ncolumns, &q->columns_room, sizeof(*q->columns));
	q->columns[q->ncolumns++] = column;
}

static bool has_column(const struct query *q, const struct vmv_column *column)
{
	for (size_t i = 0; i < q->ncolumns; i++)
		if (q->columns[i] == column)
			return true;
	return false;
}

static bool add_columns(struct query *q, const char *list)
{
	for (;;) {
		size_t len = strcspn(list, ",");
		const struct vmv_column *column = vmv_counters_find(&q->counters, list, len);

		if (!column) {
			vmv_say("no such column: '%.*s' (see --list-columns)", (int)len, list);
			return false;
		}
		/* Twice would be two members of one name in JSON, and no valid metrics. */
		if (!has_column(q, column))
			add_column(q, column);
		if (!list[len])
			return true;
		list += len + 1;
	}
}

/* What is worth seeing if nothing was chosen. */
static bool add_defaults(struct query *q, const struct vmv_options *o)
{
	if (q->format == &vmv_format_prometheus)
		return add_columns(q, "regions,size,rss,pss,uss,swap");
	if (q->query.group) {
		q->lazy = q->format == &vmv_format_table && !o->tables.columns;
		return add_columns(q, q->lazy ? "regions,size,rss,pss,uss,swap,lazyfree"
					      : "regions,size,rss,pss,uss,swap");
	}
	return add_columns(q, o->pmap.path ? "address,size,rss,perms,class,part,path"
					   : "address,size,rss,perms,class,part,mapping");
}

/* The word that makes a group comes first, unless it has its place. */
static bool choose_columns(struct query *q, const struct vmv_options *o)
{
	const struct vmv_column *group = q->query.group;
	const char *list = o->tables.columns;
	bool more = list && *list == '+';

	if ((!list || more) && !add_defaults(q, o))
		return false;
	if (list && !add_columns(q, list + more))
		return false;
	if (!group || q->format == &vmv_format_prometheus || has_column(q, group))
		return true;
	add_column(q, NULL);
	memmove(q->columns + 1, q->columns, (q->ncolumns - 1) * sizeof(*q->columns));
	q->columns[0] = group;
	return true;
}

/* ---- the other options ---- */

static bool choose_format(struct query *q, const struct vmv_options *o)
{
	const char *name = o->tables.format;

	if (o->tables.json && name && strcmp(name, "json") != 0) {
		vmv_say("--json and --format=%s exclude each other", name);
		return false;
	}
	if (o->tables.json)
		name = "json";
	if (name && option_word("format", name) < 0)
		return false;
	q->format = name ? vmv_format_find(name) : &vmv_format_table;
	return true;
}

static bool choose_group(struct query *q, const struct vmv_options *o)
{
	const char *word = o->tables.group;

	if (!word)
		word = o->tables.summary || q->format == &vmv_format_prometheus ? "class" : "none";
	if (option_word("group", word) < 0)
		return false;
	q->query.group = column_named(word); /* there is no column "none" */
	return true;
}

/* Metrics are what can be added up, and few. */
static bool check_metrics(const struct query *q)
{
	if (q->format != &vmv_format_prometheus)
		return true;
	if (q->query.group != column_named("class")) {
		vmv_say("--format=prometheus can only be grouped by class");
		return false;
	}
	for (size_t i = 0; i < q->ncolumns; i++) {
		if (q->columns[i]->merge != VMV_SUM) {
			vmv_say("--format=prometheus: column '%s' can't be added up",
				q->columns[i]->name);
			return false;
		}
	}
	return true;
}

static bool choose_sort(struct query *q, const struct vmv_options *o)
{
	bool chosen = o->tables.columns && !o->tables.summary;
	const char *text = o->tables.sort;
	struct vmv_error err;

	if (!text && q->query.group && !chosen && q->format != &vmv_format_prometheus)
		text = "-rss,-size";
	if (!text)
		return true;
	if (vmv_sort_parse_with(&q->counters, text, &q->sort, &q->query.nsort, &err) < 0) {
		vmv_say("%s (see --list-columns)", err.text);
		return false;
	}
	q->query.sort = q->sort;
	return true;
}

static bool choose_filter(struct query *q, const struct vmv_options *o)
{
	const char *text = o->tables.filter;
	struct vmv_error err;
	size_t where;

	q->query.low = o->pmap.low;
	q->query.high = o->pmap.high;
	if (!text)
		return true;
	q->filter = vmv_filter_parse_with(&q->counters, text, &where, &err);
	if (!q->filter) {
		vmv_say("--filter: %s", err.text);
		vmv_point_at(text, where);
		return false;
	}
	q->query.filter = q->filter;
	return true;
}

/* JSON of everything, as it is in the map, can be read back. */
static bool is_snapshot(const struct query *q, const struct vmv_options *o)
{
	return q->format == &vmv_format_json && !o->tables.columns && !q->query.group &&
	       !q->filter && !q->sort && !o->tables.summary && o->pmap.low == 0 &&
	       o->pmap.high == UINT64_MAX;
}

static bool has_totals(const struct query *q, const struct vmv_options *o)
{
	return !q->snapshot && q->format->totals && !o->tables.bare && !o->pmap.quiet;
}

static unsigned needs(const struct query *q)
{
	unsigned needs = q->format->needs | vmv_query_needs(&q->query);

	if (q->snapshot)
		return needs | VMV_NEED_COUNTERS | VMV_NEED_CLASS;
	if (q->bar)
		needs |= q->bar->needs;
	for (size_t i = 0; i < q->ncolumns; i++)
		needs |= q->columns[i]->needs;
	return needs;
}

bool query_make(struct query *q, const struct vmv_options *o)
{
	*q = (struct query){ .ncolumns = 0 };
	vmv_query_all(&q->query);
	if (!choose_format(q, o) || !choose_group(q, o) || !choose_columns(q, o) ||
	    !check_metrics(q) || !choose_sort(q, o) || !choose_filter(q, o))
		return false;
	q->snapshot = is_snapshot(q, o);
	if (q->query.group || has_totals(q, o)) {
		q->query.columns = q->columns;
		q->query.ncolumns = q->ncolumns;
	}
	if (o->tables.summary && q->format == &vmv_format_table)
		q->bar = column_named("rss");
	q->needs = needs(q);
	return true;
}

/* Programs want the same columns each time; people want to see it where there is any. */
size_t query_columns(const struct query *q, const struct vmv_view *view)
{
	struct vmv_value value;

	if (!q->lazy)
		return q->ncolumns;
	vmv_view_get(view, &view->total, q->columns[q->ncolumns - 1], &value);
	return q->ncolumns - !(value.known && value.number);
}

void query_done(struct query *q)
{
	free(q->columns);
	free(q->sort);
	vmv_filter_free(q->filter);
	vmv_counters_done(&q->counters);
}
