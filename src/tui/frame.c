/*
 * frame.c - what is above every screen: who is shown, sums, tabs
 */
#include "picture.h"
#include "screen.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/processes.h"
#include "vmapview/units.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** From which height on there is room for what. */
enum {
	ROOM_PROCESS = 4,
	ROOM_TABS = 6,
	ROOM_BANNER = 7,
	ROOM_TOTALS = 9,
	ROOM_BAR = 14,
	ROOM_STATE = 40, /* columns */
	ROOM_USER = 60,
	ROOM_TIME = 80,
	ROOM_PLACE = 10, /* beside the tabs */
};

/* ---- the process ---- */

static bool is_torn(const struct app *a)
{
	return a->picture && a->picture->map.torn;
}

/* One of several in a file, and when it was. */
static void saved_text(const struct app *a, char *text, size_t size)
{
	const struct vmv_map *map = &a->picture->map;
	bool several = map->look && map->looks != 1;
	const char *time = several && map->time && a->width >= ROOM_TIME ? map->time : "";
	char of[32] = "", look[64] = "";

	if (map->looks)
		snprintf(of, sizeof(of), " of %lu", map->looks);
	if (several)
		snprintf(look, sizeof(look), ", look %lu%s", map->look, of);
	snprintf(text, size, "saved%s%s%.30s", look, *time ? ", " : "", time);
}

static void pace_text(const struct app *a, char *text, size_t size)
{
	uint64_t pace = app_pace(a);

	if (a->gone)
		snprintf(text, size, "ended");
	else if (!a->picture)
		snprintf(text, size, "reading");
	else if (!a->picture->live)
		saved_text(a, text, size);
	else if (a->frozen)
		snprintf(text, size, "frozen");
	else if (pace > a->interval)
		snprintf(text, size, "every %.1fs: reading takes %.2fs", (double)pace / 1000,
			 (double)a->cost / 1000);
	else
		snprintf(text, size, "every %gs", (double)pace / 1000);
}

/* However little room there is: the sums below are too small. */
static void status_text(const struct app *a, char *text, size_t size)
{
	int len;

	pace_text(a, text, size);
	len = (int)strlen(text);
	if (is_torn(a))
		snprintf(text + len, size - (size_t)len, ", incomplete");
}

/* "somebody S  ", as much of it as there is room for. */
static void who_text(const struct vmv_process *p, int width, char *text, size_t size)
{
	const char *user = p->user && width >= ROOM_USER ? p->user : "";

	*text = '\0';
	if (p->state && width >= ROOM_STATE)
		snprintf(text, size, "%.32s%s%c  ", user, *user ? " " : "", p->state);
}

/* The number, or what else was asked for, and the command. */
static void draw_command(const struct app *a, struct surface *s, struct box at)
{
	const struct vmv_process *p = a->picture ? &a->picture->map.process : NULL;
	int x = 0;

	if (p && p->tgid > 0)
		x = surface_print(s, at, LOOK_TITLE, "%d ", p->tgid);
	else if (a->target)
		x = surface_print(s, at, LOOK_TITLE, "%s ", a->target);
	if (p && (p->command || p->name))
		surface_text(s, strip(at.x + x, at.y, at.width - x), LOOK_PLAIN,
			     p->command ? p->command : p->name);
}

static void draw_process(const struct app *a, struct surface *s, int y)
{
	char status[128], who[48] = "";
	int x, width;

	status_text(a, status, sizeof(status));
	if (a->picture)
		who_text(&a->picture->map.process, s->width, who, sizeof(who));
	width = surface_columns(s, who) + surface_columns(s, status);
	draw_command(a, s, strip(0, y, s->width - width - 2));
	x = s->width - width;
	x += surface_text(s, strip(x, y, s->width - x), LOOK_LABEL, who);
	surface_text(s, strip(x, y, s->width - x),
		     a->gone || a->frozen || is_torn(a) ? LOOK_BANNER : LOOK_DIM, status);
}

/* ---- sums ---- */

static int put_sum(struct surface *s, int x, int y, const char *label, const char *value)
{
	int need = surface_columns(s, label) + 1 + surface_columns(s, value);

	if (x + need > s->width)
		return s->width; /* and so nothing after it either */
	x += surface_text(s, strip(x, y, s->width - x), LOOK_LABEL, label) + 1;
	x += surface_text(s, strip(x, y, s->width - x), LOOK_TITLE, value);
	return x + 2;
}

