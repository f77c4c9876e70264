/* narrow.c - see app.h: steps that add to the filter */
#include "app.h"
#include "vmapview/alloc.h"

#include <stdlib.h>
#include <string.h>

static void drop(struct narrow *n, unsigned count)
{
	while (n->count > count)
		free(n->steps[--n->count].wide);
}

void narrow_done(struct narrow *n)
{
	drop(n, 0);
}

void narrow_edited(struct app *a)
{
	if (a->narrow.count)
		a->narrow.steps[a->narrow.count - 1].edited = true;
}

/* A filter has no escapes: a text is quoted by whichever quote it lacks. */
static char *test_text(const char *column, const char *word)
{
	const char *quote = strpbrk(word, " ()=!<>~\"'\t\n\v\f\r") ? "\"" : "";

	if (strchr(word, '"'))
		quote = "'";
	return vmv_asprintf("%s = %s%s%s", column, quote, word, quote);
}

/* Else what is behind the quote would be read as more of the filter. */
static bool can_be_quoted(const char *word)
{
	return !strchr(word, '"') || !strchr(word, '\'');
}

static int filter_too(struct app *a, const char *test, struct vmv_error *err)
{
	const char *wide = sieve_text(a);
	char *both = wide ? vmv_asprintf("(%s) and %s", wide, test) : vmv_strdup(test);
	size_t where;
	int rc = app_filter(a, both, &where, err);

	free(both);
	return rc;
}

void narrow_to(struct app *a, const char *column, const char *word)
{
	struct narrow *n = &a->narrow;
	const char *wide = sieve_text(a);
	struct narrow_step step = { .from = a->screen, .wide = wide ? vmv_strdup(wide) : NULL };
	char *test = test_text(column, word);
	struct vmv_error err;

	if (n->count == NARROW_MAX || !can_be_quoted(word) || filter_too(a, test, &err) < 0) {
		free(step.wide);
		app_say(a, "no filter can express %s", test);
	} else {
		n->steps[n->count++] = step;
		app_open(a, SCREEN_REGIONS);
		app_say(a, "q goes back; only %s", test);
	}
	free(test);
}

void narrow_return(struct app *a, enum screen_id screen, bool back)
{
	struct narrow *n = &a->narrow;
	bool edited = false;
	unsigned i = n->count;

	do {
		if (!i)
			return;
		edited |= n->steps[--i].edited;
	} while (n->steps[i].from != screen);
	if (edited && !back)
		i = 0;
	else
		app_filter(a, n->steps[i].wide ? n->steps[i].wide : "", NULL, NULL);
	drop(n, i);
}
