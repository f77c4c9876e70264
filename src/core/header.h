/*
 * header.h - what the grammars of headers and of counters share (private to core)
 */
#ifndef VMV_HEADER_H
#define VMV_HEADER_H

#include <stdbool.h>
#include <stdint.h>

/** take_dec - take a decimal number from *@s; false if there is none, or one that is too large. */
bool take_dec(const char **s, uint64_t *out);

#endif
