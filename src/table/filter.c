/*
 * filter.c - see filter.h: expressions become steps (filtersteps.h); filtermatch.c takes them
 */
#include "vmapview/filter.h"

#include "filtersteps.h"
#include "pattern.h"
#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/error.h"
#include "vmapview/kind.h"
#include "vmapview/units.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/** struct parse - where we are; @pending are operators that wait for operands */
struct parse {
	const char *start, *s;
	const struct vmv_kind *kind;
	struct vmv_counters *counters;
	struct vmv_filter *filter;
	struct {
		enum op op;
		const char *at;
	} * pending;
	size_t npending, room;
	const char *wrong; /* set on failure */
	struct vmv_error *err;
};

static bool fail(struct parse *p, const char *at, const char *what)
{
	p->wrong = at;
	vmv_fail(p->err, EINVAL, "%s", what);
	return false;
}

static void skip_space(struct parse *p)
{
	while (isspace((unsigned char)*p->s))
		p->s++;
}

/* ---- words ---- */

static bool is_word_char(char c)
{
	return c && !isspace((unsigned char)c) && !strchr("()=!<>~\"'", c);
}

/* The next word or quoted text, to be freed; NULL if there is none. */
static char *take_word(struct parse *p)
{
	const char *from, *to;
	char *word;

	skip_space(p);
	from = to = p->s;
	if (*from == '"' || *from == '\'') {
		to = strchr(from + 1, *from);
		if (!to) {
			fail(p, from, "this quote has no end");
			return NULL;
		}
		from++;
		p->s = to + 1;
	} else {
		while (is_word_char(*to))
			to++;
		if (to == from)
			return NULL;
		p->s = to;
	}
	word = vmv_realloc(NULL, (size_t)(to - from) + 1, 1);
	memcpy(word, from, (size_t)(to - from));
	word[to - from] = '\0';
	return word;
}

/* Is the unquoted word @word next?  Takes it if so. */
static bool take_keyword(struct parse *p, const char *word)
{
	size_t len = strlen(word);

	skip_space(p);
	if (strncasecmp(p->s, word, len) != 0 || is_word_char(p->s[len]))
		return false;
	p->s += len;
	return true;
}

static enum relation take_relation(struct parse *p)
{
	static const struct {
		const char *sign;
		enum relation relation;
	} signs[] = { /* the longer first */
		      { "!=", REL_NE }, { "!~", REL_NO_MATCH }, { "==", REL_EQ },
		      { "<=", REL_LE }, { ">=", REL_GE },       { "=", REL_EQ },
		      { "<", REL_LT },  { ">", REL_GT },        { "~", REL_MATCH }
	};

	skip_space(p);
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		size_t len = strlen(signs[i].sign);

		if (!strncmp(p->s, signs[i].sign, len)) {
			p->s += len;
			return signs[i].relation;
		}
	}
	return REL_WORD;
}

/* ---- values ---- */

static bool parse_integer(const char *s, int base, uint64_t *number)
{
	char *end;

	if (!isxdigit((unsigned char)*s))
		return false;
	errno = 0;
	*number = strtoull(s, &end, base);
	return !*end && !errno;
}

static bool parse_delta(const char *s, uint64_t *number)
{
	bool less = *s == '-';

	if (!vmv_parse_bytes(s + (less || *s == '+'), number) || *number > INT64_MAX)
		return false;
	if (less)
		*number = -*number;
	return true;
}

static bool parse_value(struct parse *p, struct step *test, const char *at)
{
	const char *text = test->text;
	size_t where;

	if (!strcmp(text, "-") && (test->relation == REL_EQ || test->relation == REL_NE)) {
		test->unknown = true;
		return true;
	}
	if (test->relation == REL_MATCH || test->relation == REL_NO_MATCH) {
		if (test->column->type != VMV_TEXT)
			return fail(p, at, "only text columns match patterns");
		test->pattern = pattern_new(text, &where, p->err);
		if (!test->pattern)
			p->wrong = at + (*at == '"' || *at == '\'') + where;
		return test->pattern != NULL;
	}
	switch (test->column->type) {
	case VMV_ADDRESS:
		return parse_integer(text, 16, &test->number) ||
		       fail(p, at, "not an address in hexadecimal");
	case VMV_BYTES:
		return vmv_parse_bytes(text, &test->number) ||
		       fail(p, at, "not a size such as 4096, 64K or 1.5M");
	case VMV_DELTA:
		return parse_delta(text, &test->number) ||
		       fail(p, at, "not a change such as 64K, +1.5M or -4096");
	case VMV_NUMBER:
		return parse_integer(text, 10, &test->number) || fail(p, at, "not a number");
	case VMV_TEXT:
		break;
	}
	return true;
}

/* ---- expressions ---- */

static struct step *add_step(struct vmv_filter *filter, enum op op)
{
	struct step *step;

	filter->steps =
		vmv_grow(filter->steps, filter->nsteps, &filter->room, sizeof(*filter->steps));
	step = &filter->steps[filter->nsteps++];
	*step = (struct step){ .op = op };
	return step;
}

