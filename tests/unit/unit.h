/*
 * unit.h - what the unit tests share
 *
 * To be included first.  Each test program is one source file, so this defines
 * vmv_no_memory() for it.
 */
#ifndef VMV_UNIT_H
#define VMV_UNIT_H

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/lazy.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/reader.h"
#include "vmapview/smaps.h"
#include "vmapview/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

_Noreturn void vmv_no_memory(void)
{
	abort();
}

_Noreturn void vmv_no_library(const char *why)
{
	fail_msg("%s", why);
	abort();
}

/** unit_file - a descriptor from which the @len bytes can be read. */
static inline int unit_file(const void *bytes, size_t len)
{
	int fd = memfd_create("unit", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

/** unit_content - all that was written to @fd, with a NUL after it; free() it. */
static inline char *unit_content(int fd, size_t *len)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char *text = vmv_realloc(NULL, (size_t)size + 1, 1);

	assert_true(size >= 0);
	assert_int_equal(pread(fd, text, (size_t)size, 0), size);
	text[size] = '\0';
	if (len)
		*len = (size_t)size;
	return text;
}

/** unit_out - a writer whose text unit_printed() returns. */
static inline struct vmv_out *unit_out(void)
{
	struct vmv_out *out = vmv_calloc(1, sizeof(*out));

	out->fd = unit_file("", 0);
	return out;
}

/** unit_printed - all that was printed to @out, which is closed; free() it. */
static inline char *unit_printed(struct vmv_out *out)
{
	char *text;

	assert_int_equal(vmv_out_flush(out), 0);
	text = unit_content(out->fd, NULL);
	close(out->fd);
	free(out);
	return text;
}

/** unit_read_for - initialise *@map and read @len bytes of maps or smaps into it, as far as it is
 *  needed (need.h). */
static inline int unit_read_for(struct vmv_map *map, const char *text, size_t len, unsigned needs,
				struct vmv_error *err)
{
	struct vmv_reader in = { .fd = unit_file(text, len) };
	int rc;

	vmv_map_init(map);
	map->wanted = vmv_needed_stats(needs);
	rc = vmv_smaps_read(&in, "smaps", map, err);
	vmv_reader_done(&in);
	close(in.fd);
	return rc;
}

/** unit_read - the same with all that there is. */
static inline int unit_read(struct vmv_map *map, const char *text, size_t len,
			    struct vmv_error *err)
{
	return unit_read_for(map, text, len, VMV_NEED_COUNTERS, err);
}

/** unit_map - the same for text that must be accepted. */
static inline void unit_map(struct vmv_map *map, const char *text)
{
	struct vmv_error err;

	if (unit_read(map, text, strlen(text), &err) < 0)
		fail_msg("%s in:\n%s", err.text, text);
}

/** unit_counter - a counter of a region by its name in smaps. */
static inline uint64_t unit_counter(struct vmv_map *map, size_t region, const char *name)
{
	size_t fields = map->nfields, field = vmv_map_field(map, name, strlen(name), true);

	assert_int_equal(map->nfields, fields); /* it was there before */
	return vmv_map_counter(map, &map->regions[region], field);
}

#endif
