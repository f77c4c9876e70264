/*
 * screen_objects.c - the regions of each file or kind in one line, which opens
 */
#include "picture.h"
#include "screen.h"

static void settle(struct app *a)
{
	if (a->picture)
		sheet_build(&a->objects, a->picture, a->baseline);
}

static struct list *list(struct app *a)
{
	return &a->objects.list;
}

/* At an object, the user stays at whichever of its regions it was. */
static void moved(struct app *a)
{
	const struct vmv_region *r = sheet_region(&a->objects, a->objects.list.cursor);

	sheet_moved(&a->objects);
	if (r && !sheet_holds(&a->objects, a->objects.list.cursor, a->at))
		a->at = r->start;
}

/* From another screen: go to where the user was there. */
static void enter(struct app *a)
{
	if (a->picture && a->at != VMV_UNKNOWN)
		sheet_select_holder(&a->objects, a->at);
}

static bool matches(struct app *a, size_t row, const char *text)
{
	return sheet_matches(&a->objects, row, text);
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	if (a->picture)
		sheet_draw(&a->objects, s, box, &a->marks, a->found);
}

/* Enter opens what is closed, and details of a region. */
static void command_enter(struct app *a)
{
	if (sheet_is_group(&a->objects, a->objects.list.cursor))
		sheet_toggle(&a->objects);
	else
		command_details(a);
}

static bool is_open(const struct app *a)
{
	size_t i = a->objects.list.cursor;

	return i + 1 < a->objects.list.count && !sheet_is_group(&a->objects, i + 1);
}

static void command_expand(struct app *a)
{
	if (!sheet_is_group(&a->objects, a->objects.list.cursor))
		command_details(a);
	else if (!is_open(a))
		sheet_toggle(&a->objects);
}

static void command_fold(struct app *a)
{
	if (!sheet_is_group(&a->objects, a->objects.list.cursor) || is_open(a))
		sheet_toggle(&a->objects);
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER }, "Enter", command_enter, "show or hide the regions of an object; on a region, all about it", "Open" },
	{ { VK_RIGHT }, "Right", command_expand, "show the regions of the object; on a region, all about it", NULL },
	{ { VK_LEFT }, "Left", command_fold, "hide them", NULL },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Objects", bindings);

const struct screen screen_objects = {
	.title = "Objects",
	.tab = true,
	.process = true,
	.filtered = true,
	.maps = { &keys, &keys_search, &keys_list, &keys_show, &keys_main, &keys_number, &keys_move,
		  &keys_click },
	.enter = enter,
	.settle = settle,
	.list = list,
	.moved = moved,
	.matches = matches,
	.draw = draw,
};
