/*
 * regions.c - a process with many regions, for benchmarks
 *
 *	regions COUNT [FILE...]
 *
 * Maps until it has COUNT regions: memory that was written to, memory or pages of the files (in
 * turn) that were read, and reserved address space, as large programs have them.  Prints
 * "ready" and lives until its input ends.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t page;

static void die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static void map_over(char *at, size_t len, int prot, int fd)
{
	int flags = MAP_PRIVATE | MAP_FIXED | (fd < 0 ? MAP_ANONYMOUS : 0);
	char *got = mmap(at, len, prot, flags, fd, 0);

	if (got == MAP_FAILED)
		die("mmap");
	if (prot & PROT_WRITE)
		*got = 1;
	else if (prot && *(volatile char *)got == 0)
		return; /* it is the access that counts */
}

static long count_regions(void)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	long n = 0;
	int c;

	if (!maps)
		die("/proc/self/maps");
	while ((c = getc(maps)) != EOF)
		n += c == '\n';
	fclose(maps);
	return n;
}

/* Neighbours differ, so that the kernel does not merge them: in access, since anonymous memory of
 * one kind is one region. */
static void map_regions(long count, char **files, int nfiles)
{
	char *at = mmap(NULL, (size_t)count * 4 * page, PROT_NONE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	int fd = -1;

	if (at == MAP_FAILED)
		die("mmap");
	for (long i = 0; i < count; i++, at += 4 * page) {
		if (i % 4 == 0 && nfiles) {
			if (fd >= 0)
				close(fd);
			fd = open(files[i / 4 % nfiles], O_RDONLY);
			if (fd < 0)
				die(files[i / 4 % nfiles]);
		}
		switch (i % 4) {
		case 0:
			map_over(at, 4 * page, PROT_READ, fd);
			break;
		case 1:
			map_over(at, 4 * page, PROT_READ | PROT_WRITE, -1);
			break;
		case 2:
			map_over(at, 4 * page, fd < 0 ? PROT_READ : PROT_READ | PROT_WRITE, fd);
			break;
		default: /* stays reserved */
			break;
		}
	}
}

int main(int argc, char **argv)
{
	long count = argc > 1 ? atol(argv[1]) : 0, have = count_regions();
	char byte;

	page = (size_t)sysconf(_SC_PAGESIZE);
	if (count > have)
		map_regions(count - have, argv + 2, argc - 2);
	printf("ready %ld\n", count_regions());
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	return 0;
}
