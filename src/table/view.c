/* view.c - see view.h */
#include "vmapview/view.h"

#include "sums.h"
#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/error.h"
#include "vmapview/filter.h"
#include "vmapview/map.h"
#include "vmapview/names.h"
#include "vmapview/text.h"
#include "vmapview/value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void vmv_query_all(struct vmv_query *query)
{
	*query = (struct vmv_query){ .high = UINT64_MAX };
}

unsigned vmv_query_needs(const struct vmv_query *query)
{
	unsigned needs = query->filter ? vmv_filter_needs(query->filter) : 0;

	if (query->group)
		needs |= query->group->needs;
	for (size_t i = 0; i < query->nsort; i++)
		needs |= query->sort[i].column->needs;
	return needs;
}

static int take_sort(struct vmv_sort *sort, const struct vmv_kind *kind,
		     struct vmv_counters *counters, const char *name, size_t len,
		     struct vmv_error *err)
{
	sort->descending = len && *name == '-';
	name += sort->descending;
	len -= sort->descending;
	sort->column = vmv_counters_find(kind, counters, name, len);
	if (sort->column)
		return 0;
	return vmv_fail(err, EINVAL, "no such column to sort by: '%.*s'",
			(int)(len < 100 ? len : 100), name);
}

int vmv_sort_parse_with(const struct vmv_kind *kind, struct vmv_counters *counters,
			const char *text, struct vmv_sort **sort, size_t *nsort,
			struct vmv_error *err)
{
	struct vmv_sort *list = NULL;
	size_t n = 0, room = 0, len;
	const char *name;
	int rc;

	while ((name = vmv_next_name(&text, &len))) {
		list = vmv_grow(list, n, &room, sizeof(*list));
		rc = take_sort(&list[n++], kind, counters, name, len, err);
		if (rc < 0) {
			free(list);
			return rc;
		}
	}
	*sort = list;
	*nsort = n;
	return 0;
}

int vmv_sort_parse(const struct vmv_kind *kind, const char *text, struct vmv_sort **sort,
		   size_t *nsort, struct vmv_error *err)
{
	return vmv_sort_parse_with(kind, NULL, text, sort, nsort, err);
}

/* ---- rows ---- */

static bool is_in_range(const struct vmv_query *query, const struct vmv_region *r)
{
	return r->end - 1 >= query->low && r->start <= query->high;
}

/* Which are shown; -E2BIG with @view->err set if that can't be said. */
static int choose_items(struct vmv_view *view, const struct vmv_query *query)
{
	const struct vmv_list *list = &view->list;
	size_t n = 0;

	view->order = vmv_enlarge(NULL, 0, list->count, sizeof(*view->order));
	for (size_t i = 0; i < list->count; i++) {
		const struct vmv_region *r = vmv_list_region(list, i);
		int shown = !r || is_in_range(query, r);

		if (shown && query->shown)
			shown = query->shown[i];
		if (shown && query->filter)
			shown = vmv_filter_match(query->filter, list, i, &view->err);
		if (shown < 0)
			return shown;
		if (shown)
			view->order[n++] = i;
	}
	view->total.count = n;
	return 0;
}

/** struct recent - words that came up lately, by their addresses: equal words are mostly one copy,
 *  unless a value holds its own */
struct recent {
	const char *word;
	size_t row;
};

enum { SEEN = 64 };

static size_t row_of_item(const struct vmv_view *view, size_t item, struct recent *recent,
			  struct vmv_names *words)
{
	struct vmv_value value;
	const char *word;
	struct recent *s;

	vmv_column_get(view->group, &view->list, item, &value);
	word = value.known ? value.text : "";
	if (value.known && vmv_value_in_room(&value))
		return vmv_names_number(words, word, strlen(word));
	s = &recent[((uintptr_t)word >> 3 ^ (uintptr_t)word >> 9) % SEEN];

	if (s->word != word)
		*s = (struct recent){ word, vmv_names_number(words, word, strlen(word)) };
	return s->row;
}

/* Number the rows by words as they come up, and count what is in them; which row each is in. */
static size_t *number_rows(struct vmv_view *view)
{
	size_t *row_of = vmv_enlarge(NULL, 0, view->total.count, sizeof(*row_of));
	struct vmv_names *words = vmv_names_new();
	struct recent recent[SEEN] = { 0 };

	for (size_t i = 0; i < view->total.count; i++) {
		row_of[i] = row_of_item(view, view->order[i], recent, words);
		if (row_of[i] == view->nrows)
			view->nrows++;
		view->rows[row_of[i]].count++;
	}
	vmv_names_free(words);
	return row_of;
}

static void group_rows(struct vmv_view *view, const struct vmv_query *query)
{
	size_t *row_of = number_rows(view), *ungrouped = view->order, first = 0;

	view->order = vmv_enlarge(NULL, 0, view->total.count, sizeof(*view->order));
	for (size_t k = 0; k < view->nrows; k++) {
		view->rows[k].first = first;
		first += view->rows[k].count;
		view->rows[k].count = 0;
	}
	for (size_t i = 0; i < view->total.count; i++) {
		struct vmv_row *row = &view->rows[row_of[i]];

		view->order[row->first + row->count++] = ungrouped[i];
	}
	sums_make(view, query, ungrouped, row_of);
	free(ungrouped);
	free(row_of);
}

static void single_rows(struct vmv_view *view, const struct vmv_query *query)
{
	view->nrows = view->total.count;
	for (size_t i = 0; i < view->nrows; i++)
		view->rows[i] = (struct vmv_row){ .first = i, .count = 1 };
	sums_make(view, query, view->order, NULL);
}

/* ---- sorting ---- */

