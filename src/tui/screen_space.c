/*
 * screen_space.c - the whole address space, with what is free, to a log scale
 */
#include "alike.h"
#include "picture.h"
#include "screen.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/units.h"

#include <stdlib.h>
#include <string.h>

enum { SPACE_NAMES = 200 }; /* compared with each other: no screen is higher */

#define KERNEL_HALF (UINT64_C(1) << 63) /* nothing that a program can have */

void space_done(struct space *sp)
{
	free(sp->rows);
	sp->rows = NULL;
	sp->built = false;
}

static uint64_t row_size(const struct space_row *row)
{
	return row->end - row->start;
}

static void add(struct space *sp, size_t *n, struct space_row row)
{
	if (row.start == row.end)
		return;
	if (!row.region && row.end < KERNEL_HALF &&
	    (sp->largest == SIZE_MAX || row_size(&row) > row_size(&sp->rows[sp->largest])))
		sp->largest = *n;
	sp->rows[(*n)++] = row;
}

static void settle(struct app *a)
{
	struct space *sp = &a->space;
	const struct vmv_map *map = a->picture ? &a->picture->map : NULL;
	uint64_t end = 0;
	size_t n = 0;

	if (sp->built || !map)
		return;
	sp->rows = vmv_calloc(2 * map->nregions + 1, sizeof(*sp->rows));
	sp->largest = SIZE_MAX;
	for (size_t i = 0; i < map->nregions; i++) {
		const struct vmv_region *r = &map->regions[i];

		add(sp, &n, (struct space_row){ end, r->start, NULL });
		add(sp, &n, (struct space_row){ r->start, r->end, r });
		end = r->end;
	}
	sp->built = true;
	list_resize(&sp->list, n);
	for (size_t i = 0; i < n; i++)
		if (sp->rows[i].start <= sp->start && sp->start < sp->rows[i].end)
			list_go(&sp->list, i);
}

static void enter(struct app *a)
{
	if (a->at == VMV_UNKNOWN)
		return;
	a->space.start = a->at;
	for (size_t i = 0; i < a->space.list.count; i++)
		if (a->space.rows[i].start <= a->at && a->at < a->space.rows[i].end)
			list_go(&a->space.list, i);
}

static struct list *list(struct app *a)
{
	return &a->space.list;
}

static void moved(struct app *a)
{
	const struct space_row *row;

	if (!a->space.built || !a->space.list.count)
		return;
	row = &a->space.rows[a->space.list.cursor];
	a->space.start = row->start;
	if (row->region)
		app_choose(a, row->start, !a->space.list.cursor);
}

static const char *gap_text(const struct app *a, size_t i)
{
	const struct space_row *row = &a->space.rows[i];

	if (row->end >= KERNEL_HALF)
		return "not for programs";
	if (i == a->space.largest)
		return "free: the largest block";
	return "free";
}

static bool matches(struct app *a, size_t row, const char *text)
{
	const struct space_row *r = &a->space.rows[row];
	char address[VMV_NUMBER_ROOM];

	vmv_put_hex(address, r->start, 12);
	if (strcasestr(address, text))
		return true;
	return r->region ? strcasestr(r->region->name, text) ||
				   strcasestr(vmv_classes[r->region->class].name, text)
			 : strcasestr(gap_text(a, row), text) != NULL;
}

/* ---- drawing ---- */

/* Bars grow by the same length with each doubling: a page and a terabyte both show. */
static uint64_t scale(uint64_t size)
{
	unsigned top = 0;

	while (size >> top > 1)
		top++;
	/* Between powers of two a straight line is near enough. */
	if (top < 11)
		return 1;
	return (top - 11) * UINT64_C(64) + ((size - (UINT64_C(1) << top)) >> (top - 6)) + 1;
}

/* Where there is no room for the kernel's addresses, theirs are cut: the size stays. */
static int address_width(struct box line)
{
	return line.width >= 30 ? 16 : 12;
}

/* After the address and the size. */
static struct box bar_box(struct box line)
{
	int width = line.width >= 60 ? line.width / 4 : line.width >= 36 ? 6 : 0;

	return strip(line.x + address_width(line) + 7, line.y, width);
}

static size_t differs(const struct space *sp, const struct vmv_region *r)
{
	const char *names[SPACE_NAMES];
	size_t n = 0;

	for (size_t i = sp->list.top; n < SPACE_NAMES && i < sp->list.count; i++)
		names[n++] = sp->rows[i].region ? sp->rows[i].region->name : NULL;
	return alike_differs(r->name, names, n < sp->list.page ? n : sp->list.page);
}

