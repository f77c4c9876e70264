/* interrupt.c - see interrupt.h: a thread waits for the signal, as a blocked program can't */
#include "interrupt.h"

#include "vmapview/run.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
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

/* The thread ends with the program, at the latest. */
static void *await(void *data)
{
	const sigset_t set = interrupts();
	int fd = (int)(intptr_t)data, number;

	while (sigwait(&set, &number) != 0)
		;
	if (eventfd_write(fd, 1) == 0)
		be_patient(&set);
	_exit(VMV_EXIT_TROUBLE);
}

static int start(int fd)
{
	pthread_attr_t attr;
	pthread_t thread;
	int rc = pthread_attr_init(&attr);

	if (rc)
		return rc;
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): the thread needs only a number */
	rc = pthread_create(&thread, &attr, await, (void *)(intptr_t)fd);
	pthread_attr_destroy(&attr);
	return rc;
}

int interrupt_open(void)
{
	const sigset_t set = interrupts();
	struct sigaction old;
	int fd;

	sigaction(SIGINT, NULL, &old);
	if (old.sa_handler == SIG_IGN)
		return -1;
	fd = eventfd(0, EFD_CLOEXEC);
	if (fd < 0)
		return -1;
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (start(fd) == 0)
		return fd;
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	close(fd);
	return -1;
}
