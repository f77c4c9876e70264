/* sheet_draw.c - the drawing of sheet.h: only what is on the screen is looked at */
#include "sheet.h"

#include "alike.h"
#include "layout.h"
#include "marks.h"
#include "screen.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/diff.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"
#include "vmapview/units.h"
#include "vmapview/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The digit of an address that tells most: all begin alike, and end in zeros. */
enum { ADDRESS_TELLS = 8 };

/* clang-format off */
const struct sign sheet_handles[3] = {
	{ "\u25b8", ">", LOOK_KEY, "several regions, which Enter shows" },
	{ "\u25be", "v", LOOK_KEY, "they are shown below" },
};
/* clang-format on */

/* ---- drawing ---- */

static int title_end(const struct surface *s, const struct layout *l)
{
	const struct place *last = &l->places[l->count - 1];
	int title = surface_columns(s, last->column->title);

	return last->x +
	       (last->column->type == VMV_TEXT && title < last->width ? title : last->width);
}

/* Says at the right what is hidden, and where; returns where the titles have to end. */
static int draw_hidden(const struct sheet *sheet, struct surface *s, const struct layout *l,
		       struct box box)
{
	const char *left = surface_signs(s) ? "\u2190" : "<";
	const char *right = surface_signs(s) ? "\u2192" : ">";
	int end = box.x + box.width, x;
	char text[48];

	if (!l->hidden || !l->count)
		return end;
	left = sheet->from > 1 ? left : "";
	right = l->more ? right : "";
	snprintf(text, sizeof(text), "%zu hidden %s%s", l->hidden, left, right);
	if (title_end(s, l) + 2 + surface_columns(s, text) > end)
		snprintf(text, sizeof(text), "+%zu%s%s", l->hidden, left, right);
	x = end - surface_columns(s, text);
	surface_text(s, strip(x, box.y, end - x), LOOK_HEADING, text);
	return x - 1;
}

static void draw_heading(const struct sheet *sheet, struct surface *s, const struct layout *l,
			 struct box box)
{
	int end;

	surface_fill(s, strip(box.x, box.y, box.width), LOOK_HEADING, L' ');
	end = draw_hidden(sheet, s, l, box);
	for (size_t i = 0; i < l->count; i++) {
		const struct place *p = &l->places[i];
		bool sorted =
			p->kind == CELL_VALUE && sheet->nsort && sheet->sort.column == p->column;
		unsigned pen = sorted ? LOOK_SORTED : LOOK_HEADING;
		int width = p->width < end - p->x ? p->width : end - p->x;
		char title[32];

		snprintf(title, sizeof(title), "%s%s", p->kind == CELL_DELTA ? "+" : "",
			 p->column->title);
		if (p->column->type == VMV_TEXT)
			surface_text(s, strip(p->x, box.y, width), pen, title);
		else
			surface_right(s, strip(p->x, box.y, width), pen, title);
	}
}

/** struct pencil - what drawing lines takes
 *  @largest: share that fills a bar
 *  @names, @nnames: the texts of the last column, if it is one, of all lines on the screen */
struct pencil {
	const struct sheet *sheet;
	struct surface *s;
	struct layout layout;
	const struct marks *marks;
	const char *found;
	uint64_t largest;
	const char **names;
	size_t nnames;
};

/** struct line - a line to draw: number @i of the sheet, at @box */
struct line {
	size_t i;
	struct box box;
	const struct vmv_region *region;
	bool group;
	unsigned role;
};

static unsigned number_pen(const struct vmv_column *column, const struct vmv_value *value)
{
	if (!value->known || !value->number)
		return LOOK_DIM;
	if (column->type == VMV_DELTA)
		return (int64_t)value->number > 0 ? LOOK_GREW : LOOK_SHRANK;
	return LOOK_PLAIN;
}