static void faults_text(const struct app *a, char *text, size_t size)
{
	if (a->faults.minor == VMV_UNKNOWN)
		snprintf(text, size, "-");
	else if (a->faults.major && a->faults.major != VMV_UNKNOWN)
		snprintf(text, size, "%llu/s, %llu major", (unsigned long long)a->faults.minor,
			 (unsigned long long)a->faults.major);
	else
		snprintf(text, size, "%llu/s", (unsigned long long)a->faults.minor);
}

static void regions_text(const struct app *a, char *text, size_t size)
{
	size_t n = a->picture->map.nregions;

	if (a->picture->max_regions != VMV_UNKNOWN)
		snprintf(text, size, "%zu/%llu", n, (unsigned long long)a->picture->max_regions);
	else
		snprintf(text, size, "%zu", n);
}

/* Where there is room for them. */
static void add_changes(const struct app *a, int room, char *text, size_t size)
{
	char changes[64];

	snprintf(changes, sizeof(changes), " +%zu -%zu", a->marks.born, a->marks.gone);
	if ((a->marks.born || a->marks.gone) && (int)(strlen(text) + strlen(changes)) <= room)
		snprintf(text + strlen(text), size - strlen(text), "%s", changes);
}

static void draw_totals(const struct app *a, struct surface *s, int y)
{
	char text[96];
	int x = 0;

	for (int t = 0; t < TOTALS; t++) {
		snprintf(text, sizeof(text), "-");
		if (a->picture->totals[t] != VMV_UNKNOWN)
			vmv_put_human(text, a->picture->totals[t]);
		x = put_sum(s, x, y, total_title((enum total)t), text);
	}
	if (a->picture->live) {
		faults_text(a, text, sizeof(text));
		x = put_sum(s, x, y, "Faults", text);
	}
	regions_text(a, text, sizeof(text));
	add_changes(a, s->width - x - (int)sizeof("Regions"), text, sizeof(text));
	put_sum(s, x, y, "Regions", text);
}

/* ---- the bar of classes, which also tells what their colours are ---- */

/** struct share - a class and what it has */
struct share {
	size_t class;
	uint64_t amount;
};

static int compare_shares(const void *a, const void *b)
{
	const struct share *x = a, *y = b;

	if (x->amount != y->amount)
		return x->amount < y->amount ? 1 : -1;
	return (x->class > y->class) - (x->class < y->class);
}

static void draw_segment(struct surface *s, int x, int y, int width, const struct share *share)
{
	const struct vmv_class *class = &vmv_classes[share->class];
	unsigned pen = class->role | PEN_REVERSE;
	char amount[VMV_NUMBER_ROOM], label[64];

	/* A blank between neighbours, so that they differ without colours too. */
	surface_fill(s, strip(x, y, width > 1 ? width - 1 : 1), pen, L' ');
	vmv_put_human(amount, share->amount);
	snprintf(label, sizeof(label), "%s %s", class->name, amount);
	if ((int)strlen(label) > width - 1)
		snprintf(label, sizeof(label), "%s", class->name);
	if ((int)strlen(label) <= width - 1)
		surface_text(s, strip(x, y, width - 1), pen, label);
}

static void draw_bar(const struct app *a, struct surface *s, int y)
{
	struct share shares[64] = { { 0 } };
	long double whole = 0;
	size_t n = 0;
	int x = 0;

	for (size_t i = 0; i < vmv_nclasses && n < sizeof(shares) / sizeof(*shares); i++) {
		if (!a->picture->shares[i])
			continue;
		shares[n++] = (struct share){ i, a->picture->shares[i] };
		whole += (long double)a->picture->shares[i];
	}
	qsort(shares, n, sizeof(*shares), compare_shares);
	for (size_t i = 0; i < n; i++) {
		int width = (int)((long double)shares[i].amount * s->width / whole + 0.5L);

		if (width < 1 || x >= s->width)
			break;
		if (width > s->width - x)
			width = s->width - x;
		draw_segment(s, x, y, width, &shares[i]);
		x += width;
	}
}

/* ---- what is wrong or unusual ---- */

static bool banner_text(const struct app *a, char *text, size_t size)
{
	const struct picture *p = a->picture;

	if (a->gone)
		snprintf(text, size, "The process has ended; this is its last picture.");
	else if (p && (a->failed.code == EACCES || a->failed.code == EPERM))
		snprintf(text, size, "%s: %s", a->failed.text, "run as its user or as root");
	else if (a->failed.code)
		snprintf(text, size, "%s", a->failed.text);
	else if (p && !p->map.nregions && p->map.process.state == 'Z')
		snprintf(text, size, "A zombie: it has ended and has no memory any more.");
	else if (p && !p->map.nregions && p->live)
		snprintf(text, size, "A kernel thread: it has no memory of its own.");
	else if (p && vmv_near_limit(p->map.nregions, p->max_regions))
		vmv_limit_text(text, size, p->map.nregions, p->max_regions);
	else
		return false;
	return true;
}

