/*
 * lock.c - see lock.h, fcntl(2)
 *
 * Not flock(2): whoever can open a file for reading can take any lock of that kind, and keep it.
 * With fcntl(2), readers can take only a shared lock, which we can tell from a writer's.
 */
#include "lock.h"

#include "vmapview/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <time.h>

enum {
	TRIES = 250,
	PAUSE = 20, /* ms; a document is written in less */
};

/* All lock the same byte: either shared or as its writer. */
static struct flock first_byte(void)
{
	return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1 };
}

static bool is_held_by_reader(int fd)
{
	struct flock lock = first_byte();

	return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type == F_RDLCK;
}

int lock_for_writing(int fd, struct vmv_error *err)
{
	const struct timespec pause = { .tv_nsec = PAUSE * 1000000L };

	for (int try = 0; try < TRIES; try++) {
		struct flock lock = first_byte();

		if (fcntl(fd, F_OFD_SETLK, &lock) == 0)
			return LOCK_HELD;
		if (errno != EAGAIN && errno != EACCES && errno != EINTR)
			return LOCK_NONE;
		if (is_held_by_reader(fd))
			return LOCK_NONE;
		nanosleep(&pause, NULL);
	}
	return vmv_fail(err, EBUSY, "another process is writing to it");
}
