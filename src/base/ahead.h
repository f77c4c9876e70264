/*
 * ahead.h - read a file in a thread of its own (private to base)
 *
 * The kernel makes the text of /proc/PID/smaps while read(2) runs, which takes longer than to
 * parse it.  With two processors the one need not wait for the other.
 */
#ifndef VMV_AHEAD_H
#define VMV_AHEAD_H

#include <stddef.h>

struct ahead;

/** How many bytes come at a time at most, and what may be put in front of them. */
enum { AHEAD_BLOCK = 128 * 1024, AHEAD_REST = 8 * 1024 };

/** ahead_start - start to read @fd to its end; NULL if there can be no thread, or no processor for
 *  it. */
struct ahead *ahead_start(int fd);

/**
 * ahead_take - wait for the next bytes, and have them behind what is left of those before
 *
 * The @len bytes at @rest, at most AHEAD_REST, are copied in front of them; they may be of the
 * block that was taken last, which is given back.  *@at is where it all begins; it may be written
 * to until the next call, with one byte after its end.
 *
 * Return: how many came, without the rest; 0 at the end, or the negative errno of read(2), again
 * and again: then nothing changes.
 */
long ahead_take(struct ahead *a, const char *rest, size_t len, char **at);

/** ahead_stop - stop reading, wherever it is, and release everything; @a may be NULL. */
void ahead_stop(struct ahead *a);

#endif
