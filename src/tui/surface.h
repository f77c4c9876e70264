/*
 * surface.h - a grid of character cells to draw on (private to tui)
 *
 * Screens draw here and know nothing of terminals; term.c shows it, tests read
 * it as text.  Everything is clipped: any coordinate is allowed.  Text is bytes
 * that nobody has vetted: what could drive a terminal becomes \ooo.
 */
#ifndef VMV_SURFACE_H
#define VMV_SURFACE_H

#include "vmapview/class.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

/** What things on the screen are, so that a theme can say how they look; the first are the roles of
 * classes (class.h). */
enum look {
	LOOK_PLAIN = VMV_ROLE_PLAIN,
	LOOK_DIM = VMV_ROLE_FAINT,
	LOOK_TITLE = VMV_ROLES, /* who is shown */
	LOOK_LABEL,             /* the name of a number */
	LOOK_HEADING,           /* above a column */
	LOOK_SORTED,            /* the heading that is sorted by */
	LOOK_SELECTED,          /* the line that the user is at */
	LOOK_TAB,               /* the screen that is open */
	LOOK_KEY,               /* a key in the bottom line */
	LOOK_ACTION,            /* what it does */
	LOOK_GREW,
	LOOK_SHRANK,
	LOOK_NEW,
	LOOK_BANNER, /* something is wrong or unusual */
	LOOK_MATCH,  /* what was searched for */
	LOOKS
};

/**
 * struct sign - what stands for something on the screen
 * @text, @ascii: the sign; the latter where nothing else can be shown
 * @look: how it is drawn
 * @help: what it says, for the legend in the help
 */
struct sign {
	const char *text, *ascii;
	unsigned look;
	const char *help;
};

/** A pen is a look with attributes added to it. */
enum {
	PEN_LOOK = 0xff,
	PEN_BOLD = 0x100,
	PEN_REVERSE = 0x200,
	PEN_DIM = 0x400,
	PEN_UNDERLINE = 0x800,
};

/**
 * struct cell - one column of one line
 * @ch:   the character; 0 in the second column of a wide one
 * @mark: one combining character on it, or 0
 * @pen:  a look and attributes
 */
struct cell {
	wchar_t ch, mark;
	unsigned short pen;
};

/**
 * struct surface - the grid
 * @ascii: nothing else can be shown
 * @plain: text may be anything, but bars, marks and the like are ASCII, too: the font has no others
 * @cursor_x, @cursor_y: where the terminal's cursor is, -1 to hide it
 */
struct surface {
	int width, height;
	struct cell *cells;
	bool ascii, plain;
	int cursor_x, cursor_y;
};

/** struct box - a part of a surface */
struct box {
	int x, y, width, height;
};

/** surface_signs - may bars and marks be more than ASCII? */
static inline bool surface_signs(const struct surface *s)
{
	return !s->ascii && !s->plain;
}

/** strip - a box of one line. */
static inline struct box strip(int x, int y, int width)
{
	return (struct box){ x, y, width, 1 };
}

/** surface_resize - make it so large and blank; a zeroed struct is an empty one. */
void surface_resize(struct surface *s, int width, int height);

/** surface_clear - blank it. */
void surface_clear(struct surface *s);

/** surface_done - release what it owns. */
void surface_done(struct surface *s);

/** surface_at - a cell, or NULL outside. */
struct cell *surface_at(const struct surface *s, int x, int y);

/** surface_text - draw @text from the left end of @at on; what does not fit is cut
 *  and ends in an ellipsis.  Returns the number of columns drawn. */
int surface_text(struct surface *s, struct box at, unsigned pen, const char *text);

/** surface_right - the same, up to the right end of @at. */
void surface_right(struct surface *s, struct box at, unsigned pen, const char *text);

/** surface_middle - surface_text() of both ends of @text if it does not fit, with an ellipsis
 *  between; of a path, the last name is cut last.  Byte @differs of that name tells it from
 *  others (see alike.h): it is not what is cut. */
int surface_middle(struct surface *s, struct box at, unsigned pen, const char *text,
		   size_t differs);

/** surface_print - surface_text() of what printf(3) makes of it. */
int surface_print(struct surface *s, struct box at, unsigned pen, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/** surface_columns - how many columns @text takes. */
int surface_columns(const struct surface *s, const char *text);

/** surface_fitting - how many bytes of @text go on a line of @width columns: whole words,
 *  if it has any, and at least one character. */
size_t surface_fitting(bool ascii, const char *text, int width);

/** surface_fill - a box of one character. */
void surface_fill(struct surface *s, struct box box, unsigned pen, wchar_t ch);

/** surface_add - add attributes to cells. */
void surface_add(struct surface *s, struct box box, unsigned attrs);

/** surface_select - make a line the selected one: of one look from end to end.  A block of a bar is
 *  shaded, as reversed it would look empty. */
void surface_select(struct surface *s, struct box line);

/** surface_bar - a bar that fills @part of @whole of @at; what is not nothing shows
 *  at least a little. */
void surface_bar(struct surface *s, struct box at, unsigned pen, uint64_t part, uint64_t whole);

/** surface_dump - the characters as UTF-8 lines without blanks at their ends;
 *  free() it. */
char *surface_dump(const struct surface *s);

/** surface_dump_pens - the same with a character for each cell's pen: '.' for
 *  plain, letters for looks in the order of enum look, upper case if reversed. */
char *surface_dump_pens(const struct surface *s);

#endif
