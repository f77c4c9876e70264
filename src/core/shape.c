/* shape.c - see shape.h */
#include "shape.h"

#include <endian.h>
#include <string.h>

static uint64_t eight_bytes(const char *s)
{
	uint64_t word;

	memcpy(&word, s, sizeof(word));
	return le64toh(word); /* the first character in the lowest byte */
}

/* Eight columns with a number to their right, all at once: false for anything but spaces, then
 * digits. */
static bool take_number(const char *s, uint64_t *value)
{
	const uint64_t each = 0x0101010101010101;
	uint64_t t = eight_bytes(s) ^ each * '0', blank;

	if (t == (each * 0x10) >> 8) { /* "       0", as most are */
		*value = 0;
		return true;
	}
	/* Now digits are 0 to 9, and spaces, which are 0x20, have become 0x10. */
	blank = t & each * 0x10;
	if (t & each * 0xe0 || (t + each * 6) & ~blank & each * 0x10)
		return false; /* no digit, no space */
	if (t & (blank - (blank >> 4)))
		return false; /* between space and digits in ASCII, as '!' */
	if (blank & ~blank << 8 & each * 0x10 || blank >> 56)
		return false; /* a space after a digit, or none but spaces */
	t &= each * 0x0f;
	t = (t * 10 + (t >> 8)) & 0x00ff00ff00ff00ff;
	t = (t * 100 + (t >> 16)) & 0x0000ffff0000ffff;
	*value = (t * 10000 + (t >> 32)) & 0xffffffff;
	return true;
}

void shape_learn(struct shape *shape, const char *line, size_t len, bool kilo)
{
	uint64_t value;

	if (len != SHAPE_KEY + SHAPE_NUMBER + (kilo ? 3 : 0) ||
	    !take_number(line + SHAPE_KEY, &value))
		return;
	memcpy(shape->key, line, SHAPE_KEY);
	shape->kilo = kilo;
	shape->known = true;
}

size_t shape_take(const struct shape *shape, const char *s, size_t len, uint64_t *value)
{
	const char *unit = s + SHAPE_KEY + SHAPE_NUMBER;

	if (!shape->known || len < shape_length(shape))
		return 0;
	if (eight_bytes(s) != eight_bytes(shape->key) ||
	    eight_bytes(s + 8) != eight_bytes(shape->key + 8))
		return 0;
	if (shape->kilo ? memcmp(unit, " kB\n", 4) != 0 : *unit != '\n')
		return 0;
	if (!take_number(s + SHAPE_KEY, value))
		return 0;
	if (shape->kilo)
		*value <<= 10;
	return shape_length(shape);
}
