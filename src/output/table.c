/*
 * table.c - a view as a table for people
 *
 * Everything is formatted twice, once to measure and once to print, so that
 * nothing of a large map is kept.
 */
#include "textcell.h"
#include "vmapview/alloc.h"
#include "vmapview/color.h"
#include "vmapview/column.h"
#include "vmapview/map.h"
#include "vmapview/output.h"
#include "vmapview/pmap.h"
#include "vmapview/processes.h"
#include "vmapview/text.h"
#include "vmapview/units.h"
#include "vmapview/view.h"
#include "vmapview/writer.h"

#include <stdlib.h>
#include <string.h>

enum {
	LEAST_TEXT = 8, /* a text column gives way no further */
	BAR_LEAST = 10,
	BAR_MOST = 30,
};

/** struct table - one map being printed
 *  @widths:  of each column
 *  @label:   the column whose total is the word "total"; ncolumns if none is free
 *  @bar:     columns for the bar, 0 for none
 *  @between: blanks between columns
 *  @largest: what a full bar stands for */
struct table {
	const struct vmv_report *report;
	const struct vmv_view *view;
	size_t *widths, label, bar, between;
	uint64_t largest;
	struct text_cell cell;
};

static bool is_right(const struct vmv_column *column)
{
	return column->type != VMV_TEXT || column->look & VMV_LOOK_RIGHT;
}

static void fill(struct table *t, const struct vmv_row *row, size_t c)
{
	const struct vmv_column *column = t->report->columns[c];
	struct vmv_value value;

	vmv_view_get(t->view, row, column, &value);
	cell_fill(&t->cell, column, &value, t->report->bytes, t->report->ascii);
}

/* Only sums are totals of something. */
static void fill_total(struct table *t, size_t c)
{
	if (t->report->columns[c]->merge == VMV_SUM)
		fill(t, &t->view->total, c);
	else
		cell_text(&t->cell, "total", c == t->label ? 5 : 0);
}

static bool has_totals(const struct table *t)
{
	const struct vmv_map *map = vmv_list_map(&t->view->list);

	if (!t->report->totals || (!t->view->nrows && !(map && map->rollup)))
		return false;
	for (size_t c = 0; c < t->report->ncolumns; c++)
		if (t->report->columns[c]->merge == VMV_SUM)
			return true;
	return false;
}

/* ---- measuring ---- */

static size_t widest(struct table *t, size_t c)
{
	const char *title = t->report->columns[c]->title;
	size_t width = t->report->headings ? vmv_text_width(title, strlen(title)) : 0;

	for (size_t i = 0; i < t->view->nrows; i++) {
		fill(t, &t->view->rows[i], c);
		if (t->cell.width > width)
			width = t->cell.width;
	}
	if (has_totals(t)) {
		fill_total(t, c);
		if (t->cell.width > width)
			width = t->cell.width;
	}
	return width;
}

static size_t line_width(const struct table *t)
{
	size_t n = t->report->ncolumns, width = n ? (n - 1) * t->between : 0;

	for (size_t c = 0; c < n; c++)
		width += t->widths[c];
	return width + (t->bar ? t->bar + 1 : 0);
}

/* The widest text gives way first: mappings, paths and sentences. */
static bool shrink_one(struct table *t)
{
	size_t most = LEAST_TEXT, at = t->report->ncolumns;

	for (size_t c = 0; c < t->report->ncolumns; c++) {
		if (!is_right(t->report->columns[c]) && t->widths[c] > most) {
			most = t->widths[c];
			at = c;
		}
	}
	if (at == t->report->ncolumns)
		return false;
	t->widths[at]--;
	return true;
}

static void fit(struct table *t)
{
	size_t width = t->report->width;

	while (width && line_width(t) > width && shrink_one(t))
		;
	if (t->bar && width > line_width(t))
		t->bar += width - line_width(t);
	if (t->bar > BAR_MOST)
		t->bar = BAR_MOST;
}

static void find_largest(struct table *t)
{
	struct vmv_value value;

	if (!t->report->bar)
		return;
	for (size_t i = 0; i < t->view->nrows; i++) {
		vmv_view_get(t->view, &t->view->rows[i], t->report->bar, &value);
		if (value.known && value.number > t->largest)
			t->largest = value.number;
	}
	if (t->largest)
		t->bar = t->report->width ? BAR_LEAST : BAR_MOST;
}

/* Two blanks where the line has room for that, and for some of what is last. */
static void choose_between(struct table *t)
{
	size_t n = t->report->ncolumns, width = 2 * n;

	for (size_t c = 0; c + 1 < n; c++)
		width += t->widths[c];
	if (t->view->list.kind->airy && (!t->report->width || width + 6 <= t->report->width))
		t->between = 2;
}

static void measure(struct table *t)
{
	size_t n = t->report->ncolumns;

	t->widths = vmv_calloc(n, sizeof(*t->widths));
	t->between = 1;
	for (t->label = 0; t->label < n; t->label++)
		if (t->report->columns[t->label]->merge != VMV_SUM)
			break;
	for (size_t c = 0; c < n; c++)
		t->widths[c] = widest(t, c);
	choose_between(t);
	find_largest(t);
	fit(t);
}

/* ---- printing ---- */

