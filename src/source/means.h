/*
 * means.h - what we lack ourselves, which says nothing of what we look at (private to source)
 */
#ifndef VMV_MEANS_H
#define VMV_MEANS_H

#include <errno.h>
#include <stdbool.h>

/** means_lack - is the errno @code about us: too many files are open, or memory is short? */
static inline bool means_lack(int code)
{
	return code == EMFILE || code == ENFILE || code == ENOMEM;
}

/** means_note - if it is, keep the first in *@lacking. */
static inline void means_note(int *lacking, int code)
{
	if (!*lacking && means_lack(code))
		*lacking = code;
}

#endif
