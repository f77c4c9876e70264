/*
 * layout.h - which columns of a sheet fit on the screen, and where (private to tui)
 */
#ifndef VMV_LAYOUT_H
#define VMV_LAYOUT_H

#include "sheet.h"
#include "vmapview/units.h"

#include <stdbool.h>
#include <stddef.h>

struct box;
struct surface;
struct vmv_column;
struct vmv_value;

enum {
	LAYOUT_GUTTER = 2, /* marks of changes and groups */
	LAYOUT_BAR_MIN = 6,
};

enum cell_kind { CELL_VALUE, CELL_DELTA };

/** struct place - where a column is on the screen */
struct place {
	const struct vmv_column *column;
	enum cell_kind kind;
	size_t index; /* in sheet->columns */
	int x, width;
};

/** struct layout - what fits, from left to right, up to @right, where the name of a line takes
 * @name columns or more; then a bar, if wide enough;
 *  @hidden columns are left out, @more of them are not to the left */
struct layout {
	struct place places[2 * SHEET_COLUMNS];
	size_t count, hidden;
	bool more;
	int right, name, bar_x, bar_width;
};

/** layout_is_rest - is this the last column, a text, which takes the room that is left? */
bool layout_is_rest(const struct sheet *sheet, size_t i);

/** layout_text - the text of a value; that of other values than VMV_TEXT goes to @room. */
const char *layout_text(const struct vmv_column *column, const struct vmv_value *value,
			char room[VMV_NUMBER_ROOM]);

/** layout_measure - widen the columns of a sheet for the @rows that are on the screen. */
void layout_measure(struct sheet *sheet, const struct surface *s, size_t rows);

/** layout_make - put the columns of a sheet into @box. */
void layout_make(const struct sheet *sheet, struct layout *l, struct box box);

#endif