static void draw_delta(const struct pencil *p, const struct line *line, const struct place *place)
{
	struct box at = strip(place->x, line->box.y, place->width);
	static const struct vmv_column growth = { .type = VMV_DELTA, .merge = VMV_SUM };
	struct vmv_value value = { .known = false };
	char text[VMV_NUMBER_ROOM];
	int64_t delta = 0;

	if (sheet_is_rest(p->sheet, line->i)) {
		enum vmv_fate fate = sheet_change(p->sheet, line->i)->fate;

		surface_right(p->s, at, screen_change_pen(fate), vmv_fates[fate]);
		return;
	}
	value.known = sheet_delta(p->sheet, line->i, place->column, &delta);
	value.number = (uint64_t)delta;
	vmv_value_put(text, &growth, &value, VMV_NARROW);
	surface_right(p->s, at, number_pen(&growth, &value), text);
}

/* The group's line says what it is of; this one where it is. */
static void draw_member(const struct pencil *p, const struct line *line, struct box at)
{
	const char *part = vmv_parts[line->region->part];
	char address[VMV_NUMBER_ROOM], what[32] = "";
	int x;

	vmv_put_hex(address, line->region->start, 12);
	snprintf(what, sizeof(what), " %s%s", part ? part : "", part ? " " : "");
	x = 1 + surface_middle(p->s, strip(at.x + 1, at.y, at.width - 1), line->role, address,
			       ADDRESS_TELLS);
	x += surface_text(p->s, strip(at.x + x, at.y, at.width - x), line->role, what);
	surface_middle(p->s, strip(at.x + x, at.y, at.width - x), line->role,
		       vmv_base_name(line->region->name), 0);
}

static unsigned fate_pen(const char *word)
{
	for (enum vmv_fate fate = 0; fate < VMV_FATES; fate++)
		if (!strcmp(word, vmv_fates[fate]))
			return screen_change_pen(fate);
	return LOOK_PLAIN;
}

static void draw_text(const struct pencil *p, const struct line *line, const struct place *place,
		      const char *text)
{
	struct box at = strip(place->x, line->box.y, place->width);
	unsigned look = place->column->look;

	if (p->sheet->group && !line->group && line->region &&
	    layout_is_rest(p->sheet, place->index))
		draw_member(p, line, at);
	else if (look & VMV_LOOK_HEAD)
		surface_text(p->s, at, line->role, text);
	else
		surface_middle(p->s, at, look & VMV_LOOK_FATE ? fate_pen(text) : line->role,
			       p->sheet->brief && look & VMV_LOOK_PATH ? vmv_base_name(text) : text,
			       layout_is_rest(p->sheet, place->index)
				       ? alike_differs(text, p->names, p->nnames)
				       : 0);
}

static void draw_cell(const struct pencil *p, const struct line *line, const struct place *place)
{
	char room[VMV_NUMBER_ROOM];
	struct vmv_value value;
	const char *text;

	if (place->kind == CELL_DELTA) {
		draw_delta(p, line, place);
		return;
	}
	sheet_value(p->sheet, line->i, place->column, &value);
	text = layout_text(place->column, &value, room);
	if (place->column->type == VMV_TEXT) {
		draw_text(p, line, place, value.known ? text : "");
		return;
	}
	surface_right(p->s, strip(place->x, line->box.y, place->width),
		      number_pen(place->column, &value) | (line->role & PEN_BOLD), text);
}

/* ---- what is left and right of the cells ---- */

static void draw_sign(const struct pencil *p, const struct line *line, const struct sign *sign,
		      unsigned pen)
{
	surface_text(p->s, strip(line->box.x, line->box.y, 1), pen,
		     surface_signs(p->s) ? sign->text : sign->ascii);
}

