/*
 * pattern.h - regular expressions whose cost is bounded (private to table)
 */
#ifndef VMV_PATTERN_H
#define VMV_PATTERN_H

#include <stddef.h>

struct pattern;
struct vmv_error;

/** pattern_new - compile an extended regular expression (see ere.h); NULL with @err set and *@where
 *  the byte of @text that is wrong. */
struct pattern *pattern_new(const char *text, size_t *where, struct vmv_error *err);

/**
 * pattern_match - does it match anywhere in @text?
 *
 * Where the pattern is valid UTF-8, so is what it can match: a byte of @text that is not ends
 * any match.  Otherwise all are bytes.
 *
 * A pattern is for one thread at a time, also here.
 *
 * Return: 1 or 0, or -E2BIG if finding out takes too many steps or too much memory.
 */
int pattern_match(const struct pattern *p, const char *text);

/** pattern_free - release it; NULL is fine. */
void pattern_free(struct pattern *p);

/** pattern_prepare - load what patterns take. */
void pattern_prepare(void);

#endif
