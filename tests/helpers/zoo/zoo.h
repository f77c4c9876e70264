/*
 * zoo.h - a process that knows what it is made of
 *
 * The helpers of the class tests make regions and print what each one is.  The
 * truth comes from what the program did (the result of its mmap, its program
 * headers, its auxiliary vector), never from /proc/PID/maps.
 *
 * One region is one line, addresses in hex, the part "-" when there is none:
 *
 *	START-END CLASS PART PERMS # note
 *
 * A note that begins with "within:" says that the region holds START-END and
 * may be larger.  Otherwise the region begins at START; it ends at END or,
 * where the kernel merged it with a neighbour of the same kind, later.  What
 * the machine does not allow is "skip CLASS reason".
 */
#ifndef ZOO_H
#define ZOO_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#define ZOO_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ZOO_ASAN 1
#endif
#endif
#ifndef ZOO_ASAN
#define ZOO_ASAN 0
#endif

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/** struct zoo - where the next region goes and what to tidy up at the end
 *  @dir:   directory of the temporary files
 *  @page:  size of a page
 *  @next:  address of the next slot; slots lie far from anything the kernel
 *          places by itself and from each other, so nothing merges
 *  @brk:   where the heap began
 *  @block: keeps a block of the heap in use
 *  @shm:   name of the POSIX shared memory object, "" when there is none
 *  @files: paths of the temporary files, owned */
struct zoo {
	const char *dir;
	size_t page;
	uintptr_t next;
	uintptr_t brk;
	char *block;
	char shm[64];
	char *files[32];
	size_t nfiles;
};

/* truth.c: what every helper needs */

/** zoo_init - @dir may be NULL for a helper that makes no files */
void zoo_init(struct zoo *z, const char *dir);

/** zoo_done - remove the temporary files */
void zoo_done(struct zoo *z);

/** zoo_is - print the truth about @len bytes at @start */
void zoo_is(const void *start, size_t len, const char *class, const char *perms, const char *note);

/** zoo_part - the same for a piece of an image */
void zoo_part(uintptr_t start, uintptr_t end, const char *const class_part_perms[3],
	      const char *note);

/** zoo_skip - say that this machine has no @class, because of @what and errno */
void zoo_skip(const char *class, const char *what);

/** zoo_slot - the address of a free slot with room for many pages */
void *zoo_slot(struct zoo *z);

/** zoo_place - mmap into the next slot; NULL with errno set when refused */
void *zoo_place(struct zoo *z, size_t len, int prot, int flags, int fd);

/** zoo_touch - write to each page of @len bytes at @start */
void zoo_touch(void *start, size_t len, size_t page);

/** zoo_path - remember to remove @name in the directory; the path is borrowed */
const char *zoo_path(struct zoo *z, const char *name);

/** zoo_exit - die with a message: the helper itself is broken */
_Noreturn void zoo_exit(const char *what);

/* The makers: each prints the truth about what it made. */
void zoo_images(struct zoo *z);     /* image.c: what the loader mapped */
void zoo_kernel(struct zoo *z);     /* image.c: vdso and vvar */
void zoo_heap(struct zoo *z);       /* image.c: the brk heap */
void zoo_stack(struct zoo *z);      /* image.c: the main stack */
void zoo_files(struct zoo *z);      /* files.c: mapped files */
void zoo_plugins(struct zoo *z);    /* files.c: libraries loaded by hand */
void zoo_memory(struct zoo *z);     /* memory.c: private memory without a file */
void zoo_code(struct zoo *z);       /* memory.c: code written at run time */
void zoo_shared(struct zoo *z);     /* shared.c: shared memory of every sort */
void zoo_huge(struct zoo *z);       /* shared.c: huge pages */
void zoo_devices(struct zoo *z);    /* device.c: rings and device memory */
void zoo_threads(struct zoo *z);    /* thread.c: stacks, guards, arenas */
void zoo_crowd(struct zoo *z);      /* thread.c: stacks in one region, as glibc 2.42 has them */
void zoo_cut_stacks(struct zoo *z); /* thread.c: a heap with stacks in it, as Go has it */

/** zoo_arena - the truth about the arena that @block, from malloc, is in */
void zoo_arena(const void *block, const char *note);

/** zoo_ready - print "ready PID"; everything printed before is now visible */
void zoo_ready(void);

#endif
