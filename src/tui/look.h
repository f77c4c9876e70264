/*
 * look.h - what things on the screen are, so that a theme can say how they look
 * (private to tui)
 *
 * A pen is a look with attributes added to it.
 */
#ifndef VMV_LOOK_H
#define VMV_LOOK_H

#include "vmapview/class.h"

/** Looks; the first are the roles of classes (class.h). */
enum look {
	LOOK_PLAIN = VMV_ROLE_PLAIN,
	LOOK_DIM = VMV_ROLE_FAINT,
	LOOK_TITLE = VMV_ROLES, /* who is shown */
	LOOK_LABEL,             /* the name of a number */
	LOOK_HEADING,           /* above a column */
	LOOK_SORTED,            /* the heading that is sorted by */
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

enum {
	PEN_LOOK = 0xff,
	PEN_BOLD = 0x100,
	PEN_REVERSE = 0x200,
	PEN_DIM = 0x400,
	PEN_UNDERLINE = 0x800,
};

#endif
