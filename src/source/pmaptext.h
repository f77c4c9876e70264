/*
 * pmaptext.h - what pmap prints: procps' with -x, -d, -X, -XX, -c or none, ours, busybox's (private
 * to source)
 *
 * pmap(1) cuts the path of a file to its last part, and calls all else "[ anon ]" or "[ stack ]".
 */
#ifndef VMV_PMAPTEXT_H
#define VMV_PMAPTEXT_H

#include <stdbool.h>
#include <stddef.h>

struct textforms;
struct textrow;

/** pmaptext_short - a row without -X, see textform_parse(). */
bool pmaptext_short(const struct textforms *forms, const char *text, size_t at,
		    struct textrow *row);

/** pmaptext_long - a row with -X, -XX or -c: what its columns are, the heading told. */
bool pmaptext_long(const struct textforms *forms, const char *text, size_t at, struct textrow *row);

/** pmaptext_heading - is it a heading, whose columns are kept, a rule, or a line of totals? */
bool pmaptext_heading(struct textforms *forms, const char *text);

#endif
