/*
 * pause.c - stop a program at a chosen moment (a library for LD_PRELOAD)
 *
 * PAUSE_AT=CALL:NAME:N stops it before the Nth call of CALL (open, openat, read or
 * pread) on a file whose last path component is NAME.  It makes the file
 * $PAUSE_DIR/reached and goes on when there is $PAUSE_DIR/go, so that a test can
 * do in between what a race would do.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static int remaining = -1; /* calls until the stop; 0 afterwards */

static void wait_for_go(const char *dir)
{
	const struct timespec tick = { .tv_nsec = 1000000 };
	char path[PATH_MAX];
	FILE *reached;

	snprintf(path, sizeof(path), "%s/reached", dir);
	reached = fopen(path, "w");
	if (!reached)
		abort();
	fclose(reached);
	snprintf(path, sizeof(path), "%s/go", dir);
	for (int i = 0; i < 30000; i++) {
		if (access(path, F_OK) == 0)
			return;
		nanosleep(&tick, NULL);
	}
	abort();
}

static void about_to(const char *call, const char *path)
{
	const char *at = getenv("PAUSE_AT"), *slash = strrchr(path, '/');
	char want_call[16], want_name[64];
	int n;

	if (!at || !remaining || sscanf(at, "%15[^:]:%63[^:]:%d", want_call, want_name, &n) != 3 ||
	    strcmp(call, want_call) != 0 || strcmp(slash ? slash + 1 : path, want_name) != 0)
		return;
	if (remaining < 0)
		remaining = n;
	if (--remaining == 0)
		wait_for_go(getenv("PAUSE_DIR"));
}

static mode_t take_mode(int flags, va_list ap)
{
	return flags & O_CREAT ? va_arg(ap, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
	int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = take_mode(flags, ap);
	va_end(ap);
	about_to("open", path);
	return real(path, flags, mode);
}

int openat(int dir, const char *path, int flags, ...)
{
	int (*real)(int, const char *, int, ...) = dlsym(RTLD_NEXT, "openat");
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = take_mode(flags, ap);
	va_end(ap);
	about_to("openat", path);
	return real(dir, path, flags, mode);
}

static void about_to_read(const char *call, int fd)
{
	char link[64], path[PATH_MAX];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof(path) - 1);
	if (len > 0) {
		path[len] = '\0';
		about_to(call, path);
	}
}

ssize_t read(int fd, void *buf, size_t size)
{
	ssize_t (*real)(int, void *, size_t) = dlsym(RTLD_NEXT, "read");

	about_to_read("read", fd);
	return real(fd, buf, size);
}

ssize_t pread(int fd, void *buf, size_t size, off_t at)
{
	ssize_t (*real)(int, void *, size_t, off_t) = dlsym(RTLD_NEXT, "pread");

	about_to_read("pread", fd);
	return real(fd, buf, size, at);
}
