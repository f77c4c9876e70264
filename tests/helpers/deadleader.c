/*
 * A process whose first thread is gone while a second one lives on: /proc/PID/maps of the leader
 * is empty and its state Z, yet the memory is all there.  With the argument "stay" the leader
 * stays, and it is just a process with two threads; with "fault" a third one has page faults all
 * the time. Prints "PID TID" of leader and second thread before the leader goes, and waits for a
 * signal.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *live_on(void *arg)
{
	printf("%d %ld\n", (int)getpid(), (long)syscall(SYS_gettid));
	fflush(stdout);
	sem_post(arg);
	while (pause() < 0) /* always */
		;
	return NULL;
}

static void *fault(void *arg)
{
	const size_t size = 64 * 1024;

	alarm(60); /* in case that nobody ends it */
	for (;;) {
		char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			       0);

		if (p == MAP_FAILED)
			return arg;
		memset(p, 1, size);
		munmap(p, size);
		usleep(1000);
	}
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";
	pthread_t thread, other;
	sem_t told;

	if (sem_init(&told, 0, 0) || pthread_create(&thread, NULL, live_on, &told))
		return 1;
	while (sem_wait(&told) < 0) /* interrupted */
		;
	if (!strcmp(how, "fault") && pthread_create(&other, NULL, fault, NULL))
		return 1;
	if (!strcmp(how, "stay"))
		pthread_join(thread, NULL);
	pthread_exit(NULL);
}
