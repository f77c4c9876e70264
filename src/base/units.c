/* units.c - see units.h */
#include "vmapview/units.h"

#include <ctype.h>
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Up to eight digits, put together in a register and stored at once: see vmv_out_short(). */
static size_t put_short_dec(char *to, uint32_t n)
{
	uint64_t text = 0;
	size_t len = 0;

	do {
		text = text << 8 | (uint64_t)('0' + n % 10);
		n /= 10;
		len++;
	} while (n);
	text = htole64(text);
	memcpy(to, &text, sizeof(text));
	if (len == sizeof(text))
		to[len] = '\0';
	return len;
}

size_t vmv_put_dec(char *to, uint64_t n)
{
	enum { SHORT = 100000000 };
	char digits[VMV_NUMBER_ROOM];
	size_t at = sizeof(digits), len;

	if (n < SHORT)
		return put_short_dec(to, (uint32_t)n);
	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	len = sizeof(digits) - at;
	memcpy(to, digits + at, len);
	to[len] = '\0';
	return len;
}

/* Eight digits, each nibble in a byte of its own; the first digit in the lowest byte. */
static inline uint64_t hex8(uint32_t n)
{
	const uint64_t each = 0x0101010101010101;
	uint64_t t = n, letters;

	t = (t | t << 16) & 0x0000ffff0000ffff;
	t = (t | t << 8) & 0x00ff00ff00ff00ff;
	t = (t | t << 4) & 0x0f0f0f0f0f0f0f0f;
	letters = (t + each * 6) >> 4 & each;
	t += each * '0' + letters * ('a' - '0' - 10);
	return __builtin_bswap64(t);
}

size_t vmv_put_hex(char *to, uint64_t n, unsigned width)
{
	uint64_t words[2] = { hex8((uint32_t)(n >> 32)), hex8((uint32_t)n) };
	size_t len = width, skip;

	if (width < 16 && n >> (4 * width)) /* it needs more */
		len = (67 - (size_t)__builtin_clzll(n)) / 4;
	else if (!width)
		len = 1;
	/* Without the leading ones, but in whole words: see vmv_out_short(). */
	skip = 8 * (16 - len);
	if (skip >= 64) {
		words[0] = words[1] >> (skip - 64);
		words[1] = 0;
	} else if (skip) {
		words[0] = words[0] >> skip | words[1] << (64 - skip);
		words[1] >>= skip;
	}
	words[0] = htole64(words[0]);
	words[1] = htole64(words[1]);
	memcpy(to, words, sizeof(words));
	to[len] = '\0';
	return len;
}

/* @bytes in tenths of a unit of 2^@shift, rounded to the nearest, halves up. */
static uint64_t in_tenths(uint64_t bytes, unsigned shift)
{
	const uint64_t unit = UINT64_C(1) << shift;

	/* Of whole units and the rest, neither of which overflows. */
	return (bytes >> shift) * 10 + (((bytes & (unit - 1)) * 10 + unit / 2) >> shift);
}

size_t vmv_put_human(char *to, uint64_t bytes)
{
	static const char units[] = "BKMGTPE";
	unsigned unit = 0, shift;
	uint64_t whole;
	size_t len;

	while (unit < sizeof(units) - 2 && bytes >> (10 * unit) >= 1024)
		unit++;
	shift = 10 * unit;
	/* Nearest, without adding to what may be the largest number. */
	whole = (bytes >> shift) + (shift ? bytes >> (shift - 1) & 1 : 0);
	if (whole == 1024 && unit < sizeof(units) - 2) {
		whole = 1;
		bytes = 1;
		shift = 0;
		unit++;
	}
	/* Whole kilobytes need no decimals. */
	if (unit > 1 && in_tenths(bytes, shift) < 100) {
		uint64_t tenths = in_tenths(bytes, shift);

		len = vmv_put_dec(to, tenths / 10);
		to[len++] = '.';
		to[len++] = (char)('0' + tenths % 10);
	} else {
		len = vmv_put_dec(to, whole);
	}
	if (whole)
		to[len++] = units[unit];
	to[len] = '\0';
	return len;
}

/* ".25" of a unit of 2^@shift bytes; more digits than matter are passed over. */
static uint64_t take_fraction(const char **s, unsigned shift)
{
	long double part = 0, place = 1;

	for (; isdigit((unsigned char)**s); (*s)++) {
		place /= 10;
		part += place * (**s - '0');
	}
	return (uint64_t)(part * (long double)(1ULL << shift));
}

bool vmv_parse_bytes(const char *s, uint64_t *bytes)
{
	static const char units[] = "BKMGTPE";
	const char *digits = s + strspn(s, "0123456789"), *end = digits, *unit;
	unsigned shift = 0;
	uint64_t fraction;

	if (*end == '.')
		end += 1 + strspn(end + 1, "0123456789");
	if (digits == s)
		return false;
	unit = *end ? strchr(units, toupper((unsigned char)*end)) : NULL;
	if (unit) {
		shift = 10 * (unsigned)(unit - units);
		end++;
		if (shift && (!strcasecmp(end, "iB") || !strcasecmp(end, "B")))
			end += strlen(end);
	}
	if (*end)
		return false;
	errno = 0;
	*bytes = strtoull(s, NULL, 10);
	if (errno || *bytes > UINT64_MAX >> shift)
		return false;
	digits += *digits == '.';
	fraction = take_fraction(&digits, shift);
	*bytes = *bytes << shift;
	return !__builtin_add_overflow(*bytes, fraction, bytes);
}
