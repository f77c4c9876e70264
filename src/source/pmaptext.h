/*
 * pmaptext.h - the output of pmap: procps' with -x, -d, -X, -XX, -c or no option, ours, busybox's
 * (private to source)
 *
 * pmap(1) cuts the path of a file to its last part, and calls everything else "[ anon ]" or "[
 * stack ]".
 */
#ifndef VMV_PMAPTEXT_H
#define VMV_PMAPTEXT_H

#include <stdbool.h>
#include <stddef.h>

struct textforms;
struct textrow;

/** pmaptext_short - parse a row printed without -X, see textform_parse(). */
bool pmaptext_short(const struct textforms *forms, const char *text, size_t at,
		    struct textrow *row);

/** pmaptext_long - parse a row printed with -X, -XX or -c; the heading gave its columns. */
bool pmaptext_long(const struct textforms *forms, const char *text, size_t at, struct textrow *row);

/** pmaptext_heading - is it a heading (keep its columns), a rule, or a line of totals? */
bool pmaptext_heading(struct textforms *forms, const char *text);

#endif
