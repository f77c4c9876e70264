/*
 * term.h - the terminal: shows surfaces, gives keys and signals (private to tui)
 *
 * There is one at a time, and only term.c knows that it is curses.
 */
#ifndef VMV_TERM_H
#define VMV_TERM_H

#include <stdbool.h>
#include <stdio.h>

struct key;
struct surface;
struct term;
struct vmv_error;

/**
 * term_open - take the terminal
 *
 * Signals that would end or stop the program are held back from here on, for
 * all threads started later too: they come from term_signal().  Without @color,
 * looks are told apart by attributes only.  @keys is the terminal, open for reading; the caller's
 * to close, after term_close().
 *
 * Return: the terminal, or NULL with @err set.
 */
struct term *term_open(bool color, FILE *keys, struct vmv_error *err);

/** term_close - give it back as it was; NULL is fine. */
void term_close(struct term *t);

/** term_ascii - can it show nothing else? */
bool term_ascii(const struct term *t);

/** term_plain - does its font lack bars, marks and arrows?  On the Linux console it may be any. */
bool term_plain(const struct term *t);

/** term_size - its size now. */
void term_size(const struct term *t, int *width, int *height);

/** term_show - make the terminal look like the surface. */
void term_show(struct term *t, const struct surface *s);

/** term_redraw - draw all of it again with the next term_show(). */
void term_redraw(struct term *t);

/** term_key - take the next key; false if there is none yet. */
bool term_key(struct term *t, struct key *key);

/** term_key_fd - a descriptor to poll for keys. */
int term_key_fd(const struct term *t);

/** term_signal - the next signal, 0 if there is none; poll term_signal_fd().
 *  Changes of size are taken note of here. */
int term_signal(struct term *t);
int term_signal_fd(const struct term *t);

/** term_stop - give the terminal back and stop (SIGTSTP), take it again after. */
void term_stop(struct term *t);

#endif
