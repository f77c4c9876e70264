/* sieve.c - see sieve.h */
#include "sieve.h"

#include "app.h"
#include "picture.h"
#include "vmapview/alloc.h"
#include "vmapview/filter.h"

#include <stdio.h>
#include <stdlib.h>

enum { FEW = 4 }; /* regions, each of which may take many milliseconds */

void sieve_done(struct sieve *s)
{
	vmv_filter_free(s->filter);
	free(s->text);
	picture_free(s->picture);
	free(s->shown);
	free(s->base_shown);
	*s = (struct sieve){ 0 };
}

const char *sieve_text(const struct app *a)
{
	return a->sieve.replaces ? a->sieve.text : a->filter_text;
}

static const struct vmv_filter *wanted(const struct app *a)
{
	return a->sieve.replaces ? a->sieve.filter : a->filter;
}

/* The picture whose regions are tried; NULL before the first picture. */
static struct picture *fresh(const struct app *a)
{
	return a->sieve.picture ? a->sieve.picture : a->picture;
}

/* The baseline, if it has to be filtered anew. */
static struct picture *base(const struct app *a)
{
	return a->sieve.replaces && a->baseline != fresh(a) ? a->baseline : NULL;
}

static size_t regions(const struct picture *p)
{
	return p ? p->map.nregions : 0;
}

unsigned sieve_percent(const struct app *a)
{
	size_t all = regions(fresh(a)) + regions(base(a));

	return all ? (unsigned)(a->sieve.next * 100 / all) : 100;
}

static void set_shown(struct picture *p, bool **shown)
{
	if (!p)
		return;
	free(p->shown);
	p->shown = *shown;
	*shown = NULL;
}

static void finish(struct app *a)
{
	struct sieve s = a->sieve;

	set_shown(fresh(a), &s.shown);
	set_shown(base(a), &s.base_shown);
	free(s.shown);
	free(s.base_shown);
	a->sieve = (struct sieve){ 0 };
	if (s.replaces) {
		app_drop_sheets(a);
		vmv_filter_free(a->filter);
		free(a->filter_text);
		a->filter = s.filter;
		a->filter_text = s.text;
	}
	if (s.picture)
		app_show_picture(a, s.picture);
}

static void start(struct app *a)
{
	struct sieve *s = &a->sieve;

	free(s->shown);
	free(s->base_shown);
	s->shown = s->base_shown = NULL;
	s->since = s->next = 0;
	s->working = s->replaces || s->picture;
	if (s->working && (!wanted(a) || !fresh(a))) {
		finish(a);
	} else if (s->working) {
		s->shown = vmv_calloc(regions(fresh(a)), sizeof(*s->shown));
		s->base_shown = vmv_calloc(regions(base(a)), sizeof(*s->base_shown));
	}
}

static void set_filter(struct app *a, struct vmv_filter *filter, char *text, bool replaces)
{
	struct sieve *s = &a->sieve;

	vmv_filter_free(s->filter);
	free(s->text);
	s->filter = filter;
	s->text = text;
	s->replaces = replaces;
	start(a);
}

void sieve_filter(struct app *a, struct vmv_filter *filter, char *text)
{
	set_filter(a, filter, text, true);
}

void sieve_picture(struct app *a, struct picture *p)
{
	picture_free(a->sieve.picture);
	a->sieve.picture = p;
	start(a);
}

void sieve_again(struct app *a)
{
	start(a);
}

/* A pattern is too costly: keep the old filter or, if that is the one, remove it. */
static void give_up(struct app *a, const struct vmv_error *err)
{
	if (!a->sieve.replaces) {
		app_say(a, "filter removed: %s", err->text);
		sieve_filter(a, NULL, NULL);
		return;
	}
	if (a->prompt.label) {
		snprintf(a->prompt.error, sizeof(a->prompt.error), "%.150s", err->text);
		a->prompt.wrong = SIZE_MAX;
	} else {
		app_say(a, "%s", err->text);
	}
	set_filter(a, NULL, NULL, false);
}

/* Try one region; false if it can't be decided. */
static bool try_next(struct app *a)
{
	struct sieve *s = &a->sieve;
	size_t own = regions(fresh(a)), i = s->next;
	const struct picture *p = i < own ? fresh(a) : base(a);
	bool *shown = i < own ? s->shown : s->base_shown;
	const struct vmv_list list = vmv_map_list(&p->map, &vmv_kind_regions);
	struct vmv_error err;
	int rc;

	i -= i < own ? 0 : own;
	rc = vmv_filter_match(wanted(a), &list, i, &err);
	if (rc < 0) {
		give_up(a, &err);
		return false;
	}
	shown[i] = rc;
	s->next++;
	return true;
}

bool sieve_step(struct app *a)
{
	struct sieve *s = &a->sieve;
	size_t all = regions(fresh(a)) + regions(base(a));

	for (int n = 0; s->working && n < FEW && s->next < all; n++)
		if (!try_next(a))
			return s->working;
	if (s->working && s->next == all)
		finish(a);
	return s->working;
}
