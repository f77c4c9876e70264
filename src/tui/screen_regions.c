/*
 * screen_regions.c - the list of regions
 */
#include "picture.h"
#include "screen.h"
#include "vmapview/column.h"

static void settle(struct app *a)
{
	if (a->picture)
		sheet_build(&a->regions, a->picture, a->baseline);
}

/* From another screen: go to where the user was there. */
static void enter(struct app *a)
{
	if (a->picture && a->at != VMV_UNKNOWN)
		sheet_select(&a->regions, a->at);
}

static struct list *list(struct app *a)
{
	return &a->regions.list;
}

static void moved(struct app *a)
{
	sheet_moved(&a->regions);
	if (a->regions.built && a->regions.list.count)
		a->at = a->regions.start;
}

static bool matches(struct app *a, size_t row, const char *text)
{
	return sheet_matches(&a->regions, row, text);
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	if (!a->picture)
		return;
	sheet_draw(&a->regions, s, box, &a->marks, a->found);
	if (!a->regions.list.count && a->filter)
		surface_text(s, strip(box.x + 2, box.y + 2, box.width - 2), LOOK_DIM,
			     "no region matches the filter; \\ changes it");
}

static void command_enter(struct app *a)
{
	if (a->regions.list.count)
		command_details(a);
}

/* The same place holds the short name or the whole. */
static void command_paths(struct app *a)
{
	const struct vmv_column *path = vmv_column_find(&vmv_kind_regions, "path", 4);
	const struct vmv_column *mapping = vmv_column_find(&vmv_kind_regions, "mapping", 7);
	struct sheet *sheet = &a->regions;
	bool found = false;

	for (size_t i = 0; i < sheet->ncolumns; i++) {
		found |= sheet->columns[i] == path || sheet->columns[i] == mapping;
		if (sheet->columns[i] == path)
			sheet->columns[i] = mapping;
		else if (sheet->columns[i] == mapping)
			sheet->columns[i] = path;
	}
	sheet_drop(sheet);
	if (!found)
		app_say(a, "the column mapping is not shown: o shows it");
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER, VK_RIGHT }, "Enter Right", command_enter, "all about the region, and its memory", "Details" },
	{ { 'p' }, "p", command_paths, "whole paths, or only file names", NULL },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Regions", bindings);

const struct screen screen_regions = {
	.title = "Regions",
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
