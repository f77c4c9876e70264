/* app.c - see app.h: what happens when; drawing is in frame.c and the screens */
#include "app.h"

#include "hex.h"
#include "loader.h"
#include "picture.h"
#include "screen.h"
#include "vmapview/alloc.h"
#include "vmapview/filter.h"
#include "vmapview/need.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	INTERVAL = 1000, /* ms between pictures, unless the user wants another */
	LIST_INTERVAL = 2000,
	COST_SHARE = 10, /* reading takes at most one part in so many of the time */
};

/* What the command line says of the first list. */
static void begin_with(struct app *a, const struct vmv_tui_options *options)
{
	enum screen_id list = options->list ? screen_listing(options->list) : SCREEN_REGIONS;

	a->home = list < SCREEN_TABS ? list : SCREEN_REGIONS;
	if (options->columns)
		sheet_want(&a->sheets[list], options->columns, NULL);
	if (options->sort)
		sheet_sort_as(&a->sheets[list], options->sort, NULL);
	if (options->filter)
		app_filter(a, options->filter, NULL, NULL);
}

void app_init(struct app *a, const struct vmv_tui_options *options, bool ascii)
{
	*a = (struct app){
		.world = options->world,
		.ascii = ascii,
		.interval = INTERVAL,
		.faults = { VMV_UNKNOWN, VMV_UNKNOWN },
		.at = options->at,
		.chosen = options->at != VMV_UNKNOWN,
		.screen = SCREEN_PICKER,
	};
	for (int id = 0; id < SCREENS; id++)
		if (screen_of((enum screen_id)id)->sheet)
			sheet_init(&a->sheets[id], screen_of((enum screen_id)id)->sheet);
	a->details.list.text = a->help.text = true;
	a->details.ascii = ascii;
	hex_go(a, options->at);
	a->sheets[SCREEN_REGIONS].key = options->at;
	begin_with(a, options);
	if (options->target) {
		a->target = vmv_strdup(options->target);
		a->screen = a->home;
	}
}

void app_done(struct app *a)
{
	for (int id = 0; id < SCREENS; id++)
		sheet_done(&a->sheets[id]);
	space_done(&a->space);
	details_done(&a->details);
	picker_done(&a->picker);
	marks_done(&a->marks);
	picture_free(a->picture);
	picture_free(a->baseline);
	sieve_done(&a->sieve);
	vmv_filter_free(a->filter);
	free(a->filter_text);
	narrow_done(&a->narrow);
	free(a->found);
	free(a->target);
}

void app_say(struct app *a, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(a->message, sizeof(a->message), fmt, ap);
	va_end(ap);
	a->pictures = 0;
}

void app_drop_sheets(struct app *a)
{
	for (int id = 0; id < SCREENS; id++)
		sheet_drop(&a->sheets[id]);
}

void app_stale(struct app *a)
{
	app_drop_sheets(a);
	space_done(&a->space);
	a->details.built = a->details.read = false;
}

/* ---- what is shown ---- */

int app_filter(struct app *a, const char *text, size_t *where, struct vmv_error *err)
{
	struct vmv_filter *filter = NULL;

	if (*text) {
		filter = vmv_filter_parse(&vmv_kind_regions, text, where, err);
		if (!filter)
			return -EINVAL;
	}
	sieve_filter(a, filter, filter ? vmv_strdup(text) : NULL);
	return 0;
}

void app_show_target(struct app *a, const char *target)
{
	char *copy = vmv_strdup(target);

	if (a->target) /* the filter of the command line is for the first one */
		app_filter(a, "", NULL, NULL);
	app_stale(a);
	sieve_done(&a->sieve);
	a->details.hex.known = VMV_UNKNOWN;
	hex_go(a, VMV_UNKNOWN);
	picture_free(a->picture);
	picture_free(a->baseline);
	a->picture = a->baseline = NULL;
	marks_done(&a->marks);
	narrow_done(&a->narrow);
	a->faults = (struct faults){ VMV_UNKNOWN, VMV_UNKNOWN };
	a->failed.code = 0;
	a->gone = a->hopeless = a->frozen = a->chosen = false;
	a->again = true;
	a->cost = 0;
	a->at = a->sheets[SCREEN_REGIONS].key = VMV_UNKNOWN;
	a->picked = true;
	free(a->target);
	a->target = copy;
	list_go(&a->sheets[SCREEN_REGIONS].list, 0);
	app_switch(a, a->home);
}

