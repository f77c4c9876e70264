/*
 * lazy_curses.h - the variables of curses, which is loaded when first used (see lazy.h)
 *
 * Use these instead of curses' own, which stand for nothing in this program.
 */
#ifndef VMV_LAZY_CURSES_H
#define VMV_LAZY_CURSES_H

/* Functions on all systems: which ones a header makes macros of is its own affair, and changes. */
#define NCURSES_NOMACROS
#define NCURSES_OPAQUE 1
#include <curses.h>

/** curses_screen - stdscr, after newterm(3). */
WINDOW *curses_screen(void);

/** curses_colors, curses_pairs - COLORS and COLOR_PAIRS, after start_color(3). */
int curses_colors(void);
int curses_pairs(void);

#endif
