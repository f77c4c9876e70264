/*
 * sieve.h - which regions the filter lets through, found out little by little (private to tui)
 *
 * A pattern may take its time, and keys must not wait for it.  So a few regions are tried between
 * two keys; until all are known, what is shown stays as it is: the old filter, the old picture.
 * Whatever is shown has gone through the filter that is said to be on.
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
 * struct sieve - what is on its way to the screen
 * @working:  something is
 * @replaces: @filter and @text (owned, NULL: all) will replace what filters now
 * @picture:  will replace the one that is shown; owned, NULL: that stays
 * @shown, @base_shown: what is known so far of it, and of the baseline; owned
 * @since:    when trying them began, 0 before
 * @next:     the region to be tried next, first those of the picture, then of the baseline
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

/** sieve_filter - filter by this from now on; both are taken over, and NULL for all. */
void sieve_filter(struct app *a, struct vmv_filter *filter, char *text);

/** sieve_picture - show this one, which is taken over. */
void sieve_picture(struct app *a, struct picture *p);

/** sieve_again - the baseline changed. */
void sieve_again(struct app *a);

/** sieve_step - try a few regions; false if there is nothing to do any more. */
bool sieve_step(struct app *a);

/** sieve_text - the filter that the user wants, NULL for none. */
const char *sieve_text(const struct app *a);

/** sieve_percent - how far it is. */
unsigned sieve_percent(const struct app *a);

/** sieve_done - give up what is on its way. */
void sieve_done(struct sieve *s);

#endif
