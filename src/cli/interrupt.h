/*
 * interrupt.h - take an interrupt (^C) between two steps, not within one (private to cli)
 */
#ifndef VMV_INTERRUPT_H
#define VMV_INTERRUPT_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

/** struct interrupt - @fd: readable after an interrupt; -1 if there is none to wait for.  It stays
 *  where it is until interrupt_close(). */
struct interrupt {
	int fd;
	pthread_t thread;
	atomic_bool closed;
};

/**
 * interrupt_open - let SIGINT make @to->fd readable instead of ending the program
 *
 * So a document that is being written is written to its end.  But no wait may outlast the
 * interrupt: after ten seconds, or at a second interrupt, the program ends with VMV_EXIT_TROUBLE.
 *
 * @to->fd is -1 if interrupts are ignored, or still end the program as usual because the
 * descriptor could not be set up.
 */
void interrupt_open(struct interrupt *to);

/** interrupt_close - no interrupt is waited for any more; SIGINT stays blocked. */
void interrupt_close(struct interrupt *from);

#endif
