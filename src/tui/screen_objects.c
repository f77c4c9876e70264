/*
 * screen_objects.c - the regions of each file or kind in one line, which opens
 */
#include "screen.h"
#include "vmapview/kind.h"

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER }, "Enter", command_toggle_group, "show or hide the regions of an object; on a region, all about it", "Open" },
	{ { VK_BACKSPACE }, "Backspace", command_fold_group, "hide the regions of the object, also from one of them", NULL },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Objects", bindings);

static const struct sheet_kind kind = {
	.columns = "regions,size,rss,pss,uss,swap,perms,class,object",
	.sort = "-rss",
	.group = "object",
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
