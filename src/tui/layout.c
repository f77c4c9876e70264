/* layout.c - see layout.h */
#include "layout.h"

#include "sheet.h"
#include "surface.h"
#include "vmapview/column.h"
#include "vmapview/value.h"

#include <string.h>

enum {
	TEXT_MAX = 24, /* of a text that is not the last */
	TEXT_MIN = 8,  /* of a text that is cut */
	NAME_MIN = 4,  /* of what a line is of */
	BAR_KEEP = 7,  /* as columns have it */
	DELTA_WIDTH = 7,
};

bool layout_is_rest(const struct sheet *sheet, size_t i)
{
	return i + 1 == sheet->ncolumns && sheet->columns[i]->type == VMV_TEXT && !sheet->bar[0];
}

static int least_width(const struct vmv_column *column)
{
	int title = (int)strlen(column->title);
	bool amount = column->type == VMV_BYTES || column->type == VMV_DELTA;
	int least = column->type == VMV_ADDRESS ? 12 : amount ? 5 : 1;

	return title > least ? title : least;
}

const char *layout_text(const struct vmv_column *column, const struct vmv_value *value,
			char room[VMV_NUMBER_ROOM])
{
	if (value->known && column->type == VMV_TEXT)
		return value->text;
	vmv_value_put(room, column, value, VMV_NARROW);
	return room;
}

void layout_measure(struct sheet *sheet, const struct surface *s, size_t rows)
{
	for (size_t c = 0; c < sheet->ncolumns; c++) {
		const struct vmv_column *column = sheet->columns[c];
		int least = least_width(column);

		if (sheet->widths[c] < least)
			sheet->widths[c] = least;
		if (column->type == VMV_BYTES)
			continue;
		for (size_t i = 0; i < rows && sheet->list.top + i < sheet->list.count; i++) {
			struct vmv_value value;
			char room[VMV_NUMBER_ROOM];
			int width;

			sheet_value(sheet, sheet->list.top + i, column, &value);
			width = surface_columns(s, layout_text(column, &value, room));
			if (width > TEXT_MAX && !layout_is_rest(sheet, c))
				width = TEXT_MAX;
			if (width > sheet->widths[c])
				sheet->widths[c] = width;
		}
	}
}

static bool has_delta(const struct sheet *sheet, const struct vmv_column *column)
{
	return sheet->has_base && column->growth;
}

/* What the user chose and what a line is of stay, whatever else is given up. */
static int keep_of(const struct sheet *sheet, size_t c)
{
	bool stays = sheet->wanted[c] || sheet->columns[c] == sheet->group;

	return stays ? VMV_KEEP : sheet->columns[c]->keep;
}

/* Room for the bar, which is given up, too. */
static int bar_room(const struct sheet *sheet, int keep)
{
	return sheet->bar[0] && keep <= BAR_KEEP ? LAYOUT_BAR_MIN + 1 : 0;
}

/* How wide is what stays when columns with less than @keep are given up, and so the bar? */
static int width_of(const struct sheet *sheet, int keep)
{
	int width = LAYOUT_GUTTER - 1 + bar_room(sheet, keep);

	for (size_t c = 0; c < sheet->ncolumns; c++) {
		if (keep_of(sheet, c) < keep)
			continue;
		width += 1 + (layout_is_rest(sheet, c) ? sheet->rest : sheet->widths[c]);
		if (has_delta(sheet, sheet->columns[c]))
			width += 1 + DELTA_WIDTH;
	}
	return width;
}

/* Below what is given up. */
static int keep_level(const struct sheet *sheet, int width)
{
	int keep = 0;

	while (!sheet->from && keep < VMV_KEEP && width_of(sheet, keep) > width)
		keep++;
	return keep;
}

/* A number that is cut would be another one, so it is whole or not there; but something must be. */
static bool place(struct layout *l, struct place p, int *x)
{
	int room = l->right - *x;
	int least = p.column->keep == VMV_KEEP ? l->name : TEXT_MIN;

	if (p.column->type != VMV_TEXT || p.width < least)
		least = p.width;
	if (l->count && room < least)
		return false;
	p.x = *x;
	p.width = p.width < room ? p.width : room;
	*x += p.width + 1;
	l->places[l->count++] = p;
	return true;
}

void layout_make(const struct sheet *sheet, struct layout *l, struct box box)
{
	int keep = keep_level(sheet, box.width), x = box.x + LAYOUT_GUTTER, end = box.x + box.width;

	*l = (struct layout){ .right = end - bar_room(sheet, keep),
			      .name = sheet->from ? TEXT_MIN : NAME_MIN };
	for (size_t c = 0; c < sheet->ncolumns; c++) {
		const struct vmv_column *column = sheet->columns[c];
		bool rest = layout_is_rest(sheet, c);
		int width = rest && l->right - x > sheet->rest ? l->right - x : sheet->widths[c];
		bool fits = c + 1 >= sheet->from && keep_of(sheet, c) >= keep &&
			    place(l, (struct place){ column, CELL_VALUE, c, 0, width }, &x);

		l->hidden += !fits;
		l->more |= c + 1 >= sheet->from && (!fits || (rest && sheet->widths[c] > width));
		if (fits && has_delta(sheet, column))
			place(l, (struct place){ column, CELL_DELTA, c, 0, DELTA_WIDTH }, &x);
	}
	l->bar_x = x;
	l->bar_width = sheet->bar[0] && x < end ? end - x : 0;
}
