/*
 * commands.c - what keys do on more than one screen, and which keys
 */
#include "picture.h"
#include "screen.h"
#include "vmapview/column.h"
#include "vmapview/filter.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

struct sheet *sheet_of(struct app *a)
{
	size_t i = a->nback;
	enum screen_id id = a->screen;

	while (!screen_of(id)->sheet && i > 0)
		id = a->back[--i];
	return &a->sheets[screen_of(id)->sheet ? id : SCREEN_REGIONS];
}

/* ---- filter and order ---- */

static void filter_changed(struct app *a)
{
	struct vmv_error err;

	*a->prompt.error = '\0';
	narrow_edited(a);
	if (app_filter(a, a->prompt.text, &a->prompt.wrong, &err) < 0)
		snprintf(a->prompt.error, sizeof(a->prompt.error), "%.150s", err.text);
}

static void filter_done(struct app *a)
{
	(void)a;
}

static void filter_cancelled(struct app *a)
{
	narrow_edited(a);
	app_filter(a, "", NULL, NULL);
}

static void command_filter(struct app *a)
{
	const char *text = sieve_text(a);

	prompt_open(&a->prompt, "Filter:", text ? text : "");
	a->prompt.strict = true;
	a->prompt.change = filter_changed;
	a->prompt.accept = filter_done;
	a->prompt.cancel = filter_cancelled;
}

static void sort_by(struct sheet *sheet, const struct vmv_column *column)
{
	/* Large things first; text and addresses from the start, and what is no amount. */
	sheet->sort.descending = column->type == VMV_BYTES || column->type == VMV_DELTA ||
				 (column->type == VMV_NUMBER && column->merge == VMV_SUM);
	sheet->sort.column = column;
	sheet->nsort = 1;
	sheet_reorder(sheet);
}

static void sort_step(struct app *a, size_t step)
{
	struct sheet *sheet = sheet_of(a);
	size_t i = 0;

	while (i < sheet->ncolumns && (!sheet->nsort || sheet->columns[i] != sheet->sort.column))
		i++;
	if (i == sheet->ncolumns) /* by address, shown or not */
		i = 0;
	if (!sheet->ncolumns)
		return;
	sort_by(sheet, sheet->columns[(i + step) % sheet->ncolumns]);
	app_say(a, "sorted by %s", sheet->sort.column->title);
}

void command_sort_left(struct app *a)
{
	sort_step(a, sheet_of(a)->ncolumns - 1);
}

void command_sort_right(struct app *a)
{
	sort_step(a, 1);
}

void command_sort_reverse(struct app *a)
{
	struct sheet *sheet = sheet_of(a);

	if (!sheet->nsort)
		sort_by(sheet, sheet->order);
	sheet->sort.descending = !sheet->sort.descending;
	sheet_reorder(sheet);
	app_say(a, "sorted by %s, %s first", sheet->sort.column->title,
		sheet->sort.descending ? "largest" : "smallest");
}

void command_scroll_left(struct app *a)
{
	struct sheet *sheet = sheet_of(a);

	if (sheet->from)
		sheet->from--;
	else
		app_say(a, "nothing is further to the left");
}

void command_scroll_right(struct app *a)
{
	struct sheet *sheet = sheet_of(a);

	if (sheet->more && sheet->from < sheet->ncolumns)
		sheet->from += sheet->from || sheet->hidden ? 1 : 2;
	else
		app_say(a, "nothing is further to the right");
}

static void command_columns(struct app *a)
{
	app_open(a, SCREEN_COLUMNS);
}

/* clang-format off */
static const struct binding filter_bindings[] = {
	{ { '\\', VK_F + 4 }, "\\ F4", command_filter, "show only regions that match: rss > 1M and class = anon", "Filter", 2 },
};

static const struct binding list_bindings[] = {
	{ { '<' }, "<", command_sort_left, "sort by the column to the left", "Sort", 6 },
	{ { '>', VK_F + 6 }, "> F6", command_sort_right, "sort by the column to the right", "Sort", 3 },
	{ { 'I' }, "I", command_sort_reverse, "reverse the order", "Reverse", 6 },
	{ { VK_RIGHT }, "Right", command_scroll_right, "scroll sideways, to columns that have no room", NULL, 0 },
	{ { VK_LEFT }, "Left", command_scroll_left, "and back", NULL, 0 },
	{ { 'o', VK_F + 2 }, "o F2", command_columns, "choose columns", "Columns", 5 },
	{ { 'p' }, "p", command_names, "whole paths, or only file names", "Paths", 6 },
};
/* clang-format on */

const struct keymap keys_filter = KEYMAP("Filter", filter_bindings);
const struct keymap keys_list = KEYMAP("Lists", list_bindings);

