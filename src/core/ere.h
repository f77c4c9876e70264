/*
 * ere.h - extended regular expressions, written as PCRE2 wants them (private to core)
 */
#ifndef VMV_ERE_H
#define VMV_ERE_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_error;

/**
 * ere_translate - the same expression in Perl's syntax
 *
 * What regex(7) has means what it means there: repetitions of repetitions, backslashes in
 * brackets, and none of Perl's own constructs.  Beside that \w, \W, \s, \S, \b, \B, \<, \>, \` and
 * \' are what they are to grep(1).  Without @utf8, the expression is bytes.
 *
 * Return: the text, to be freed, or NULL with @err set.
 */
char *ere_translate(const char *pattern, bool utf8, struct vmv_error *err);

#endif
