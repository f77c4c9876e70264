/* filtermatch.c - see filter.h: which regions match a filter */
#include "vmapview/filter.h"

#include "filtersteps.h"
#include "pattern.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/error.h"
#include "vmapview/map.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static bool has_word(const char *text, const char *word)
{
	return text && strcasestr(text, word);
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

static bool test_number(const struct step *test, uint64_t number)
{
	switch (test->relation) {
	case REL_EQ:
		return number == test->number;
	case REL_NE:
		return number != test->number;
	case REL_LT:
		return number < test->number;
	case REL_LE:
		return number <= test->number;
	case REL_GT:
		return number > test->number;
	default:
		return number >= test->number;
	}
}

/* Returns a negative errno if it can't be decided. */
static int holds(const struct step *test, const struct vmv_map *map, const struct vmv_region *r)
{
	struct vmv_value value;

	if (test->relation == REL_WORD)
		return has_word(r->name, test->text) ||
		       has_word(vmv_classes[r->class].name, test->text) ||
		       has_word(vmv_parts[r->part], test->text);
	vmv_column_get(test->column, map, r, &value);
	if (test->unknown)
		return value.known == (test->relation == REL_NE);
	if (!value.known)
		return false;
	return test->column->type == VMV_TEXT ? test_text(test, value.text)
					      : test_number(test, value.number);
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

static int take_steps(const struct vmv_filter *filter, const struct vmv_map *map,
		      const struct vmv_region *r, bool *stack, struct vmv_error *err)
{
	size_t top = 0;

	for (size_t i = 0; i < filter->nsteps; i++) {
		const struct step *step = &filter->steps[i];
		int rc;

		if (step->op != OP_TEST) {
			top = combine(stack, top, step->op);
			continue;
		}
		rc = holds(step, map, r);
		if (rc < 0)
			return vmv_fail(err, -rc, "the pattern '%.150s' is too costly", step->text);
		stack[top++] = rc;
	}
	return stack[0];
}

int vmv_filter_match(const struct vmv_filter *filter, const struct vmv_map *map,
		     const struct vmv_region *r, struct vmv_error *err)
{
	bool few[64] = { false }, *stack = few;
	int answer;

	if (!filter)
		return true;
	if (filter->nsteps > sizeof(few))
		stack = vmv_calloc(filter->nsteps, sizeof(*stack));
	answer = take_steps(filter, map, r, stack, err);
	if (stack != few)
		free(stack);
	return answer;
}