static void draw_row(struct app *a, struct surface *s, struct box line, size_t i, uint64_t largest)
{
	const struct space_row *row = &a->space.rows[i];
	const struct vmv_region *r = row->region;
	unsigned pen = r ? vmv_classes[r->class].role : LOOK_DIM;
	struct box bar = bar_box(line);
	uint64_t length = scale(row_size(row));
	char number[VMV_NUMBER_ROOM];
	int x = line.x;

	if (length > largest)
		length = largest;
	vmv_put_hex(number, row->start, 12);
	surface_right(s, strip(x, line.y, address_width(line)), r ? LOOK_PLAIN : LOOK_DIM, number);
	x += address_width(line) + 1;
	vmv_put_human(number, row_size(row));
	surface_right(s, strip(x, line.y, 5), LOOK_PLAIN, number);
	if (r)
		surface_bar(s, bar, pen, length, largest);
	else
		surface_fill(s, strip(bar.x, bar.y, (int)(length * (uint64_t)bar.width / largest)),
			     LOOK_DIM, surface_signs(s) ? L'\u00b7' : L'.');
	x = bar.x + bar.width + (bar.width > 0);
	if (!r) {
		surface_text(s, strip(x, line.y, line.x + line.width - x), pen, gap_text(a, i));
		return;
	}
	x += surface_text(s, strip(x, line.y, line.x + line.width - x), pen,
			  vmv_classes[r->class].name);
	x++;
	x += surface_text(s, strip(x, line.y, line.x + line.width - x), LOOK_DIM,
			  vmv_perms_text(r->perms)) +
	     1;
	surface_middle(s, strip(x, line.y, line.x + line.width - x), pen,
		       a->space.paths ? r->name : vmv_base_name(r->name), differs(&a->space, r));
}

static void draw_heading(struct app *a, struct surface *s, struct box line)
{
	char mapped[VMV_NUMBER_ROOM] = "-", gap[VMV_NUMBER_ROOM] = "0";

	if (a->picture->totals[TOTAL_SIZE] != VMV_UNKNOWN)
		vmv_put_human(mapped, a->picture->totals[TOTAL_SIZE]);
	if (a->space.largest != SIZE_MAX)
		vmv_put_human(gap, row_size(&a->space.rows[a->space.largest]));
	surface_fill(s, line, LOOK_HEADING, L' ');
	surface_print(s, strip(line.x, line.y, line.width), LOOK_HEADING,
		      "%*s %5s (log scale)  %s mapped, largest free block %s", address_width(line),
		      "Address", "Size", mapped, gap);
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	struct list *l = &a->space.list;
	uint64_t largest = 1;

	if (!a->picture || box.height < 1)
		return;
	for (size_t i = 0; i < l->count; i++) {
		const struct space_row *row = &a->space.rows[i];

		if (row->end < KERNEL_HALF && row_size(row) > largest)
			largest = row_size(row);
	}
	largest = scale(largest);
	draw_heading(a, s, strip(box.x, box.y, box.width));
	list_fit(l, (size_t)box.height - 1);
	l->first_y = box.y + 1;
	for (int y = 1; y < box.height && l->top + (size_t)y - 1 < l->count; y++) {
		size_t i = l->top + (size_t)y - 1;
		struct box line = { box.x, box.y + y, box.width, 1 };

		draw_row(a, s, line, i, largest);
		if (i == l->cursor)
			surface_select(s, line);
	}
}

static void command_enter(struct app *a)
{
	const struct space *sp = &a->space;

	if (sp->list.count && !sp->rows[sp->list.cursor].region)
		app_say(a, "nothing is mapped here");
	else
		command_details(a);
}

static void command_paths(struct app *a)
{
	a->space.paths = !a->space.paths;
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER, VK_RIGHT }, "Enter Right", command_enter, "all about the region, and its memory", "Details", 1 },
	{ { 'p' }, "p", command_paths, "whole paths, or only file names", "Paths", 6 },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Address space", bindings);

const struct screen screen_space = {
	.title = "Space",
	.process = true,
	.places = true,
	.maps = { &keys, &keys_search, &keys_show, &keys_main, &keys_number, &keys_move,
		  &keys_click },
	.enter = enter,
	.settle = settle,
	.list = list,
	.moved = moved,
	.matches = matches,
	.draw = draw,
};