/** struct key - what a row is sorted by; @text lives as long as the value's, or is @owned */
struct key {
	bool known;
	uint64_t number;
	const char *text;
	char *owned;
};

struct sorting {
	const struct vmv_view *view;
	const struct vmv_query *query;
	struct key *keys; /* of row i from [i * nsort] on */
};

static int compare_keys(const struct key *a, const struct key *b)
{
	if (!a->known || !b->known)
		return a->known - b->known;
	if (a->text) /* equal words are mostly one string */
		return a->text == b->text ? 0 : strcmp(a->text, b->text);
	return (a->number > b->number) - (a->number < b->number);
}

static int compare_rows(const void *a, const void *b, void *arg)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	const struct sorting *s = arg;
	const struct vmv_view *view = s->view;
	size_t n = s->query->nsort;

	for (size_t k = 0; k < n; k++) {
		int order = compare_keys(&s->keys[x * n + k], &s->keys[y * n + k]);

		if (order)
			return s->query->sort[k].descending ? -order : order;
	}
	x = view->order[view->rows[x].first];
	y = view->order[view->rows[y].first];
	return (x > y) - (x < y);
}

static void take_key(const struct vmv_column *column, const struct vmv_value *value,
		     struct key *key)
{
	key->known = value->known;
	if (!value->known)
		return;
	if (column->type != VMV_TEXT) {
		/* Compared without sign. */
		key->number = value->number ^ (column->type == VMV_DELTA ? 1ull << 63 : 0);
		return;
	}
	if (vmv_value_in_room(value))
		key->owned = vmv_strdup(value->text);
	key->text = key->owned ? key->owned : value->text;
}

static void take_keys(struct sorting *s)
{
	size_t n = s->query->nsort;
	struct vmv_value value;

	s->keys = vmv_calloc(s->view->nrows * n, sizeof(*s->keys));
	for (size_t i = 0; i < s->view->nrows; i++) {
		for (size_t k = 0; k < n; k++) {
			const struct vmv_column *column = s->query->sort[k].column;

			vmv_view_get(s->view, &s->view->rows[i], column, &value);
			take_key(column, &value, &s->keys[i * n + k]);
		}
	}
}

static void sort_rows(struct vmv_view *view, const struct vmv_query *query)
{
	struct sorting s = { .view = view, .query = query };
	size_t *places = vmv_calloc(view->nrows, sizeof(*places));
	struct vmv_row *sorted = vmv_calloc(view->nrows, sizeof(*sorted));

	take_keys(&s);
	for (size_t i = 0; i < view->nrows; i++)
		places[i] = i;
	qsort_r(places, view->nrows, sizeof(*places), compare_rows, &s);
	for (size_t i = 0; i < view->nrows; i++)
		sorted[i] = view->rows[places[i]];
	free(view->rows);
	view->rows = sorted;
	for (size_t i = 0; i < view->nrows * query->nsort; i++)
		free(s.keys[i].owned);
	free(s.keys);
	free(places);
}

int vmv_view_build(struct vmv_view *view, const struct vmv_list *list,
		   const struct vmv_query *query)
{
	const struct vmv_map *map = vmv_list_map(list);
	int rc;

	*view = (struct vmv_view){ .list = *list, .group = query->group };
	rc = choose_items(view, query);
	view->rows = vmv_calloc(view->total.count, sizeof(*view->rows));
	if (view->group)
		group_rows(view, query);
	else
		single_rows(view, query);
	if (query->nsort || view->group)
		sort_rows(view, query);
	if (map && map->rollup) /* it has sums only */
		view->nrows = 0;
	return rc;
}

int vmv_view_map(struct vmv_view *view, const struct vmv_map *map, const struct vmv_query *query)
{
	struct vmv_list list = vmv_map_list(map, &vmv_kind_regions);

	return vmv_view_build(view, &list, query);
}

void vmv_view_done(struct vmv_view *view)
{
	free(view->order);
	free(view->rows);
	sums_done(view);
	*view = (struct vmv_view){ 0 };
}

const struct vmv_region *vmv_view_region(const struct vmv_view *view, const struct vmv_row *row)
{
	return vmv_list_region(&view->list, view->order[row->first]);
}

static void merge(const struct vmv_column *column, struct vmv_value *all,
		  const struct vmv_value *one)
{
	switch (column->merge) {
	case VMV_SUM: /* see sums.h */
		break;
	case VMV_MIN:
		if (one->number < all->number)
			all->number = one->number;
		break;
	case VMV_MAX:
		if (one->number > all->number)
			all->number = one->number;
		break;
	case VMV_SAME:
		if (vmv_value_compare(column, all, one) != 0)
			all->known = false;
		break;
	}
}

/* What all of a row have, of a column that has no sums. */
static void get_merged(const struct vmv_view *view, const struct vmv_row *row,
		       const struct vmv_column *column, struct vmv_value *value)
{
	struct vmv_value one;
	bool first = true;

	value->known = false;
	for (size_t i = row->first; i < row->first + row->count; i++) {
		vmv_column_get(column, &view->list, view->order[i], first ? value : &one);
		if (first) {
			first = column->merge != VMV_SAME && !value->known;
			continue;
		}
		if (column->merge == VMV_SAME && (!value->known || !one.known)) {
			value->known = value->known && one.known;
			return;
		}
		if (one.known)
			merge(column, value, &one);
	}
}

void vmv_view_get(const struct vmv_view *view, const struct vmv_row *row,
		  const struct vmv_column *column, struct vmv_value *value)
{
	if (column->merge == VMV_SUM)
		sums_get(view, row, column, value);
	else if (column == view->group && row != &view->total) /* what they have in common */
		vmv_column_get(column, &view->list, view->order[row->first], value);
	else
		get_merged(view, row, column, value);
}
