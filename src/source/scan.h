/*
 * scan.h - take words and numbers from a line of a text (private to source)
 *
 * Each function takes what its name says from the string at *@s, moves *@s behind it and returns
 * true, or else returns false and leaves *@s anywhere.
 */
#ifndef VMV_SCAN_H
#define VMV_SCAN_H

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/** scan_char - the character @c */
static inline bool scan_char(const char **s, char c)
{
	if (**s != c)
		return false;
	++*s;
	return true;
}

/** scan_word - the characters of @word */
static inline bool scan_word(const char **s, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*s, word, len) != 0)
		return false;
	*s += len;
	return true;
}

/** scan_blank - the number of bytes of blanks at @s, including the no-break spaces of web pages */
static inline size_t scan_blank(const char *s)
{
	size_t n = 0;

	for (;;) {
		if (s[n] == ' ' || s[n] == '\t')
			n++;
		else if (s[n] == '\xc2' && s[n + 1] == '\xa0')
			n += 2;
		else
			return n;
	}
}

/** scan_blanks - at least one */
static inline bool scan_blanks(const char **s)
{
	size_t n = scan_blank(*s);

	*s += n;
	return n > 0;
}

/** scan_hex - digits of a number below 2^64, without 0x */
static inline bool scan_hex(const char **s, uint64_t *n)
{
	char *end;

	if (!isxdigit((unsigned char)**s) || ((*s)[0] == '0' && ((*s)[1] | 0x20) == 'x'))
		return false;
	errno = 0;
	*n = strtoull(*s, &end, 16);
	*s = end;
	return !errno;
}

/** scan_0x - the same with 0x or 0X */
static inline bool scan_0x(const char **s, uint64_t *n)
{
	return (scan_word(s, "0x") || scan_word(s, "0X")) && scan_hex(s, n);
}

/** scan_dec - digits of a number below 2^64 */
static inline bool scan_dec(const char **s, uint64_t *n)
{
	char *end;

	if (!isdigit((unsigned char)**s))
		return false;
	errno = 0;
	*n = strtoull(*s, &end, 10);
	*s = end;
	return !errno;
}

#endif