/* "rss > 1M" or "libc" */
static bool take_test(struct parse *p)
{
	const char *at, *value_at;
	struct step *test;

	skip_space(p);
	at = p->s;
	if (take_keyword(p, "and") || take_keyword(p, "or"))
		return fail(p, at, "a column or word is missing here");
	test = add_step(p->filter, OP_TEST);
	test->text = take_word(p);
	if (!test->text)
		return p->wrong ? false
				: fail(p, at,
				       *at ? "a column or word is missing here"
					   : "something is missing at the end");
	test->relation = take_relation(p);
	if (test->relation == REL_WORD)
		return true;
	test->column = vmv_counters_find(p->kind, p->counters, test->text, strlen(test->text));
	if (!test->column)
		return fail(p, at, "no such column");
	free(test->text);
	skip_space(p);
	value_at = p->s;
	test->text = take_word(p);
	if (!test->text)
		return p->wrong ? false : fail(p, value_at, "a value is missing here");
	if (parse_value(p, test, value_at))
		return true;
	/* What could be a counter that we do not know is a slip, if it has no value of one. */
	return vmv_column_find(p->kind, test->column->name, strlen(test->column->name))
		       ? false
		       : fail(p, at, "no such column, or none that takes this value");
}

static void push(struct parse *p, enum op op, const char *at)
{
	p->pending = vmv_grow(p->pending, p->npending, &p->room, sizeof(*p->pending));
	p->pending[p->npending].op = op;
	p->pending[p->npending++].at = at;
}

/* Move pending operators that bind at least as close as @op into the program. */
static void settle(struct parse *p, enum op op)
{
	while (p->npending && p->pending[p->npending - 1].op <= op)
		add_step(p->filter, p->pending[--p->npending].op);
}

static bool close_paren(struct parse *p, const char *at)
{
	settle(p, OP_OR);
	if (!p->npending)
		return fail(p, at, "nothing was opened here");
	p->npending--;
	return true;
}

/* What may stand before a test: any number of "not" and "(". */
static bool take_operand(struct parse *p)
{
	for (;;) {
		const char *at;

		skip_space(p);
		at = p->s;
		if (take_keyword(p, "not")) {
			push(p, OP_NOT, at);
		} else if (*p->s == '(') {
			p->s++;
			push(p, OP_OPEN, at);
		} else {
			return take_test(p);
		}
	}
}

/* What may stand after one; sets *@more if another operand follows. */
static bool take_operator(struct parse *p, bool *more)
{
	for (;;) {
		const char *at;

		skip_space(p);
		at = p->s;
		*more = true;
		if (*p->s == ')') {
			p->s++;
			if (!close_paren(p, at))
				return false;
		} else if (take_keyword(p, "and")) {
			settle(p, OP_AND);
			push(p, OP_AND, at);
			return true;
		} else if (take_keyword(p, "or")) {
			settle(p, OP_OR);
			push(p, OP_OR, at);
			return true;
		} else {
			*more = false;
			return !*p->s || fail(p, at, "\"and\" or \"or\" is missing here");
		}
	}
}

static bool parse(struct parse *p)
{
	bool more = true;

	while (more)
		if (!take_operand(p) || !take_operator(p, &more))
			return false;
	settle(p, OP_OR);
	if (p->npending)
		return fail(p, p->pending[p->npending - 1].at, "this is not closed");
	return true;
}

struct vmv_filter *vmv_filter_parse_with(const struct vmv_kind *kind, struct vmv_counters *counters,
					 const char *text, size_t *where, struct vmv_error *err)
{
	struct vmv_filter *filter = vmv_calloc(1, sizeof(*filter));
	struct parse p = { .start = text,
			   .s = text,
			   .kind = kind,
			   .counters = counters,
			   .filter = filter,
			   .err = err };

	filter->nwords = vmv_kind_words(kind, filter->words);
	if (!parse(&p)) {
		if (where)
			*where = (size_t)(p.wrong - p.start);
		vmv_filter_free(filter);
		filter = NULL;
	}
	free(p.pending);
	return filter;
}

struct vmv_filter *vmv_filter_parse(const struct vmv_kind *kind, const char *text, size_t *where,
				    struct vmv_error *err)
{
	return vmv_filter_parse_with(kind, NULL, text, where, err);
}

void vmv_filter_free(struct vmv_filter *filter)
{
	if (!filter)
		return;
	for (size_t i = 0; i < filter->nsteps; i++) {
		free(filter->steps[i].text);
		pattern_free(filter->steps[i].pattern);
	}
	free(filter->steps);
	free(filter);
}

void vmv_filter_prepare(void)
{
	pattern_prepare();
}

unsigned vmv_filter_needs(const struct vmv_filter *filter)
{
	unsigned needs = 0;

	for (size_t i = 0; i < filter->nsteps; i++) {
		const struct step *step = &filter->steps[i];

		if (step->op == OP_TEST && step->column)
			needs |= step->column->needs;
		for (size_t w = 0; step->op == OP_TEST && !step->column && w < filter->nwords; w++)
			needs |= filter->words[w]->needs;
	}
	return needs;
}
