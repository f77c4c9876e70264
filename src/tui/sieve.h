/*
 * sieve.h - find out step by step which regions the filter lets through (private to tui)
 *
 * A pattern may take its time, and keys must not wait for it.  So only a few regions are tried
 * between two keys.  Until all have been, the screen keeps the old filter and the old picture, so
 * that what it shows has always gone through the filter that it names.
 */
#ifndef VMV_SIEVE_H
#define VMV_SIEVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;
struct picture;
struct vmv_filter;

/**
 * struct sieve - a filter or a picture on its way to the screen
 * @working:  there is one
 * @replaces: @filter and @text (owned; NULL: show all) will replace the present filter
 * @picture:  will replace the present picture; owned; NULL: that stays
 * @shown, @base_shown: the results so far for the picture and the baseline; owned
 * @since:    when the first region was tried, 0 before
 * @next:     the region to try next, first those of the picture, then those of the baseline
 */
struct sieve {
	bool working, replaces;
	struct vmv_filter *filter;
	char *text;
	struct picture *picture;
	bool *shown, *base_shown;
	uint64_t since;
	size_t next;
};

/** sieve_filter - use this filter from now on, NULL for none; takes over @filter and @text. */
void sieve_filter(struct app *a, struct vmv_filter *filter, char *text);

/** sieve_picture - show @p once it is filtered; takes it over. */
void sieve_picture(struct app *a, struct picture *p);

/** sieve_again - filter again because the baseline changed. */
void sieve_again(struct app *a);

/** sieve_step - try a few regions; false if nothing is left to do. */
bool sieve_step(struct app *a);

/** sieve_text - the filter that the user wants, NULL for none. */
const char *sieve_text(const struct app *a);

/** sieve_percent - how much of the work is done. */
unsigned sieve_percent(const struct app *a);

/** sieve_done - drop what is on its way. */
void sieve_done(struct sieve *s);

#endif
