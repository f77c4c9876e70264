/*
 * screen_regions.c - the list of regions
 */
#include "screen.h"
#include "vmapview/kind.h"

static void draw(struct app *a, struct surface *s, struct box box)
{
	sheets_draw(a, s, box);
	if (a->picture && !sheets_list(a)->count && a->filter)
		surface_text(s, strip(box.x + 2, box.y + 2, box.width - 2), LOOK_DIM,
			     "no region matches the filter; \\ changes it");
}

static void command_enter(struct app *a)
{
	if (sheets_list(a)->count)
		command_details(a);
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER }, "Enter", command_enter, "all about the region, and its memory", "Details", 1 },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Regions", bindings);

static const struct sheet_kind kind = {
	.columns = "address,size,rss,pss,uss,swap,perms,class,part,mapping",
	.order = "address",
};

const struct screen screen_regions = {
	.title = "Regions",
	.process = true,
	.filtered = true,
	.places = true,
	.lists = &vmv_kind_regions,
	.sheet = &kind,
	.maps = SHEET_MAPS(&keys),
	.enter = sheets_enter,
	.settle = sheets_settle,
	.list = sheets_list,
	.moved = sheets_moved,
	.matches = sheets_matches,
	.draw = draw,
};
