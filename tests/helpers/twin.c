/*
 * twin.c - a program that execs another with the same address space layout
 *
 * TWIN FILE 1 [vfork] prints its PID, waits for FILE, and becomes the program whose path
 * differs from its own in the last letter (b for a), with 0 for 1 and otherwise the same arguments
 * and environment.  With vfork, a child does so, which shares its parent's memory until then; the
 * PID is the child's.  With 0, it only waits.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void become_twin(char **argv)
{
	const struct timespec tick = { .tv_nsec = 1000000 };

	dprintf(STDOUT_FILENO, "%d\n", (int)getpid());
	while (access(argv[1], F_OK) < 0)
		nanosleep(&tick, NULL);
	execv(argv[0], argv);
	_exit(127);
}

int main(int argc, char **argv)
{
	size_t len = strlen(argv[0]);

	if (argc < 3 || argc > 4)
		return 2;
	if (*argv[2] == '1') {
		argv[0] = strdup(argv[0]);
		argv[0][len - 1] = 'b';
		*argv[2] = '0';
		if (argc == 3 || vfork() == 0)
			become_twin(argv);
	}
	for (;;)
		pause();
}
