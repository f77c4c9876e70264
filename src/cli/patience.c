/* patience.c - see patience.h */
#include "patience.h"

#include "message.h"

#include <stdint.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 30 }; /* longer than all that is waited for elsewhere, as in apart.c */

static uint64_t ns(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* Processor time of all threads but this one. */
static uint64_t work_done(void)
{
	uint64_t own = ns(CLOCK_THREAD_CPUTIME_ID), all = ns(CLOCK_PROCESS_CPUTIME_ID);

	return all - own;
}

/* Less than a thread takes to run at all; the two clocks are not read at once. */
static bool is_idle(uint64_t before, uint64_t now)
{
	return now < before + 1000000;
}

/* False if it was over before that. */
static bool wait_a_second(struct patience *p)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec++;
	while (!p->over)
		if (pthread_cond_timedwait(&p->changed, &p->lock, &until) != 0)
			return true;
	return false;
}

static void *watch(void *data)
{
	struct patience *p = data;
	uint64_t before = 0;
	unsigned idle = 0;

	pthread_mutex_lock(&p->lock);
	while (idle < SECONDS && wait_a_second(p)) {
		uint64_t now = work_done();

		idle = is_idle(before, now) ? idle + 1 : 0;
		before = idle ? before : now;
	}
	if (idle == SECONDS) {
		say("%s: no answer for %d seconds: its memory map is locked", p->what, SECONDS);
		_exit(p->status);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

void patience_begin(struct patience *p, const char *what, int status)
{
	pthread_condattr_t monotonic;

	*p = (struct patience){ .what = what, .status = status };
	pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&p->changed, &monotonic);
	pthread_condattr_destroy(&monotonic);
	p->watched = pthread_create(&p->watcher, NULL, watch, p) == 0;
}

void patience_end(struct patience *p)
{
	pthread_mutex_lock(&p->lock);
	p->over = true;
	pthread_cond_signal(&p->changed);
	pthread_mutex_unlock(&p->lock);
	if (p->watched)
		pthread_join(p->watcher, NULL);
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
}
