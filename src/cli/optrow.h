/*
 * optrow.h - the table of options, and what belongs together (private to cli)
 */
#ifndef VMV_OPTROW_H
#define VMV_OPTROW_H

#include "vmapview/options.h"

#include <stdbool.h>
#include <stddef.h>

/** struct given - which options were given, to find those that exclude others */
struct given {
	bool c, C, d, n, N, x;
	unsigned X;
};

/** struct option_state - what is being filled in */
struct option_state {
	struct vmv_options *o;
	struct given given;
};

/** Who lists an option in its help text, and who takes it. */
enum who {
	BOTH,   /* we and pmap */
	HIDDEN, /* both take it, nobody lists it */
	OURS,   /* not under the name pmap */
	LATER,  /* the same, since after 0.1, whose short forms of names still mean what they did */
};

/** A setter returns false if the value makes no sense, having said so. */
typedef bool setter(struct option_state *s, const char *value);

/** struct option_row - one option, or a heading of our help: then only @help is there
 *  @letter: short name, or 0
 *  @name:   long name, or NULL
 *  @value:  what its argument is called in the help, NULL if it has none; "[=...]" if it may be
 *           left out
 *  @help:   the same; "" for an option that the row above explains
 *  @note:   a further line of help, or NULL
 *  @set:    takes it; if NULL, the option is one of struct vmv_tables, and
 *  @at:     where in there its argument goes, or that it was given */
struct option_row {
	char letter;
	const char *name, *value, *help, *note;
	enum who who;
	setter *set;
	size_t at;
};

enum { OPTION_ROWS_MAX = 64 };

/** One table holds all options: it feeds getopt_long(3) and the usage text. */
extern const struct option_row option_rows[];
extern const size_t noption_rows;

/** option_take - take the option @row with its argument, NULL if it has none; false if that makes
 *  no sense, having said so. */
bool option_take(struct option_state *s, const struct option_row *row, const char *value);

/** option_is_of_tables - is it one of struct vmv_tables, and was it given? */
bool option_is_of_tables(const struct option_row *row, const struct vmv_options *o);

/** options_check - do they go together?  Sets and returns the action; says why if not. */
enum vmv_action options_check(struct vmv_options *o, const struct given *given);

#endif