/* ---- tabs ---- */

static const char *tab_title(int id)
{
	return screen_of((enum screen_id)id)->title;
}

/* Where they don't fit, only the open one has more than its number. */
static bool titles_fit(const struct surface *s)
{
	int width = ROOM_PLACE;

	for (int id = 0; id < SCREEN_TABS; id++)
		width += (int)sizeof(" 1  ") - 1 + surface_columns(s, tab_title(id));
	return width <= s->width;
}

static void draw_tabs(struct app *a, struct surface *s, int y)
{
	bool fit = titles_fit(s);
	int x = 0;

	for (int id = 0; id < SCREEN_TABS; id++) {
		bool open = id == (int)screen_tab(a);
		unsigned pen = open ? LOOK_TAB : LOOK_DIM;

		x += surface_print(s, strip(x, y, s->width - x), pen, " %d ", id + 1);
		if (fit || open)
			x += surface_print(s, strip(x, y, s->width - x), pen, "%s ", tab_title(id));
	}
	a->place = strip(x, y, s->width - x);
}

/* How far in the list; of a text, how much of it was seen. */
static size_t reached(const struct list *l)
{
	size_t row = l->text ? l->top + l->page : l->cursor + 1;

	return row < l->count ? row : l->count;
}

/* "Details of libc.so", but where there is not the room, the name counts. */
static char *subject_text(const struct surface *s, const char *title, const char *subject, int room)
{
	bool fit = surface_columns(s, title) + surface_columns(s, subject) + 4 <= room;

	return fit ? vmv_asprintf("%s of %s", title, subject) : vmv_strdup(subject);
}

/* What is shown, beyond the tab, in about @room columns; free() it. */
static char *place_text(const struct app *a, const struct surface *s, int room)
{
	const struct screen *screen = screen_of(a->screen);
	const char *subject = screen->subject ? screen->subject(a) : NULL;

	if (subject)
		return subject_text(s, screen->title, subject, room);
	if (a->screen >= SCREEN_TABS)
		return vmv_strdup(screen->title);
	if (screen->filtered && a->sieve.working)
		return vmv_asprintf("filtering: %u %%", sieve_percent(a));
	if (screen->filtered && a->filter_text)
		return vmv_asprintf("filter: %s", a->filter_text);
	return vmv_strdup("");
}

void frame_place(struct app *a, struct surface *s)
{
	const struct screen *screen = screen_of(a->screen);
	const struct list *l = screen->list ? screen->list(a) : NULL;
	bool filtered = screen->filtered && (a->filter_text || a->sieve.working);
	unsigned pen = filtered ? LOOK_NEW : LOOK_TITLE;
	char *text, row[64] = "";
	int width, room;

	if (l && (!l->text || l->page))
		snprintf(row, sizeof(row), " %zu/%zu", reached(l), l->count);
	room = a->place.width - surface_columns(s, row);
	text = place_text(a, s, room);
	width = surface_columns(s, text) < room ? surface_columns(s, text) : room;
	surface_middle(s, strip(a->place.x + room - width, a->place.y, width), pen, text, 0);
	surface_right(s, a->place, pen, row);
	free(text);
}

struct box frame_draw(struct app *a, struct surface *s)
{
	const struct screen *screen = screen_of(a->screen);
	struct box rest = { 0, 0, s->width, s->height };
	bool sums = screen->process && a->picture && a->picture->map.nregions;
	char banner[400];

	a->place = (struct box){ 0 };

	if (screen->process && s->height >= ROOM_PROCESS)
		draw_process(a, s, rest.y++);
	if (sums && s->height >= ROOM_TOTALS)
		draw_totals(a, s, rest.y++);
	if (sums && s->height >= ROOM_BAR)
		draw_bar(a, s, rest.y++);
	if (screen->process && s->height >= ROOM_TABS)
		draw_tabs(a, s, rest.y++);
	if (screen->process && s->height >= ROOM_BANNER && banner_text(a, banner, sizeof(banner))) {
		surface_fill(s, strip(0, rest.y, s->width), LOOK_BANNER, L' ');
		surface_text(s, strip(0, rest.y++, s->width), LOOK_BANNER, banner);
	}
	rest.height -= rest.y;
	bottom_draw(a, s, &rest);
	return rest;
}
