/*
 * units.h - numbers as text
 */
#ifndef VMV_UNITS_H
#define VMV_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Room for any number that the functions here write, with its NUL. */
enum { VMV_NUMBER_ROOM = 24 };

/** vmv_put_dec - write @n in decimal to @to; returns its length. */
size_t vmv_put_dec(char *to, uint64_t n);

/** vmv_put_hex - write @n in lower-case hex, with zeros up to @width digits
 *  (at most 16); returns its length. */
size_t vmv_put_hex(char *to, uint64_t n, unsigned width);

/**
 * vmv_put_human - write @bytes as people say it: "0", "4K", "1.3M", "137G"
 *
 * Powers of 1024, four digits at most before the unit, rounded to nearest.
 * Less than a KiB is written as plain bytes with "B".  Returns its length.
 */
size_t vmv_put_human(char *to, uint64_t bytes);

/**
 * vmv_parse_bytes - read "4096", "64k", "1.5M", "2GiB"
 *
 * Powers of 1024.  By hand, so that "." means the same in every locale.
 *
 * Return: false if it is no size, or too large for 64 bits.
 */
bool vmv_parse_bytes(const char *s, uint64_t *bytes);

/** vmv_add - the sum of two known numbers, which stays one: at most VMV_UNKNOWN - 1. */
static inline uint64_t vmv_add(uint64_t a, uint64_t b)
{
	const uint64_t most = UINT64_MAX - 1;

	return a > most - b ? most : a + b;
}

#endif
