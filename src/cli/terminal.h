/*
 * terminal.h - what a terminal can show (private to cli)
 */
#ifndef VMV_TERMINAL_H
#define VMV_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_options;

/** want_color - what --color, NO_COLOR and the terminal agree on. */
bool want_color(const struct vmv_options *o);

/** knows_utf8 - does the locale say so? */
bool knows_utf8(void);

/** terminal_width - columns of the terminal, 0 if standard output is none. */
size_t terminal_width(void);

#endif
