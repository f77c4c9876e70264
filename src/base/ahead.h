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

/** ahead_start - start to read @fd to its end; NULL if there can be no thread. */
struct ahead *ahead_start(int fd);

/** ahead_room - how many bytes ahead_take() gives at most. */
size_t ahead_room(void);

/** ahead_take - wait for the next bytes and copy them to @to; their number, 0 at the end, or the
 *  negative errno of read(2), again and again. */
long ahead_take(struct ahead *a, char *to);

/** ahead_stop - stop reading, wherever it is, and release everything; @a may be NULL. */
void ahead_stop(struct ahead *a);

#endif
