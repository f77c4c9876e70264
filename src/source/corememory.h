/*
 * corememory.h - the segments of a core file and what they hold (private to source)
 */
#ifndef VMV_COREMEMORY_H
#define VMV_COREMEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** struct coreload - one PT_LOAD; the core file holds @length bytes of it from @place on */
struct coreload {
	uint64_t start, end, place, length;
	uint8_t perms;
};

/**
 * struct corememory - all segments
 * @fd:        the core file; borrowed
 * @wide, @big: its numbers have 64 bits, and the most significant byte first
 * @failure:   the first errno of reading the file; ENODATA: it ended too early
 * @edges:     where segments begin and end, in memory and in the file, combined with "or"
 * @loads:     in address order once corememory_sort() was called; owned
 */
struct corememory {
	int fd;
	bool wide, big;
	int failure;
	uint64_t edges;
	struct coreload *loads;
	size_t nloads, room;
};

/** corememory_add, corememory_sort - append a segment; put them in order. */
void corememory_add(struct corememory *m, const struct coreload *load);
void corememory_sort(struct corememory *m);

/** corememory_page - size of a page on the machine that the core file is of. */
uint64_t corememory_page(const struct corememory *m);

/** corememory_at - the segment that holds the address, or the first above; nloads if none. */
size_t corememory_at(const struct corememory *m, uint64_t address);

/** corememory_find - where in the file the @size bytes at @address are; false if not all of them
 * are in it. */
bool corememory_find(const struct corememory *m, uint64_t address, size_t size, uint64_t *place);

/** corefile_read - read what is there; 0, or a negative errno: -ENODATA if the file ends before. */
int corefile_read(int fd, uint64_t place, void *to, size_t size);

/** corememory_read - the @size bytes at @address; false if not all of them are in the file. */
bool corememory_read(struct corememory *m, uint64_t address, void *to, size_t size);

/** core_number - the number of @size bytes at @bytes; @big: most significant byte first. */
uint64_t core_number(const void *bytes, size_t size, bool big);

/** corememory_number - the number of @size bytes at @bytes, in the order of the core. */
uint64_t corememory_number(const struct corememory *m, const void *bytes, size_t size);

/** corememory_done - release @loads. */
void corememory_done(struct corememory *m);

#endif