static void draw_mark(const struct pencil *p, const struct line *line)
{
	const struct vmv_map *map = vmv_list_map(&p->sheet->view.list);
	const struct mark *mark;

	if (!p->marks || !map || p->marks->count != map->nregions)
		return;
	mark = &p->marks->list[line->region - map->regions];
	if (mark->kind)
		draw_sign(p, line, &mark_signs[mark->kind],
			  mark->age == MARK_FRESH ? mark_signs[mark->kind].look : LOOK_DIM);
}

/* Can be opened, or was. */
static void draw_handle(const struct pencil *p, const struct line *line)
{
	size_t next = line->i + 1;
	bool open = next < p->sheet->list.count && !sheet_is_group(p->sheet, next);

	draw_sign(p, line, &sheet_handles[open], sheet_handles[open].look);
}

static uint64_t share(const struct sheet *sheet, size_t i)
{
	struct vmv_value value;

	sheet_value(sheet, i, sheet->bar[0], &value);
	if (!value.known)
		sheet_value(sheet, i, sheet->bar[1], &value);
	return value.known ? value.number : 0;
}

static uint64_t largest_share(const struct sheet *sheet)
{
	uint64_t largest = 0;

	for (size_t i = 0; i < sheet->list.count; i++) {
		uint64_t one = sheet_is_group(sheet, i) ? share(sheet, i) : 0;

		if (one > largest)
			largest = one;
	}
	return largest;
}

/* ---- lines ---- */

static void draw_line(const struct pencil *p, const struct line *line)
{
	const struct layout *l = &p->layout;

	for (size_t c = 0; c < l->count; c++)
		draw_cell(p, line, &l->places[c]);
	if (p->sheet->bar[0])
		surface_bar(p->s, strip(l->bar_x, line->box.y, l->bar_width), line->role,
			    share(p->sheet, line->i), p->largest);
	else if (line->group)
		draw_handle(p, line);
	else
		draw_mark(p, line);
	if (p->found && *p->found && sheet_matches(p->sheet, line->i, p->found))
		surface_add(p->s, line->box, PEN_UNDERLINE);
	if (line->i == p->sheet->list.cursor)
		surface_select(p->s, line->box);
}

/* Those of the model, which live as long as it does. */
static void take_names(struct pencil *p, size_t rows)
{
	const struct sheet *sheet = p->sheet;

	p->names = vmv_calloc(rows, sizeof(*p->names));
	if (!sheet->ncolumns || !layout_is_rest(sheet, sheet->ncolumns - 1))
		return;
	for (size_t i = sheet->list.top; p->nnames < rows && i < sheet->list.count; i++) {
		struct vmv_value value;

		sheet_value(sheet, i, sheet->columns[sheet->ncolumns - 1], &value);
		p->names[p->nnames++] =
			value.known && !vmv_value_in_room(&value) ? value.text : NULL;
	}
}

void sheet_draw(struct sheet *sheet, struct surface *s, struct box box, const struct marks *marks,
		const char *found)
{
	struct pencil p = { .sheet = sheet, .s = s, .marks = marks, .found = found };
	size_t rows = box.height > 1 ? (size_t)box.height - 1 : 0;

	if (sheet->bar[0])
		p.largest = largest_share(sheet);
	list_fit(&sheet->list, rows);
	sheet->list.first_y = box.y + 1;
	layout_measure(sheet, s, rows);
	layout_make(sheet, &p.layout, box);
	take_names(&p, rows);
	sheet->more = p.layout.more;
	sheet->hidden = p.layout.hidden;
	draw_heading(sheet, s, &p.layout, box);
	for (size_t k = 0; k < rows && sheet->list.top + k < sheet->list.count; k++) {
		struct line line = { .i = sheet->list.top + k,
				     .box = strip(box.x, box.y + 1 + (int)k, box.width) };

		line.region = sheet_region(sheet, line.i);
		line.group = sheet_is_group(sheet, line.i);
		line.role = sheet_role(sheet, line.i);
		if (line.group && !sheet->bar[0])
			line.role |= PEN_BOLD;
		draw_line(&p, &line);
	}
	free(p.names);
}
