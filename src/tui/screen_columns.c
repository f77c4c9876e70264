/*
 * screen_columns.c - which columns a list shows
 */
#include "screen.h"
#include "vmapview/column.h"

#include <string.h>

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
		bool shown = sheet_find(sheet, column) < sheet->ncolumns;
		struct box line = { box.x, box.y + y, box.width, 1 };

		surface_print(s, strip(line.x, line.y, line.width), shown ? LOOK_TITLE : LOOK_PLAIN,
			      "[%c] %-15s %s", shown ? 'x' : ' ', column->name, column->help);
		if (i == a->columns.cursor)
			surface_select(s, line);
	}
}

static void command_toggle(struct app *a)
{
	struct sheet *sheet = sheet_of(a);
	const struct vmv_column *column = column_at(a, a->columns.cursor);
	size_t at = sheet_find(sheet, column);

	if (at == sheet->ncolumns)
		sheet_show(sheet, column);
	else if (sheet->ncolumns > 1)
		sheet_hide(sheet, at);
	else
		app_say(a, "a list needs a column");
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
	.maps = { &keys, &keys_search, &keys_sub, &keys_left, &keys_number, &keys_move,
		  &keys_click },
	.settle = settle,
	.list = list,
	.matches = matches,
	.draw = draw,
};
