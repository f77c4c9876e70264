/*
 * screen_picker.c - choose a process
 */
#include "screen.h"
#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"
#include "vmapview/units.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sheet *sheet(struct app *a)
{
	return &a->sheets[SCREEN_PICKER];
}

void picker_take(struct app *a, const char *error, struct vmv_processes *list)
{
	struct picker *p = &a->picker;

	snprintf(p->error, sizeof(p->error), "%.199s", error);
	if (*error)
		return;
	sheet_drop(sheet(a));
	vmv_processes_done(&p->all);
	p->all = *list;
	*list = (struct vmv_processes){ 0 };
	p->loaded = true;
}

static bool widen(struct app *a)
{
	if (!*a->picker.filter)
		return false;
	*a->picker.filter = '\0';
	sheet_drop(sheet(a));
	return true;
}

void picker_done(struct picker *p)
{
	vmv_processes_done(&p->all);
	free(p->shown);
	p->shown = NULL;
}

static bool items(struct app *a, struct sheet_items *items)
{
	struct picker *p = &a->picker;

	items->list = vmv_process_list(&p->all);
	free(p->shown);
	p->shown = vmv_calloc(p->all.count, sizeof(*p->shown));
	for (size_t i = 0; i < p->all.count; i++)
		p->shown[i] = !*p->filter || vmv_list_matches(&items->list, i, p->filter);
	items->shown = p->shown;
	return true;
}

static void enter(struct app *a)
{
	sheet_drop(sheet(a));
	a->due = 0;
	sheets_settle(a);
}

static void moved(struct app *a)
{
	sheet_moved(sheet(a));
}

/* ---- drawing ---- */

/* Where there are no processes to show. */
static void draw_instead(struct app *a, struct surface *s, struct box line)
{
	if (*a->picker.error)
		surface_text(s, line, LOOK_BANNER, a->picker.error);
	else if (!a->picker.loaded)
		surface_text(s, line, LOOK_DIM, "reading...");
	else if (!sheet(a)->list.count)
		surface_text(s, line, LOOK_DIM, "no process matches; / changes that");
}

static void draw_title(struct app *a, struct surface *s, struct box line)
{
	int x = surface_text(s, line, LOOK_TITLE, "Which process?");

	if (*a->picker.filter)
		x += surface_print(s, strip(x + 2, line.y, line.width - x - 2), LOOK_NEW,
				   "matching %s", a->picker.filter) +
		     2;
	surface_print(s, strip(x + 2, line.y, line.width - x - 2), LOOK_DIM, "%zu of %zu, by %s",
		      sheet(a)->list.count, a->picker.all.count, sheet(a)->sort.column->title);
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	if (box.height > 3) {
		draw_title(a, s, strip(box.x, box.y, box.width));
		box.y++;
		box.height--;
	}
	sheet_draw(sheet(a), s, box, NULL, NULL);
	draw_instead(a, s, strip(box.x, box.y + 1, box.width));
}

/* ---- commands ---- */

static void command_show(struct app *a)
{
	size_t i = sheet(a)->list.cursor;
	char target[VMV_NUMBER_ROOM];

	if (!sheet(a)->built || i >= sheet(a)->list.count) {
		app_say(a, "no process is selected");
		return;
	}
	vmv_put_dec(target, sheet_key(sheet(a), i));
	widen(a); /* the next choice is another one */
	app_show_target(a, target);
}

static void filter_changed(struct app *a)
{
	snprintf(a->picker.filter, sizeof(a->picker.filter), "%.255s", a->prompt.text);
	list_go(&sheet(a)->list, 0);
	sheet_reorder(sheet(a));
}

static void filter_cancelled(struct app *a)
{
	*a->prompt.text = '\0';
	filter_changed(a);
}

static void command_filter(struct app *a)
{
	prompt_open(&a->prompt, "Process:", a->picker.filter);
	a->prompt.change = filter_changed;
	a->prompt.accept = command_show;
	a->prompt.cancel = filter_cancelled;
}

static void command_pss(struct app *a)
{
	a->picker.pss = !a->picker.pss;
	sheet_choose(sheet(a), a->picker.pss ? "pid,user,rss,pss,command" : "pid,user,rss,command",
		     NULL);
	a->again = true;
}

static void command_refresh(struct app *a)
{
	a->again = true;
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER }, "Enter", command_show, "look at this process", "Look", 1 },
	{ { '/', '\\', VK_F + 3, VK_F + 4 }, "/ \\ F3 F4", command_filter, "only those whose command, user or PID has what you type; Esc ends it", "Find", 2 },
	{ { '>', VK_F + 6 }, "> F6", command_sort_right, "sort by the column to the right", "Sort", 3 },
	{ { '<' }, "<", command_sort_left, "sort by the column to the left", "Sort", 6 },
	{ { 'I' }, "I", command_sort_reverse, "reverse the order", "Reverse", 6 },
	{ { 'p' }, "p", command_pss, "Pss too, which takes longer to read", "Pss", 3 },
	{ { 'r', VK_F + 5 }, "r F5", command_refresh, "read again now", NULL, 0 },
	{ { VK_RIGHT }, "Right", command_scroll_right, "scroll sideways, to columns that have no room", NULL, 0 },
	{ { VK_LEFT }, "Left", command_scroll_left, "and back", NULL, 0 },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Processes", bindings);

static const struct sheet_kind kind = {
	.kind = &vmv_kind_processes,
	.columns = "pid,user,rss,command",
	.sort = "-rss",
	.order = "pid",
	.loose = true,
	.rest = 24,
};

const struct screen screen_picker = {
	.title = "Processes",
	.lists = &vmv_kind_processes,
	.sheet = &kind,
	.items = items,
	.maps = { &keys, &keys_sub, &keys_move, &keys_click },
	.enter = enter,
	.settle = sheets_settle,
	.list = sheets_list,
	.moved = moved,
	.escape = widen,
	.draw = draw,
};
