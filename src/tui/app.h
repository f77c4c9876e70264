/*
 * app.h - the state of the view (private to tui)
 *
 * Commands are functions that change it, and never draw; drawing shows it, and
 * never changes more than what has to fit the screen.  It knows no terminal, no
 * thread and no clock: tests press keys and hand it pictures.
 */
#ifndef VMV_APP_H
#define VMV_APP_H

#include "details.h"
#include "keys.h"
#include "list.h"
#include "marks.h"
#include "prompt.h"
#include "sheet.h"
#include "sieve.h"
#include "surface.h"
#include "vmapview/error.h"
#include "vmapview/processes.h"
#include "vmapview/tui.h"

#include <stdbool.h>
#include <stdint.h>

struct app;
struct job;
struct picture;
struct vmv_filter;
struct vmv_region;

/* The screens: a row gives one its number and declares it (screen.h).  First those with a tab, from
 * left to right: Tab and the digits lead to them. */
/* clang-format off */
#define TAB_SCREENS(ROW)             \
	ROW(REGIONS, screen_regions) \
	ROW(OBJECTS, screen_objects) \
	ROW(CLASSES, screen_classes) \
	ROW(SPACE, screen_space)     \
	ROW(CHANGES, screen_changes)
#define OTHER_SCREENS(ROW)           \
	ROW(DETAILS, screen_details) \
	ROW(COLUMNS, screen_columns) \
	ROW(PICKER, screen_picker)   \
	ROW(HELP, screen_help)

#define SCREEN_NUMBER(id, name) SCREEN_##id,
enum screen_id {
	TAB_SCREENS(SCREEN_NUMBER)
	SCREEN_TABS, /* how many there are; not a screen */
	SCREEN_LAST_TAB = SCREEN_TABS - 1,
	OTHER_SCREENS(SCREEN_NUMBER)
	SCREENS
};
/* clang-format on */

enum { BACK_MAX = 8 };

/* ---- what screens have to remember ---- */

/** struct space_row - a region, or free space if @region is NULL */
struct space_row {
	uint64_t start, end;
	const struct vmv_region *region;
};

/**
 * struct space - the screen of the whole address space
 * @rows: regions and gaps by address; made again when not @built
 * @largest: index of the largest free block, SIZE_MAX if there is none
 * @start: of the selected row
 * @paths: show whole paths
 */
struct space {
	struct list list;
	struct space_row *rows;
	size_t largest;
	uint64_t start;
	bool built, paths;
};

/** space_done - release what it owns. */
void space_done(struct space *sp);

/**
 * struct picker - the screen that chooses a process
 * @all:   the processes
 * @shown: which of them match @filter; made with the sheet, owned
 * @pss:   ask for Pss, too
 * @error: why there is no newer list, "" if there is
 */
struct picker {
	struct vmv_processes all;
	bool *shown;
	char filter[256], error[200];
	bool pss, loaded;
};

/** picker_take - take over a new list, unless there is an @error, "" if none. */
void picker_take(struct app *a, const char *error, struct vmv_processes *list);

/** picker_done - release what it owns. */
void picker_done(struct picker *p);

/* ---- from a line that stands for several regions to those regions, and back (narrow.c) ---- */

enum { NARROW_MAX = 8 };

/**
 * struct narrow_step - one step
 * @from:   the screen that it was made on
 * @wide:   the filter from before, NULL for none; owned
 * @edited: the user changed the filter after it
 */
struct narrow_step {
	enum screen_id from;
	char *wide;
	bool edited;
};

/** struct narrow - the steps, the latest last: each adds to the filter, and going back to the
 * screen that it was made on restores it */
struct narrow {
	struct narrow_step steps[NARROW_MAX];
	unsigned count;
};

/** narrow_to - show the regions that have @word in @column, of those that the filter lets
 *  through. */
void narrow_to(struct app *a, const char *column, const char *word);

/** narrow_edited - the filter is the user's own now. */
void narrow_edited(struct app *a);

/** narrow_return - the open screen is this one again: restore the filter that it had.  If the user
 *  did not go @back there and has changed the filter meanwhile, that stays. */
void narrow_return(struct app *a, enum screen_id screen, bool back);

/** narrow_done - forget the steps. */
void narrow_done(struct narrow *n);

/* ---- all of it ---- */

/** struct faults - page faults per second; VMV_UNKNOWN until there were two pictures */
struct faults {
	uint64_t minor, major;
};

