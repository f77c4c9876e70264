/*
 * record.c - see record.h; a document is a file in memory, so that it can be written in one go
 */
#include "record.h"

#include "lock.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/output.h"
#include "vmapview/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int record_begin(struct vmv_error *err)
{
	int fd = memfd_create("record", MFD_CLOEXEC);

	return fd < 0 ? vmv_fail(err, errno, "cannot make room for a snapshot: %m") : fd;
}

int record_write(int document, const struct vmv_map *map, struct vmv_error *err)
{
	struct vmv_out *out = vmv_calloc(1, sizeof(*out));
	int rc;

	out->fd = document;
	vmv_snapshot_write(out, map, true);
	rc = vmv_out_flush(out);
	free(out);
	return rc < 0 ? vmv_fail(err, -rc, "cannot make room for a snapshot: %m") : 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Does it begin as a snapshot does, or end before that shows?  White space may be anywhere. */
static bool is_record(int fd, off_t size)
{
	static const char opening[] = "{\"schema\":\"vmapview-snapshot\"";
	char head[128];
	size_t len = size < (off_t)sizeof(head) ? (size_t)size : sizeof(head), at = 0;

	if (pread(fd, head, len, 0) != (ssize_t)len)
		return false;
	for (size_t i = 0; i < len && opening[at]; i++) {
		if (is_blank(head[i]))
			continue;
		if (head[i] != opening[at++])
			return false;
	}
	return at > 0 || !size;
}

/** struct nesting - how deep in a document we are; brackets in strings do not count */
struct nesting {
	long depth;
	bool string, escaped;
};

static void nest(struct nesting *n, char c)
{
	if (n->escaped) {
		n->escaped = false;
	} else if (n->string) {
		n->escaped = c == '\\';
		n->string = c != '"';
	} else {
		n->string = c == '"';
		n->depth += c == '{' || c == '[';
		n->depth -= c == '}' || c == ']';
	}
}

/* Do the bytes from @at to @size close all that they open? */
static bool is_closed(int fd, off_t at, off_t size)
{
	struct nesting n = { 0 };
	char buf[4096];

	while (at < size) {
		size_t len = size - at < (off_t)sizeof(buf) ? (size_t)(size - at) : sizeof(buf);

		if (pread(fd, buf, len, at) != (ssize_t)len)
			return false;
		for (size_t i = 0; i < len; i++)
			nest(&n, buf[i]);
		at += (off_t)len;
	}
	return !n.depth && !n.string;
}

/* Where the last line of @size bytes ends that has an end; -EINVAL if this is no record. */
static off_t find_end(int fd, off_t size)
{
	char buf[4096];
	off_t end = size;

	if (!is_record(fd, size))
		return -EINVAL;
	while (end > 0) {
		size_t len = end < (off_t)sizeof(buf) ? (size_t)end : sizeof(buf);
		ssize_t got = pread(fd, buf, len, end - (off_t)len);
		char *newline;

		if (got != (ssize_t)len)
			return -EIO;
		newline = memrchr(buf, '\n', len);
		if (newline)
			return end - (off_t)len + (newline - buf) + 1;
		end -= (off_t)len;
	}
	return 0;
}

/* Does a document end where the file does?  One may take several lines, of another hand's. */
static bool ends_whole(int fd, off_t size)
{
	off_t start = find_end(fd, size);
	char first = '\0';

	if (start < 0 || pread(fd, &first, 1, start) != 1)
		return false;
	return is_closed(fd, first == '{' ? start : 0, size);
}

/* Make @fd, of @size bytes, end where a document may follow, at *@end.  What looks unfinished may
 * be what another is writing, unless we are @alone. */
static int end_line(int fd, off_t size, bool alone, off_t *end, struct vmv_error *err)
{
	int rc;

	*end = find_end(fd, size);
	if (*end < 0)
		return vmv_fail(err, (int)-*end, "not a record of vmapview");
	if (*end == size)
		return 0;
	if (!ends_whole(fd, size) && !alone)
		return vmv_fail(err, EBUSY, "it has an unfinished line and is locked by a reader");
	if (!ends_whole(fd, size))
		return ftruncate(fd, *end) == 0
			       ? 0
			       : vmv_fail(err, errno, "cannot remove an unfinished line: %m");
	*end = size;
	rc = vmv_write_all(fd, "\n", 1);
	return rc < 0 ? vmv_fail(err, -rc, "%m") : 0;
}

/* In a regular file, so that it is there as a whole or not at all. */
static int append_line(int fd, const char *bytes, size_t len, struct vmv_error *err)
{
	int lock = lock_for_writing(fd, err), rc;
	struct stat st;
	off_t end;

	if (lock < 0)
		return lock;
	if (fstat(fd, &st) < 0)
		return vmv_fail(err, errno, "%m");
	rc = end_line(fd, st.st_size, lock == LOCK_HELD, &end, err);
	if (rc < 0)
		return rc;
	rc = vmv_write_all(fd, bytes, len);
	if (rc < 0 && ftruncate(fd, end) < 0)
		return vmv_fail(err, -rc, "%m, and the unfinished line stays in it");
	return rc < 0 ? vmv_fail(err, -rc, "%m") : 0;
}

/* To a pipe or a device.  That nobody reads any more is an error like others. */
static int pass_on(int fd, const char *bytes, size_t len, struct vmv_error *err)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, old;
	int rc;

	if (fcntl(fd, F_SETFL, O_APPEND) < 0)
		return vmv_fail(err, errno, "%m");
	sigaction(SIGPIPE, &ignore, &old);
	rc = vmv_write_all(fd, bytes, len);
	sigaction(SIGPIPE, &old, NULL);
	return rc < 0 ? vmv_fail(err, -rc, "%m") : 0;
}

static bool is_fifo(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISFIFO(st.st_mode);
}

/* Not to wait for a reader of a FIFO, nor to be that. */
static int open_record(const char *path, struct vmv_error *err)
{
	bool fifo = is_fifo(path);
	int how = fifo ? O_WRONLY : O_RDWR | O_CREAT;
	int fd = open(path, how | O_APPEND | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0666);

	if (fd < 0 && fifo && errno == ENXIO)
		return vmv_fail(err, ENXIO, "no process reads from it");
	return fd < 0 ? vmv_fail(err, errno, "%m") : fd;
}

static int append(int fd, const char *bytes, size_t len, struct vmv_error *err)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return vmv_fail(err, errno, "%m");
	return S_ISREG(st.st_mode) ? append_line(fd, bytes, len, err)
				   : pass_on(fd, bytes, len, err);
}

int record_append(const char *path, int document, struct vmv_error *err)
{
	off_t len = lseek(document, 0, SEEK_END);
	char *bytes = mmap(NULL, (size_t)len, PROT_READ, MAP_PRIVATE, document, 0);
	int fd, rc;

	if (bytes == MAP_FAILED)
		return vmv_fail(err, errno, "%m");
	fd = open_record(path, err);
	rc = fd < 0 ? fd : append(fd, bytes, (size_t)len, err);
	if (fd >= 0 && close(fd) < 0 && rc == 0)
		rc = vmv_fail(err, errno, "%m");
	munmap(bytes, (size_t)len);
	return rc;
}
