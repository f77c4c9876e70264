/*
 * terminal.h - what a terminal can show (private to cli)
 */
#ifndef VMV_TERMINAL_H
#define VMV_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_options;

/** vmv_want_color - what --color, NO_COLOR and the terminal agree on. */
bool vmv_want_color(const struct vmv_options *o);

/** vmv_knows_utf8 - does the locale say so? */
bool vmv_knows_utf8(void);

/** vmv_terminal_width - columns of the terminal, 0 if standard output is none. */
size_t vmv_terminal_width(void);

#endif
