/* jsonwrite.c - see jsonwrite.h */
#include "jsonwrite.h"

#include "vmapview/map.h"
#include "vmapview/text.h"
#include "vmapview/units.h"
#include "vmapview/writer.h"

#include <stdio.h>
#include <string.h>

/* Keys are ours, and plain. */
static void put_key(struct json *j, const char *key)
{
	if (j->comma)
		vmv_out_char(j->out, ',');
	j->comma = true;
	if (!key)
		return;
	vmv_out_char(j->out, '"');
	vmv_out_text(j->out, key);
	vmv_out_char(j->out, '"');
	vmv_out_char(j->out, ':');
}

void json_open(struct json *j, const char *key, char bracket)
{
	put_key(j, key);
	vmv_out_char(j->out, bracket);
	j->comma = false;
}

void json_close(struct json *j, char bracket)
{
	vmv_out_char(j->out, bracket);
	j->comma = true;
}

static bool is_plain(char c)
{
	return (unsigned char)c >= 0x20 && (unsigned char)c < 0x7f && c != '"' && c != '\\';
}

/* How many bytes at the start need no escape, eight at a time as long as it goes. */
static size_t plain_run(const char *s, size_t len)
{
	const uint64_t each = 0x0101010101010101, high = each * 0x80;
	size_t n = 0;

	for (; len - n >= 8; n += 8) {
		uint64_t t, quote, slash;

		memcpy(&t, s + n, sizeof(t));
		quote = t ^ each * '"';
		slash = t ^ each * '\\';
		/* The top bit of a byte that is not ASCII, below 0x20, 0x7f, '"' or '\\'.  A byte
		 * above such a one may have it, too, which does not matter. */
		if ((t | (t - each * 0x20) | (t + each) | (quote - each) | (slash - each)) & high)
			break;
	}
	while (n < len && is_plain(s[n]))
		n++;
	return n;
}

/* One character that can't stand for itself, or a whole one that can. */
static size_t put_char(struct vmv_out *out, const char *s, size_t len)
{
	char escape[8];
	uint32_t ch;
	size_t n = vmv_utf8_next(s, len, &ch);

	if (!n) {
		vmv_out_text(out, "\xef\xbf\xbd");
		return 1;
	}
	if (*s == '"' || *s == '\\') {
		vmv_out_char(out, '\\');
		vmv_out_char(out, *s);
	} else if (vmv_control_char(ch)) {
		snprintf(escape, sizeof(escape), "\\u%04x", (unsigned)ch & 0xff);
		vmv_out_text(out, escape);
	} else {
		vmv_out_bytes(out, s, n);
	}
	return n;
}

void json_line(struct json *j)
{
	if (j->comma)
		vmv_out_char(j->out, ',');
	j->comma = false;
	if (!j->oneline)
		vmv_out_char(j->out, '\n');
}

void json_string(struct json *j, const char *key, const char *s)
{
	size_t len = s ? strlen(s) : 0;

	put_key(j, key);
	if (!s) {
		vmv_out_text(j->out, "null");
		return;
	}
	vmv_out_char(j->out, '"');
	while (len) {
		size_t n = plain_run(s, len);

		vmv_out_bytes(j->out, s, n);
		if (n < len)
			n += put_char(j->out, s + n, len - n);
		s += n;
		len -= n;
	}
	vmv_out_char(j->out, '"');
}

static bool is_utf8(const char *s, size_t len)
{
	while (len) {
		size_t n = plain_run(s, len);
		uint32_t ch;

		if (!n)
			n = vmv_utf8_next(s, len, &ch);
		if (!n)
			return false;
		s += n;
		len -= n;
	}
	return true;
}

void json_raw_hex(struct json *j, const char *key, const char *s)
{
	static const char digits[] = "0123456789abcdef";

	if (!s || is_utf8(s, strlen(s)))
		return;
	put_key(j, key);
	vmv_out_char(j->out, '"');
	for (; *s; s++) {
		vmv_out_char(j->out, digits[(unsigned char)*s >> 4]);
		vmv_out_char(j->out, digits[(unsigned char)*s & 15]);
	}
	vmv_out_char(j->out, '"');
}

void json_signed(struct json *j, const char *key, int64_t n)
{
	put_key(j, key);
	if (n < 0)
		vmv_out_char(j->out, '-');
	vmv_out_dec(j->out, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

void json_exact(struct json *j, const char *key, uint64_t n)
{
	put_key(j, key);
	vmv_out_dec(j->out, n);
}

void json_number(struct json *j, const char *key, uint64_t n)
{
	if (n == VMV_UNKNOWN)
		json_string(j, key, NULL);
	else
		json_exact(j, key, n);
}

void json_exact_address(struct json *j, const char *key, uint64_t n)
{
	char text[VMV_NUMBER_ROOM];

	put_key(j, key);
	vmv_out_text(j->out, "\"0x");
	vmv_out_bytes(j->out, text, vmv_put_hex(text, n, 1));
	vmv_out_char(j->out, '"');
}

void json_address(struct json *j, const char *key, uint64_t n)
{
	if (n == VMV_UNKNOWN)
		json_string(j, key, NULL);
	else
		json_exact_address(j, key, n);
}

void json_bool(struct json *j, const char *key, bool value)
{
	put_key(j, key);
	vmv_out_text(j->out, value ? "true" : "false");
}
