/*
 * screen_columns.c - which columns a list shows
 */
#include "screen.h"
#include "vmapview/column.h"

#include <string.h>

static size_t position(const struct sheet *sheet, const struct vmv_column *column)
{
	size_t i = 0;

	while (i < sheet->ncolumns && sheet->columns[i] != column)
		i++;
	return i;
}

static const struct vmv_column *column_at(struct app *a, size_t row)
{
	return &sheet_of(a)->kind->columns[row];
}

static void settle(struct app *a)
{
	list_resize(&a->columns, sheet_of(a)->kind->ncolumns);
}

static struct list *list(struct app *a)
{
	return &a->columns;
}

static bool matches(struct app *a, size_t row, const char *text)
{
	return strcasestr(column_at(a, row)->name, text) ||
	       strcasestr(column_at(a, row)->help, text);
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	const struct sheet *sheet = sheet_of(a);

	list_fit(&a->columns, box.height > 0 ? (size_t)box.height : 0);
	a->columns.first_y = box.y;
	for (int y = 0; y < box.height && a->columns.top + (size_t)y < a->columns.count; y++) {
		size_t i = a->columns.top + (size_t)y;
		const struct vmv_column *column = column_at(a, i);
		bool shown = position(sheet, column) < sheet->ncolumns;
		struct box line = { box.x, box.y + y, box.width, 1 };

		surface_print(s, strip(line.x, line.y, line.width), shown ? LOOK_TITLE : LOOK_PLAIN,
			      "[%c] %-15s %s", shown ? 'x' : ' ', column->name, column->help);
		if (i == a->columns.cursor)
			surface_select(s, line);
	}
}

/* Columns come in the order of the table, but after one that was there the last text stays last. */
static void add(struct sheet *sheet, const struct vmv_column *column)
{
	size_t at = sheet->ncolumns;

	if (at == SHEET_COLUMNS)
		return;
	while (at > 0 && sheet->columns[at - 1] > column)
		at--;
	memmove(sheet->columns + at + 1, sheet->columns + at,
		(sheet->ncolumns - at) * sizeof(*sheet->columns));
	sheet->columns[at] = column;
	sheet->ncolumns++;
}

static void command_toggle(struct app *a)
{
	struct sheet *sheet = sheet_of(a);
	const struct vmv_column *column = column_at(a, a->columns.cursor);
	size_t at = position(sheet, column);

	if (at == sheet->ncolumns) {
		add(sheet, column);
	} else if (sheet->ncolumns > 1) {
		memmove(sheet->columns + at, sheet->columns + at + 1,
			(sheet->ncolumns - at - 1) * sizeof(*sheet->columns));
		sheet->ncolumns--;
	} else {
		app_say(a, "a list needs a column");
	}
	memset(sheet->widths, 0, sizeof(sheet->widths));
}

static void command_sort(struct app *a)
{
	struct sheet *sheet = sheet_of(a);

	sheet->sort.column = column_at(a, a->columns.cursor);
	sheet->sort.descending = sheet->sort.column->type == VMV_BYTES;
	sheet->nsort = 1;
	sheet_reorder(sheet);
	app_say(a, "sorted by %s", sheet->sort.column->title);
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { ' ', VK_ENTER }, "Space Enter", command_toggle, "show the column, or hide it", "Show", 1 },
	{ { 's' }, "s", command_sort, "sort by the column, shown or not", "Sort", 3 },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Columns", bindings);

const struct screen screen_columns = {
	.title = "Columns",
	.process = true,
	.maps = { &keys, &keys_search, &keys_sub, &keys_number, &keys_move, &keys_click },
	.settle = settle,
	.list = list,
	.matches = matches,
	.draw = draw,
};
