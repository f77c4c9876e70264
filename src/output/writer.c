/* writer.c - see writer.h */
#include "vmapview/writer.h"

#include "vmapview/alloc.h"
#include "vmapview/units.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int vmv_write_all(int fd, const void *bytes, size_t len)
{
	const char *from = bytes;

	while (len) {
		ssize_t n = write(fd, from, len);

		if (n < 0 && errno != EINTR)
			return -errno;
		if (n > 0) {
			from += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

static void write_all(struct vmv_out *out, const char *s, size_t len)
{
	if (!out->error)
		out->error = -vmv_write_all(out->fd, s, len);
}

int vmv_out_flush(struct vmv_out *out)
{
	write_all(out, out->buf, out->len);
	out->len = 0;
	return -out->error;
}

void vmv_out_bytes(struct vmv_out *out, const void *bytes, size_t len)
{
	if (len > sizeof(out->buf) - out->len)
		vmv_out_flush(out);
	if (len > sizeof(out->buf)) {
		write_all(out, bytes, len);
		return;
	}
	memcpy(out->buf + out->len, bytes, len);
	out->len += len;
}

void vmv_out_long_dec(struct vmv_out *out, uint64_t n)
{
	if (sizeof(out->buf) - out->len < VMV_NUMBER_ROOM)
		vmv_out_flush(out);
	out->len += vmv_put_dec(out->buf + out->len, n);
}

void vmv_out_fill(struct vmv_out *out, char c, size_t count)
{
	while (count) {
		size_t n = sizeof(out->buf) - out->len;

		if (n > count)
			n = count;
		memset(out->buf + out->len, c, n);
		out->len += n;
		count -= n;
		if (out->len == sizeof(out->buf))
			vmv_out_flush(out);
	}
}

void vmv_out_cell(struct vmv_out *out, const char *text, size_t len, size_t width, bool right)
{
	size_t pad = len < width ? width - len : 0, room = sizeof(out->buf) - out->len;
	char *to = out->buf + out->len;

	if (len <= room && pad <= room - len) {
		if (pad)
			memset(right ? to : to + len, ' ', pad);
		memcpy(right ? to + pad : to, text, len);
		out->len += len + pad;
		return;
	}
	if (right)
		vmv_out_fill(out, ' ', pad);
	vmv_out_bytes(out, text, len);
	if (!right)
		vmv_out_fill(out, ' ', pad);
}

void vmv_out_long_number(struct vmv_out *out, uint64_t n, size_t width)
{
	char digits[VMV_NUMBER_ROOM];
	size_t len = vmv_put_dec(digits, n);

	if (len <= VMV_OUT_SHORT && width <= VMV_OUT_SHORT)
		vmv_out_short(out, digits, len, width);
	else
		vmv_out_cell(out, digits, len, width, true);
}

void vmv_out_sgr(struct vmv_out *out, const char *sgr)
{
	if (!*sgr)
		return;
	vmv_out_text(out, "\033[");
	vmv_out_text(out, sgr);
	vmv_out_char(out, 'm');
}
