/*
 * loader.h - reading in the background (private to tui)
 *
 * One thread does all slow reading, one job at a time, so that keys never wait
 * for it.  It never touches what is on the screen: a job comes back whole.
 */
#ifndef VMV_LOADER_H
#define VMV_LOADER_H

#include "vmapview/error.h"
#include "vmapview/processes.h"
#include "vmapview/tui.h"

#include <stdbool.h>
#include <stdint.h>

struct hex;
struct picture;

enum job_kind { JOB_NONE, JOB_MAP, JOB_LIST, JOB_MEMORY };

/**
 * struct job - something to read
 * @target, @needs: of a map; @target is owned
 * @base, @last: pictures to compare the map with, or NULL: the baseline and the one before; owned
 * @pss:     of a list
 * @of, @hex, @seek: of memory: the picture of the process, and what to look at, or else to search
 *           for; owned
 * @rc, @err: of a list; a picture has its own
 * @picture, @list: what came of it; taken over by setting them to zero
 * @cost:    how long it took, in ms
 */
struct job {
	enum job_kind kind;
	char *target;
	unsigned needs;
	struct picture *base, *last;
	bool pss;
	struct picture *of;
	struct hex *hex;
	struct seek *seek;
	int rc;
	struct vmv_error err;
	struct picture *picture;
	struct vmv_processes list;
	uint64_t cost;
};

/** job_run - do it, in this thread. */
void job_run(struct job *job, const struct vmv_tui_world *world);

/** job_done - release what is left in it. */
void job_done(struct job *job);

/** clock_ms - milliseconds on a clock that only goes on. */
uint64_t clock_ms(void);

struct loader;

/** loader_open - start the thread; NULL with @err set if there can be none. */
struct loader *loader_open(const struct vmv_tui_world *world, struct vmv_error *err);

/** loader_fd - readable when a job has come back. */
int loader_fd(const struct loader *l);

/** loader_start - hand over a job; false if one is under way. */
bool loader_start(struct loader *l, struct job *job);

/** loader_take - get back what is finished; false if nothing is. */
bool loader_take(struct loader *l, struct job *job);

/**
 * loader_close - end the thread, unless it is at work; NULL is fine
 *
 * A job may never end: a read(2) can hang.  It is not waited for.
 *
 * Return: false if a job is under way.  Then the thread still uses all that it was lent, and
 * only the end of the program, by _exit(2) or a signal, ends it.
 */
bool loader_close(struct loader *l);

#endif
