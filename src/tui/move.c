/*
 * move.c - the keys that move in lists and search them
 */
#include "screen.h"
#include "vmapview/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct list *list_of(struct app *a)
{
	const struct screen *screen = screen_of(a->screen);

	return screen->list ? screen->list(a) : NULL;
}

/* ---- moving ---- */

static void move(struct app *a, long by)
{
	struct list *l = list_of(a);

	if (l)
		list_move(l, by);
}

static long page(struct app *a)
{
	const struct list *l = list_of(a);

	return l && l->page > 1 ? (long)l->page : 1;
}

static void command_down(struct app *a)
{
	move(a, 1);
}

static void command_up(struct app *a)
{
	move(a, -1);
}

static void command_page_down(struct app *a)
{
	if (list_of(a))
		list_scroll(list_of(a), page(a));
}

static void command_page_up(struct app *a)
{
	if (list_of(a))
		list_scroll(list_of(a), -page(a));
}

static void command_half_down(struct app *a)
{
	if (list_of(a))
		list_scroll(list_of(a), (page(a) + 1) / 2);
}

static void command_half_up(struct app *a)
{
	if (list_of(a))
		list_scroll(list_of(a), -(page(a) + 1) / 2);
}

static void command_first(struct app *a)
{
	if (list_of(a))
		list_go(list_of(a), 0);
}

static void command_last(struct app *a)
{
	if (list_of(a))
		list_go(list_of(a), SIZE_MAX);
}

static void command_wheel_down(struct app *a)
{
	if (list_of(a))
		list_scroll(list_of(a), 3);
}

static void command_wheel_up(struct app *a)
{
	if (list_of(a))
		list_scroll(list_of(a), -3);
}

static void command_click(struct app *a)
{
	struct list *l = list_of(a);
	size_t row;

	if (!l || a->key.y < l->first_y || (size_t)(a->key.y - l->first_y) >= l->page)
		return;
	row = l->top + (size_t)(a->key.y - l->first_y);
	if (row == l->cursor)
		screen_binding(screen_of(a->screen), VK_ENTER)->command(a);
	else if (row < l->count)
		list_go(l, row);
}

static void command_redraw(struct app *a)
{
	a->redraw = true;
}

/* clang-format off */
static const struct binding move_bindings[] = {
	{ { 'j', VK_DOWN }, "Down j", command_down, "down one line", NULL, 0 },
	{ { 'k', VK_UP }, "Up k", command_up, "up one line", NULL, 0 },
	{ { VK_PAGE_DOWN, CTRL('F') }, "PgDn ^F", command_page_down, "down a page", NULL, 0 },
	{ { VK_PAGE_UP, CTRL('B') }, "PgUp ^B", command_page_up, "up a page", NULL, 0 },
	{ { CTRL('D') }, "^D", command_half_down, "down half a page", NULL, 0 },
	{ { CTRL('U') }, "^U", command_half_up, "up half a page", NULL, 0 },
	{ { 'g', VK_HOME }, "Home g", command_first, "to the first line", NULL, 0 },
	{ { 'G', VK_END }, "End G", command_last, "to the last line", NULL, 0 },
	{ { VK_WHEEL_DOWN }, "Wheel down", command_wheel_down, "down three lines", NULL, 0 },
	{ { VK_WHEEL_UP }, "Wheel up", command_wheel_up, "up three lines", NULL, 0 },
	{ { CTRL('L') }, "^L", command_redraw, "draw the screen anew", NULL, 0 },
};
static const struct binding click_bindings[] = {
	{ { VK_CLICK }, "Click", command_click, "select the line; if it is, the same as Enter", NULL, 0 },
};
/* clang-format on */

const struct keymap keys_click = KEYMAP("Mouse", click_bindings);
const struct keymap keys_move = KEYMAP("Moving", move_bindings);

/* ---- searching ---- */

bool find_row(struct app *a, struct list *l, size_t from, long step)
{
	const struct screen *screen = screen_of(a->screen);

	for (size_t i = 0; a->found && *a->found && i < l->count; i++) {
		size_t row = step > 0 ? (from + i) % l->count : (from + l->count - i) % l->count;

		if (screen->matches(a, row, a->found)) {
			list_go(l, row);
			a->hit = row;
			return true;
		}
	}
	return false;
}

static bool find_from(struct app *a, size_t from, long step)
{
	const struct screen *screen = screen_of(a->screen);

	return screen->find ? screen->find(a, from, step) : find_row(a, list_of(a), from, step);
}

/* The row to go on from: of a text the top, unless what was found is further down, where the end
 * keeps it from getting to the top. */
static size_t search_row(struct app *a, const struct list *l)
{
	bool seen = l->text && a->hit >= l->top && a->hit - l->top < l->page && a->hit < l->count;

	return seen && screen_of(a->screen)->matches(a, a->hit, a->found) ? a->hit : l->cursor;
}

static void search_again(struct app *a, long step)
{
	struct list *l = list_of(a);

	if (!l || !screen_of(a->screen)->matches)
		return;
	if (!a->found || !*a->found)
		app_say(a, "nothing was searched for yet: use /");
	else if (l->count &&
		 !find_from(a, (search_row(a, l) + l->count + (size_t)step) % l->count, step))
		app_say(a, "not found: %s", a->found);
}

static void command_find_next(struct app *a)
{
	search_again(a, 1);
}

static void command_find_previous(struct app *a)
{
	search_again(a, -1);
}

static void search_changed(struct app *a)
{
	free(a->found);
	a->found = vmv_strdup(a->prompt.text);
	if (find_from(a, a->origin, 1))
		return;
	list_go(list_of(a), a->origin);
	if (*a->found)
		snprintf(a->prompt.error, sizeof(a->prompt.error), "not found");
}

/* Nothing typed: the last one again. */
static void search_done(struct app *a)
{
	if (*a->prompt.error)
		app_say(a, "not found: %s", a->found);
	if (!*a->prompt.text && a->found && *a->found)
		search_again(a, 1);
	if (a->found && !*a->found) {
		free(a->found);
		a->found = NULL;
	}
}

static void search_cancelled(struct app *a)
{
	list_go(list_of(a), a->origin);
	free(a->found);
	a->found = NULL;
}

static void command_search(struct app *a)
{
	if (!list_of(a) || !screen_of(a->screen)->matches)
		return;
	a->origin = list_of(a)->cursor;
	prompt_open(&a->prompt, "Search:", "");
	a->prompt.change = search_changed;
	a->prompt.accept = search_done;
	a->prompt.cancel = search_cancelled;
}

/* clang-format off */
static const struct binding search_bindings[] = {
	{ { '/', VK_F + 3 }, "/ F3", command_search, "search as you type, for names, classes and addresses", "Search", 2 },
	{ { 'n' }, "n", command_find_next, "next place where that is found", NULL, 0 },
	{ { 'N' }, "N", command_find_previous, "the place before", NULL, 0 },
};
/* clang-format on */

const struct keymap keys_search = KEYMAP("Searching", search_bindings);
