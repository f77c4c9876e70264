/*
 * tui.c - see tui.h: the loop between terminal, reading thread and view
 */
#include "vmapview/tui.h"

#include "app.h"
#include "loader.h"
#include "surface.h"
#include "term.h"
#include "vmapview/alloc.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { PATIENCE = 50 }; /* ms of work between two looks at the keys */

/** struct run - one use of the view; what reads maps is @loader, and memory @looker */
struct run {
	struct app app;
	struct term *term;
	struct loader *loader, *looker;
	struct surface surface;
	int signal; /* that ends it */
};

static void draw(struct run *run)
{
	int width, height;

	term_size(run->term, &width, &height);
	if (width != run->surface.width || height != run->surface.height)
		surface_resize(&run->surface, width, height);
	app_resize(&run->app, width, height);
	app_draw(&run->app, &run->surface);
	term_show(run->term, &run->surface);
}

static void take_signals(struct run *run)
{
	int sig;

	while ((sig = term_signal(run->term))) {
		if (sig == SIGTSTP)
			run->app.stop = true;
		else if (sig != SIGWINCH && sig != SIGCONT)
			run->signal = sig;
	}
}

static void take_keys(struct run *run)
{
	struct key key;

	while (!run->app.quit && term_key(run->term, &key))
		app_key(&run->app, &key);
}

static void take_loaded(struct run *run, struct loader *loader)
{
	struct job job = { 0 };

	if (loader_take(loader, &job))
		app_take(&run->app, &job);
	job_done(&job);
}

static void start_loading(struct run *run)
{
	struct job job = { 0 };

	if (app_tick(&run->app, clock_ms(), &job))
		loader_start(run->loader, &job);
	job_done(&job);
}

static void start_looking(struct run *run)
{
	struct job job = { 0 };

	if (app_look(&run->app, &job))
		loader_start(run->looker, &job);
	job_done(&job);
}

static bool is_disturbed(const struct run *run)
{
	struct pollfd fds[] = {
		{ .fd = term_key_fd(run->term), .events = POLLIN },
		{ .fd = term_signal_fd(run->term), .events = POLLIN },
	};

	return poll(fds, 2, 0) != 0;
}

/* What takes longer goes on after the next look at the keys, and the screen shows how far it is. */
static void work(struct run *run)
{
	uint64_t now = clock_ms(), end = now + PATIENCE;

	while (now < end && app_work(&run->app, now) && !is_disturbed(run))
		now = clock_ms();
}

/* Until something happens.  True if the terminal is still there. */
static bool wait_for_events(struct run *run)
{
	struct pollfd fds[] = {
		{ .fd = term_key_fd(run->term), .events = POLLIN },
		{ .fd = term_signal_fd(run->term), .events = POLLIN },
		{ .fd = loader_fd(run->loader), .events = POLLIN },
		{ .fd = loader_fd(run->looker), .events = POLLIN },
	};

	if (poll(fds, 4, app_timeout(&run->app, clock_ms())) < 0 && errno != EINTR)
		return false;
	if (fds[1].revents)
		take_signals(run);
	if (fds[2].revents)
		take_loaded(run, run->loader);
	if (fds[3].revents)
		take_loaded(run, run->looker);
	if (fds[0].revents & POLLIN)
		take_keys(run);
	return !(fds[0].revents & (POLLERR | POLLHUP | POLLNVAL));
}

static void loop(struct run *run)
{
	bool there = true;

	while (there && !run->signal && !run->app.quit && !run->app.hopeless) {
		work(run);
		start_loading(run);
		draw(run);
		start_looking(run);
		there = wait_for_events(run);
		if (run->app.redraw)
			term_redraw(run->term);
		run->app.redraw = false;
		if (run->app.stop) {
			run->app.stop = false;
			term_stop(run->term);
		}
	}
}

/* Die of the signal that ended the view; returns if it is held back. */
static void raise_again(int sig)
{
	signal(sig, SIG_DFL); /* curses left its own handler */
	raise(sig);
}

static bool open_loaders(struct run *run, const struct vmv_tui_world *world, struct vmv_error *err)
{
	run->loader = loader_open(world, err);
	run->looker = run->loader ? loader_open(world, err) : NULL;
	return run->looker != NULL;
}

/* False if one of them is at work. */
static bool close_loaders(struct run *run)
{
	bool idle = loader_close(run->loader);

	return loader_close(run->looker) && idle;
}

int vmv_tui_run(const struct vmv_tui_options *options, struct vmv_error *err)
{
	struct run *run = vmv_calloc(1, sizeof(*run));
	int rc = -ENOTTY;
	bool shown;

	run->term = term_open(options->color, options->keys ? options->keys : stdin, err);
	if (run->term && options->world->ready)
		options->world->ready(options->world->data);
	shown = run->term && open_loaders(run, options->world, err);
	if (shown) {
		app_init(&run->app, options, term_ascii(run->term));
		run->surface.ascii = run->app.ascii;
		run->surface.plain = run->app.plain = term_plain(run->term);
		loop(run);
		rc = 0;
		if (run->app.hopeless)
			rc = vmv_fail(err, run->app.failed.code, "%s", run->app.failed.text);
	}
	term_close(run->term);
	if (run->signal)
		raise_again(run->signal);
	if (!close_loaders(run))
		_exit(EXIT_SUCCESS);
	if (shown)
		app_done(&run->app);
	surface_done(&run->surface);
	free(run);
	return rc;
}