/* ---- time ---- */

/* There will be no other picture. */
static bool is_still(const struct app *a)
{
	return a->gone || (a->picture && !a->picture->live);
}

bool command_lacks_picture(struct app *a)
{
	if (!a->picture)
		app_say(a, "nothing was read yet");
	return !a->picture;
}

static void command_freeze(struct app *a)
{
	if (command_lacks_picture(a))
		return;
	if (is_still(a)) {
		app_say(a, "this picture does not change");
		return;
	}
	a->frozen = !a->frozen;
	app_say(a, a->frozen ? "frozen: Space goes on" : "live again");
}

static void change_interval(struct app *a, int step)
{
	static const unsigned choices[] = { 100, 200, 500, 1000, 2000, 5000, 10000, 30000, 60000 };
	size_t i = 0;

	while (i + 1 < ARRAY_SIZE(choices) && choices[i] < a->interval)
		i++;
	if (step < 0 ? i > 0 : i + 1 < ARRAY_SIZE(choices))
		i += (size_t)step;
	a->interval = choices[i];
	a->due = a->now + a->interval;
	app_say(a, "a new picture every %g s", (double)a->interval / 1000);
}

static void command_slower(struct app *a)
{
	change_interval(a, 1);
}

static void command_faster(struct app *a)
{
	change_interval(a, -1);
}

static void command_refresh(struct app *a)
{
	if (is_still(a)) {
		app_say(a, "this picture does not change");
		return;
	}
	a->again = true;
	a->due = 0;
	a->details.read = false;
}

/* The present picture, or none: neither has to be compared with it. */
static void set_baseline(struct app *a, struct picture *baseline)
{
	picture_free(a->baseline);
	a->baseline = baseline;
	picture_compare(a->picture, NULL);
	app_stale(a);
	sieve_again(a);
}

static void command_baseline(struct app *a)
{
	if (command_lacks_picture(a))
		return;
	set_baseline(a, picture_ref(a->picture));
	app_say(a, "baseline set: + columns and the changes screen compare with it; B clears it");
}

static void command_no_baseline(struct app *a)
{
	if (!a->baseline) {
		app_say(a, "there is no baseline: b sets one");
		return;
	}
	set_baseline(a, NULL);
	app_say(a, "baseline cleared");
}

/* ---- other things one can do with what is shown ---- */

static void go_changed(struct app *a)
{
	const char *text = a->prompt.text;
	char *end;

	errno = 0;
	strtoull(text, &end, 16);
	if (*text && (*end || *text == '-' || errno))
		snprintf(a->prompt.error, sizeof(a->prompt.error), "not a hexadecimal address");
	a->prompt.wrong = (size_t)(end - text);
}

/* The region the user is at is there, but not on the screen. */
static bool is_hidden(const struct app *a)
{
	const struct picture *p = a->picture;

	return screen_of(a->screen)->filtered && p->shown &&
	       !p->shown[app_region(a) - p->map.regions];
}

static void go_accepted(struct app *a)
{
	uint64_t address = strtoull(a->prompt.text, NULL, 16);

	if (!*a->prompt.text)
		return;
	if (!app_go(a, address))
		app_say(a, "nothing is mapped at %llx", (unsigned long long)address);
	else if (is_hidden(a))
		app_say(a, "the filter hides %llx: \\ and Esc show all",
			(unsigned long long)address);
}

static void command_go(struct app *a)
{
	prompt_open(&a->prompt, "Go to address:", "");
	a->prompt.strict = true;
	a->prompt.change = go_changed;
	a->prompt.accept = go_accepted;
}

static void command_pick(struct app *a)
{
	if (!a->world->list) {
		app_say(a, "not from the view of a file: leave it first");
		return;
	}
	a->due = 0;
	app_open(a, SCREEN_PICKER);
}

/* clang-format off */
static const struct binding show_bindings[] = {
	{ { ' ', 'Z' }, "Space Z", command_freeze, "freeze the picture, or go on", "Freeze", 4 },
	{ { 'r', VK_F + 5 }, "r F5", command_refresh, "a new picture now, also when frozen", NULL, 0 },
	{ { '+' }, "+", command_slower, "new pictures less often", NULL, 0 },
	{ { '-' }, "-", command_faster, "new pictures more often", NULL, 0 },
	{ { 'b' }, "b", command_baseline, "compare with the picture of now from here on", "Baseline", 5 },
	{ { 'B' }, "B", command_no_baseline, "compare no more", NULL, 0 },
	{ { 'w' }, "w", command_save, "write a snapshot (JSON) that vmapview can show again", "Write", 6 },
	{ { '@' }, "@", command_go, "go to an address", "Address", 5 },
	{ { 'P', VK_F + 9 }, "P F9", command_pick, "look at another process", "Process", 4 },
};
/* clang-format on */

