/*
 * hexfind.c - search the memory of a region for text (hex.h)
 *
 * It is read in windows by the thread that looks at memory, some of them at a time.  Only what is
 * in memory is searched: a search must not make the process grow.
 */
#include "app.h"
#include "hex.h"
#include "loader.h"
#include "picture.h"
#include "vmapview/alloc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOWS = 256 }; /* to look at before the screen shows how far it is */

/* ---- in the thread ---- */

static bool is_at(const struct hex *window, size_t at, const struct seek *s)
{
	unsigned char byte;

	for (size_t i = 0; i < s->len; i++)
		if (!hex_byte(window, at + i, &byte) ||
		    tolower(byte) != tolower((unsigned char)s->text[i]))
			return false;
	return true;
}

/* It begins with one of the first @count bytes. */
static void find_in(struct seek *s, const struct hex *window, size_t count)
{
	for (size_t i = 0; i < count && s->hit == VMV_UNKNOWN; i++) {
		size_t at = s->backward ? count - 1 - i : i;

		if (is_at(window, at, s))
			s->hit = window->first + at;
	}
}

/* Windows overlap, so that no text is missed where they meet. */
static void look_at_next(struct seek *s, const struct vmv_memory *memory)
{
	uint64_t most = HEX_ROOM - s->len, count = s->backward ? s->at - s->low : s->high - s->at;
	struct hex window = { .first = s->at };

	if (count > most)
		count = most;
	if (s->backward)
		window.first -= count;
	window.count = (size_t)count + s->len;
	if (window.count > s->high - window.first)
		window.count = (size_t)(s->high - window.first);
	hex_look(&window, memory);
	s->err = window.err;
	find_in(s, &window, (size_t)count);
	s->left -= count < s->left ? count : s->left;
	s->at = s->backward ? window.first : window.first + count;
	if (s->backward && s->at == s->low)
		s->at = s->high;
	else if (!s->backward && s->at == s->high)
		s->at = s->low;
}

void seek_run(struct seek *s, const struct vmv_memory *memory)
{
	for (int i = 0; i < WINDOWS && s->left && s->hit == VMV_UNKNOWN && !s->err.code; i++)
		look_at_next(s, memory);
}

/* ---- in the view ---- */

/* As it is typed, from where it was begun; then from what was found last. */
static uint64_t seek_from(const struct app *a, const struct vmv_region *r, bool backward)
{
	const struct details *d = &a->details;

	if (a->prompt.label)
		return d->size == HEX_WHOLE ? hex_line(a, r, a->origin) : d->hex.first;
	if (d->seek.hit < r->start || d->seek.hit >= r->end)
		return d->hex.first;
	return d->seek.hit + !backward;
}

bool hex_find(struct app *a, bool backward)
{
	const struct vmv_region *r = app_region(a);
	struct seek *s = &a->details.seek;
	uint64_t from = r ? seek_from(a, r, backward) : 0;

	s->on = r && a->found && *a->found && a->world->memory.peek && !a->gone;
	s->hit = VMV_UNKNOWN;
	s->number++;
	if (!s->on)
		return false;
	s->backward = backward;
	s->low = r->start;
	s->high = r->end;
	s->left = r->end - r->start;
	s->at = from;
	if (backward && from == r->start)
		s->at = r->end;
	else if (!backward && from >= r->end)
		s->at = r->start;
	s->len = strlen(a->found);
	if (s->len >= sizeof(s->text))
		s->len = sizeof(s->text) - 1;
	memcpy(s->text, a->found, s->len);
	return true;
}

bool seek_ask(struct app *a, struct job *job)
{
	struct seek *s = &a->details.seek;
	const struct vmv_region *r = app_region(a);

	if (!r || r->start != s->low || r->end != s->high || a->screen != SCREEN_DETAILS ||
	    !a->found)
		s->on = false;
	if (!s->on)
		return false;
	*job = (struct job){ .kind = JOB_MEMORY, .of = picture_ref(a->picture) };
	job->seek = vmv_calloc(1, sizeof(*s));
	*job->seek = *s;
	return true;
}

static void not_found(struct app *a)
{
	const struct vmv_error *err = &a->details.seek.err;
	const char *why = err->code ? err->text : "";

	if (a->prompt.label)
		snprintf(a->prompt.error, sizeof(a->prompt.error), "not found%s%.150s",
			 *why ? "; " : "", why);
	else
		app_say(a, "not found: %s%s%s", a->found, *why ? "; " : "", why);
}

void seek_take(struct app *a, const struct seek *got)
{
	struct details *d = &a->details;
	struct seek *s = &d->seek;

	if (!s->on || got->number != s->number)
		return;
	*s = *got;
	s->on = s->hit == VMV_UNKNOWN && s->left && !s->err.code;
	if (s->hit != VMV_UNKNOWN)
		hex_reveal(a, s->hit);
	else if (!s->on)
		not_found(a);
	else if (!a->prompt.label)
		app_say(a, "searching: %u %%",
			(unsigned)(100 - s->left / ((s->high - s->low) / 100 + 1)));
}
