/*
 * cmd_watch.c - see cmd.h
 *
 * Reading smaps holds up the process, so no more than a tenth of the time is
 * spent on that, whatever interval was asked for.
 */
#include "cmd.h"

#include "confine.h"
#include "interrupt.h"
#include "message.h"
#include "patience.h"
#include "record.h"
#include "target.h"
#include "terminal.h"
#include "vmapview/alloc.h"
#include "vmapview/diff.h"
#include "vmapview/diffjson.h"
#include "vmapview/difftable.h"
#include "vmapview/error.h"
#include "vmapview/live.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/options.h"
#include "vmapview/output.h"
#include "vmapview/run.h"
#include "vmapview/source.h"
#include "vmapview/view.h"
#include "vmapview/writer.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { LEAST_PAUSE = 9 }; /* times what reading took */

/** struct watch - one process being watched
 *  @target:    the process, while it is looked at
 *  @last:      what was seen last; of an unknown process before the first look
 *  @interrupt: its descriptor is readable once the user wants no more
 *  @next:      when to look again, on the monotonic clock in ns
 *  @took:      how long reading took
 *  @stretched: the user was told that the interval is too short */
struct watch {
	const struct vmv_options *o;
	const char *spec;
	struct vmv_live *live;
	struct vmv_target target;
	struct vmv_out *out;
	struct vmv_map last;
	struct interrupt interrupt;
	uint64_t next, took;
	bool stretched;
};

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* False if the user wants no more. */
static bool sleep_until(const struct watch *w, uint64_t when)
{
	struct pollfd fd = { .fd = w->interrupt.fd, .events = POLLIN };

	for (;;) {
		uint64_t now = now_ns(), left = when > now ? when - now : 0;
		struct timespec ts = { (time_t)(left / 1000000000), (long)(left % 1000000000) };
		int rc = ppoll(&fd, 1, &ts, NULL);

		if (rc > 0)
			return false;
		if (rc == 0 && now_ns() >= when)
			return true;
	}
}

static void plan_next(struct watch *w)
{
	uint64_t now = now_ns(), least = now + LEAST_PAUSE * w->took;

	w->next += w->o->watch;
	if (w->next >= least)
		return;
	w->next = least;
	if (w->stretched || LEAST_PAUSE * w->took < w->o->watch)
		return;
	w->stretched = true;
	say("%s: reading takes %.2g s; looking less often so as not to hold it up", w->spec,
	    (double)w->took / 1e9);
}

static const char *time_text(char *text, size_t size)
{
	time_t now = time(NULL);
	struct tm tm;

	if (!localtime_r(&now, &tm) || !strftime(text, size, "%Y-%m-%dT%H:%M:%S%z", &tm))
		*text = '\0';
	return text;
}

static int flush(struct watch *w)
{
	return say_flushed(w->out) ? VMV_EXIT_OK : VMV_EXIT_TROUBLE;
}

static int record_failed(const struct watch *w, const struct vmv_error *err)
{
	say("%s: %s", w->o->record, err->text);
	return VMV_EXIT_TROUBLE;
}

static int record(const struct watch *w, const struct vmv_map *map)
{
	struct vmv_error err;
	int document, rc;

	if (!w->o->record)
		return VMV_EXIT_OK;
	document = record_begin(&err);
	if (document < 0)
		return record_failed(w, &err);
	rc = record_write(document, map, &err);
	if (rc == 0)
		rc = record_append(w->o->record, document, &err);
	close(document);
	return rc < 0 ? record_failed(w, &err) : VMV_EXIT_OK;
}

static void print_start(struct watch *w)
{
	char time[64], line[256];

	snprintf(line, sizeof(line), "%s  %d: %zu regions\n", time_text(time, sizeof(time)),
		 w->last.process.tgid, w->last.nregions);
	if (!w->o->tables.json)
		vmv_out_text(w->out, line);
}

static void print_changes(struct watch *w, const struct vmv_map *map)
{
	char time[64], line[128];
	struct vmv_diffjson json = { .before = w->spec, .after = w->spec, .oneline = true };
	const struct vmv_report report = {
		.out = w->out, .headings = true, .ascii = !knows_utf8(), .width = terminal_width()
	};
	struct vmv_query query;
	struct vmv_diff diff;

	vmv_query_all(&query);
	vmv_diff_build(&diff, &w->last, map);
	if (w->o->tables.json) {
		vmv_diffjson_print(w->out, &diff, &json);
	} else {
		time_text(time, sizeof(time));
		snprintf(line, sizeof(line), diff.ndifferent ? "\n%s  %zu changed\n" : "%s\n", time,
			 diff.ndifferent);
		vmv_out_text(w->out, line);
		vmv_difftable_print(&report, &diff, &query);
	}
	vmv_diff_done(&diff);
}

/* A zombie has no memory; another start time is another process. */
static bool is_gone(const struct watch *w, const struct vmv_map *map, int rc)
{
	return rc == -ESRCH || (map->process.state == 'Z' && !map->nregions) ||
	       map->process.start_ticks != w->last.process.start_ticks;
}

