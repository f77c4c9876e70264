/*
 * ere.h - extended regular expressions, rewritten for PCRE2 (private to table)
 */
#ifndef VMV_ERE_H
#define VMV_ERE_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_error;

/**
 * ere_translate - the same expression in Perl's syntax
 *
 * Everything means what it means in regex(7), including repetitions of repetitions and backslashes
 * in brackets; Perl's own constructs are not available.  In addition \w, \W, \s, \S, \b, \B, \<,
 * \>, \` and \' mean what they mean in grep(1).  Without @utf8, the expression matches bytes.
 *
 * @chars is how many characters of a text it may look at without a choice, which is what a step of
 * PCRE2 may cost: it counts choices only.
 *
 * Return: the text, to be freed, or NULL with @err set and *@where the byte of @pattern that is
 * wrong.
 */
char *ere_translate(const char *pattern, bool utf8, size_t *chars, size_t *where,
		    struct vmv_error *err);

#endif
