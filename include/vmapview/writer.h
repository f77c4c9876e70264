/*
 * writer.h - buffered output that remembers its first error
 *
 * The writers of this program put millions of small pieces; stdio's locking
 * costs more than they do.  Errors need no check at each piece: they stick, and
 * vmv_out_flush() tells.
 */
#ifndef VMV_WRITER_H
#define VMV_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { VMV_OUT_ROOM = 64 * 1024 };

/**
 * struct vmv_out - an open output
 * @fd:    borrowed
 * @error: errno of the first write(2) that failed, or 0
 */
struct vmv_out {
	int fd, error;
	size_t len;
	char buf[VMV_OUT_ROOM];
};

/** vmv_write_all - write to @fd without a buffer; 0 or a negative errno. */
int vmv_write_all(int fd, const void *bytes, size_t len);

/** vmv_out_flush - write what is buffered; 0 or a negative errno, also that of
 *  an earlier failure. */
int vmv_out_flush(struct vmv_out *out);

/** vmv_out_bytes - put @len bytes. */
void vmv_out_bytes(struct vmv_out *out, const void *bytes, size_t len);

/** vmv_out_text - put a string. */
static inline void vmv_out_text(struct vmv_out *out, const char *text)
{
	vmv_out_bytes(out, text, strlen(text));
}

/** vmv_out_char - put one byte. */
static inline void vmv_out_char(struct vmv_out *out, char c)
{
	if (out->len == sizeof(out->buf))
		vmv_out_flush(out);
	out->buf[out->len++] = c;
}

/** vmv_out_long_dec - for vmv_out_dec() only. */
void vmv_out_long_dec(struct vmv_out *out, uint64_t n);

/** vmv_out_dec - put a number; most counters are 0. */
static inline void vmv_out_dec(struct vmv_out *out, uint64_t n)
{
	if (n < 10)
		vmv_out_char(out, (char)('0' + n));
	else
		vmv_out_long_dec(out, n);
}

/** vmv_out_fill - put @count times @c. */
void vmv_out_fill(struct vmv_out *out, char c, size_t count);

/** vmv_out_cell - put @text of @len bytes with spaces up to @width, on its left
 *  if @right. */
void vmv_out_cell(struct vmv_out *out, const char *text, size_t len, size_t width, bool right);

enum { VMV_OUT_SHORT = 16 };

/** vmv_out_short - put a right-aligned cell of at most VMV_OUT_SHORT columns.  @text has room for
 *  as many bytes, whatever @len of them count. */
static inline void vmv_out_short(struct vmv_out *out, const char *text, size_t len, size_t width)
{
	size_t pad = len < width ? width - len : 0;
	char *to = out->buf + out->len;

	if (sizeof(out->buf) - out->len < (size_t)2 * VMV_OUT_SHORT) {
		vmv_out_cell(out, text, len, width, true);
		return;
	}
	/* Copies of a size known to the compiler: a few instructions instead of two calls. */
	memset(to, ' ', VMV_OUT_SHORT);
	memcpy(to + pad, text, VMV_OUT_SHORT);
	out->len += pad + len;
}

/** vmv_out_long_number - for vmv_out_number() only. */
void vmv_out_long_number(struct vmv_out *out, uint64_t n, size_t width);

/** vmv_out_number - put a number with spaces on its left up to @width; most counters are 0. */
static inline void vmv_out_number(struct vmv_out *out, uint64_t n, size_t width)
{
	char *to = out->buf + out->len;

	if (n > 9 || width > VMV_OUT_SHORT || sizeof(out->buf) - out->len < VMV_OUT_SHORT) {
		vmv_out_long_number(out, n, width);
		return;
	}
	width += !width;
	memset(to, ' ', VMV_OUT_SHORT);
	to[width - 1] = (char)('0' + n);
	out->len += width;
}

/** vmv_out_sgr - start a colour (see color.h), or end it with "0"; "" does nothing. */
void vmv_out_sgr(struct vmv_out *out, const char *sgr);

#endif
