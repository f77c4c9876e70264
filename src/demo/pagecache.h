/*
 * pagecache.h - put a file into the page cache, or out of it
 *
 * Neither can be forced; both tell how many pages of it are in the cache then.
 * Return 0, or -1 with errno.
 */
#ifndef VMV_DEMO_PAGECACHE_H
#define VMV_DEMO_PAGECACHE_H

#include <stddef.h>

struct area;

/** cache_drop - write the file back and ask the kernel to forget its pages. */
int cache_drop(const struct area *file, size_t *cached);

/** cache_fill - read the file, by way of @buffer, a few times at most, until all of it is there. */
int cache_fill(const struct area *file, unsigned char *buffer, size_t len, size_t *cached);

#endif
