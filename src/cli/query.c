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

static const struct vmv_column *column_named(const struct query *q, const char *name)
{
	return vmv_column_find(q->kind, name, strlen(name));
}

/* ---- columns ---- */

static bool add_columns(struct query *q, const char *names)
{
	struct vmv_error err;

	if (vmv_columns_add(&q->columns, q->kind, &q->counters, names, &err) == 0)
		return true;
	vmv_say("%s (see --list-columns)", err.text);
	return false;
}

/* What is worth seeing if nothing was chosen. */
static bool add_defaults(struct query *q, const struct vmv_options *o)
{
	if (q->query.group) {
		q->lazy = q->kind->of_map && q->format == &vmv_format_table && !o->tables.columns;
		return add_columns(q, q->kind->grouped) && (!q->lazy || add_columns(q, "lazyfree"));
	}
	if (q->kind->of_map && o->pmap.path)
		return add_columns(q, "address,size,rss,perms,class,part,path");
	return add_columns(q, q->kind->usual);
}

/* The word that makes a group comes first, unless it has its place. */
static bool choose_columns(struct query *q, const struct vmv_options *o)
{
	const struct vmv_column *group = q->query.group;
	struct vmv_chosen *columns = &q->columns;
	const char *names = o->tables.columns;
	bool more = names && *names == '+';

	if ((!names || more) && !add_defaults(q, o))
		return false;
	if (names && !add_columns(q, names + more))
		return false;
	if (!group || q->format == &vmv_format_prometheus || vmv_columns_have(columns, group))
		return true;
	columns->list = vmv_grow(columns->list, columns->n, &columns->room, sizeof(*columns->list));
	memmove(columns->list + 1, columns->list, columns->n++ * sizeof(*columns->list));
	columns->list[0] = group;
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
	if (q->format != &vmv_format_prometheus || q->kind->of_map)
		return true;
	vmv_say("--format=prometheus cannot list %s", q->kind->name);
	return false;
}

/* Of regions, those that are worth it have words of their own; of others, every text. */
static bool choose_group(struct query *q, const struct vmv_options *o)
{
	const char *word = o->tables.group;

	if (!word && q->format == &vmv_format_prometheus)
		word = "class";
	if (!word)
		word = q->kind->group;
	if (!word || (!q->kind->of_map && !strcmp(word, "none")))
		return true;
	if (q->kind->of_map && option_word("group", word) < 0)
		return false;
	q->query.group = column_named(q, word); /* there is no column "none" */
	if (q->kind->of_map || (q->query.group && q->query.group->type == VMV_TEXT))
		return true;
	vmv_say("--group: '%s' is not a text column of %s (see --list-columns=%s)", word,
		q->kind->name, q->kind->name);
	return false;
}

/* Metrics are what can be added up, and few. */
static bool check_metrics(const struct query *q)
{
	if (q->format != &vmv_format_prometheus)
		return true;
	if (q->query.group != column_named(q, "class")) {
		vmv_say("--format=prometheus can only be grouped by class");
		return false;
	}
	for (size_t i = 0; i < q->columns.n; i++) {
		if (q->columns.list[i]->merge != VMV_SUM) {
			vmv_say("--format=prometheus: column '%s' can't be added up",
				q->columns.list[i]->name);
			return false;
		}
	}
	return true;
}

static bool choose_sort(struct query *q, const struct vmv_options *o)
{
	bool chosen = q->kind->of_map && o->tables.columns && !o->tables.summary && !q->kind->group;
	const char *text = o->tables.sort;
	struct vmv_error err;

	if (!text && !chosen && q->format != &vmv_format_prometheus)
		text = q->query.group ? q->kind->group_order : q->kind->order;
	if (!text)
		return true;
	if (vmv_sort_parse_with(q->kind, &q->counters, text, &q->sort, &q->query.nsort, &err) < 0) {
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
	q->filter = vmv_filter_parse_with(q->kind, &q->counters, text, &where, &err);
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
	return q->kind == &vmv_kind_regions && !o->tables.list && q->format == &vmv_format_json &&
	       !o->tables.columns && !q->query.group && !q->filter && !q->sort &&
	       !o->tables.summary && o->pmap.low == 0 && o->pmap.high == UINT64_MAX;
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
	for (size_t i = 0; i < q->columns.n; i++)
		needs |= q->columns.list[i]->needs;
	return needs;
}

bool query_make(struct query *q, const struct vmv_options *o, const struct vmv_kind *kind)
{
	*q = (struct query){ .kind = kind };
	vmv_query_all(&q->query);
	if (!choose_format(q, o) || !choose_group(q, o) || !choose_columns(q, o) ||
	    !check_metrics(q) || !choose_sort(q, o) || !choose_filter(q, o))
		return false;
	q->snapshot = is_snapshot(q, o);
	if (q->query.group || has_totals(q, o)) {
		q->query.columns = q->columns.list;
		q->query.ncolumns = q->columns.n;
	}
	if (o->tables.summary && q->format == &vmv_format_table)
		q->bar = column_named(q, "rss");
	q->needs = needs(q);
	return true;
}

/* Programs want the same columns each time; people want to see it where there is any. */
size_t query_columns(const struct query *q, const struct vmv_view *view)
{
	struct vmv_value value;

	if (!q->lazy)
		return q->columns.n;
	vmv_view_get(view, &view->total, q->columns.list[q->columns.n - 1], &value);
	return q->columns.n - !(value.known && value.number);
}

void query_done(struct query *q)
{
	free(q->columns.list);
	free(q->sort);
	vmv_filter_free(q->filter);
	vmv_counters_done(&q->counters);
}
