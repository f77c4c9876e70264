/* parse.c - see parse.h */
#include "parse.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DIGITS = 9 }; /* so that nothing overflows */

static const char digits[] = "0123456789";

uint64_t parse_seconds(const char *s)
{
	uint64_t ns = 0, unit = 1000000000;
	size_t whole = strspn(s, digits);

	if (whole > MOST_DIGITS || (!whole && *s != '.'))
		return 0;
	for (; whole--; s++)
		ns = ns * 10 + (uint64_t)(*s - '0') * unit;
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9'; s++)
			ns += (uint64_t)(*s - '0') * (unit /= 10);
	return *s ? 0 : ns;
}

uint64_t parse_count(const char *s)
{
	size_t len = strspn(s, digits);

	return len && len <= MOST_DIGITS && !s[len] ? strtoull(s, NULL, 10) : 0;
}
