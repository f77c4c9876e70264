/* sheet_draw.c - the drawing of sheet.h: only what is on the screen is looked at */
#include "sheet.h"

#include "marks.h"
#include "screen.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/diff.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"
#include "vmapview/units.h"
#include "vmapview/value.h"

#include <stdio.h>
#include <string.h>

enum {
	GUTTER = 2,    /* marks of changes and groups */
	TEXT_MAX = 24, /* of a text that is not the last */
	TEXT_MIN = 8,  /* of a text that is cut */
	BAR_MIN = 6,
	DELTA_WIDTH = 7,
};

enum cell_kind { CELL_VALUE, CELL_DELTA };

/** struct place - where a column is on the screen */
struct place {
	const struct vmv_column *column;
	enum cell_kind kind;
	size_t index; /* in sheet->columns */
	int x, width;
};

/** struct layout - what fits, from left to right, up to @right; then a bar, if wide enough;
 *  @hidden columns are left out, @more of them are not to the left */
struct layout {
	struct place places[2 * SHEET_COLUMNS];
	size_t count, hidden;
	bool more;
	int right, bar_x, bar_width;
};

static bool is_rest(const struct sheet *sheet, size_t i)
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

/* ---- cells ---- */

/* Text of a value other than VMV_TEXT goes to @room. */
static const char *value_text(const struct vmv_column *column, const struct vmv_value *value,
			      char room[VMV_NUMBER_ROOM])
{
	if (value->known && column->type == VMV_TEXT)
		return value->text;
	vmv_value_put(room, column, value, VMV_NARROW);
	return room;
}

static void measure(struct sheet *sheet, const struct surface *s, size_t rows)
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
			width = surface_columns(s, value_text(column, &value, room));
			if (width > TEXT_MAX && !is_rest(sheet, c))
				width = TEXT_MAX;
			if (width > sheet->widths[c])
				sheet->widths[c] = width;
		}
	}
}

/* ---- layout ---- */

static bool has_delta(const struct sheet *sheet, const struct vmv_column *column)
{
	return sheet->has_base && column->growth;
}

static int keep_of(const struct sheet *sheet, size_t c)
{
	return sheet->wanted[c] ? VMV_KEEP : sheet->columns[c]->keep;
}

