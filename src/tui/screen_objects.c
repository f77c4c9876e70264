/*
 * screen_objects.c - the regions of each file or kind in one line, which opens
 */
#include "screen.h"
#include "vmapview/kind.h"

/* Of a region, that of its object. */
static void command_regions(struct app *a)
{
	const struct sheet *sheet = &a->sheets[SCREEN_OBJECTS];

	if (sheet->list.count)
		narrow_to(a, "object", sheet_word(sheet, sheet->list.cursor));
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER }, "Enter", command_toggle_group, "show or hide the regions of an object; on a region, all about it", "Open", 1 },
	{ { VK_BACKSPACE }, "Backspace", command_fold_group, "hide the regions of the object, also from one of them", NULL, 0 },
	{ { 'l' }, "l", command_regions, "the regions of this object, of those that the filter lets through", "List", 4 },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Objects", bindings);

static const struct sheet_kind kind = {
	.columns = "regions,size,rss,pss,uss,swap,perms,class,object",
	.sort = "-rss",
	.group = "object",
	.loose = true,
};

const struct screen screen_objects = {
	.title = "Objects",
	.process = true,
	.filtered = true,
	.places = true,
	.lists = &vmv_kind_objects,
	.sheet = &kind,
	.maps = SHEET_MAPS(&keys),
	.enter = sheets_enter,
	.settle = sheets_settle,
	.list = sheets_list,
	.moved = sheets_moved,
	.matches = sheets_matches,
	.draw = sheets_draw,
};
