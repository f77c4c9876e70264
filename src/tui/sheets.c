/*
 * sheets.c - what screens with a sheet have in common (screen.h)
 */
#include "picture.h"
#include "screen.h"
#include "vmapview/column.h"
#include "vmapview/kind.h"

#include <string.h>

static struct sheet *open_sheet(struct app *a)
{
	return &a->sheets[a->screen];
}

/* The regions of the picture, compared with those of the baseline. */
static bool regions_of(const struct app *a, struct sheet_items *items)
{
	const struct picture *p = a->picture, *base = a->baseline;

	if (!p)
		return false;
	items->list = vmv_map_list(&p->map, &vmv_kind_regions);
	items->shown = p->shown;
	items->diff = p->base ? &p->diff : NULL;
	items->has_base = base != NULL;
	if (base) {
		items->base = vmv_map_list(&base->map, &vmv_kind_regions);
		items->base_shown = base->shown;
	}
	return true;
}

void sheets_settle(struct app *a)
{
	const struct screen *screen = screen_of(a->screen);
	struct sheet_items items = { .has_base = false };

	if (screen->items ? screen->items(a, &items) : regions_of(a, &items))
		sheet_build(open_sheet(a), &items);
}

/* From another screen: go to where the user went there, else stay. */
void sheets_enter(struct app *a)
{
	if (!a->picture || !a->chosen)
		return;
	if (open_sheet(a)->group)
		sheet_select_holder(open_sheet(a), a->at);
	else
		sheet_select(open_sheet(a), a->at);
}

struct list *sheets_list(struct app *a)
{
	return &open_sheet(a)->list;
}

/* At a group, the user stays at whichever of its regions it was. */
void sheets_moved(struct app *a)
{
	struct sheet *sheet = open_sheet(a);
	size_t i = sheet->list.cursor;
	const struct vmv_region *r = sheet_region(sheet, i);

	sheet_moved(sheet);
	if (r && !(sheet_is_group(sheet, i) && sheet_holds(sheet, i, a->at)))
		app_choose(a, r->start, !i);
}

bool sheets_matches(struct app *a, size_t row, const char *text)
{
	return sheet_matches(open_sheet(a), row, text);
}

void sheets_draw(struct app *a, struct surface *s, struct box box)
{
	if (a->picture)
		sheet_draw(open_sheet(a), s, box, &a->marks, a->found);
}

/* ---- names ---- */

/* The same at another length, where a column has that. */
static const struct vmv_column *other_length(const struct sheet *sheet, size_t i)
{
	const char *instead = sheet->columns[i]->instead;

	return instead ? vmv_column_find(sheet->kind, instead, strlen(instead)) : NULL;
}

void command_names(struct app *a)
{
	struct sheet *sheet = sheet_of(a);
	bool brief = !sheet->brief, found = false;

	for (size_t i = 0; i < sheet->ncolumns; i++) {
		const struct vmv_column *other = other_length(sheet, i);

		if (other && brief == ((other->look & VMV_LOOK_PATH) == 0))
			sheet->columns[i] = other;
		found |= other || sheet->columns[i]->look & VMV_LOOK_PATH;
	}
	if (!found) {
		app_say(a, "this list shows no names: o adds a column that does");
		return;
	}
	sheet->brief = brief;
	memset(sheet->widths, 0, sizeof(sheet->widths));
	sheet_drop(sheet);
}

/* ---- groups ---- */

static bool at_group(struct app *a)
{
	return sheet_is_group(open_sheet(a), open_sheet(a)->list.cursor);
}

static bool is_open(struct app *a)
{
	size_t i = open_sheet(a)->list.cursor;

	return i + 1 < open_sheet(a)->list.count && !sheet_is_group(open_sheet(a), i + 1);
}

void command_toggle_group(struct app *a)
{
	if (at_group(a))
		sheet_toggle(open_sheet(a));
	else
		command_details(a);
}

void command_fold_group(struct app *a)
{
	if (!at_group(a) || is_open(a))
		sheet_toggle(open_sheet(a));
}
