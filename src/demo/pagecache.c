/* pagecache.c - see pagecache.h */
#include "pagecache.h"

#include "area.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { AT_A_TIME = 4096, ATTEMPTS = 3 };

/* Add how many of the pages that are mapped at @start are in the page cache. */
static int count_window(void *start, size_t len, size_t page, size_t *cached)
{
	unsigned char in_core[AT_A_TIME];
	size_t pages = (len + page - 1) / page;

	if (mincore(start, len, in_core))
		return -1;
	for (size_t i = 0; i < pages; i++)
		*cached += in_core[i] & 1;
	return 0;
}

/* A mapping that is never touched adds no pages of its own. */
static int count_cached(const struct area *file, size_t *cached)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), window = AT_A_TIME * page;

	*cached = 0;
	for (size_t at = 0; at < file->size; at += window) {
		size_t len = file->size - at < window ? file->size - at : window;
		void *start = mmap(NULL, len, PROT_READ, MAP_SHARED, file->fd, (off_t)at);
		int status, why;

		if (start == MAP_FAILED)
			return -1;
		status = count_window(start, len, page, cached);
		why = errno;
		munmap(start, len);
		errno = why;
		if (status)
			return -1;
	}
	return 0;
}

int cache_drop(const struct area *file, size_t *cached)
{
	fsync(file->fd); /* dirty pages stay; what can't be written counts as cached */
	for (int i = 0; i < ATTEMPTS; i++) {
		posix_fadvise(file->fd, 0, 0, POSIX_FADV_DONTNEED);
		if (count_cached(file, cached))
			return -1;
		if (!*cached)
			break;
	}
	return 0;
}

static int read_through(const struct area *file, unsigned char *buffer, size_t len)
{
	ssize_t n = 1;

	for (size_t at = 0; n > 0 && at < file->size; at += (size_t)n) {
		n = pread(file->fd, buffer, len, (off_t)at);
		if (n < 0)
			return -1;
	}
	return 0;
}

int cache_fill(const struct area *file, unsigned char *buffer, size_t len, size_t *cached)
{
	size_t pages = (file->size - 1) / (size_t)sysconf(_SC_PAGESIZE) + 1;

	for (int i = 0;; i++) {
		if (count_cached(file, cached))
			return -1;
		if (*cached >= pages || i == ATTEMPTS)
			return 0;
		if (read_through(file, buffer, len))
			return -1;
	}
}
