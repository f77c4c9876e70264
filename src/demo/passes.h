/*
 * passes.h - ways to go through a file once, all of which sum up its bytes
 */
#ifndef VMV_DEMO_PASSES_H
#define VMV_DEMO_PASSES_H

#include <stddef.h>
#include <stdint.h>

/** struct pass - one way through a file
 *  @size:   what there is to read
 *  @page:   of memory
 *  @buffer: PASS_BUFFER bytes that are in memory
 *  @sum:    of all bytes, each shifted by its place in a word of 8: the same in any order
 *  @bytes:  how many were seen
 *  @calls:  system calls that were issued
 *  @error:  errno of the one that failed, else 0 */
struct pass {
	int fd;
	size_t size, page;
	unsigned char *buffer;
	uint64_t sum;
	size_t bytes;
	unsigned long long calls;
	int error;
};

enum { PASS_BUFFER = 128 * 1024 }; /* as that of cat */

/** struct way - @order is that of the pages; @run is for guarded(), its data a struct pass */
struct way {
	const char *name, *order;
	void (*run)(void *pass);
};

extern const struct way ways[];

enum { NWAYS = 4 };

#endif
