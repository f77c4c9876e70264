/*
 * shape.h - smaps lines that look as their like did before (private to core)
 *
 * The kernel writes each counter with the same words at the same places, region after region
 * (fs/proc/task_mmu.c, SEQ_PUT_DEC: the key in 16 columns, the number in 8).  A line of a known
 * shape is read with four comparisons and no search for its end.  Any other is left to the
 * grammar in smaps.c, so that a shape never decides what is valid.
 */
#ifndef VMV_SHAPE_H
#define VMV_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHAPE_KEY = 16, SHAPE_NUMBER = 8 };

/**
 * struct shape - what is the same in all lines of one counter
 * @key:  "Rss:            "
 * @kilo: " kB" follows the number
 */
struct shape {
	char key[SHAPE_KEY];
	bool known, kilo;
};

/** shape_learn - remember how the line of @len bytes at @line is built, if that is the kernel's
 *  way; it has no newline, and its number is followed by " kB" if @kilo. */
void shape_learn(struct shape *shape, const char *line, size_t len, bool kilo);

/** shape_length - of a line of a known shape, with its newline. */
static inline size_t shape_length(const struct shape *shape)
{
	return SHAPE_KEY + SHAPE_NUMBER + (shape->kilo ? 4 : 1);
}

/**
 * shape_take - the number of a line of this shape, in bytes if the kernel gave kB
 *
 * Looks at no more than @len bytes at @s.  Return: the length of the line with its newline, or 0
 * if what is there is anything else.
 */
size_t shape_take(const struct shape *shape, const char *s, size_t len, uint64_t *value);

#endif
