/*
 * filter.h - which of a list to show: "rss > 1M and class = anon"
 *
 *	expression = test | "not" expression | "(" expression ")"
 *	           | expression "and" expression | expression "or" expression
 *	test       = column operator value | word
 *	operator   = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~"
 *
 * "and" binds closer than "or", "not" closer than both.  Sizes take K, M, G, T,
 * P, E (powers of 1024) and decimals, addresses are hexadecimal.  Text compares
 * with "=" as a shell pattern (glob(7)), with "~" as an extended regular
 * expression (regex(7)), whose cost is bounded.  A word alone is looked for, in any case, in the
 * columns that the kind has for that (kind.h): path, class and part of regions.  The value "-" is
 * that of what is not known; no other comparison with what is not known holds.  Words with blanks
 * or operators take quotes.
 */
#ifndef VMV_FILTER_H
#define VMV_FILTER_H

#include <stddef.h>

struct vmv_counters;
struct vmv_error;
struct vmv_filter;
struct vmv_kind;
struct vmv_list;

/**
 * vmv_filter_parse - compile an expression about things of a kind
 *
 * Return: the filter, or NULL with @err set and *@where (may be NULL) the index
 * of the byte in @text where it went wrong.
 */
struct vmv_filter *vmv_filter_parse(const struct vmv_kind *kind, const char *text, size_t *where,
				    struct vmv_error *err);

/** vmv_filter_parse_with - the same, also with columns that only @counters (column.h)
 *  has; the filter borrows them. */
struct vmv_filter *vmv_filter_parse_with(const struct vmv_kind *kind, struct vmv_counters *counters,
					 const char *text, size_t *where, struct vmv_error *err);

/** vmv_filter_needs - set of enum vmv_need (need.h) of the columns it looks at. */
unsigned vmv_filter_needs(const struct vmv_filter *filter);

/**
 * vmv_filter_match - is the @i-th of @list, of the filter's kind, to be shown?  A NULL filter
 * takes all.
 *
 * Return: 1 or 0, or -E2BIG with @err set if a pattern is too costly to say.
 */
int vmv_filter_match(const struct vmv_filter *filter, const struct vmv_list *list, size_t i,
		     struct vmv_error *err);

/** vmv_filter_prepare - load what patterns take, while the program still may. */
void vmv_filter_prepare(void);

/** vmv_filter_free - release it; NULL is fine. */
void vmv_filter_free(struct vmv_filter *filter);

#endif
