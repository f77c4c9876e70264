/*
 * screen_picker.c - choose a process
 */
#include "screen.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/units.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const sort_words[PICKER_SORTS] = { "Rss", "PID", "user", "command" };

void picker_take(struct picker *p, const char *error, struct vmv_usages *list)
{
	snprintf(p->error, sizeof(p->error), "%.199s", error);
	if (*error)
		return;
	vmv_usages_done(&p->all);
	p->all = *list;
	*list = (struct vmv_usages){ 0 };
	p->loaded = true;
	p->built = false;
}

bool picker_widen(struct picker *p)
{
	if (!*p->filter)
		return false;
	*p->filter = '\0';
	p->built = false;
	return true;
}

void picker_done(struct picker *p)
{
	vmv_usages_done(&p->all);
	free(p->shown);
	p->shown = NULL;
}

static const struct vmv_usage *shown(const struct picker *p, size_t row)
{
	return &p->all.list[p->shown[row]];
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static int compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare(const void *x, const void *y, void *arg)
{
	const struct picker *p = arg;
	const struct vmv_usage *a = &p->all.list[*(const size_t *)x];
	const struct vmv_usage *b = &p->all.list[*(const size_t *)y];
	int order = 0;

	/* Unknown counts as nothing here: what takes memory is what is looked for. */
	if (p->sort == PICKER_BY_RSS)
		order = -compare_numbers(a->rss + 1, b->rss + 1);
	else if (p->sort == PICKER_BY_USER)
		order = strcmp(or_empty(a->user), or_empty(b->user));
	else if (p->sort == PICKER_BY_COMMAND)
		order = strcmp(or_empty(a->command), or_empty(b->command));
	return order ? order : (a->pid > b->pid) - (a->pid < b->pid);
}

static bool matches_text(const struct vmv_usage *p, const char *text)
{
	char pid[VMV_NUMBER_ROOM];

	vmv_put_dec(pid, p->pid);
	return strcasestr(or_empty(p->command), text) || strcasestr(or_empty(p->user), text) ||
	       strstr(pid, text) == pid;
}

static void build(struct picker *p)
{
	size_t n = 0;

	free(p->shown);
	p->shown = vmv_calloc(p->all.count, sizeof(*p->shown));
	for (size_t i = 0; i < p->all.count; i++)
		if (!*p->filter || matches_text(&p->all.list[i], p->filter))
			p->shown[n++] = i;
	if (n)
		qsort_r(p->shown, n, sizeof(*p->shown), compare, p);
	p->built = true;
	list_resize(&p->list, n);
	for (size_t i = 0; i < n; i++)
		if (shown(p, i)->pid == p->pid)
			list_go(&p->list, i);
}

static void settle(struct app *a)
{
	if (!a->picker.built)
		build(&a->picker);
}

static void enter(struct app *a)
{
	a->picker.built = false;
	a->due = 0;
	settle(a);
}

static struct list *list(struct app *a)
{
	return &a->picker.list;
}

static void moved(struct app *a)
{
	struct picker *p = &a->picker;

	/* At the top nobody was chosen: it stays at whatever is first. */
	p->pid = p->list.cursor && p->built ? shown(p, p->list.cursor)->pid : 0;
}

static bool escape(struct app *a)
{
	return picker_widen(&a->picker);
}

/* ---- drawing ---- */

static void draw_process(const struct app *a, struct surface *s, struct box line, size_t row)
{
	const struct vmv_usage *p = shown(&a->picker, row);
	int x = line.x;

	surface_print(s, strip(x, line.y, 7), LOOK_PLAIN, "%7llu", (unsigned long long)p->pid);
	x += 8;
	if (line.width >= 50) {
		surface_text(s, strip(x, line.y, 10), LOOK_LABEL, or_empty(p->user));
		x += 11;
	}
	screen_amount(s, strip(x, line.y, 6), p->rss);
	x += 7;
	if (a->picker.pss) {
		screen_amount(s, strip(x, line.y, 6), p->pss);
		x += 7;
	}
	surface_text(s, strip(x, line.y, line.x + line.width - x), LOOK_PLAIN,
		     or_empty(p->command));
}

static void draw_heading(const struct app *a, struct surface *s, struct box line)
{
	surface_fill(s, line, LOOK_HEADING, L' ');
	surface_print(s, strip(line.x, line.y, line.width), LOOK_HEADING, "%7s %s%6s %s%s", "PID",
		      line.width >= 50 ? "User       " : "", "Rss", a->picker.pss ? "   Pss " : "",
		      "Command");
}

/* Where there are no processes to show. */
static void draw_instead(const struct picker *p, struct surface *s, struct box line)
{
	if (*p->error)
		surface_text(s, line, LOOK_BANNER, p->error);
	else if (!p->loaded)
		surface_text(s, line, LOOK_DIM, "reading...");
	else if (!p->list.count)
		surface_text(s, line, LOOK_DIM, "no process matches; / changes that");
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	struct list *l = &a->picker.list;

	if (box.height > 3) {
		int x = surface_text(s, strip(box.x, box.y, box.width), LOOK_TITLE,
				     "Which process?");

		if (*a->picker.filter)
			x += surface_print(s, strip(x + 2, box.y, box.width - x - 2), LOOK_NEW,
					   "matching %s", a->picker.filter) +
			     2;
		surface_print(s, strip(x + 2, box.y, box.width - x - 2), LOOK_DIM,
			      "%zu of %zu, by %s", l->count, a->picker.all.count,
			      sort_words[a->picker.sort]);
		box.y++;
		box.height--;
	}
	draw_heading(a, s, strip(box.x, box.y, box.width));
	list_fit(l, box.height > 1 ? (size_t)box.height - 1 : 0);
	l->first_y = box.y + 1;
	draw_instead(&a->picker, s, strip(box.x, box.y + 1, box.width));
	for (int y = 1; y < box.height && l->top + (size_t)y - 1 < l->count; y++) {
		struct box line = { box.x, box.y + y, box.width, 1 };

		draw_process(a, s, line, l->top + (size_t)y - 1);
		if (l->top + (size_t)y - 1 == l->cursor)
			surface_add(s, line, PEN_REVERSE);
	}
}

/* ---- commands ---- */

static void command_show(struct app *a)
{
	char target[VMV_NUMBER_ROOM];

	if (!a->picker.list.count) {
		app_say(a, "no process is selected");
		return;
	}
	vmv_put_dec(target, shown(&a->picker, a->picker.list.cursor)->pid);
	picker_widen(&a->picker); /* the next choice is another one */
	app_show_target(a, target);
}

static void filter_changed(struct app *a)
{
	snprintf(a->picker.filter, sizeof(a->picker.filter), "%.255s", a->prompt.text);
	a->picker.built = false;
	list_go(&a->picker.list, 0);
	a->picker.pid = 0;
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

static void command_sort(struct app *a)
{
	a->picker.sort = (enum picker_sort)((a->picker.sort + 1) % PICKER_SORTS);
	a->picker.built = false;
}

static void command_pss(struct app *a)
{
	a->picker.pss = !a->picker.pss;
	a->again = true;
}

static void command_refresh(struct app *a)
{
	a->again = true;
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { VK_ENTER, VK_RIGHT }, "Enter Right", command_show, "look at this process", "Look" },
	{ { '/', '\\', VK_F + 3, VK_F + 4 }, "/ \\ F3 F4", command_filter, "only those whose command, user or PID has what you type; Esc ends it", "Find" },
	{ { '>', '<', VK_F + 6 }, "> < F6", command_sort, "sort by Rss, PID, user or command", "Sort" },
	{ { 'p' }, "p", command_pss, "Pss too, which takes longer to read", "Pss" },
	{ { 'r', VK_F + 5 }, "r F5", command_refresh, "read again now", NULL },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Processes", bindings);

const struct screen screen_picker = {
	.title = "Processes",
	.maps = { &keys, &keys_sub, &keys_move, &keys_click },
	.enter = enter,
	.settle = settle,
	.list = list,
	.moved = moved,
	.escape = escape,
	.draw = draw,
};
