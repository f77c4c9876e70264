/* header.c - the line of a region in maps, which is its header in smaps; see smaps.h */
#include "header.h"

#include "vmapview/map.h"
#include "vmapview/smaps.h"

#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/* The take_ functions consume one token or return false. */

static bool take_char(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

/* One more than the digit's value; 0 for what is none. */
static const uint8_t hex_digits[256] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

static bool take_hex(const char **s, uint64_t max, uint64_t *out)
{
	const char *start = *s, *at = start;
	uint64_t n = 0;
	unsigned digit;

	for (; (digit = hex_digits[(unsigned char)*at]); at++)
		n = n << 4 | (digit - 1);
	*s = at;
	*out = n;
	return at > start && at - start <= 16 && n <= max;
}

static bool take_hex32(const char **s, uint32_t max, uint32_t *out)
{
	uint64_t wide;

	if (!take_hex(s, max, &wide))
		return false;
	*out = (uint32_t)wide;
	return true;
}

bool take_dec(const char **s, uint64_t *out)
{
	const char *start = *s;

	*out = 0;
	for (; **s >= '0' && **s <= '9'; (*s)++)
		if (__builtin_mul_overflow(*out, 10, out) ||
		    __builtin_add_overflow(*out, (unsigned)(**s - '0'), out))
			return false;
	return *s > start;
}

/* "rw-p": each place holds its letter or its alternative. */
static bool take_perms(const char **s, uint8_t *out)
{
	static const struct {
		char on, off;
		uint8_t bit;
	} place[] = {
		{ 'r', '-', VMV_READ },
		{ 'w', '-', VMV_WRITE },
		{ 'x', '-', VMV_EXEC },
		{ 's', 'p', VMV_SHARED },
	};

	*out = 0;
	for (size_t i = 0; i < ARRAY_SIZE(place); i++) {
		if (take_char(s, place[i].on))
			*out |= place[i].bit;
		else if (!take_char(s, place[i].off))
			return false;
	}
	return true;
}

/* "00001000 fd:01 131190": offset, device and inode; all 0 for most regions. */
static bool take_file(const char **s, struct vmv_region *r)
{
	static const char none[] = "00000000 00:00 0";

	if (!strncmp(*s, none, sizeof(none) - 1)) {
		*s += sizeof(none) - 2; /* the last 0 may be one of more */
		return take_dec(s, &r->inode);
	}
	/* clang-format off */
	return take_hex(s, UINT64_MAX, &r->offset) && take_char(s, ' ') &&
	       take_hex32(s, VMV_NO_DEVICE - 1, &r->major) && take_char(s, ':') &&
	       take_hex32(s, UINT32_MAX, &r->minor) && take_char(s, ' ') &&
	       take_dec(s, &r->inode);
	/* clang-format on */
}

bool vmv_parse_header(const char *line, struct vmv_region *r, const char **name)
{
	const char *s = line;

	*r = (struct vmv_region){ 0 };
	/* clang-format off */
	if (!(take_hex(&s, UINT64_MAX, &r->start) && take_char(&s, '-') &&
	      take_hex(&s, UINT64_MAX, &r->end) && take_char(&s, ' ') &&
	      take_perms(&s, &r->perms) && take_char(&s, ' ') && take_file(&s, r)))
		return false;
	/* clang-format on */
	if (*s && *s != ' ')
		return false;
	while (*s == ' ')
		s++;
	*name = s;
	return r->start < r->end;
}
