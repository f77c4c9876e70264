/*
 * tui.h - what the unit tests of the interactive view share: a world without
 * processes or terminals, in which tests load what they make
 */
#ifndef VMV_UNIT_TUI_H
#define VMV_UNIT_TUI_H

#include "unit.h"

#include "app.h"
#include "loader.h"
#include "picture.h"
#include "screen.h"
#include "surface.h"
#include "vmapview/class.h"
#include "vmapview/text.h"

#include <errno.h>
#include <locale.h>

/**
 * struct unit_world - what the view will find when it asks
 * @text:   smaps of the process
 * @rc:     what loading returns, with @map still filled from @text
 * @torn:   and what is in it is not all
 * @live:   may it change?
 * @state, @start_ticks, @faults: of the process, and @vdso of its program
 * @peeked, @fetched: how often memory was looked at, and with force
 * @max_regions: how many regions it may have
 * @saved:  name of the last snapshot
 * @look, @looks: which map it is of so many in its file
 * @disk_full: no more can be written
 */
struct unit_world {
	const char *text;
	int rc;
	bool torn;
	bool live, nameless;
	char state;
	uint64_t start_ticks, faults, vdso, max_regions;
	size_t loads, lists, peeked, fetched;
	char saved[64];
	bool disk_full;
	unsigned long look, looks;
	struct vmv_tui_world world;
	struct app app;
	struct surface surface;
	uint64_t now;
};

static inline bool unit_is_live(void *data, const char *target)
{
	struct unit_world *w = data;

	(void)target;
	return w->live;
}

static inline int unit_load(void *data, const char *target, unsigned needs, struct vmv_map *map,
			    struct vmv_error *err)
{
	struct unit_world *w = data;

	(void)needs;
	w->loads++;
	unit_map(map, w->text);
	if (!w->nameless) {
		map->process.command = vmv_strdup("./program --with arguments");
		map->process.user = vmv_strdup("somebody");
	}
	map->process.pid = map->process.tgid = atoi(target);
	map->process.state = w->state;
	map->process.start_ticks = w->start_ticks;
	map->process.vdso = w->vdso;
	map->process.minor_faults = w->faults;
	map->process.major_faults = 0;
	map->torn = w->torn;
	map->look = w->look;
	map->looks = w->looks;
	map->time = w->look ? vmv_strdup("2026-11-22T20:00:00Z") : NULL;
	vmv_classify(map);
	return w->rc ? vmv_fail(err, -w->rc, "cannot read smaps: %m") : 0;
}

static inline int unit_processes(void *data, bool measure, struct vmv_processes *list,
				 struct vmv_error *err)
{
	static const struct {
		int pid;
		uint64_t rss;
		const char *user, *command;
	} rows[] = {
		{ 1, 1 << 20, "root", "/sbin/init" },
		{ 4242, 5 << 20, "somebody", "./program --with arguments" },
		{ 77, VMV_UNKNOWN, "root", "[kthreadd]" },
		{ 99, 3 << 20, "x\033[31m", "evil\033]0;name" },
	};
	struct unit_world *w = data;

	(void)err;
	w->lists++;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct vmv_process_row *u = vmv_processes_add(list);

		u->pid = (uint64_t)rows[i].pid;
		u->rss = rows[i].rss;
		u->user = vmv_strdup(rows[i].user);
		u->command = vmv_strdup(rows[i].command);
		if (measure && u->rss != VMV_UNKNOWN)
			u->pss = u->rss / 2;
	}
	return 0;
}

static inline uint64_t unit_max_regions(void *data)
{
	const struct unit_world *w = data;

	return w->max_regions;
}

/* Every second page is in memory: all of it is its address in text. */
static inline int unit_peek(void *data, struct vmv_peek *pieces, size_t n, struct vmv_error *err)
{
	struct unit_world *w = data;

	if (!w->live)
		return vmv_fail(err, ENOTSUP, "a saved map has no memory to look at");
	for (size_t p = 0; p < n; p++) {
		struct vmv_peek *piece = &pieces[p];
		unsigned char *bytes = piece->to;

		w->peeked++;
		w->fetched += piece->fetch;
		piece->page = VMV_PAGE_ABSENT;
		if (piece->address >> 12 & 1 && !piece->fetch)
			continue;
		for (size_t i = 0; i < piece->size; i++)
			bytes[i] = (unsigned char)"Hello world! "[(piece->address + i) % 13];
		piece->page = VMV_PAGE_READ;
	}
	return 0;
}

