/*
 * reader.h - lines of any length from a file descriptor
 *
 * procfs hands out at most a page per read(2) (proc(5), fs/seq_file.c), always
 * whole records; saved files come as they like.  Neither needs stdio's locking
 * or a copy per line.
 */
#ifndef VMV_READER_H
#define VMV_READER_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct vmv_reader - where in a stream we are
 * @fd:     borrowed
 * @crlf:   lines end as in DOS, which adb shell makes of Android's
 * @longest: bytes that a line may have, 0 for any number: a file of others may have no end of one,
 *          which would take all memory, but a process must not hide behind a long name
 * @ahead:  once it turns out to be long, a thread of its own may read it while its lines
 *          are being parsed: for files, of which a block never waits long
 * @unended: the last line given had no newline
 *
 * The other members are private.  Zero them: `struct vmv_reader r = { .fd = fd }`.
 */
struct vmv_reader {
	int fd;
	bool crlf, ahead, unended;
	size_t longest;
	char *buf, *at;
	size_t room, pos, len, taken;
	bool eof;
	struct ahead *thread;
};

/**
 * vmv_reader_line - the next line
 *
 * *@line is valid until the next call, ends with a NUL in place of its newline
 * and may be written to.  *@len counts the bytes before that NUL.  A last line
 * without a newline is a line.
 *
 * Return: 1, 0 at the end, or the negative errno of read(2); -EMSGSIZE for a line longer than
 * @r->longest.
 */
int vmv_reader_line(struct vmv_reader *r, char **line, size_t *len);

/** vmv_reader_unread - let the @len bytes at @bytes, read before by others, come next. */
void vmv_reader_unread(struct vmv_reader *r, const void *bytes, size_t len);

/**
 * vmv_reader_bytes - what comes next, however much of it is at hand
 *
 * *@bytes is valid until the next call; vmv_reader_skip() says how much of it
 * has been used.
 *
 * Return: 1, 0 at the end, or the negative errno of read(2).
 */
int vmv_reader_bytes(struct vmv_reader *r, const char **bytes, size_t *len);

/**
 * vmv_reader_more - have more at hand for the next vmv_reader_bytes(), whose last bytes were not
 * enough
 *
 * Return: 1, 0 at the end, or the negative errno of read(2).
 */
int vmv_reader_more(struct vmv_reader *r);

/** vmv_reader_skip - the first @len bytes of what vmv_reader_bytes() gave are used. */
void vmv_reader_skip(struct vmv_reader *r, size_t len);

/** vmv_reader_done - release the buffer, not the descriptor. */
void vmv_reader_done(struct vmv_reader *r);

#endif
