/*
 * truth.c - the words the zoo speaks and the places it puts things
 */
#include "zoo.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SLOT_DISTANCE 0x1111000u /* an odd number of pages: no slot is aligned by accident */

/* A hint the kernel would not choose, for 47 and for 39 bits of address. */
static uintptr_t free_area(size_t page)
{
	static const uint64_t area[] = { 0x200000000000, 0x2000000000, 0x60000000 };

	for (size_t i = 0; i < ARRAY_SIZE(area); i++) {
		void *hint = (void *)(uintptr_t)area[i];
		void *p = mmap(hint, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (p == MAP_FAILED)
			continue;
		munmap(p, page);
		if (p == hint)
			return (uintptr_t)p + page;
	}
	zoo_exit("no free address area");
}

void zoo_init(struct zoo *z, const char *dir)
{
	static char out[32768]; /* so that printing does not grow the heap */

	*z = (struct zoo){ .dir = dir, .brk = (uintptr_t)sbrk(0) };
	z->page = (size_t)sysconf(_SC_PAGESIZE);
	z->next = free_area(z->page);
	setvbuf(stdout, out, _IOFBF, sizeof(out));
}

void zoo_done(struct zoo *z)
{
	for (size_t i = 0; i < z->nfiles; i++) {
		unlink(z->files[i]);
		free(z->files[i]);
	}
	z->nfiles = 0;
	free(z->block);
	z->block = NULL;
	if (*z->shm)
		shm_unlink(z->shm);
	*z->shm = '\0';
}

static void say(uintptr_t start, uintptr_t end, const char *words, const char *note)
{
	printf("%lx-%lx %s # %s\n", (unsigned long)start, (unsigned long)end, words, note);
}

void zoo_is(const void *start, size_t len, const char *class, const char *perms, const char *note)
{
	zoo_part((uintptr_t)start, (uintptr_t)start + len,
		 (const char *const[]){ class, "-", perms }, note);
}

void zoo_part(uintptr_t start, uintptr_t end, const char *const class_part_perms[3],
	      const char *note)
{
	char words[64];

	snprintf(words, sizeof(words), "%s %s %s", class_part_perms[0], class_part_perms[1],
		 class_part_perms[2]);
	say(start, end, words, note);
}

void zoo_skip(const char *class, const char *what)
{
	printf("skip %s %s: %s\n", class, what, strerror(errno));
}

void *zoo_slot(struct zoo *z)
{
	void *slot = (void *)z->next;

	z->next += SLOT_DISTANCE;
	return slot;
}

void *zoo_place(struct zoo *z, size_t len, int prot, int flags, int fd)
{
	void *p = mmap(zoo_slot(z), len, prot, flags | MAP_FIXED_NOREPLACE, fd, 0);

	return p == MAP_FAILED ? NULL : p;
}

void zoo_touch(void *start, size_t len, size_t page)
{
	for (size_t at = 0; at < len; at += page)
		((volatile char *)start)[at] = 1;
}

const char *zoo_path(struct zoo *z, const char *name)
{
	size_t size = strlen(z->dir) + strlen(name) + 2;
	char *path = malloc(size);

	if (!path || z->nfiles == ARRAY_SIZE(z->files))
		zoo_exit("too many files");
	snprintf(path, size, "%s/%s", z->dir, name);
	z->files[z->nfiles++] = path;
	return path;
}

void zoo_exit(const char *what)
{
	err(2, "%s", what);
}

void zoo_ready(void)
{
	printf("ready %ld\n", (long)getpid());
	if (fflush(stdout))
		zoo_exit("standard output");
}