/**
 * struct app - everything
 * @target:   what is shown, NULL before one is chosen; owned
 * @key:      the one that made the current command run
 * @quit, @stop: the user wants to leave, or to suspend
 * @redraw:   the user wants the terminal drawn anew
 * @picked:   the target was chosen here, not on the command line
 * @home:     the screen that a target is shown on first
 *
 * @picture:  the latest that has something to show, or NULL
 * @baseline: to compare with, or NULL
 * @marks:    changes of the last pictures
 * @failed:   why there is no newer picture, code 0 if there is
 * @gone:     the process ended
 * @hopeless: there was nothing to show from the start: give up with @failed
 * @now:      time of the last app_tick(), in ms
 * @interval: wanted between two pictures, @cost what one took, @due when the next is
 * @frozen:   no new pictures; @again: but one now
 * @loading:  a job is under way
 *
 * @at:       start of the region the user is at, on all screens
 * @chosen:   the user went there, and is not just at the top of a list
 * @sheets:   of the screens that have one
 * @filter, @filter_text: of the regions that are shown; both NULL, or owned
 * @sieve:    the filter or the picture that comes next
 * @narrow:   the steps that led from lines of other screens to fewer regions
 * @found:    what was searched for last; owned, may be NULL
 * @hit:      row where it was found last
 * @origin:   row from which it is searched while it is typed
 * @place:    right of the tabs, where frame_place() draws
 * @message:  for the bottom line, until the next key or the next picture but one: however soon the
 *            next one comes, it can be read
 * @pictures: that came since
 */
struct app {
	const struct vmv_tui_world *world;
	bool ascii, plain; /* as in struct surface */
	char *target;
	struct key key;
	bool quit, stop, redraw, picked;
	enum screen_id home;

	struct picture *picture, *baseline;
	struct marks marks;
	struct faults faults;
	struct vmv_error failed;
	bool gone, hopeless;
	uint64_t now, interval, cost, due;
	bool frozen, again, loading;

	enum screen_id screen, back[BACK_MAX];
	size_t nback;
	int width, height;
	uint64_t at;
	bool chosen;
	struct sheet sheets[SCREENS];
	struct space space;
	struct details details;
	struct picker picker;
	struct list columns, help;
	struct vmv_filter *filter;
	char *filter_text, *found;
	struct sieve sieve;
	struct narrow narrow;
	size_t hit, origin;
	struct prompt prompt;
	struct box place;
	char message[256];
	unsigned pictures;
};

/** app_init - a view of what @options say; nothing is loaded yet. */
void app_init(struct app *a, const struct vmv_tui_options *options, bool ascii);

/** app_done - release what it owns. */
void app_done(struct app *a);

/** app_resize - the screen has this size. */
void app_resize(struct app *a, int width, int height);

/** app_tick - it is @now; true with *@job filled in if there is something to load. */
bool app_tick(struct app *a, uint64_t now, struct job *job);

/** app_look - true with *@job filled in if there is memory to look at: it may hang, so it holds up
 *  nothing else. */
bool app_look(struct app *a, struct job *job);

/** app_timeout - ms until app_tick() has something to do, -1 if only after a key. */
int app_timeout(const struct app *a, uint64_t now);

/** app_pace - ms from one picture to the next: as the user wants it, or as it can be done. */
uint64_t app_pace(const struct app *a);

/** app_take - what app_tick() or app_look() asked for has come. */
void app_take(struct app *a, struct job *job);

/** app_work - do a little of what takes longer than a key may wait; false if there is nothing
 *  left to do, else it wants to be called again before app_tick(). */
bool app_work(struct app *a, uint64_t now);

/** app_key - the user pressed a key. */
void app_key(struct app *a, const struct key *key);

/** app_draw - draw the open screen. */
void app_draw(struct app *a, struct surface *s);

/* ---- for commands and screens ---- */

/** app_say - a message for the bottom line. */
void app_say(struct app *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/** app_stale - what is shown has to be made again from the pictures. */
void app_stale(struct app *a);

/** app_enter - be at a screen, come @back to it or not; app_open() and the like remember where
 * from. */
void app_enter(struct app *a, enum screen_id screen, bool back);

/** app_open - go to a screen; app_back() returns from there. */
void app_open(struct app *a, enum screen_id screen);

/** app_switch - go to a screen instead of this one and all behind it. */
void app_switch(struct app *a, enum screen_id screen);

/** app_back - return to the screen before; false if there is none. */
bool app_back(struct app *a);

/** app_show_target - show something else from now on. */
void app_show_target(struct app *a, const char *target);

/** app_show_picture - show this one, which is taken over, from now on. */
void app_show_picture(struct app *a, struct picture *p);

/** app_drop_sheets - the lists have to be made again. */
void app_drop_sheets(struct app *a);

/** app_filter - show only regions that match, once it is known which do; "" shows all.  -EINVAL
 *  with @err and the byte @where set if it is no filter; nothing changes then. */
int app_filter(struct app *a, const char *text, size_t *where, struct vmv_error *err);

/** app_go - be at an address, or next to it; false if nothing is mapped there. */
bool app_go(struct app *a, uint64_t address);

/** app_choose - be at a region, which the user has chosen unless it is at the @top of a list. */
void app_choose(struct app *a, uint64_t start, bool top);

/** app_region - the region the user is at, NULL if it is not there (any more). */
const struct vmv_region *app_region(const struct app *a);

#endif
