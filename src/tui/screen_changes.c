/*
 * screen_changes.c - what changed since the baseline
 */
#include "picture.h"
#include "screen.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"

static struct sheet *sheet(struct app *a)
{
	return &a->sheets[SCREEN_CHANGES];
}

static bool items(struct app *a, struct sheet_items *items)
{
	if (!a->baseline || !a->picture || !a->picture->base)
		return false;
	items->list = vmv_diff_list(&a->picture->diff);
	return true;
}

static struct list *list(struct app *a)
{
	if (!sheet(a)->built)
		list_resize(&sheet(a)->list, 0);
	return &sheet(a)->list;
}

/* NULL if nothing is selected. */
static const struct vmv_region *selected(struct app *a, bool *gone)
{
	size_t i = sheet(a)->list.cursor;
	const struct vmv_region *r = sheet_region(sheet(a), i);

	*gone = r && vmv_map_at(&a->picture->map, r->start) != r;
	return r;
}

/* To have been on this screen does not yet mean to have chosen what is on it. */
static void moved(struct app *a)
{
	uint64_t before = sheet(a)->key;
	const struct vmv_region *r;
	bool gone;

	sheet_moved(sheet(a));
	r = selected(a, &gone);
	if (r && !gone && sheet(a)->key != before)
		app_choose(a, r->start, !sheet(a)->list.cursor);
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	if (!a->baseline) {
		surface_text(s, strip(box.x + 1, box.y + 1, box.width - 1), LOOK_DIM,
			     "Press b to make the picture of now the baseline; what changes");
		surface_text(s, strip(box.x + 1, box.y + 2, box.width - 1), LOOK_DIM,
			     "from then on is listed here.");
		return;
	}
	list(a); /* nothing to compare is nothing that changed */
	sheet_draw(sheet(a), s, box, NULL, a->found);
	if (!sheet(a)->list.count)
		surface_text(s, strip(box.x + 1, box.y + 1, box.width - 1), LOOK_DIM,
			     "Nothing has changed since the baseline.");
}

static void command_enter(struct app *a)
{
	const struct vmv_region *r;
	bool gone;

	r = selected(a, &gone);
	if (!r)
		return;
	if (gone) {
		app_say(a, "this region is gone");
		return;
	}
	a->at = r->start;
	command_details(a);
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER }, "Enter", command_enter, "all about the region, and its memory", "Details", 1 },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Changes", bindings);

static const struct sheet_kind kind = {
	.kind = &vmv_kind_changes,
	.columns = "kind,address,size,rss,rss_after,class,perms,mapping",
	.sort = "-rss",
	.loose = true,
};

const struct screen screen_changes = {
	.title = "Changes",
	.process = true,
	.lists = &vmv_kind_changes,
	.sheet = &kind,
	.items = items,
	.maps = { &keys, &keys_search, &keys_list, &keys_show, &keys_main, &keys_number, &keys_move,
		  &keys_click },
	.settle = sheets_settle,
	.list = list,
	.moved = moved,
	.matches = sheets_matches,
	.draw = draw,
};
