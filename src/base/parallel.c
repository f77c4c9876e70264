/* parallel.c - see parallel.h */
#include "vmapview/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>

/** struct piece - one of them, and the thread that does it */
struct piece {
	void (*work)(void *data, unsigned piece);
	void *data;
	unsigned number;
	pthread_t thread;
	bool started;
};

unsigned vmv_pieces(size_t items, size_t least)
{
	size_t n = items / least;
	cpu_set_t processors;

	if (n < 2)
		return 1;
	if (n > VMV_PIECES_MAX)
		n = VMV_PIECES_MAX;
	if (sched_getaffinity(0, sizeof(processors), &processors) == 0 &&
	    (size_t)CPU_COUNT(&processors) < n)
		n = (size_t)CPU_COUNT(&processors);
	return (unsigned)n;
}

static void *do_piece(void *arg)
{
	const struct piece *piece = arg;

	piece->work(piece->data, piece->number);
	return NULL;
}

/*
 * A thread begins where its starter runs, and may wait there until the scheduler sees that another
 * processor is idle.  What is done in a piece takes no longer than that.
 */
static void move_elsewhere(pthread_t thread)
{
	int here = sched_getcpu();
	cpu_set_t processors;

	if (here < 0 || sched_getaffinity(0, sizeof(processors), &processors) < 0)
		return;
	CPU_CLR((size_t)here, &processors);
	if (CPU_COUNT(&processors) > 0)
		pthread_setaffinity_np(thread, sizeof(processors), &processors);
}

void vmv_in_pieces(unsigned pieces, void (*work)(void *data, unsigned piece), void *data)
{
	struct piece others[VMV_PIECES_MAX];
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (unsigned i = 1; i < pieces; i++) {
		others[i] = (struct piece){ .work = work, .data = data, .number = i };
		others[i].started =
			pthread_create(&others[i].thread, NULL, do_piece, &others[i]) == 0;
		if (others[i].started)
			move_elsewhere(others[i].thread);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	work(data, 0);
	for (unsigned i = 1; i < pieces; i++) {
		if (others[i].started)
			pthread_join(others[i].thread, NULL);
		else
			work(data, i);
	}
}
