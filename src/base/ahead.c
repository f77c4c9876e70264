/* ahead.c - see ahead.h: a ring of blocks between two threads */
#include "ahead.h"

#include "vmapview/alloc.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Few wake-ups, but little left to be done after the last read, so blocks grow with what there is;
 * and all of them in the cache of a processor. */
enum { BLOCKS = 4, FIRST = 64 * 1024, SHARE = 32 };

/** struct block - what was read, behind room for the rest of the one before */
struct block {
	size_t len;
	char bytes[AHEAD_REST + AHEAD_BLOCK + 1];
};

/** struct ahead - one file being read
 *  @lock:   guards what follows; the reader owns the blocks outside of [@taken, @filled)
 *  @filled, @taken: how many blocks have been, ever; the one after the taken ones is in use if
 *           @held
 *  @ended:  nothing follows the filled blocks but @error: 0 or a negative errno */
struct ahead {
	int fd;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t filled, taken;
	bool ended, stopped, held;
	int error;
	struct block blocks[BLOCKS];
};

/* Fill a block up to @size: 1, 0 at the end of the file, or a negative errno. */
static int fill(int fd, struct block *block, size_t size)
{
	char *to = block->bytes + AHEAD_REST;

	block->len = 0;
	while (block->len < size) {
		ssize_t got = read(fd, to + block->len, size - block->len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got ? -errno : 0;
		block->len += (size_t)got;
	}
	return 1;
}

static void *read_ahead(void *arg)
{
	struct ahead *a = arg;
	size_t all = 0;
	int rc = 1;

	pthread_mutex_lock(&a->lock);
	while (rc > 0) {
		struct block *block = &a->blocks[a->filled % BLOCKS];
		size_t size = all / SHARE < FIRST ? FIRST : all / SHARE;

		while (!a->stopped && a->filled - a->taken == BLOCKS)
			pthread_cond_wait(&a->changed, &a->lock);
		if (a->stopped)
			break;
		pthread_mutex_unlock(&a->lock);
		rc = fill(a->fd, block, size < AHEAD_BLOCK ? size : AHEAD_BLOCK);
		all += block->len;
		pthread_mutex_lock(&a->lock);
		a->filled += block->len > 0;
		a->ended = rc <= 0;
		a->error = rc < 0 ? rc : 0;
		pthread_cond_signal(&a->changed);
	}
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

static bool has_other_processor(void)
{
	cpu_set_t processors;

	return sched_getaffinity(0, sizeof(processors), &processors) < 0 ||
	       CPU_COUNT(&processors) > 1;
}

struct ahead *ahead_start(int fd)
{
	struct ahead *a;
	sigset_t all, before;
	int rc;

	if (!has_other_processor())
		return NULL;
	a = vmv_realloc(NULL, 1, sizeof(*a)); /* its blocks need no zeros */
	a->fd = fd;
	a->filled = a->taken = 0;
	a->ended = a->stopped = a->held = false;
	a->error = 0;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->changed, NULL);
	/* Signals are for the thread that we were called in. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&a->thread, NULL, read_ahead, a);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (rc == 0)
		return a;
	free(a);
	return NULL;
}

long ahead_take(struct ahead *a, const char *rest, size_t len, char **at)
{
	size_t number = a->taken + a->held;
	struct block *block = &a->blocks[number % BLOCKS];
	bool have;

	pthread_mutex_lock(&a->lock);
	while (a->filled == number && !a->ended)
		pthread_cond_wait(&a->changed, &a->lock);
	have = a->filled > number;
	pthread_mutex_unlock(&a->lock);
	if (!have)
		return a->error;
	*at = block->bytes + AHEAD_REST - len;
	if (len)
		memcpy(*at, rest, len);
	pthread_mutex_lock(&a->lock);
	/* Wake the reader only if it waits.  From here on the block before is its own. */
	if (a->held && a->filled - a->taken++ == BLOCKS)
		pthread_cond_signal(&a->changed);
	a->held = true;
	pthread_mutex_unlock(&a->lock);
	return (long)block->len;
}

void ahead_stop(struct ahead *a)
{
	if (!a)
		return;
	pthread_mutex_lock(&a->lock);
	a->stopped = true;
	pthread_cond_signal(&a->changed);
	pthread_mutex_unlock(&a->lock);
	pthread_join(a->thread, NULL);
	pthread_cond_destroy(&a->changed);
	pthread_mutex_destroy(&a->lock);
	free(a);
}
