/*
 * screen.h - the table of screens and their keys (private to tui)
 *
 * To add a screen, add a file and a row in app.h; to add a key, add a row to a
 * keymap.  Dispatch, the tabs, the help screen and the bottom line read these tables.
 */
#ifndef VMV_SCREEN_H
#define VMV_SCREEN_H

#include "app.h"
#include "surface.h"
#include "vmapview/diff.h"

/**
 * struct binding - what some keys do
 * @keys:    codes, ended by 0 if fewer
 * @names:   the same for readers
 * @command: what they do
 * @help:    in words
 * @bar:     a word for the bottom line, NULL to leave it out there
 * @rank:    where there is no room for all, those with a low one are there: 0, the key that
 *            shows all others, to BAR_RANKS
 */
struct binding {
	int keys[10];
	const char *names;
	void (*command)(struct app *a);
	const char *help, *bar;
	unsigned char rank;
};

enum { BAR_RANKS = 6 };

/** struct keymap - bindings that belong together, under a title for the help */
struct keymap {
	const char *title;
	const struct binding *bindings;
	size_t count;
};

#define KEYMAP(title, bindings)                                                                    \
	{                                                                                          \
		title, bindings, sizeof(bindings) / sizeof *(bindings)                             \
	}

/**
 * struct screen - one screen
 * @title:   a word or two
 * @process: the head tells of the process
 * @filtered: the filter of the regions counts for it
 * @places:  it can show where an address is; if not, going to one leads to the regions
 * @lists:   the kind that it shows, for --list; NULL if none
 * @sheet:   what the sheet of it is like at first; NULL if it has none
 * @items:   what that lists, false if there is nothing yet; NULL: the regions
 * @maps:    its keys, the first map that has a key counts
 * @subject: the name of what it is about, NULL if there is nothing; may be NULL
 * @enter:   it was opened, or returned to; may be NULL
 * @settle:  make what it shows; called before each key and each drawing
 * @list:    what the cursor keys move, NULL if nothing
 * @moved:   the cursor of the list may have moved; may be NULL
 * @matches: does a row of the list contain the text?  NULL: no search
 * @find:    search another way: from row @from on, down or, if @step is negative, up; may be NULL
 * @escape:  end what Esc ends before it leads back, false if there is nothing; may be NULL
 * @draw:    draw it in the box
 */
struct screen {
	const char *title;
	bool process, filtered, places;
	const struct vmv_kind *lists;
	const struct sheet_kind *sheet;
	bool (*items)(struct app *a, struct sheet_items *items);
	const struct keymap *maps[10]; /* ended by NULL */
	const char *(*subject)(const struct app *a);
	void (*enter)(struct app *a);
	void (*settle)(struct app *a);
	struct list *(*list)(struct app *a);
	void (*moved)(struct app *a);
	bool (*matches)(struct app *a, size_t row, const char *text);
	bool (*find)(struct app *a, size_t from, long step);
	bool (*escape)(struct app *a);
	void (*draw)(struct app *a, struct surface *s, struct box box);
};

/** screen_of - a screen by its number. */
const struct screen *screen_of(enum screen_id id);

/* clang-format off */
#define SCREEN_DECLARATION(id, name) extern const struct screen name;
TAB_SCREENS(SCREEN_DECLARATION)
OTHER_SCREENS(SCREEN_DECLARATION)
/* clang-format on */

/** screen_listing - the screen that shows this kind, SCREENS if none does. */
enum screen_id screen_listing(const struct vmv_kind *kind);

/** screen_tab - the open screen, or the one with a tab that it was opened from. */
enum screen_id screen_tab(const struct app *a);

/** screen_binding - what a key does on a screen, or NULL. */
const struct binding *screen_binding(const struct screen *screen, int code);

/** screen_change_pen - how the word for what became of a region looks. */
unsigned screen_change_pen(enum vmv_fate kind);

/** Keys that several screens have. */
extern const struct keymap keys_move, keys_click, keys_search, keys_filter, keys_list, keys_show,
	keys_main, keys_number, keys_sub, keys_left;

/* Commands that several screens have; see commands.c. */
void command_details(struct app *a);
void command_back(struct app *a);
void command_save(struct app *a);
void command_sort_left(struct app *a);
void command_sort_right(struct app *a);
void command_sort_reverse(struct app *a);
void command_scroll_left(struct app *a);
void command_scroll_right(struct app *a);

/** find_row - search the rows of a list, which the screen's matches() knows; go to what is found.
 */
bool find_row(struct app *a, struct list *l, size_t from, long step);

/** command_lacks_picture - nothing was read yet; and that is said. */
bool command_lacks_picture(struct app *a);

/** command_makes_sense - can the binding's do anything with what is shown?  Only then it is
 * offered; its keys say why not. */
bool command_makes_sense(const struct app *a, const struct binding *binding);

/** sheet_of - the sheet that is open, or was before the open screen; never NULL. */
struct sheet *sheet_of(struct app *a);

/** SHEET_MAPS - the keys of a screen with a sheet: @own, and what all of them have. */
#define SHEET_MAPS(own)                                                                            \
	{                                                                                          \
		own, &keys_search, &keys_filter, &keys_list, &keys_show, &keys_main, &keys_number, \
			&keys_move, &keys_click                                                    \
	}

/* What a screen with a sheet borrows for its members of struct screen; see sheets.c. */
void sheets_enter(struct app *a);
void sheets_settle(struct app *a);
struct list *sheets_list(struct app *a);
void sheets_moved(struct app *a);
bool sheets_matches(struct app *a, size_t row, const char *text);
void sheets_draw(struct app *a, struct surface *s, struct box box);

/* And for its keys: whole paths or only their last names. */
void command_names(struct app *a);

/* Open or close a group, on a region its details. */
void command_toggle_group(struct app *a);
void command_fold_group(struct app *a);

/** frame_draw - all around the screen: head, tabs, bottom line; returns what is left. */
struct box frame_draw(struct app *a, struct surface *s);

/** bottom_draw - the bottom line, below @rest, and a long message above it. */
void bottom_draw(const struct app *a, struct surface *s, struct box *rest);

/** frame_place - where the user is on the screen that was drawn, at the end of the tabs. */
void frame_place(struct app *a, struct surface *s);

#endif
