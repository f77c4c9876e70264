/*
 * screen_classes.c - how much of each class there is
 */
#include "picture.h"
#include "screen.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"

#include <stdio.h>
#include <stdlib.h>

static void settle(struct app *a)
{
	if (a->picture)
		sheet_build(&a->classes, &a->picture->map, a->baseline ? &a->baseline->map : NULL,
			    a->filter);
}

/* Back from the regions of one class. */
static void enter(struct app *a)
{
	if (!a->narrowed)
		return;
	app_filter(a, a->wide_filter ? a->wide_filter : "", NULL);
	a->narrowed = false;
	settle(a);
}

static struct list *list(struct app *a)
{
	return &a->classes.list;
}

static void moved(struct app *a)
{
	sheet_moved(&a->classes);
}

static bool matches(struct app *a, size_t row, const char *text)
{
	return sheet_matches(&a->classes, row, text);
}

/* Below the list: what the selected class is. */
static void draw(struct app *a, struct surface *s, struct box box)
{
	const struct vmv_region *r;
	int about = box.height >= 8;

	if (!a->picture)
		return;
	box.height -= about;
	sheet_draw(&a->classes, s, box, NULL, a->found);
	r = sheet_region(&a->classes, a->classes.list.cursor);
	if (about && r)
		surface_print(s, strip(box.x, box.y + box.height, box.width), LOOK_LABEL, "%s: %s",
			      vmv_classes[r->class].name, vmv_classes[r->class].help);
}

static void command_regions(struct app *a)
{
	const struct vmv_region *r = sheet_region(&a->classes, a->classes.list.cursor);
	char text[64];

	if (!r)
		return;
	snprintf(text, sizeof(text), "class = %s", vmv_classes[r->class].name);
	free(a->wide_filter);
	a->wide_filter = vmv_strdup(a->filter_text);
	a->narrowed = true;
	app_filter(a, text, NULL);
	app_open(a, SCREEN_REGIONS);
	app_say(a, "only %s: q goes back to all", text);
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER, VK_RIGHT }, "Enter Right", command_regions, "the regions of this class", "Regions" },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Classes", bindings);

const struct screen screen_classes = {
	.title = "Classes",
	.tab = true,
	.process = true,
	.filtered = true,
	.maps = { &keys, &keys_search, &keys_list, &keys_show, &keys_main, &keys_move,
		  &keys_click },
	.enter = enter,
	.settle = settle,
	.list = list,
	.moved = moved,
	.matches = matches,
	.draw = draw,
};