static uint64_t per_second(uint64_t before, uint64_t after, uint64_t ms)
{
	if (before == VMV_UNKNOWN || after == VMV_UNKNOWN || after < before || !ms)
		return VMV_UNKNOWN;
	return (after - before) * 1000 / ms;
}

/* Another process has the number now, or this one is a zombie that was alive. */
static bool has_ended(const struct picture *old, const struct picture *new)
{
	const struct vmv_process *a = &old->map.process, *b = &new->map.process;

	if (new->rc == -ESRCH)
		return true;
	if (!old->live || !new->live)
		return false;
	if (a->start_ticks != b->start_ticks && a->pid == b->pid && b->start_ticks)
		return true;
	return old->map.nregions && !new->map.nregions && b->state == 'Z';
}

/* The first picture is there. */
static void arrive(struct app *a)
{
	if (a->picture->map.notice)
		app_say(a, "%s", a->picture->map.notice);
	if (a->at != VMV_UNKNOWN && !app_region(a))
		app_say(a, "nothing is mapped at %llx", (unsigned long long)a->at);
	app_enter(a, a->screen, false);
	if (screen_of(a->screen)->moved)
		screen_of(a->screen)->moved(a);
}

void app_show_picture(struct app *a, struct picture *p)
{
	struct picture *old = a->picture;

	if (++a->pictures > 1)
		*a->message = '\0';
	app_stale(a);
	if (old) {
		uint64_t ms = p->when - old->when;
		const struct vmv_process *x = &old->map.process, *y = &p->map.process;

		a->faults.minor = per_second(x->minor_faults, y->minor_faults, ms);
		a->faults.major = per_second(x->major_faults, y->major_faults, ms);
	}
	if (p->base != a->baseline) /* there was another one when it was asked for */
		picture_compare(p, a->baseline ? picture_ref(a->baseline) : NULL);
	marks_update(&a->marks, p->map.nregions, &p->steps);
	a->picture = p;
	if (old && picture_is_other_program(old, p))
		app_say(a, "the process has executed another program: %s",
			p->map.process.command ? p->map.process.command : "its name is not known");
	picture_free(old);
	if (!old)
		arrive(a);
}

static void take_picture(struct app *a, struct picture *p)
{
	bool first = !a->picture;

	a->failed = (struct vmv_error){ 0 };
	if (p->rc < 0)
		a->failed = p->err;
	if (a->picture && has_ended(a->picture, p)) {
		a->gone = true;
		picture_free(p);
		return;
	}
	if (p->rc < 0 && !p->map.nregions && !p->map.process.command) {
		picture_free(p);
		a->hopeless = first && !a->picked;
		if (first && a->picked) {
			app_switch(a, SCREEN_PICKER);
			app_say(a, "%s", a->failed.text);
		}
		return;
	}
	sieve_picture(a, p);
}

static uint64_t affordable(const struct app *a, uint64_t interval)
{
	return interval < a->cost * COST_SHARE ? a->cost * COST_SHARE : interval;
}

uint64_t app_pace(const struct app *a)
{
	return affordable(a, a->interval);
}

void app_take(struct app *a, struct job *job)
{
	uint64_t interval = a->interval;

	if (job->kind == JOB_MEMORY) {
		hex_take(a, job);
		return;
	}
	a->loading = false;
	a->cost = job->cost;
	if (job->kind == JOB_LIST) {
		interval = LIST_INTERVAL;
		picker_take(a, job->rc < 0 ? job->err.text : "", &job->list);
	} else if (job->picture && a->target && !strcmp(a->target, job->target)) {
		take_picture(a, job->picture);
		job->picture = NULL;
	} else {
		a->again = true;
	}
	a->due = a->now + affordable(a, interval);
}

