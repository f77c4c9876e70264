/* sheet.c - see sheet.h; drawing is in sheet_draw.c */
#include "sheet.h"

#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/diff.h"
#include "vmapview/error.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"
#include "vmapview/units.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { REST = 8 };

static const struct vmv_column *find(const struct sheet *sheet, const char *name)
{
	return name ? vmv_column_find(sheet->kind, name, strlen(name)) : NULL;
}

void sheet_init(struct sheet *sheet, const struct sheet_kind *kind)
{
	const char *sort = kind->sort;

	*sheet = (struct sheet){ .kind = kind->kind ? kind->kind : &vmv_kind_regions,
				 .key = VMV_UNKNOWN,
				 .loose = kind->loose,
				 .rest = kind->rest ? kind->rest : REST };
	sheet->group = find(sheet, kind->group);
	sheet->order = find(sheet, kind->order);
	sheet->bar[0] = find(sheet, kind->bar[0]);
	sheet->bar[1] = find(sheet, kind->bar[1]);
	sheet_choose(sheet, kind->columns, NULL);
	for (size_t i = 0; i < sheet->ncolumns; i++)
		sheet->brief |= sheet->columns[i]->instead != NULL;
	if (sort) {
		sheet->sort.descending = *sort == '-';
		sort += sheet->sort.descending;
		sheet->sort.column = find(sheet, sort);
		sheet->nsort = 1;
	}
}

void sheet_drop(struct sheet *sheet)
{
	if (!sheet->built)
		return;
	vmv_view_done(&sheet->view);
	if (sheet->has_base)
		vmv_view_done(&sheet->base);
	free(sheet->rows);
	sheet->rows = NULL;
	sheet->built = false;
}

void sheet_reorder(struct sheet *sheet)
{
	if (!sheet->list.cursor) {
		sheet->key = VMV_UNKNOWN;
		free(sheet->word);
		sheet->word = NULL;
	}
	sheet_drop(sheet);
}

void sheet_done(struct sheet *sheet)
{
	sheet_drop(sheet);
	for (size_t i = 0; i < sheet->nopen; i++)
		free(sheet->open[i]);
	free(sheet->open);
	free(sheet->word);
}

/* ---- lines ---- */

static const char *row_word(const struct vmv_view *view, const struct vmv_row *row)
{
	struct vmv_value value;

	if (!view->group)
		return "";
	vmv_column_get(view->group, &view->list, view->order[row->first], &value);
	/* Words of groups live as long as the map (view.c); nothing else can be one. */
	return value.known && !vmv_value_in_room(&value) ? value.text : "";
}

const char *sheet_word(const struct sheet *sheet, size_t i)
{
	return row_word(&sheet->view, &sheet->view.rows[sheet->rows[i].row]);
}

bool sheet_is_group(const struct sheet *sheet, size_t i)
{
	return sheet->group && i < sheet->list.count && sheet->rows[i].member == SHEET_WHOLE;
}

/* Which of the list line @i is, or the first of its group. */
static size_t item_of(const struct sheet *sheet, size_t i)
{
	const struct sheet_row *line = &sheet->rows[i];
	size_t first = sheet->view.rows[line->row].first;

	return sheet->view.order[line->member == SHEET_WHOLE ? first : first + line->member];
}

const struct vmv_region *sheet_region(const struct sheet *sheet, size_t i)
{
	if (!sheet->built || i >= sheet->list.count)
		return NULL;
	return vmv_list_region(&sheet->view.list, item_of(sheet, i));
}

/* The line as a row of the view. */
static struct vmv_row as_row(const struct sheet *sheet, size_t i)
{
	const struct sheet_row *line = &sheet->rows[i];
	struct vmv_row row = sheet->view.rows[line->row];

	if (line->member != SHEET_WHOLE)
		row = (struct vmv_row){ .first = row.first + line->member, .count = 1 };
	return row;
}

void sheet_value(const struct sheet *sheet, size_t i, const struct vmv_column *column,
		 struct vmv_value *value)
{
	struct vmv_row row = as_row(sheet, i);

	vmv_view_get(&sheet->view, &row, column, value);
}

static size_t find_open(const struct sheet *sheet, const char *word)
{
	size_t i = 0;

	while (i < sheet->nopen && strcmp(sheet->open[i], word) != 0)
		i++;
	return i;
}

/* In the order that the groups are in; returns the number of lines with those of @row, which are
 * put from line @n on. */
