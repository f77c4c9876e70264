/* area.c - see area.h */
#include "area.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef VMV_DATADIR
#define VMV_DATADIR "/usr/local/share/vmapview"
#endif

int demo_fail(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s: %s\n", PROGRAM, what, why);
	return -1;
}

static const char *unfit(int fd, size_t *size)
{
	struct stat st;

	if (fstat(fd, &st))
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return S_ISDIR(st.st_mode) ? strerror(EISDIR) : "not a regular file";
	if (st.st_size == 0)
		return "the file is empty, there is nothing to map";
	if ((uintmax_t)st.st_size > SIZE_MAX / 2)
		return strerror(EFBIG);
	*size = (size_t)st.st_size;
	return NULL;
}

static int open_for_mapping(const char *path)
{
	return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

/* The directory above the one that the program is in: an installation may be moved. */
static bool find_prefix(char *path, size_t size)
{
	ssize_t len = readlink("/proc/self/exe", path, size);

	if (len < 0 || (size_t)len >= size)
		return false;
	path[len] = '\0';
	for (int i = 0; i < 2; i++) {
		char *slash = strrchr(path, '/');

		if (!slash)
			return false;
		*slash = '\0';
	}
	return true;
}

/* Beside the program, or else where it was meant to be installed. */
static int open_installed(struct area *a)
{
	char prefix[sizeof(a->installed)];
	int n = -1;

	if (find_prefix(prefix, sizeof(prefix)))
		n = snprintf(a->installed, sizeof(a->installed), "%s/share/vmapview/%s", prefix,
			     MESSAGE);
	a->name = a->installed;
	if (n >= 0 && (size_t)n < sizeof(a->installed))
		a->fd = open_for_mapping(a->name);
	if (a->fd >= 0)
		return a->fd;
	a->name = VMV_DATADIR "/" MESSAGE;
	return a->fd = open_for_mapping(a->name);
}

int area_open(struct area *a, const char *path)
{
	const char *why;

	a->name = path ? path : MESSAGE;
	a->fd = open_for_mapping(a->name);
	if (a->fd < 0 && !path && errno == ENOENT && open_installed(a) < 0) {
		a->name = MESSAGE;
		errno = ENOENT;
	}
	if (a->fd < 0)
		return demo_fail(a->name, strerror(errno));
	why = unfit(a->fd, &a->size);
	if (!why)
		return 0;
	close(a->fd);
	return demo_fail(a->name, why);
}

/* --- a page behind the end of a file is SIGBUS */

struct guard {
	sigjmp_buf back;
	volatile sig_atomic_t armed;
};

static struct guard *guard(void)
{
	static struct guard g;

	return &g;
}

static void on_bus_error(int sig)
{
	if (guard()->armed)
		siglongjmp(guard()->back, 1);
	signal(sig, SIG_DFL); /* not ours: happens again, and ends us */
}

void catch_bus_errors(void)
{
	struct sigaction bus = { .sa_handler = on_bus_error };

	sigaction(SIGBUS, &bus, NULL);
}

bool guarded(void (*access)(void *data), void *data)
{
	if (sigsetjmp(guard()->back, 1)) {
		guard()->armed = 0;
		return false;
	}
	guard()->armed = 1;
	access(data);
	guard()->armed = 0;
	return true;
}

struct copy {
	volatile char *to;
	const volatile char *from;
	size_t len;
};

static void do_copy(void *data)
{
	struct copy *c = data;

	for (size_t i = 0; i < c->len; i++)
		c->to[i] = c->from[i];
}

bool copy_mapped(char *to, const char *from, size_t len)
{
	struct copy c = { .to = to, .from = from, .len = len };

	return guarded(do_copy, &c);
}
