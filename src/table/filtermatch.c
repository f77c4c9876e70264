/* filtermatch.c - see filter.h: which of a list match a filter */
#include "vmapview/filter.h"

#include "filtersteps.h"
#include "pattern.h"
#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/error.h"
#include "vmapview/kind.h"
#include "vmapview/value.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static bool has_word(const struct vmv_filter *filter, const char *word, const struct vmv_list *list,
		     size_t i)
{
	struct vmv_value value;

	for (size_t w = 0; w < filter->nwords; w++) {
		vmv_column_get(filter->words[w], list, i, &value);
		if (value.known && strcasestr(value.text, word))
			return true;
	}
	return false;
}

/* Returns a negative errno if a pattern is too costly. */
static int test_pattern(const struct step *test, const char *text)
{
	int rc = pattern_match(test->pattern, text);

	return rc < 0 ? rc : rc == (test->relation == REL_MATCH);
}

static int test_text(const struct step *test, const char *text)
{
	switch (test->relation) {
	case REL_EQ:
		return fnmatch(test->text, text, 0) == 0;
	case REL_NE:
		return fnmatch(test->text, text, 0) != 0;
	case REL_LT:
		return strcmp(text, test->text) < 0;
	case REL_LE:
		return strcmp(text, test->text) <= 0;
	case REL_GT:
		return strcmp(text, test->text) > 0;
	case REL_GE:
		return strcmp(text, test->text) >= 0;
	default:
		return test_pattern(test, text);
	}
}

static bool test_number(const struct step *test, const struct vmv_value *value)
{
	const struct vmv_value other = { .known = true, .number = test->number };
	int order = vmv_value_compare(test->column, value, &other);

	switch (test->relation) {
	case REL_EQ:
		return order == 0;
	case REL_NE:
		return order != 0;
	case REL_LT:
		return order < 0;
	case REL_LE:
		return order <= 0;
	case REL_GT:
		return order > 0;
	default:
		return order >= 0;
	}
}

/* Returns a negative errno if it can't be decided. */
static int holds(const struct vmv_filter *filter, const struct step *test,
		 const struct vmv_list *list, size_t i)
{
	struct vmv_value value;

	if (test->relation == REL_WORD)
		return has_word(filter, test->text, list, i);
	vmv_column_get(test->column, list, i, &value);
	if (test->unknown)
		return value.known == (test->relation == REL_NE);
	if (!value.known)
		return false;
	return test->column->type == VMV_TEXT ? test_text(test, value.text)
					      : test_number(test, &value);
}

/* Replace the operands on the stack by the result; returns the new top. */
static size_t combine(bool *stack, size_t top, enum op op)
{
	if (op == OP_NOT) {
		stack[top - 1] = !stack[top - 1];
		return top;
	}
	top--;
	if (op == OP_AND)
		stack[top - 1] = stack[top - 1] && stack[top];
	else
		stack[top - 1] = stack[top - 1] || stack[top];
	return top;
}

static int take_steps(const struct vmv_filter *filter, const struct vmv_list *list, size_t item,
		      bool *stack, struct vmv_error *err)
{
	size_t top = 0;

	for (size_t i = 0; i < filter->nsteps; i++) {
		const struct step *step = &filter->steps[i];
		int rc;

		if (step->op != OP_TEST) {
			top = combine(stack, top, step->op);
			continue;
		}
		rc = holds(filter, step, list, item);
		if (rc < 0)
			return vmv_fail(err, -rc, "the pattern '%.150s' is too costly", step->text);
		stack[top++] = rc;
	}
	return stack[0];
}

int vmv_filter_match(const struct vmv_filter *filter, const struct vmv_list *list, size_t i,
		     struct vmv_error *err)
{
	bool few[64] = { false }, *stack = few;
	int answer;

	if (!filter)
		return true;
	if (filter->nsteps > sizeof(few))
		stack = vmv_calloc(filter->nsteps, sizeof(*stack));
	answer = take_steps(filter, list, i, stack, err);
	if (stack != few)
		free(stack);
	return answer;
}
