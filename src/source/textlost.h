/*
 * textlost.h - what was left out of a text, for the user (private to source)
 */
#ifndef VMV_TEXTLOST_H
#define VMV_TEXTLOST_H

#include <stddef.h>

/** Kinds of what is left out. */
enum textlost { LOST_HEADING, LOST_FOREIGN, LOST_PREFIX, LOST_KINDS };

/**
 * textlost_say - say how many of each kind were left out
 *
 * @maps is the number of maps of which only the last is shown, or 0.  At most @size bytes of @text
 * are written, e.g. "2 maps in it, this is the last (the first is @1); left out: 1 heading".
 *
 * Return: the length of @text; 0 if there is nothing to say.
 */
size_t textlost_say(const unsigned long counts[LOST_KINDS], unsigned long maps, char *text,
		    size_t size);

#endif
