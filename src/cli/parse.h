/*
 * parse.h - arguments of options, the same in every locale (private to cli)
 */
#ifndef VMV_PARSE_H
#define VMV_PARSE_H

#include <stdint.h>

/** parse_seconds - "2", "0.25" or ".5" in nanoseconds; 0 if it makes no sense. */
uint64_t parse_seconds(const char *s);

/** parse_count - a number from 1 on; 0 if it is none. */
uint64_t parse_count(const char *s);

#endif