const struct keymap keys_show = KEYMAP("The picture", show_bindings);

static bool has_processes(const struct app *a)
{
	return a->world->list;
}

static bool can_save(const struct app *a)
{
	return a->world->save;
}

static bool is_moving(const struct app *a)
{
	return !is_still(a);
}

bool command_makes_sense(const struct app *a, const struct binding *binding)
{
	static const struct {
		void (*command)(struct app *);
		bool (*condition)(const struct app *);
	} conditions[] = {
		{ command_pick, has_processes }, { command_save, can_save },
		{ command_freeze, is_moving },   { command_refresh, is_moving },
		{ command_slower, is_moving },   { command_faster, is_moving },
	};

	for (size_t i = 0; i < ARRAY_SIZE(conditions); i++)
		if (conditions[i].command == binding->command)
			return conditions[i].condition(a);
	return true;
}

/* ---- screens ---- */

void command_details(struct app *a)
{
	if (!app_region(a)) {
		app_say(a, "no region is selected");
		return;
	}
	a->chosen = true;
	app_open(a, SCREEN_DETAILS);
}

void command_back(struct app *a)
{
	const struct screen *screen = screen_of(a->screen);

	if (a->key.code == VK_ESC && screen->escape && screen->escape(a))
		return;
	if (app_back(a))
		return;
	/* A reflex of vi's users is not to end the program. */
	if (a->key.code == 'q')
		a->quit = true;
	else
		app_say(a, "nothing is behind this: q leaves");
}

static void command_escape(struct app *a)
{
	if (!a->found) {
		app_back(a);
		return;
	}
	free(a->found);
	a->found = NULL;
}

static void command_quit(struct app *a)
{
	a->quit = true;
}

static void command_help(struct app *a)
{
	if (a->screen == SCREEN_HELP)
		app_back(a);
	else
		app_open(a, SCREEN_HELP);
}

static void command_next(struct app *a)
{
	app_switch(a, (enum screen_id)((screen_tab(a) + 1) % SCREEN_TABS));
}

static void command_previous(struct app *a)
{
	app_switch(a, (enum screen_id)((screen_tab(a) + SCREEN_TABS - 1) % SCREEN_TABS));
}

static void command_number(struct app *a)
{
	app_switch(a, (enum screen_id)(a->key.code - '1'));
}

#define DIGIT(n) ((n) <= SCREEN_TABS ? '0' + (n) : 0)
static const char digit_names[] = { '1', ' ', 't', 'o', ' ', DIGIT(SCREEN_TABS), '\0' };
_Static_assert(SCREEN_TABS <= 9, "a digit leads to each tab");

/* clang-format off */
static const struct binding main_bindings[] = {
	{ { VK_F + 1, 'h', '?' }, "F1 h ?", command_help, "this help, or back from it", "Help", 0 },
	{ { VK_TAB }, "Tab", command_next, "next screen", "Next", 4 },
	{ { VK_BACK_TAB }, "Shift-Tab", command_previous, "previous screen", NULL, 0 },
	{ { VK_ESC }, "Esc", command_escape, "end the search, or back to where this was opened from", NULL, 0 },
	{ { 'q' }, "q", command_back, "back to where this was opened from, or leave", "Quit", 2 },
	{ { VK_F + 10 }, "F10", command_quit, "leave", NULL, 0 },
};
static const struct binding number_bindings[] = {
	{ { DIGIT(1), DIGIT(2), DIGIT(3), DIGIT(4), DIGIT(5), DIGIT(6), DIGIT(7), DIGIT(8), DIGIT(9) },
	  digit_names, command_number, "the screen of that number", NULL, 0 },
};
static const struct binding left_bindings[] = {
	{ { VK_LEFT }, "Left", command_back, "back", NULL, 0 },
};
static const struct binding sub_bindings[] = {
	{ { VK_ESC, 'q' }, "Esc q", command_back, "back", "Back", 2 },
	{ { VK_F + 1, 'h', '?' }, "F1 h ?", command_help, "this help, or back from it", "Help", 0 },
	{ { VK_F + 10 }, "F10", command_quit, "leave", NULL, 0 },
};
/* clang-format on */

const struct keymap keys_main = KEYMAP("Screens", main_bindings);
const struct keymap keys_number = KEYMAP("Numbers", number_bindings);
const struct keymap keys_sub = KEYMAP("Back", sub_bindings);
const struct keymap keys_left = KEYMAP("Left", left_bindings);
