/* interrupt.c - see interrupt.h: a thread waits for the signal, as a blocked program can't */
#include "interrupt.h"

#include "vmapview/run.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { GRACE = 10 }; /* s: what is being done ends well within it, also on a busy machine */

static sigset_t interrupts(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	return set;
}

static time_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* Until a second interrupt, or for GRACE; being stopped and continued ends a wait, but not that. */
static void be_patient(const sigset_t *set)
{
	const struct timespec second = { .tv_sec = 1 };
	time_t end = now() + GRACE;

	while (sigtimedwait(set, NULL, &second) < 0 && now() < end)
		;
}

static void *await(void *data)
{
	struct interrupt *interrupt = data;
	const sigset_t set = interrupts();
	int number;

	while (sigwait(&set, &number) != 0)
		;
	if (!interrupt->closed && eventfd_write(interrupt->fd, 1) == 0)
		be_patient(&set);
	if (interrupt->closed)
		return NULL;
	_exit(VMV_EXIT_TROUBLE);
}

void interrupt_open(struct interrupt *to)
{
	const sigset_t set = interrupts();
	struct sigaction old;

	to->fd = -1;
	to->closed = false;
	sigaction(SIGINT, NULL, &old);
	if (old.sa_handler == SIG_IGN)
		return;
	to->fd = eventfd(0, EFD_CLOEXEC);
	if (to->fd < 0)
		return;
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (pthread_create(&to->thread, NULL, await, to) == 0)
		return;
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	close(to->fd);
	to->fd = -1;
}

void interrupt_close(struct interrupt *from)
{
	if (from->fd < 0)
		return;
	from->closed = true;
	pthread_kill(from->thread, SIGINT); /* blocked: the thread waits for it */
	pthread_join(from->thread, NULL);
	close(from->fd);
	from->fd = -1;
}
