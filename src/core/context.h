/*
 * context.h - what the classes of regions are told from (private to core)
 *
 * classify.c finds it out, the predicates in class.c look at it.
 */
#ifndef VMV_CONTEXT_H
#define VMV_CONTEXT_H

#include "image.h"
#include "vmapview/map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	KIB = 1024,
	GUARD_MAX = 64 * KIB,       /* glibc: one page; JVM zones: up to 48 KiB */
	THREAD_MIN = 16 * KIB,      /* PTHREAD_STACK_MIN */
	THREAD_MAX = 64 * KIB * KIB /* larger than stacks are made; a heap then */
};

/** struct place - what is known of a region from others
 *  @in_use: the main thread's stack pointer is in it
 *  @below_stack: it and all between it and the main stack grow down, or may do so
 *  @threads: how many have their stack there, or only their stack pointer
 *  @proved: of one of them it is known to be the stack */
struct place {
	bool in_use, below_stack, proved;
	unsigned threads;
};

/** struct vmv_context - what the predicates look at; @places: one of each region */
struct vmv_context {
	struct vmv_map *map;
	struct place *places;
	struct images images;
	size_t loose_threads; /* threads whose stack is not proved */
	bool threads_known;
	bool access_known;          /* of some region */
	bool stack_named;           /* the kernel says which the main stack is */
	size_t after_program;       /* what may be the heap where no names tell; nregions if none */
	const char **class_objects; /* "[heap]" and the like by class */
	unsigned npieces;           /* that are classified at the same time */
};

static inline const struct vmv_region *region(const struct vmv_context *c, size_t i)
{
	return &c->map->regions[i];
}

static inline uint64_t size_of(const struct vmv_region *r)
{
	return r->end - r->start;
}

/* Most regions have no name at all, and each is asked for many. */
static inline bool named(const struct vmv_region *r, const char *name)
{
	return *r->name == *name && !strcmp(r->name, name);
}

/* Or none that was told, as in gcore's core files. */
static inline bool no_access(const struct vmv_region *r)
{
	return !(r->perms & (VMV_READ | VMV_WRITE | VMV_EXEC));
}

static inline bool read_write(const struct vmv_region *r)
{
	return (r->perms & (VMV_READ | VMV_WRITE)) == (VMV_READ | VMV_WRITE);
}

/* The region right below or above without a gap, or NULL. */
static inline const struct vmv_region *below(const struct vmv_context *c, size_t i)
{
	return i > 0 && region(c, i - 1)->end == region(c, i)->start ? region(c, i - 1) : NULL;
}

static inline const struct vmv_region *above(const struct vmv_context *c, size_t i)
{
	return i + 1 < c->map->nregions && region(c, i + 1)->start == region(c, i)->end
		       ? region(c, i + 1)
		       : NULL;
}

/* A stack has its guard below, or was mapped with MAP_STACK ("nh" since Linux 6.7). */
static inline bool has_guard(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *guard = below(c, i);

	return guard && vmv_is_anon(guard) && no_access(guard) && size_of(guard) <= GUARD_MAX;
}

/*
 * The thread that a name gives a stack to: Linux 3.4 to 4.4, glibc since 2.39, Android.  0 if
 * there is none, also for "[anon:stack_and_tls:main]", which is no stack.
 */
static inline int32_t named_thread(const struct vmv_region *r)
{
	static const char *const names[] = { "[stack:", "[anon: glibc: pthread stack: ",
					     "[anon: glibc: pthread user stack: ",
					     "[anon:stack_and_tls:" };

	for (size_t i = 0; *r->name == '[' && i < sizeof(names) / sizeof(*names); i++) {
		size_t len = strlen(names[i]);
		const char *digits = r->name + len;
		char *end;

		if (strncmp(r->name, names[i], len) != 0 || *digits < '1' || *digits > '9')
			continue;
		if (strtoul(digits, &end, 10) <= INT32_MAX && !strcmp(end, "]"))
			return (int32_t)strtoul(digits, NULL, 10);
	}
	return 0;
}

/* Stack pointers alone do not prove the stacks of several: Go cuts its stacks from a heap. */
static inline bool holds_stacks(const struct place *p)
{
	return p->threads == 1 || (p->threads && p->proved);
}

static inline bool may_be_thread(const struct vmv_region *r)
{
	return vmv_is_anon(r) && read_write(r) && size_of(r) >= THREAD_MIN;
}

#endif
