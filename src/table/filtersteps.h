/*
 * filtersteps.h - the compiled form of a filter (private to table)
 *
 * A program in reverse Polish order: tests push a truth value, operators combine what is on the
 * stack.  There is no recursion, so no input can exhaust the call stack.
 */
#ifndef VMV_FILTERSTEPS_H
#define VMV_FILTERSTEPS_H

#include "vmapview/kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pattern;
struct vmv_column;

enum op { OP_TEST, OP_NOT, OP_AND, OP_OR, OP_OPEN };

enum relation { REL_WORD, REL_EQ, REL_NE, REL_LT, REL_LE, REL_GT, REL_GE, REL_MATCH, REL_NO_MATCH };

/** struct step - one step of the program; all but @op is for OP_TEST */
struct step {
	enum op op;
	enum relation relation;
	const struct vmv_column *column; /* NULL for a word alone */
	bool unknown;                    /* compares with "-" */
	uint64_t number;
	char *text;
	struct pattern *pattern;
};

/** struct vmv_filter - @words: the columns that a word alone is looked for in */
struct vmv_filter {
	const struct vmv_column *words[VMV_WORDS];
	size_t nwords;
	struct step *steps;
	size_t nsteps, room;
};

#endif
