/*
 * prompt.h - one line of input (private to tui)
 */
#ifndef VMV_PROMPT_H
#define VMV_PROMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;
struct key;
struct surface;

#define PROMPT_NOWHERE SIZE_MAX

/**
 * struct prompt - the line
 * @label:  what is asked for, NULL when no prompt is open
 * @text:   UTF-8
 * @at:     byte at which the next character goes
 * @error:  what is wrong with the text, "" if nothing
 * @gap:    a paste broke the line: a blank goes before what follows in it
 * @wrong:  at which byte it is, PROMPT_NOWHERE if at no one
 * @change: called after each change of the text; may be NULL
 * @strict: Enter does nothing while there is an error
 * @accept: called on Enter; the prompt is closed by then, but prompt_refuse() opens it again
 * @cancel: called on Esc; may be NULL
 */
struct prompt {
	const char *label;
	char text[1024], error[200];
	size_t len, at, wrong;
	bool gap, strict;
	void (*change)(struct app *app);
	void (*accept)(struct app *app);
	void (*cancel)(struct app *app);
};

/** prompt_open - ask for a line, which begins as @text; the callbacks are the caller's
 *  to set after. */
void prompt_open(struct prompt *p, const char *label, const char *text);

/** prompt_refuse - for accept: it can't be done, and why; the text stays to be changed. */
void prompt_refuse(struct prompt *p, const char *label, const char *why);

/** prompt_key - a key while it is open. */
void prompt_key(struct prompt *p, struct app *app, const struct key *key);

/** prompt_draw - draw it in line @y. */
void prompt_draw(const struct prompt *p, struct surface *s, int y);

#endif