/* @last: nothing follows, so that no blanks need to. */
static void put_cell(struct table *t, size_t c, bool right, bool last)
{
	struct vmv_out *out = t->report->out;
	size_t pad;

	if (t->report->width)
		cell_cut(&t->cell, t->widths[c], t->report->columns[c]->look & VMV_LOOK_HEAD,
			 t->report->ascii);
	pad = t->widths[c] > t->cell.width ? t->widths[c] - t->cell.width : 0;
	if (c)
		vmv_out_fill(out, ' ', t->between);
	if (right)
		vmv_out_fill(out, ' ', pad);
	vmv_out_bytes(out, t->cell.text, t->cell.len);
	if (!right && !last)
		vmv_out_fill(out, ' ', pad);
}

static void put_heading(struct table *t)
{
	for (size_t c = 0; c < t->report->ncolumns; c++) {
		const struct vmv_column *column = t->report->columns[c];

		cell_text(&t->cell, column->title, strlen(column->title));
		put_cell(t, c, is_right(column), c + 1 == t->report->ncolumns);
	}
	vmv_out_char(t->report->out, '\n');
}

/* Eighths of a column where there are characters for them. */
static void put_bar(struct table *t, const struct vmv_row *row)
{
	static const char *const parts[] = { "",
					     "\xe2\x96\x8f",
					     "\xe2\x96\x8e",
					     "\xe2\x96\x8d",
					     "\xe2\x96\x8c",
					     "\xe2\x96\x8b",
					     "\xe2\x96\x8a",
					     "\xe2\x96\x89" };
	bool blocks = !t->report->ascii;
	unsigned steps = blocks ? 8 : 1;
	struct vmv_value value;
	size_t len;

	vmv_view_get(t->view, row, t->report->bar, &value);
	if (!value.known || !value.number)
		return;
	len = (size_t)((long double)value.number / (long double)t->largest *
			       (long double)(t->bar * steps) +
		       0.5L);
	if (!len && blocks)
		len = 1;
	vmv_out_char(t->report->out, ' ');
	for (size_t i = 0; i < len / steps; i++)
		vmv_out_text(t->report->out, blocks ? "\xe2\x96\x88" : "#");
	vmv_out_text(t->report->out, parts[len % steps]);
}

static bool is_one_class(const struct vmv_view *view, const struct vmv_row *row)
{
	const struct vmv_region *first = vmv_view_region(view, row);

	for (size_t i = row->first + 1; first && i < row->first + row->count; i++)
		if (vmv_list_region(&view->list, view->order[i])->class != first->class)
			return false;
	return first;
}

static void put_row(struct table *t, const struct vmv_row *row)
{
	const struct vmv_region *r = vmv_view_region(t->view, row);
	const char *sgr = t->report->color && is_one_class(t->view, row)
				  ? vmv_role_sgr(vmv_classes[r->class].role)
				  : "";

	vmv_out_sgr(t->report->out, sgr);
	for (size_t c = 0; c < t->report->ncolumns; c++) {
		fill(t, row, c);
		put_cell(t, c, is_right(t->report->columns[c]),
			 c + 1 == t->report->ncolumns && !t->bar);
	}
	if (t->bar)
		put_bar(t, row);
	vmv_out_sgr(t->report->out, *sgr ? "0" : "");
	vmv_out_char(t->report->out, '\n');
}

static void put_totals(struct table *t)
{
	size_t n = t->report->ncolumns;

	while (n - 1 > t->label && t->report->columns[n - 1]->merge != VMV_SUM)
		n--;
	for (size_t c = 0; c < n; c++) {
		fill_total(t, c);
		put_cell(t, c, is_right(t->report->columns[c]), c + 1 == n);
	}
	vmv_out_char(t->report->out, '\n');
}

/* Processes by what they run, files by their names. */
static void put_title(const struct vmv_report *report, const struct vmv_map *map)
{
	const struct vmv_pmap pmap = { .ascii = report->ascii };
	size_t len = strlen(report->target);
	char *clean;

	if (map->process.tgid) {
		vmv_pmap_title(report->out, map, &pmap);
		return;
	}
	clean = vmv_realloc(NULL, 4 * len + 1, 1);
	vmv_out_bytes(report->out, clean,
		      vmv_clean(clean, report->target, len, VMV_CLEAN_OCTAL, report->ascii));
	vmv_out_text(report->out, ":\n");
	free(clean);
}

/* Where mmap() and even malloc() and free() fail soon, and nothing else shows why. */
static void put_limit(const struct vmv_report *report, const struct vmv_map *map)
{
	char text[128];

	if (!report->totals || !vmv_near_limit(map->nregions, report->max_regions))
		return;
	vmv_limit_text(text, sizeof(text), map->nregions, report->max_regions);
	vmv_out_text(report->out, text);
	vmv_out_char(report->out, '\n');
}

static void print(struct vmv_report *report, const struct vmv_view *view)
{
	const struct vmv_map *map = vmv_list_map(&view->list);
	struct table t = { .report = report, .view = view };

	measure(&t);
	if (report->titles && map)
		put_title(report, map);
	if (report->headings)
		put_heading(&t);
	for (size_t i = 0; i < view->nrows; i++)
		put_row(&t, &view->rows[i]);
	if (has_totals(&t))
		put_totals(&t);
	if (report->bar && map) /* a summary */
		put_limit(report, map);
	free(t.cell.text);
	free(t.widths);
}

const struct vmv_format vmv_format_table = {
	.name = "table",
	.help = "columns for people",
	.totals = true,
	.rows = print,
};
