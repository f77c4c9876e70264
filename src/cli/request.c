/* request.c - see request.h */
#include "request.h"

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

static const struct vmv_column *column_named(const struct request *r, const char *name)
{
	return vmv_column_find(r->kind, name, strlen(name));
}

/* These have options of their own. */
static bool lists_regions(const struct request *r)
{
	return r->kind->columns == vmv_kind_regions.columns;
}

/* ---- columns ---- */

static bool add_columns(struct request *r, const char *names)
{
	struct vmv_error err;

	if (vmv_columns_add(&r->columns, r->kind, &r->counters, names, &err) == 0)
		return true;
	say("%s (see --list-columns)", err.text);
	return false;
}

/* What is worth seeing if nothing was chosen. */
static bool add_defaults(struct request *r, const struct vmv_options *o)
{
	if (r->query.group) {
		r->lazy = lists_regions(r) && r->format == &vmv_format_table && !o->tables.columns;
		return add_columns(r, r->kind->grouped) && (!r->lazy || add_columns(r, "lazyfree"));
	}
	if (lists_regions(r) && o->pmap.path)
		return add_columns(r, "address,size,rss,perms,class,part,path");
	return add_columns(r, r->kind->usual);
}

/* The word that makes a group comes first, unless it has its place. */
static bool choose_columns(struct request *r, const struct vmv_options *o)
{
	const struct vmv_column *group = r->query.group;
	struct vmv_chosen *columns = &r->columns;
	const char *names = o->tables.columns;
	bool more = names && *names == '+';

	if ((!names || more) && !add_defaults(r, o))
		return false;
	if (names && !add_columns(r, names + more))
		return false;
	if (!group || r->format == &vmv_format_prometheus || vmv_columns_have(columns, group))
		return true;
	columns->list = vmv_grow(columns->list, columns->n, &columns->room, sizeof(*columns->list));
	memmove(columns->list + 1, columns->list, columns->n++ * sizeof(*columns->list));
	columns->list[0] = group;
	return true;
}

/* ---- the other options ---- */

static bool choose_format(struct request *r, const struct vmv_options *o)
{
	const char *name = o->tables.format;

	if (o->tables.json && name && strcmp(name, "json") != 0) {
		say("--json and --format=%s exclude each other", name);
		return false;
	}
	if (o->tables.json)
		name = "json";
	if (name && option_word("format", name) < 0)
		return false;
	r->format = name ? vmv_format_find(name) : &vmv_format_table;
	if (r->format != &vmv_format_prometheus || lists_regions(r))
		return true;
	say("--format=prometheus cannot list %s", r->kind->name);
	return false;
}

/* Of regions, those that are worth it have words of their own; of others, every text. */
static bool choose_group(struct request *r, const struct vmv_options *o)
{
	const char *word = o->tables.group;

	if (!word && r->format == &vmv_format_prometheus)
		word = "class";
	if (!word && r->kind->group)
		r->query.group = column_named(r, r->kind->group);
	if (!word || (!lists_regions(r) && !strcmp(word, "none")))
		return true;
	if (lists_regions(r) && option_word("group", word) < 0)
		return false;
	r->query.group = column_named(r, word); /* there is no column "none" */
	if (lists_regions(r) || (r->query.group && r->query.group->type == VMV_TEXT))
		return true;
	say("--group: '%s' is not a text column of %s (see --list-columns=%s)", word, r->kind->name,
	    r->kind->name);
	return false;
}

/* Metrics are what can be added up, and few. */
static bool check_metrics(const struct request *r)
{
	if (r->format != &vmv_format_prometheus)
		return true;
	if (r->query.group != column_named(r, "class")) {
		say("--format=prometheus can only be grouped by class");
		return false;
	}
	for (size_t i = 0; i < r->columns.n; i++) {
		if (r->columns.list[i]->merge != VMV_SUM) {
			say("--format=prometheus: column '%s' can't be added up",
			    r->columns.list[i]->name);
			return false;
		}
	}
	return true;
}

static bool choose_sort(struct request *r, const struct vmv_options *o)
{
	bool chosen =
		lists_regions(r) && o->tables.columns && !o->tables.summary && !r->kind->group;
	const char *text = o->tables.sort;
	struct vmv_error err;

	if (!text && !chosen && r->format != &vmv_format_prometheus)
		text = r->query.group ? r->kind->group_order : r->kind->order;
	if (!text)
		return true;
	if (vmv_sort_parse_with(r->kind, &r->counters, text, &r->sort, &r->query.nsort, &err) < 0) {
		say("%s (see --list-columns)", err.text);
		return false;
	}
	r->query.sort = r->sort;
	return true;
}

static bool choose_filter(struct request *r, const struct vmv_options *o)
{
	const char *text = o->tables.filter;
	struct vmv_error err;
	size_t where;

	r->query.low = o->pmap.low;
	r->query.high = o->pmap.high;
	if (!text)
		return true;
	r->filter = vmv_filter_parse_with(r->kind, &r->counters, text, &where, &err);
	if (!r->filter) {
		say("--filter: %s", err.text);
		point_at(text, where);
		return false;
	}
	r->query.filter = r->filter;
	return true;
}

/* JSON of everything, as it is in the map, can be read back. */
static bool is_snapshot(const struct request *r, const struct vmv_options *o)
{
	return r->kind == &vmv_kind_regions && !o->tables.list && r->format == &vmv_format_json &&
	       !o->tables.columns && !r->query.group && !r->filter && !r->sort &&
	       !o->tables.summary && o->pmap.low == 0 && o->pmap.high == UINT64_MAX;
}

static bool has_totals(const struct request *r, const struct vmv_options *o)
{
	return !r->snapshot && r->format->totals && !o->tables.bare && !o->pmap.quiet;
}

static unsigned needs(const struct request *r)
{
	unsigned needs = r->format->needs | vmv_query_needs(&r->query);

	if (r->snapshot)
		return needs | VMV_NEED_COUNTERS | VMV_NEED_CLASS;
	if (r->bar)
		needs |= r->bar->needs;
	for (size_t i = 0; i < r->columns.n; i++)
		needs |= r->columns.list[i]->needs;
	return needs;
}

bool request_make(struct request *r, const struct vmv_options *o, const struct vmv_kind *kind)
{
	*r = (struct request){ .kind = kind };
	vmv_query_all(&r->query);
	if (!choose_format(r, o) || !choose_group(r, o) || !choose_columns(r, o) ||
	    !check_metrics(r) || !choose_sort(r, o) || !choose_filter(r, o))
		return false;
	r->snapshot = is_snapshot(r, o);
	if (r->query.group || has_totals(r, o)) {
		r->query.columns = r->columns.list;
		r->query.ncolumns = r->columns.n;
	}
	if (o->tables.summary && r->format == &vmv_format_table)
		r->bar = column_named(r, "rss");
	r->needs = needs(r);
	return true;
}

/* Programs want the same columns each time; people want to see it where there is any. */
size_t request_columns(const struct request *r, const struct vmv_view *view)
{
	struct vmv_value value;

	if (!r->lazy)
		return r->columns.n;
	vmv_view_get(view, &view->total, r->columns.list[r->columns.n - 1], &value);
	return r->columns.n - !(value.known && value.number);
}

void request_done(struct request *r)
{
	free(r->columns.list);
	free(r->sort);
	vmv_filter_free(r->filter);
	vmv_counters_done(&r->counters);
}