/* How wide are the columns that stay when those with less than @keep are given up? */
static int width_of(const struct sheet *sheet, int keep)
{
	int width = GUTTER - 1 + (sheet->bar[0] ? BAR_MIN + 1 : 0);

	for (size_t c = 0; c < sheet->ncolumns; c++) {
		if (keep_of(sheet, c) < keep)
			continue;
		width += 1 + (is_rest(sheet, c) ? sheet->rest : sheet->widths[c]);
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
	int least = p.column->type == VMV_TEXT && p.width > TEXT_MIN ? TEXT_MIN : p.width;

	if (l->count && room < least)
		return false;
	p.x = *x;
	p.width = p.width < room ? p.width : room;
	*x += p.width + 1;
	l->places[l->count++] = p;
	return true;
}

static void lay_out(const struct sheet *sheet, struct layout *l, struct box box)
{
	int keep = keep_level(sheet, box.width), x = box.x + GUTTER;

	*l = (struct layout){ .right = box.x + box.width - (sheet->bar[0] ? BAR_MIN + 1 : 0) };
	for (size_t c = 0; c < sheet->ncolumns; c++) {
		const struct vmv_column *column = sheet->columns[c];
		bool rest = is_rest(sheet, c);
		int width = rest && l->right - x > sheet->rest ? l->right - x : sheet->widths[c];
		bool fits = c + 1 >= sheet->from && keep_of(sheet, c) >= keep &&
			    place(l, (struct place){ column, CELL_VALUE, c, 0, width }, &x);

		l->hidden += !fits;
		l->more |= c + 1 >= sheet->from && (!fits || (rest && sheet->widths[c] > width));
		if (fits && has_delta(sheet, column))
			place(l, (struct place){ column, CELL_DELTA, c, 0, DELTA_WIDTH }, &x);
	}
	l->bar_x = x;
	l->bar_width = sheet->bar[0] ? box.x + box.width - x : 0;
}

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
 *  @largest: share that fills a bar */
struct pencil {
	const struct sheet *sheet;
	struct surface *s;
	struct layout layout;
	const struct marks *marks;
	const char *found;
	uint64_t largest;
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
	char address[VMV_NUMBER_ROOM];

	vmv_put_hex(address, line->region->start, 12);
	surface_print(p->s, strip(at.x + 1, at.y, at.width - 1), line->role, "%s %s%s%s", address,
		      part ? part : "", part ? " " : "", vmv_base_name(line->region->name));
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

	if (p->sheet->group && !line->group && is_rest(p->sheet, place->index))
		draw_member(p, line, at);
	else if (*text == '/' && !(look & VMV_LOOK_HEAD)) /* of paths the end tells more */
		surface_tail(p->s, at, line->role, text);
	else
		surface_text(p->s, at, look & VMV_LOOK_FATE ? fate_pen(text) : line->role, text);
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
	text = value_text(place->column, &value, room);
	if (place->column->type == VMV_TEXT) {
		draw_text(p, line, place, value.known ? text : "");
		return;
	}
	surface_right(p->s, strip(place->x, line->box.y, place->width),
		      line->group ? line->role : number_pen(place->column, &value), text);
}

/* ---- what is left and right of the cells ---- */

static unsigned mark_pen(const struct mark *mark)
{
	static const unsigned char looks[] = { [MARK_NEW] = LOOK_NEW,
					       [MARK_GREW] = LOOK_GREW,
					       [MARK_SHRANK] = LOOK_SHRANK,
					       [MARK_CHANGED] = LOOK_NEW };

	return mark->age == MARK_FRESH ? looks[mark->kind] : LOOK_DIM;
}

static void draw_mark(const struct pencil *p, const struct line *line)
{
	static const char *const signs[][2] = { [MARK_NONE] = { " ", " " },
						[MARK_NEW] = { "+", "+" },
						[MARK_GREW] = { "\u25b2", "^" },
						[MARK_SHRANK] = { "\u25bc", "v" },
						[MARK_CHANGED] = { "\u2022", "*" } };
	const struct vmv_map *map = vmv_list_map(&p->sheet->view.list);
	const struct mark *mark;

	if (!p->marks || !map || p->marks->count != map->nregions)
		return;
	mark = &p->marks->list[line->region - map->regions];
	if (mark->kind)
		surface_text(p->s, strip(line->box.x, line->box.y, 1), mark_pen(mark),
			     signs[mark->kind][!surface_signs(p->s)]);
}

/* Can be opened, or was. */
static void draw_handle(const struct pencil *p, const struct line *line)
{
	static const char *const handles[2][2] = { { "\u25b8", ">" }, { "\u25be", "v" } };
	size_t next = line->i + 1;
	bool open = next < p->sheet->list.count && !sheet_is_group(p->sheet, next);

	surface_text(p->s, strip(line->box.x, line->box.y, 1), LOOK_KEY,
		     handles[open][!surface_signs(p->s)]);
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
		surface_add(p->s, line->box, PEN_REVERSE);
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
	measure(sheet, s, rows);
	lay_out(sheet, &p.layout, box);
	sheet->more = p.layout.more;
	sheet->hidden = p.layout.hidden;
	draw_heading(sheet, s, &p.layout, box);
	for (size_t k = 0; k < rows && sheet->list.top + k < sheet->list.count; k++) {
		struct line line = { .i = sheet->list.top + k,
				     .box = strip(box.x, box.y + 1 + (int)k, box.width) };

		line.region = sheet_region(sheet, line.i);
		line.group = sheet_is_group(sheet, line.i);
		line.role = line.region ? vmv_classes[line.region->class].role : LOOK_PLAIN;
		if (line.group && !sheet->bar[0])
			line.role = LOOK_TITLE;
		draw_line(&p, &line);
	}
}
