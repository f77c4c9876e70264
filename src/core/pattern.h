/*
 * pattern.h - regular expressions that are better not compiled (private to core)
 */
#ifndef VMV_PATTERN_H
#define VMV_PATTERN_H

#include <stdbool.h>

/**
 * pattern_is_costly - could this extended regular expression take all memory or time?
 *
 * C libraries write repetitions out, so that a few nested ones become as many
 * states as there are atoms; and they try back-references, which regex(7) does
 * not have in this kind of expression, in all ways.
 */
bool pattern_is_costly(const char *pattern);

#endif