static inline int unit_save(void *data, const struct vmv_map *map, const char *path,
			    struct vmv_error *err)
{
	struct unit_world *w = data;

	(void)map;
	if (*path == '/')
		return vmv_fail(err, EEXIST, "cannot create %s: %m", path);
	if (w->disk_full)
		return vmv_fail(err, ENOSPC, "cannot write %s: %m", path);
	snprintf(w->saved, sizeof(w->saved), "%.60s", path);
	return 0;
}

static inline bool unit_is_taken(void *data, const char *path)
{
	const struct unit_world *w = data;

	return !strcmp(path, w->saved) || (*w->saved && !strcmp(path, "vmapview-4242-2.json"));
}

/** unit_world_init - an app that shows process 4242 (or asks which, if @target is
 *  NULL) on a screen of this size; nothing is loaded yet. */
static inline void unit_world_init(struct unit_world *w, const char *text, const char *target,
				   int width, int height, bool ascii)
{
	struct vmv_tui_options options = { .target = target, .at = VMV_UNKNOWN };

	*w = (struct unit_world){
		.text = text, .live = true, .state = 'S', .start_ticks = 5, .max_regions = 65530
	};
	w->world = (struct vmv_tui_world){ .data = w,
					   .is_live = unit_is_live,
					   .load = unit_load,
					   .list = unit_processes,
					   .max_regions = unit_max_regions,
					   .memory = { w, unit_peek },
					   .save = unit_save,
					   .is_taken = unit_is_taken };
	options.world = &w->world;
	app_init(&w->app, &options, ascii);
	w->surface.ascii = ascii;
	surface_resize(&w->surface, width, height);
	app_resize(&w->app, width, height);
}

static inline void unit_world_done(struct unit_world *w)
{
	app_done(&w->app);
	surface_done(&w->surface);
}

/** unit_look - look at the memory that is to be shown; false if there is none. */
static inline bool unit_look(struct unit_world *w)
{
	struct job job;
	bool asked = app_look(&w->app, &job);

	if (asked) {
		job_run(&job, &w->world);
		app_take(&w->app, &job);
		job_done(&job);
	}
	return asked;
}

/** unit_work - until all is done that the view does between keys. */
static inline void unit_work(struct unit_world *w)
{
	while (app_work(&w->app, w->now))
		;
	unit_look(w);
}

/** unit_wait - let @ms pass and load what is asked for; true if something was. */
static inline bool unit_wait(struct unit_world *w, uint64_t ms)
{
	struct job job;
	bool asked;

	w->now += ms;
	asked = app_tick(&w->app, w->now, &job);
	if (asked) {
		job_run(&job, &w->world);
		if (job.picture)
			job.picture->when = w->now;
		job.cost = 0;
		app_take(&w->app, &job);
		job_done(&job);
		unit_work(w);
	}
	return asked;
}

static inline void unit_key(struct unit_world *w, int code)
{
	app_key(&w->app, &(struct key){ code, 0, 0 });
	unit_work(w);
}

static inline void unit_type(struct unit_world *w, const char *text)
{
	for (; *text; text++)
		unit_key(w, *text == '\n' ? VK_ENTER : (unsigned char)*text);
}

/** unit_tab - press the digit of a screen. */
static inline void unit_tab(struct unit_world *w, enum screen_id screen)
{
	assert_true(screen < SCREEN_TABS);
	unit_key(w, '1' + (int)screen);
}

/** unit_assert_on - this screen is open. */
static inline void unit_assert_on(struct unit_world *w, int screen)
{
	if ((int)w->app.screen != screen)
		fail_msg("on %s instead of %s", screen_of(w->app.screen)->title,
			 screen_of((enum screen_id)screen)->title);
}

/** unit_list - what the cursor keys move on the open screen. */
static inline struct list *unit_list(struct unit_world *w)
{
	return screen_of(w->app.screen)->list(&w->app);
}

