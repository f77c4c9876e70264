/*
 * theme.c - see theme.h
 *
 * A colour says what memory is, one for each role, and nothing else has one: whatever else there is
 * to tell is told by weight, line and reversal, which every terminal has.  The one exception is
 * red, which asks for a look wherever it is.  What is red is for the user's palette to decide.
 */
#include "theme.h"

/* clang-format off */
static const struct style styles[LOOKS] = {
	[VMV_ROLE_PLAIN]   = { COLOR_OWN, COLOR_OWN, 0, 0 },
	[VMV_ROLE_PROGRAM] = { COLOR_2_GREEN, COLOR_OWN, 0, 0 },
	[VMV_ROLE_LIBRARY] = { COLOR_6_CYAN, COLOR_OWN, 0, 0 },
	[VMV_ROLE_FILE]    = { COLOR_4_BLUE, COLOR_OWN, PEN_BOLD, 0 },
	[VMV_ROLE_HEAP]    = { COLOR_3_YELLOW, COLOR_OWN, 0, 0 },
	[VMV_ROLE_STACK]   = { COLOR_5_MAGENTA, COLOR_OWN, 0, 0 },
	[VMV_ROLE_ALARM]   = { COLOR_1_RED, COLOR_OWN, PEN_BOLD, PEN_BOLD },
	[VMV_ROLE_FAINT]   = { COLOR_OWN, COLOR_OWN, PEN_DIM, PEN_DIM },
	[LOOK_TITLE]       = { COLOR_OWN, COLOR_OWN, PEN_BOLD, PEN_BOLD },
	[LOOK_LABEL]       = { COLOR_OWN, COLOR_OWN, PEN_DIM, PEN_DIM },
	[LOOK_HEADING]     = { COLOR_OWN, COLOR_OWN, PEN_UNDERLINE, PEN_UNDERLINE },
	[LOOK_SORTED]      = { COLOR_OWN, COLOR_OWN, PEN_UNDERLINE | PEN_BOLD, PEN_UNDERLINE | PEN_BOLD },
	[LOOK_SELECTED]    = { COLOR_OWN, COLOR_OWN, PEN_REVERSE, PEN_REVERSE },
	[LOOK_TAB]         = { COLOR_OWN, COLOR_OWN, PEN_REVERSE, PEN_REVERSE },
	[LOOK_KEY]         = { COLOR_OWN, COLOR_OWN, PEN_BOLD, PEN_BOLD },
	[LOOK_ACTION]      = { COLOR_OWN, COLOR_OWN, PEN_REVERSE, PEN_REVERSE },
	[LOOK_GREW]        = { COLOR_OWN, COLOR_OWN, PEN_BOLD, PEN_BOLD },
	[LOOK_SHRANK]      = { COLOR_OWN, COLOR_OWN, 0, 0 },
	[LOOK_NEW]         = { COLOR_OWN, COLOR_OWN, PEN_BOLD, PEN_BOLD },
	[LOOK_BANNER]      = { COLOR_7_WHITE, COLOR_1_RED, PEN_BOLD, PEN_REVERSE | PEN_BOLD },
	[LOOK_MATCH]       = { COLOR_OWN, COLOR_OWN, PEN_UNDERLINE | PEN_BOLD, PEN_UNDERLINE | PEN_BOLD },
};

#define WORD(word, look, help) { word, word, look, help }
const struct sign theme_signs[] = {
	WORD("green", VMV_ROLE_PROGRAM, "the program itself"),
	WORD("cyan", VMV_ROLE_LIBRARY, "libraries, and what links them"),
	WORD("blue", VMV_ROLE_FILE, "other files, and memory that is shared as files are"),
	WORD("yellow", VMV_ROLE_HEAP, "where malloc() takes small blocks"),
	WORD("magenta", VMV_ROLE_STACK, "stacks"),
	WORD("red", VMV_ROLE_ALARM, "worth a look: code made at run time, devices; and warnings"),
	WORD("dim", VMV_ROLE_FAINT, "takes no memory, zero, or not known"),
	WORD("bold", LOOK_GREW, "grew, or is new"),
	WORD("reversed", LOOK_SELECTED, "the line that you are at, and the open screen"),
	{ .text = NULL },
};
/* clang-format on */

const struct style *theme_style(enum look look)
{
	return &styles[look];
}
