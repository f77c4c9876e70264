/*
 * frame.c - how long the interactive view takes for a frame, without a terminal
 *
 *	frame PID
 *
 * Keys are pressed as fast as frames follow, first on a picture that stays, then while a thread
 * keeps reading new ones.  Prints JSON: milliseconds from a key to its frame.
 */
#include "app.h"
#include "loader.h"
#include "surface.h"
#include "vmapview/alloc.h"
#include "vmapview/lazy.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { KEYS = 500, REFRESHES = 10, WIDTH = 200, HEIGHT = 60 };

_Noreturn void vmv_no_memory(void)
{
	fputs("frame: out of memory\n", stderr);
	exit(EXIT_FAILURE);
}

_Noreturn void vmv_no_library(const char *why)
{
	fprintf(stderr, "frame: %s\n", why);
	exit(EXIT_FAILURE);
}

static bool is_live(void *data, const char *target)
{
	(void)data;
	(void)target;
	return true;
}

static int load(void *data, const char *target, unsigned needs, struct vmv_map *map,
		struct vmv_error *err)
{
	return vmv_source_load(target, data, needs, map, NULL, err);
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/** struct times - how long keys took */
struct times {
	double *ms;
	size_t n, room;
};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print(const char *name, struct times *t)
{
	qsort(t->ms, t->n, sizeof(*t->ms), compare);
	printf("\"%s\":{\"keys\":%zu,\"median_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}", name,
	       t->n, t->ms[t->n / 2], t->ms[t->n * 99 / 100], t->ms[t->n - 1]);
	free(t->ms);
}

/* A key of every sort that moves, or makes all rows be sorted or drawn anew. */
static void press(struct app *a, size_t i)
{
	static const int keys[] = { VK_DOWN, VK_PAGE_DOWN, VK_DOWN,    VK_PAGE_DOWN, VK_END,
				    VK_UP,   VK_PAGE_UP,   VK_PAGE_UP, '>',          VK_HOME };
	const struct key key = { .code = keys[i % (sizeof(keys) / sizeof(*keys))] };

	app_key(a, &key);
}

static void add(struct times *t, double since)
{
	t->ms = vmv_grow(t->ms, t->n, &t->room, sizeof(*t->ms));
	t->ms[t->n++] = now_ms() - since;
}

static bool first_picture(struct app *a, const struct vmv_tui_world *world)
{
	struct job job = { 0 };

	if (app_tick(a, clock_ms(), &job)) {
		job_run(&job, world);
		app_take(a, &job);
	}
	job_done(&job);
	return a->picture != NULL;
}

/* What the loop of the view does, with a key always waiting: the picture comes first. */
static void refresh(struct app *a, struct surface *s, struct loader *loader, struct times *t)
{
	const struct key again = { .code = 'r' };

	for (size_t pictures = 0, i = 0; pictures < REFRESHES; i++) {
		struct job job = { 0 };
		double start = now_ms();

		if (loader_take(loader, &job)) {
			app_take(a, &job);
			pictures++;
		}
		job_done(&job);
		job = (struct job){ 0 };
		if (!a->loading)
			app_key(a, &again);
		if (app_tick(a, clock_ms(), &job))
			loader_start(loader, &job);
		job_done(&job);
		press(a, i);
		app_draw(a, s);
		add(t, start);
	}
}

static int measure(struct app *a, const struct vmv_tui_world *world)
{
	struct times still = { 0 }, busy = { 0 };
	struct surface s = { 0 };
	struct vmv_error err;
	struct loader *loader;

	surface_resize(&s, WIDTH, HEIGHT);
	app_resize(a, WIDTH, HEIGHT);
	if (!first_picture(a, world)) {
		fprintf(stderr, "frame: %s\n", a->failed.text);
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < KEYS; i++) {
		double start = now_ms();

		press(a, i);
		app_draw(a, &s);
		add(&still, start);
	}
	loader = loader_open(world, &err);
	if (!loader) {
		fprintf(stderr, "frame: %s\n", err.text);
		return EXIT_FAILURE;
	}
	refresh(a, &s, loader, &busy);
	loader_close(loader);
	printf("{");
	print("still", &still);
	printf(",");
	print("refreshing", &busy);
	printf("}\n");
	surface_done(&s);
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	struct vmv_error err;
	struct vmv_live *live = vmv_live_open(&err);
	const struct vmv_tui_world world = { .data = live, .is_live = is_live, .load = load };
	const struct vmv_tui_options options = { .world = &world,
						 .target = argc > 1 ? argv[1] : "0",
						 .at = VMV_UNKNOWN };
	struct app *a = vmv_calloc(1, sizeof(*a));
	int status;

	if (!live) {
		fprintf(stderr, "frame: %s\n", err.text);
		return EXIT_FAILURE;
	}
	app_init(a, &options, false);
	status = measure(a, &world);
	app_done(a);
	free(a);
	vmv_live_close(live);
	return status;
}
