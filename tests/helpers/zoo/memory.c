/*
 * memory.c - private memory without a file, and code written into it
 */
#include "zoo.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA           0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif

#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)
#define RW   (PROT_READ | PROT_WRITE)

/** struct memory_kind - one sort of anonymous memory
 *  @pages: its length
 *  @touch: pages to write to
 *  @advice: for madvise, 0 for none
 *  @optional: kernels may not know the advice */
struct memory_kind {
	size_t pages, touch;
	int prot, flags, advice;
	const char *class, *perms, *note;
};

/* clang-format off */
static const struct memory_kind kinds[] = {
	{ 16, 16, RW, ANON, 0, "anon", "rw-p", "anonymous" },
	{ 16, 0, RW, ANON, 0, "anon", "rw-p", "anonymous, never touched" },
	{ 4, 0, PROT_READ, ANON, 0, "anon", "r--p", "anonymous, read only" },
	{ 16, 4, RW, ANON | MAP_NORESERVE, 0, "anon", "rw-p", "anonymous, no swap reserved" },
	{ 16, 4, RW, ANON | MAP_GROWSDOWN, 0, "anon", "rw-p", "grows down" },
	{ 4, 0, RW, ANON | MAP_LOCKED, 0, "anon", "rw-p", "locked" },
	{ 16, 4, RW, ANON, MADV_NOHUGEPAGE, "anon", "rw-p", "no huge pages" },
	{ 16, 4, RW, ANON, MADV_DONTDUMP, "anon", "rw-p", "not in a core dump" },
	{ 16, 4, RW, ANON, MADV_WIPEONFORK, "anon", "rw-p", "wiped on fork" },
	{ 16, 4, RW, ANON, MADV_DONTFORK, "anon", "rw-p", "not inherited" },
	{ 1024, 0, PROT_NONE, ANON | MAP_NORESERVE, 0, "reserve", "---p", "a reservation" },
	{ 32768, 0, PROT_NONE, ANON | MAP_NORESERVE, 0, "reserve", "---p", "a large reservation" },
};
/* clang-format on */

static void make_kind(struct zoo *z, const struct memory_kind *k)
{
	size_t len = k->pages * z->page;
	void *p = zoo_place(z, len, k->prot, k->flags, -1);

	while (z->next < (uintptr_t)p + len)
		zoo_slot(z);
	if (!p) {
		zoo_skip(k->class, k->note);
		return;
	}
	if (k->advice && madvise(p, len, k->advice)) {
		zoo_skip(k->class, k->note);
		munmap(p, len);
		return;
	}
	zoo_touch(p, k->touch * z->page, z->page);
	zoo_is(p, len, k->class, k->perms, k->note);
}

static void make_guarded(struct zoo *z)
{
	size_t len = 17 * z->page;
	char *p = zoo_place(z, len, RW, ANON, -1);

	if (!p || mprotect(p, z->page, PROT_NONE)) {
		zoo_skip("guard", "a page below memory");
		return;
	}
	zoo_touch(p + z->page, len - z->page, z->page);
	zoo_is(p, z->page, "guard", "---p", "a page below memory");
	zoo_is(p + z->page, len - z->page, "anon", "rw-p", "memory above its guard");
}

static void make_named(struct zoo *z)
{
	size_t len = 8 * z->page;
	void *p = zoo_place(z, len, RW, ANON, -1);

	if (!p)
		zoo_exit("mmap");
	zoo_touch(p, len, z->page);
	if (prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, p, len, "zoo cage")) {
		zoo_skip("named", "PR_SET_VMA_ANON_NAME");
		munmap(p, len);
		return;
	}
	zoo_is(p, len, "named", "rw-p", "named by the program");
}

/* What an arena of malloc() looks like, but for what is in it; others make their memory so. */
static void make_no_arena(struct zoo *z)
{
	const size_t whole = (size_t)64 << 20, used = 33 * z->page;
	char *p;

	while (z->next % whole)
		zoo_slot(z);
	p = zoo_place(z, whole, PROT_NONE, ANON | MAP_NORESERVE, -1);
	while (z->next < (uintptr_t)p + whole)
		zoo_slot(z);
	if (!p || mprotect(p, used, RW)) {
		zoo_skip("anon", "what looks like an arena");
		return;
	}
	zoo_touch(p, used, z->page);
	zoo_is(p, used, "anon", "rw-p", "looks like an arena");
	zoo_is(p + used, whole - used, "reserve", "---p", "the rest of what looks like an arena");
}

void zoo_memory(struct zoo *z)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		make_kind(z, &kinds[i]);
	make_guarded(z);
	make_named(z);
	make_no_arena(z);
}

/* A function that returns 42, where we know the machine's language. */
#if defined(__x86_64__) || defined(__i386__)
static const unsigned char answer[] = { 0xb8, 42, 0, 0, 0, 0xc3 };
#elif defined(__aarch64__)
static const unsigned char answer[] = { 0x40, 5, 0x80, 0x52, 0xc0, 3, 0x5f, 0xd6 };
#else
static const unsigned char answer[1];
#endif

static void run(void *code)
{
	int (*function)(void);

	if (sizeof(answer) == 1)
		return;
	__builtin___clear_cache((char *)code, (char *)code + sizeof(answer));
	memcpy(&function, &code, sizeof(code));
	if (function() != 42)
		zoo_exit("code");
}

static void make_code(struct zoo *z, int prot, const char *perms, const char *note)
{
	size_t len = 4 * z->page;
	void *p = zoo_place(z, len, RW, ANON, -1);

	if (!p)
		zoo_exit("mmap");
	memcpy(p, answer, sizeof(answer));
	if (mprotect(p, len, prot)) {
		zoo_skip("jit", note);
		munmap(p, len);
		return;
	}
	run(p);
	zoo_is(p, len, "jit", perms, note);
}

/* One file in memory, seen twice: where code is written and where it runs. */
static void make_code_in_memfd(struct zoo *z)
{
	size_t len = 4 * z->page;
	int fd = memfd_create("code", MFD_CLOEXEC);
	void *write_here, *run_here;

	if (fd < 0 || ftruncate(fd, (off_t)len)) {
		zoo_skip("jit", "memfd_create");
		return;
	}
	write_here = zoo_place(z, len, RW, MAP_SHARED, fd);
	run_here = zoo_place(z, len, PROT_READ | PROT_EXEC, MAP_SHARED, fd);
	close(fd);
	if (!write_here || !run_here) {
		zoo_skip("jit", "memfd run as code");
		return;
	}
	memcpy(write_here, answer, sizeof(answer));
	run(run_here);
	zoo_is(write_here, len, "memfd", "rw-s", "memfd where code is written");
	zoo_is(run_here, len, "jit", "r-xs", "memfd run as code");
}

void zoo_code(struct zoo *z)
{
	make_code(z, RW | PROT_EXEC, "rwxp", "writable code");
	make_code(z, PROT_READ | PROT_EXEC, "r-xp", "code that was written before");
	make_code_in_memfd(z);
}