/* ---- time ---- */

static bool wants_list(const struct app *a)
{
	return a->screen == SCREEN_PICKER && a->world->list;
}

static bool wants_map(const struct app *a)
{
	if (!a->target || a->screen == SCREEN_PICKER)
		return false;
	return !a->picture ? !a->failed.code : a->picture->live && !a->gone && !a->frozen;
}

bool app_tick(struct app *a, uint64_t now, struct job *job)
{
	bool due = a->again || now >= a->due;

	a->now = now;
	if (a->loading || a->sieve.picture || !due)
		return false;
	*job = (struct job){ 0 };
	if (wants_list(a)) {
		job->kind = JOB_LIST;
		job->pss = a->picker.pss;
	} else if (wants_map(a) || (a->again && a->target)) {
		job->kind = JOB_MAP;
		job->target = vmv_strdup(a->target);
		job->base = a->baseline ? picture_ref(a->baseline) : NULL;
		job->last = a->picture ? picture_ref(a->picture) : NULL;
		job->needs = VMV_NEED_COUNTERS | VMV_NEED_CLASS | VMV_NEED_CONTEXT;
	} else {
		a->again = false;
		return false;
	}
	a->again = false;
	return a->loading = true;
}

int app_timeout(const struct app *a, uint64_t now)
{
	if (a->sieve.working)
		return 0;
	if (a->loading || !(wants_list(a) || wants_map(a) || a->again))
		return -1;
	return a->again || a->due <= now ? 0 : (int)(a->due - now);
}

static void settle(struct app *a)
{
	const struct screen *screen = screen_of(a->screen);

	if (screen->settle)
		screen->settle(a);
}

static void settle_and_move(struct app *a)
{
	const struct screen *screen;

	settle(a);
	screen = screen_of(a->screen);
	if (screen->moved)
		screen->moved(a);
}

/* Like reading, filtering takes at most its share of the time. */
static void rest(struct app *a, uint64_t since, uint64_t now)
{
	uint64_t due = now + (now - since) * COST_SHARE;

	if (a->due < due)
		a->due = due;
}

bool app_look(struct app *a, struct job *job)
{
	return hex_ask(a, job);
}

bool app_work(struct app *a, uint64_t now)
{
	bool replaces = a->sieve.replaces;
	uint64_t since;

	if (!a->sieve.working)
		return false;
	if (!a->sieve.since)
		a->sieve.since = now;
	since = a->sieve.since;
	if (sieve_step(a))
		return true;
	rest(a, since, now);
	if (replaces)
		settle_and_move(a);
	return false;
}

/* ---- keys and drawing ---- */

void app_resize(struct app *a, int width, int height)
{
	a->width = width;
	a->height = height;
}

void app_key(struct app *a, const struct key *key)
{
	const struct binding *binding;

	a->key = *key;
	*a->message = '\0';
	settle(a);
	if (a->prompt.label) {
		prompt_key(&a->prompt, a, key);
	} else if (key->code & VK_PASTED) {
		app_say(a, "a paste runs no commands: / \\ and @ take text");
	} else {
		binding = screen_binding(screen_of(a->screen), key->code);
		if (binding)
			binding->command(a);
		else if (key->code != VK_CLICK && key->code != VK_OTHER)
			app_say(a, "no such key here: F1 shows those that there are");
	}
	settle_and_move(a);
}

void app_draw(struct app *a, struct surface *s)
{
	const struct screen *screen = screen_of(a->screen);

	settle(a);
	surface_clear(s);
	screen->draw(a, s, frame_draw(a, s));
	frame_place(a, s);
	if (a->prompt.label && s->height > 0)
		prompt_draw(&a->prompt, s, s->height - 1);
}