/** unit_sheet - the sheet of the open screen. */
static inline struct sheet *unit_sheet(struct unit_world *w)
{
	assert_non_null(screen_of(w->app.screen)->sheet);
	return &w->app.sheets[w->app.screen];
}

/** unit_row_region - the region of row @i of that, the first if there are more. */
static inline const struct vmv_region *unit_row_region(struct unit_world *w, size_t i)
{
	return sheet_region(unit_sheet(w), i);
}

static inline void unit_draw(struct unit_world *w)
{
	app_draw(&w->app, &w->surface);
	if (unit_look(w))
		app_draw(&w->app, &w->surface);
}

/** unit_shows - is @text on the screen? */
static inline bool unit_shows(struct unit_world *w, const char *text)
{
	char *dump;
	bool found;

	unit_draw(w);
	dump = surface_dump(&w->surface);
	found = strstr(dump, text) != NULL;
	free(dump);
	return found;
}

static inline void unit_assert_shows(struct unit_world *w, const char *text)
{
	if (!unit_shows(w, text))
		fail_msg("not on the screen: %s\n%s", text, surface_dump(&w->surface));
}

static inline void unit_assert_hides(struct unit_world *w, const char *text)
{
	if (unit_shows(w, text))
		fail_msg("on the screen: %s\n%s", text, surface_dump(&w->surface));
}

/* ---- smaps to show ---- */

/** struct unit_text - a text that grows; free @text */
struct unit_text {
	char *text;
	size_t len, room;
};

/** unit_region - append a region with some of its counters, in kB. */
static inline void unit_region(struct unit_text *t, uint64_t start, unsigned pages,
			       const char *perms, const char *file, unsigned rss)
{
	static const char *const flags[] = { "rd mr mw me", "rd wr mr mw me ac" };

	if (t->room - t->len < 1000 || !t->text) {
		t->room = 2 * t->room + 1000;
		t->text = vmv_realloc(t->text, t->room, 1);
	}
	t->len += (size_t)sprintf(
		t->text + t->len,
		"%012llx-%012llx %s 00000000 %s %d %s\n"
		"Size: %u kB\nRss: %u kB\nPss: %u kB\nShared_Clean: 0 kB\nPrivate_Clean: 0 kB\n"
		"Private_Dirty: %u kB\nAnonymous: %u kB\nSwap: 0 kB\nVmFlags: %s\n",
		(unsigned long long)start, (unsigned long long)(start + pages * 4096ULL), perms,
		*file == '/' ? "fe:00" : "00:00", *file == '/' ? 17 + (int)strlen(file) : 0, file,
		pages * 4, rss, rss / 2, rss, *file == '/' ? 0 : rss, flags[perms[1] == 'w']);
}

/** unit_smaps - @count regions like those of a program; free() it. */
static inline char *unit_smaps(size_t count)
{
	static const struct {
		const char *perms, *file;
	} kinds[] = {
		{ "r--p", "/usr/bin/program" },
		{ "r-xp", "/usr/bin/program" },
		{ "rw-p", "/usr/bin/program" },
		{ "rw-p", "[heap]" },
		{ "r--p", "/usr/lib/libc.so" },
		{ "r-xp", "/usr/lib/libc.so" },
		{ "rw-p", "/usr/lib/libc.so" },
		{ "rw-p", "" },
		{ "---p", "" },
		{ "r--s", "/usr/share/n\303\244me of a file" },
		{ "rwxp", "" },
		{ "rw-s", "/dev/shm/evil\033[31mname" },
	};
	struct unit_text t = { 0 };
	uint64_t at = 0x555500000000;

	for (size_t i = 0; i < count; i++) {
		size_t kind = i % ARRAY_SIZE(kinds);
		unsigned pages = (unsigned)(i * i % 97 + 1);

		unit_region(&t, at, pages, kinds[kind].perms, kinds[kind].file,
			    kinds[kind].perms[0] == 'r' ? (unsigned)(pages * (i % 5)) : 0);
		at += pages * 4096ULL + (i % 4 ? 0 : (uint64_t)(i + 1) << 24);
	}
	return t.text ? t.text : vmv_strdup("");
}

#endif
