/* alloc.c - see alloc.h */
#include "vmapview/alloc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14 */
#endif

enum { LARGE = 256 * 1024 };

void *vmv_realloc(void *p, size_t count, size_t size)
{
	/* reallocarray() checks the product; zero bytes must not look like failure. */
	p = reallocarray(p, count ? count : 1, size);
	if (!p)
		vmv_no_memory();
	return p;
}

void *vmv_calloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size);

	if (!p)
		vmv_no_memory();
	return p;
}

char *vmv_strdup(const char *s)
{
	size_t size;

	if (!s)
		return NULL;
	size = strlen(s) + 1;
	return memcpy(vmv_realloc(NULL, size, 1), s, size);
}

char *vmv_vasprintf(const char *fmt, va_list ap)
{
	char *text;

	if (vasprintf(&text, fmt, ap) < 0)
		vmv_no_memory();
	return text;
}

char *vmv_asprintf(const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = vmv_vasprintf(fmt, ap);
	va_end(ap);
	return text;
}

/* What is about to be filled: a call costs less than a fault for each of its pages. */
static void populate(char *p, size_t size)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), skip = -(uintptr_t)p & (page - 1);

	/* On a kernel that does not know it, the faults come. */
	if (size > skip)
		madvise(p + skip, (size - skip) & ~(page - 1), MADV_POPULATE_WRITE);
}

void *vmv_enlarge(void *p, size_t used, size_t count, size_t size)
{
	p = vmv_realloc(p, count, size);
	if (count * size >= LARGE)
		populate((char *)p + used * size, (count - used) * size);
	return p;
}

void *vmv_grow(void *p, size_t used, size_t *room, size_t size)
{
	if (used < *room)
		return p;
	*room = *room ? *room * 2 : 16;
	return vmv_enlarge(p, used, *room, size);
}
