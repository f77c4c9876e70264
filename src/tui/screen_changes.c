/*
 * screen_changes.c - what changed since the baseline
 */
#include "picture.h"
#include "screen.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/units.h"

#include <string.h>

static const struct vmv_change *change_at(const struct app *a, size_t row)
{
	return &a->picture->diff.changes[row];
}

static const struct vmv_region *region_at(const struct app *a, size_t row)
{
	return vmv_change_region(&a->picture->diff, change_at(a, row));
}

static void settle(struct app *a)
{
	struct changes *c = &a->changes;

	if (c->built || !a->baseline || !a->picture)
		return;
	c->built = true;
	list_resize(&c->list, a->picture->diff.ndifferent);
	for (size_t i = 0; i < c->list.count; i++)
		if (region_at(a, i)->start == c->start)
			list_go(&c->list, i);
}

static struct list *list(struct app *a)
{
	if (!a->changes.built)
		list_resize(&a->changes.list, 0);
	return &a->changes.list;
}

/* Be at the selected region. */
static void be_there(struct app *a)
{
	struct changes *c = &a->changes;

	c->start = region_at(a, c->list.cursor)->start;
	if (change_at(a, c->list.cursor)->fate != VMV_GONE)
		a->at = c->start;
}

/* To have been on this screen does not yet mean to have chosen what is on it. */
static void moved(struct app *a)
{
	struct changes *c = &a->changes;

	if (c->built && c->list.count && region_at(a, c->list.cursor)->start != c->start)
		be_there(a);
}

/* From another screen: go to where the user was there. */
static void enter(struct app *a)
{
	struct changes *c = &a->changes;

	if (!c->built || !c->list.count)
		return;
	for (size_t i = 0; i < c->list.count; i++)
		if (region_at(a, i)->start == a->at)
			list_go(&c->list, i);
	c->start = region_at(a, c->list.cursor)->start;
}

static bool matches(struct app *a, size_t row, const char *text)
{
	const struct vmv_region *r = region_at(a, row);
	char address[VMV_NUMBER_ROOM];

	vmv_put_hex(address, r->start, 12);
	return strcasestr(r->name, text) || strcasestr(address, text) ||
	       strcasestr(vmv_classes[r->class].name, text) ||
	       strcasestr(vmv_fates[change_at(a, row)->fate], text);
}

/* ---- drawing ---- */

enum { NUMBER_WIDTH = 7 };

static void put_delta(struct surface *s, int x, int y, const struct vmv_amount *amount)
{
	char text[VMV_NUMBER_ROOM + 1] = ".";
	unsigned pen = LOOK_DIM;
	int64_t by;

	if (!vmv_delta(amount, &by)) {
		text[0] = '-';
	} else if (by) {
		text[0] = by > 0 ? '+' : '-';
		vmv_put_human(text + 1, by > 0 ? (uint64_t)by : -(uint64_t)by);
		pen = by > 0 ? LOOK_GREW : LOOK_SHRANK;
	}
	surface_right(s, strip(x, y, NUMBER_WIDTH), pen, text);
}

static void draw_row(struct app *a, struct surface *s, struct box line, size_t row)
{
	const struct vmv_change *change = change_at(a, row);
	const struct vmv_region *r = region_at(a, row);
	unsigned pen = vmv_classes[r->class].role;
	char address[VMV_NUMBER_ROOM];
	int x = line.x, end = line.x + line.width;

	surface_text(s, strip(x, line.y, 7), screen_change_pen(change->fate),
		     vmv_fates[change->fate]);
	x += 8;
	if (line.width >= 60) {
		vmv_put_hex(address, r->start, 12);
		surface_right(s, strip(x, line.y, 16), LOOK_PLAIN, address);
		x += 17;
	}
	put_delta(s, x, line.y, &change->amounts[VMV_OF_SIZE]);
	put_delta(s, x + NUMBER_WIDTH, line.y, &change->amounts[VMV_OF_RSS]);
	screen_amount(s, strip(x + 2 * NUMBER_WIDTH, line.y, NUMBER_WIDTH),
		      change->amounts[VMV_OF_RSS].after);
	x += 3 * NUMBER_WIDTH + 1;
	surface_text(s, strip(x, line.y, 6), pen, vmv_classes[r->class].name);
	x += 7;
	x += surface_text(s, strip(x, line.y, end - x), LOOK_DIM, vmv_perms_text(r->perms)) + 1;
	surface_text(s, strip(x, line.y, end - x), pen, vmv_base_name(r->name));
}

static void draw_heading(struct surface *s, struct box line)
{
	surface_fill(s, line, LOOK_HEADING, L' ');
	surface_print(s, strip(line.x, line.y, line.width), LOOK_HEADING, "%-8s%s%7s%7s%7s %-6s %s",
		      "Change", line.width >= 60 ? "         Address " : "", "+Size", "+Rss", "Rss",
		      "Class", "Perms Mapping");
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	struct list *l = list(a);

	if (!a->baseline) {
		surface_text(s, strip(box.x + 1, box.y + 1, box.width - 1), LOOK_DIM,
			     "Press b to make the picture of now the baseline; what changes");
		surface_text(s, strip(box.x + 1, box.y + 2, box.width - 1), LOOK_DIM,
			     "from then on is listed here.");
		return;
	}
	draw_heading(s, strip(box.x, box.y, box.width));
	list_fit(l, box.height > 1 ? (size_t)box.height - 1 : 0);
	l->first_y = box.y + 1;
	if (!l->count)
		surface_text(s, strip(box.x + 1, box.y + 1, box.width - 1), LOOK_DIM,
			     "Nothing has changed since the baseline.");
	for (int y = 1; y < box.height && l->top + (size_t)y - 1 < l->count; y++) {
		struct box line = { box.x, box.y + y, box.width, 1 };

		draw_row(a, s, line, l->top + (size_t)y - 1);
		if (l->top + (size_t)y - 1 == l->cursor)
			surface_add(s, line, PEN_REVERSE);
	}
}

static void command_enter(struct app *a)
{
	if (!a->changes.built || !a->changes.list.count)
		return;
	if (change_at(a, a->changes.list.cursor)->fate == VMV_GONE)
		app_say(a, "this region is gone");
	else {
		be_there(a);
		command_details(a);
	}
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER, VK_RIGHT }, "Enter Right", command_enter, "all about the region, and its memory", "Details" },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Changes", bindings);

const struct screen screen_changes = {
	.title = "Changes",
	.process = true,
	.maps = { &keys, &keys_search, &keys_show, &keys_main, &keys_number, &keys_move,
		  &keys_click },
	.enter = enter,
	.settle = settle,
	.list = list,
	.moved = moved,
	.matches = matches,
	.draw = draw,
};