static size_t put_members(struct sheet *sheet, size_t row, size_t n)
{
	const struct vmv_view *view = &sheet->view;
	const struct vmv_row *whole = &view->rows[row];
	bool *shown = vmv_calloc(view->list.count, sizeof(*shown));
	size_t *member = vmv_calloc(view->list.count, sizeof(*member));
	struct vmv_query query;
	struct vmv_view members;

	for (size_t k = 0; k < whole->count; k++) {
		shown[view->order[whole->first + k]] = true;
		member[view->order[whole->first + k]] = k;
	}
	vmv_query_all(&query);
	query.shown = shown;
	query.sort = &sheet->sort;
	query.nsort = sheet->nsort;
	vmv_view_build(&members, &view->list, &query);
	for (size_t i = 0; i < members.nrows; i++)
		sheet->rows[n++] =
			(struct sheet_row){ row, member[members.order[members.rows[i].first]] };
	vmv_view_done(&members);
	free(shown);
	free(member);
	return n;
}

static void make_lines(struct sheet *sheet)
{
	const struct vmv_view *view = &sheet->view;
	size_t n = 0;

	sheet->rows = vmv_calloc(view->nrows + view->total.count, sizeof(*sheet->rows));
	for (size_t i = 0; i < view->nrows; i++) {
		sheet->rows[n++] = (struct sheet_row){ i, SHEET_WHOLE };
		if (sheet->nopen && find_open(sheet, row_word(view, &view->rows[i])) < sheet->nopen)
			n = put_members(sheet, i, n);
	}
	list_resize(&sheet->list, n);
}

/* ---- the selected line ---- */

uint64_t sheet_key(const struct sheet *sheet, size_t i)
{
	return vmv_list_key(&sheet->view.list, item_of(sheet, i));
}

static bool is_selected(const struct sheet *sheet, size_t i)
{
	const struct vmv_region *r = sheet_region(sheet, i);

	if (sheet->group && (!sheet->word || strcmp(sheet_word(sheet, i), sheet->word) != 0))
		return false;
	if (sheet_is_group(sheet, i))
		return sheet->key == VMV_UNKNOWN;
	/* A region that was there is within one that grew. */
	return sheet->view.list.kind->of_map ? r->start <= sheet->key && sheet->key < r->end
					     : sheet_key(sheet, i) == sheet->key;
}

static void follow(struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->list.count; i++) {
		if (is_selected(sheet, i)) {
			list_go(&sheet->list, i);
			return;
		}
	}
}

/* At the top, only to open a group is to choose it. */
static bool chose_nothing(const struct sheet *sheet)
{
	bool open = sheet->group && sheet->list.count > 1 && !sheet_is_group(sheet, 1);

	return sheet->loose && !sheet->list.cursor && !open;
}

void sheet_moved(struct sheet *sheet)
{
	size_t i = sheet->list.cursor;
	bool nothing = chose_nothing(sheet);

	if (!sheet->built || i >= sheet->list.count)
		return;
	sheet->key = nothing || sheet_is_group(sheet, i) ? VMV_UNKNOWN : sheet_key(sheet, i);
	free(sheet->word);
	sheet->word = sheet->group && !nothing ? vmv_strdup(sheet_word(sheet, i)) : NULL;
}

bool sheet_select(struct sheet *sheet, uint64_t address)
{
	const struct vmv_region *best = NULL;
	bool inside = false;

	for (size_t i = 0; i < sheet->list.count && !inside; i++) {
		const struct vmv_region *r = sheet_region(sheet, i);

		if (sheet_is_group(sheet, i) || r->end <= address ||
		    (best && best->start <= r->start))
			continue;
		best = r;
		inside = r->start <= address;
		list_go(&sheet->list, i);
	}
	if (best)
		sheet_moved(sheet);
	return inside;
}

bool sheet_holds(const struct sheet *sheet, size_t i, uint64_t address)
{
	struct vmv_row row;

	if (!sheet->built || i >= sheet->list.count)
		return false;
	row = as_row(sheet, i);
	for (size_t k = 0; k < row.count; k++) {
		const struct vmv_region *r =
			vmv_list_region(&sheet->view.list, sheet->view.order[row.first + k]);

		if (r->start <= address && address < r->end)
			return true;
	}
	return false;
}

enum vmv_role sheet_role(const struct sheet *sheet, size_t i)
{
	const struct vmv_region *first = sheet_region(sheet, i);
	struct vmv_row row;
	enum vmv_role role;

	if (!first)
		return VMV_ROLE_PLAIN;
	role = vmv_classes[first->class].role;
	row = as_row(sheet, i);
	for (size_t k = 1; k < row.count; k++) {
		const struct vmv_region *r =
			vmv_list_region(&sheet->view.list, sheet->view.order[row.first + k]);

		if (vmv_classes[r->class].role != role)
			return VMV_ROLE_PLAIN;
	}
	return role;
}

