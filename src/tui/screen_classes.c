/*
 * screen_classes.c - how much of each class there is
 */
#include "picture.h"
#include "screen.h"
#include "vmapview/class.h"
#include "vmapview/kind.h"

#include <string.h>

/* A class is no place: the user stays where it was on the other screens. */
static void moved(struct app *a)
{
	sheet_moved(&a->sheets[SCREEN_CLASSES]);
}

static const struct vmv_region *selected(const struct app *a)
{
	const struct sheet *sheet = &a->sheets[SCREEN_CLASSES];

	return sheet_region(sheet, sheet->list.cursor);
}

/* Below the list: what the selected class is. */
static void draw_about(const struct app *a, struct surface *s, struct box box)
{
	const struct vmv_region *r = selected(a);
	const char *help = r ? vmv_classes[r->class].help : "";
	const char *name = r ? vmv_classes[r->class].name : "";
	int x = (int)strlen(name) + 2;

	if (box.height < 1)
		return;
	surface_print(s, strip(box.x, box.y, box.width),
		      r ? vmv_classes[r->class].role : LOOK_PLAIN, "%s%s", name, r ? ":" : "");
	for (int y = box.y; *help && y < box.y + box.height; y++) {
		size_t len = y + 1 < box.y + box.height
				     ? surface_fitting(a->ascii, help, box.width - x)
				     : strlen(help);

		surface_print(s, strip(box.x + x, y, box.width - x), LOOK_PLAIN, "%.*s", (int)len,
			      help);
		help += len;
		help += *help == ' ';
	}
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	int about = box.height >= 10 ? 2 : box.height >= 8;

	if (!a->picture)
		return;
	box.height -= about;
	sheets_draw(a, s, box);
	box.y += box.height;
	box.height = about;
	draw_about(a, s, box);
}

static void command_regions(struct app *a)
{
	const struct vmv_region *r = selected(a);

	if (r)
		narrow_to(a, "class", vmv_classes[r->class].name);
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER }, "Enter", command_regions, "the regions of this class, of those that the filter lets through", "Regions", 1 },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Classes", bindings);

static const struct sheet_kind kind = {
	.columns = "class,regions,size,rss,pss,uss,swap",
	.sort = "-rss",
	.group = "class",
	.bar = { "rss", "size" },
	.loose = true,
};

const struct screen screen_classes = {
	.title = "Classes",
	.process = true,
	.filtered = true,
	.lists = &vmv_kind_classes,
	.sheet = &kind,
	.maps = SHEET_MAPS(&keys),
	.settle = sheets_settle,
	.list = sheets_list,
	.moved = moved,
	.matches = sheets_matches,
	.draw = draw,
};
