/*
 * patience.h - no wait for a process is without an end (private to cli)
 *
 * A process can keep the lock of its memory map for as long as it likes, and then the kernel does
 * not answer who reads cmdline, maps or smaps.  Only the end of the program ends such a wait.
 */
#ifndef VMV_PATIENCE_H
#define VMV_PATIENCE_H

#include <pthread.h>
#include <stdbool.h>

/** struct patience - somebody watches: @what is being looked at; the other members are private */
struct patience {
	const char *what;
	int status;
	bool over, watched;
	pthread_t watcher;
	pthread_mutex_t lock;
	pthread_cond_t changed;
};

/**
 * patience_begin - end the program with exit status @status and a message about @what, if it does
 * nothing at all for half a minute
 *
 * Waiting takes no processor time, while reading does, however long it takes.
 */
void patience_begin(struct patience *p, const char *what, int status);

/** patience_end - it was answered. */
void patience_end(struct patience *p);

#endif