void sheet_select_holder(struct sheet *sheet, uint64_t address)
{
	size_t found = SIZE_MAX;

	if (sheet_holds(sheet, sheet->list.cursor, address))
		return;
	/* The lines of regions come after that of their group: the last one is theirs. */
	for (size_t i = 0; i < sheet->list.count; i++)
		if (sheet_holds(sheet, i, address))
			found = i;
	if (found == SIZE_MAX)
		return;
	list_go(&sheet->list, found);
	sheet_moved(sheet);
}

void sheet_build(struct sheet *sheet, const struct sheet_items *items)
{
	const struct vmv_sort by_group = { .column = sheet->group };
	struct vmv_query query;

	if (sheet->built)
		return;
	vmv_query_all(&query);
	query.group = sheet->group;
	sheet->has_base = items->has_base;
	sheet->diff = items->diff;
	query.sort = &by_group;
	query.nsort = sheet->group != NULL;
	if (items->has_base) {
		query.shown = items->base_shown;
		vmv_view_build(&sheet->base, &items->base, &query);
	}
	query.shown = items->shown;
	query.sort = sheet->sorts;
	query.nsort = sheet->nsort;
	vmv_view_build(&sheet->view, &items->list, &query);
	sheet->built = true;
	make_lines(sheet);
	follow(sheet);
	sheet_moved(sheet);
}

static void rebuild_lines(struct sheet *sheet)
{
	free(sheet->rows);
	make_lines(sheet);
}

void sheet_toggle(struct sheet *sheet)
{
	size_t at = sheet->list.cursor, i;
	const char *word;

	if (!sheet->group || at >= sheet->list.count)
		return;
	word = sheet_word(sheet, at);
	i = find_open(sheet, word);
	if (i < sheet->nopen) {
		free(sheet->open[i]);
		sheet->open[i] = sheet->open[--sheet->nopen];
		/* From one of its regions we go up to the group. */
		while (at > 0 && !sheet_is_group(sheet, at))
			at--;
	} else {
		sheet->open = vmv_grow(sheet->open, sheet->nopen, &sheet->open_room,
				       sizeof(*sheet->open));
		sheet->open[sheet->nopen++] = vmv_strdup(word);
	}
	rebuild_lines(sheet);
	list_go(&sheet->list, at);
	sheet_moved(sheet);
}

/* ---- against the baseline ---- */

/* Its groups are in the order of their words: there may be as many as regions. */
static const struct vmv_row *base_row(const struct vmv_view *base, const char *word)
{
	size_t from = 0, to = base->nrows;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = strcmp(row_word(base, &base->rows[middle]), word);

		if (!order)
			return &base->rows[middle];
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

const struct vmv_change *sheet_change(const struct sheet *sheet, size_t i)
{
	const struct vmv_region *r = sheet_region(sheet, i);

	return r && sheet->diff && !sheet_is_group(sheet, i) ? vmv_diff_of(sheet->diff, r) : NULL;
}

bool sheet_is_rest(const struct sheet *sheet, size_t i)
{
	const struct vmv_change *change = sheet_change(sheet, i);

	return change && vmv_change_region(sheet->diff, change) != sheet_region(sheet, i);
}

/* What is now, if it was not there. */
static bool group_amount(const struct sheet *sheet, size_t i, const struct vmv_column *column,
			 struct vmv_amount *amount)
{
	const struct vmv_row *row = base_row(&sheet->base, sheet_word(sheet, i));
	struct vmv_value now, then = { .known = true };

	sheet_value(sheet, i, column, &now);
	if (row)
		vmv_view_get(&sheet->base, row, column, &then);
	*amount = (struct vmv_amount){ then.number, now.number };
	return now.known && then.known;
}

bool sheet_delta(const struct sheet *sheet, size_t i, const struct vmv_column *column,
		 int64_t *delta)
{
	const struct vmv_change *change = sheet_change(sheet, i);
	struct vmv_amount amount = { 0 };
	struct vmv_value now;

	if (!sheet->has_base)
		return false;
	if (change)
		return vmv_delta(&change->amounts[column->growth - 1], delta);
	if (sheet_is_group(sheet, i))
		return group_amount(sheet, i, column, &amount) && vmv_delta(&amount, delta);
	sheet_value(sheet, i, column, &now); /* of the baseline itself */
	*delta = 0;
	return now.known;
}

bool sheet_matches(const struct sheet *sheet, size_t i, const char *text)
{
	if (sheet_is_group(sheet, i))
		return strcasestr(sheet_word(sheet, i), text) != NULL;
	return vmv_list_matches(&sheet->view.list, item_of(sheet, i), text);
}
