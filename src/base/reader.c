/* reader.c - see reader.h */
#include "vmapview/reader.h"

#include "ahead.h"
#include "vmapview/alloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FIRST_ROOM = 32 * 1024,
	LONG = 128 * 1024, /* most processes have less, and a thread costs more than they do */
};

/* What is left moves to the front of a buffer of our own, with room for @more bytes and a NUL. */
static void make_room(struct vmv_reader *r, size_t more)
{
	size_t rest = r->len - r->pos, room = rest + more + 1;
	char *buf = r->buf;

	if (room > r->room) {
		r->room = room + (r->room ? r->room : FIRST_ROOM);
		buf = vmv_realloc(NULL, r->room, 1);
	}
	if (rest)
		memmove(buf, r->at + r->pos, rest);
	if (buf != r->buf)
		free(r->buf);
	r->at = r->buf = buf;
	r->pos = 0;
	r->len = rest;
}

/* Read what fits; how much, or a negative errno. */
static long take(struct vmv_reader *r)
{
	ssize_t got;

	make_room(r, 1);
	do
		got = read(r->fd, r->at + r->len, r->room - r->len - 1);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

/* The next block of the thread, where it is; it is copied only behind a rest that has no room
 * there. */
static long take_block(struct vmv_reader *r)
{
	size_t rest = r->len - r->pos;
	long got;
	char *at;

	if (rest <= AHEAD_REST) {
		got = ahead_take(r->thread, r->at + r->pos, rest, &at);
		if (got > 0) {
			r->at = at;
			r->pos = 0;
			r->len = rest;
		}
		return got;
	}
	make_room(r, AHEAD_BLOCK); /* before the block is given back that the rest is in */
	got = ahead_take(r->thread, NULL, 0, &at);
	if (got > 0)
		memcpy(r->at + r->len, at, (size_t)got);
	return got;
}

static void start_thread(struct vmv_reader *r)
{
	r->thread = ahead_start(r->fd);
	r->ahead = false; /* once is enough, also if it failed */
}

/* Read more after what is left of the last line. */
static int fill(struct vmv_reader *r)
{
	long got;

	if (r->ahead && r->taken >= LONG)
		start_thread(r);
	got = r->thread ? take_block(r) : take(r);
	if (got < 0)
		return (int)got;
	r->eof = got == 0;
	r->len += (size_t)got;
	r->taken += (size_t)got;
	return 0;
}

/* Read until there is a newline, or no more. */
static int find_newline(struct vmv_reader *r, char **newline)
{
	size_t seen = 0; /* of the line so far, known to hold none */

	*newline = NULL;
	for (;;) {
		int rc;

		if (r->len - r->pos > seen)
			*newline = memchr(r->at + r->pos + seen, '\n', r->len - r->pos - seen);
		if (*newline || r->eof)
			return 0;
		seen = r->len - r->pos;
		rc = r->longest && seen > r->longest ? -EMSGSIZE : fill(r);
		if (rc < 0)
			return rc;
	}
}

int vmv_reader_line(struct vmv_reader *r, char **line, size_t *len)
{
	char *newline;
	int rc = find_newline(r, &newline);

	if (rc < 0)
		return rc;
	if (!newline && r->pos == r->len)
		return 0;

	*line = r->at + r->pos;
	*len = newline ? (size_t)(newline - *line) : r->len - r->pos;
	r->pos += *len + (newline != NULL);
	r->unended = !newline;
	while (r->crlf && *len && (*line)[*len - 1] == '\r')
		--*len;
	(*line)[*len] = '\0';
	return 1;
}

void vmv_reader_unread(struct vmv_reader *r, const void *bytes, size_t len)
{
	size_t left = r->len - r->pos, room = len + left + FIRST_ROOM;
	char *buf = vmv_realloc(NULL, room, 1);

	memcpy(buf, bytes, len);
	if (left)
		memcpy(buf + len, r->at + r->pos, left);
	free(r->buf);
	r->at = r->buf = buf;
	r->room = room;
	r->pos = 0;
	r->len = len + left;
}

int vmv_reader_bytes(struct vmv_reader *r, const char **bytes, size_t *len)
{
	if (r->pos == r->len && !r->eof) {
		int rc = fill(r);

		if (rc < 0)
			return rc;
	}
	*bytes = r->at + r->pos;
	*len = r->len - r->pos;
	return *len > 0;
}

int vmv_reader_more(struct vmv_reader *r)
{
	size_t had = r->len - r->pos;
	int rc = r->eof ? 0 : fill(r);

	return rc < 0 ? rc : r->len - r->pos > had;
}

void vmv_reader_skip(struct vmv_reader *r, size_t len)
{
	r->pos += len;
}

void vmv_reader_done(struct vmv_reader *r)
{
	ahead_stop(r->thread);
	r->thread = NULL;
	free(r->buf);
	r->at = r->buf = NULL;
	r->room = r->pos = r->len = 0;
}