static int load(struct watch *w, struct vmv_map *map, struct vmv_error *err)
{
	uint64_t start = now_ns();
	struct patience patience;
	int rc;

	patience_begin(&patience, w->spec, VMV_EXIT_TROUBLE);
	rc = load_open(&w->target, VMV_NEED_COUNTERS | VMV_NEED_CLASS | VMV_NEED_CONTEXT, map, err);
	patience_end(&patience);
	w->took = now_ns() - start;
	return rc;
}

/** What a look leads to; below it, an exit status. */
enum { AGAIN = -1 };

static int look(struct watch *w)
{
	struct vmv_error err;
	struct vmv_map map;
	int rc = load(w, &map, &err), status = AGAIN;

	if (is_gone(w, &map, rc)) {
		say("%s: the process is gone", w->spec);
		status = VMV_EXIT_OK;
	} else if (rc < 0 && rc != -EAGAIN) {
		say("%s", err.text);
		status = VMV_EXIT_TROUBLE;
	} else if (rc == 0) {
		if (!w->last.notice)
			tell_notice(&map);
		print_changes(w, &map);
		if (flush(w) || record(w, &map))
			status = VMV_EXIT_TROUBLE;
	}
	if (rc < 0 || status != AGAIN) { /* in the middle of exec: next time */
		vmv_map_done(&map);
		return status;
	}
	vmv_map_done(&w->last);
	w->last = map;
	return AGAIN;
}

static int watch(struct watch *w)
{
	int status = AGAIN;

	print_start(w);
	if (flush(w))
		return VMV_EXIT_TROUBLE;
	w->next = now_ns();
	for (uint64_t n = 0; status == AGAIN && (!w->o->count || n < w->o->count); n++) {
		plan_next(w);
		status = sleep_until(w, w->next) ? look(w) : VMV_EXIT_OK;
	}
	return status == AGAIN ? VMV_EXIT_OK : status;
}

static int first_look(struct watch *w)
{
	struct vmv_error err;
	int rc = open_target(&w->target, w->spec, w->live, &err);

	tell_notice(&w->last);
	if (rc == 0)
		rc = load(w, &w->last, &err);
	if (rc == 0)
		rc = record(w, &w->last) ? -EIO : 0;
	else
		say("%s", err.text);
	if (rc == -ESRCH)
		return VMV_EXIT_NOT_FOUND;
	if (rc < 0)
		return VMV_EXIT_TROUBLE;
	return w->o->watch ? watch(w) : VMV_EXIT_OK;
}

/** struct copy - a file that is read, to become a document */
struct copy {
	const struct watch *w;
	int document;
};

static int read_file(void *data)
{
	const struct copy *copy = data;
	const struct vmv_options *o = copy->w->o;
	struct vmv_error err;
	struct vmv_map map;
	int rc;

	rc = confine(o->targets, o->ntargets, &err);
	if (rc < 0)
		vmv_map_init(&map);
	else
		rc = load_target(copy->w->spec, copy->w->live, VMV_NEED_COUNTERS | VMV_NEED_CLASS,
				 VMV_EXIT_TROUBLE, &map, &err);
	tell_notice(&map);
	if (rc == 0)
		rc = refuse_rollup(copy->w->spec, &map, &err);
	if (rc == 0)
		rc = record_write(copy->document, &map, &err);
	if (rc < 0)
		say("%s", err.text);
	vmv_map_done(&map);
	return rc < 0 ? VMV_EXIT_TROUBLE : VMV_EXIT_OK;
}

/* The record is not within the reach of what parses the file. */
static int record_file(const struct watch *w)
{
	struct vmv_error err;
	struct copy copy = { w, record_begin(&err) };
	int status;

	if (copy.document < 0)
		return record_failed(w, &err);
	status = confine_apart(read_file, &copy, &err);
	if (status < 0)
		say("%s", err.text);
	if (status == VMV_EXIT_OK && record_append(w->o->record, copy.document, &err) < 0)
		status = record_failed(w, &err);
	close(copy.document);
	return status < 0 ? VMV_EXIT_TROUBLE : status;
}

int watch_target(const struct vmv_options *o)
{
	struct watch w = {
		.o = o, .spec = o->targets[0], .target = { .fd = -1 }, .interrupt = { .fd = -1 }
	};
	struct vmv_error err;
	int status;

	if (o->watch && !vmv_parse_pid(w.spec)) {
		say("%s: only a process can be watched", w.spec);
		return VMV_EXIT_TROUBLE;
	}
	if (open_live(o->targets, 1, &w.live, &err) < 0) {
		say("%s", err.text);
		return VMV_EXIT_TROUBLE;
	}
	w.out = vmv_calloc(1, sizeof(*w.out));
	w.out->fd = STDOUT_FILENO;
	if (o->watch)
		interrupt_open(&w.interrupt);
	status = confine_possible(o->targets, 1) ? record_file(&w) : first_look(&w);
	vmv_map_done(&w.last);
	vmv_target_close(&w.target);
	vmv_live_close(w.live);
	free(w.out);
	interrupt_close(&w.interrupt);
	return status;
}
