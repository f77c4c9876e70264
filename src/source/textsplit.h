/*
 * textsplit.h - lines of several processes that wrote into one log (private to source)
 *
 * What stands before a region may tell whose it is: "app[4242]: ", "[pid 4242] ", "web-1  | ".  As
 * the lines of processes that wrote at the same time are mixed, all are kept, and given back
 * process by process.  A number or name before the lines may also be something else, such as a line
 * number, which only all of them can show; textsplit.c says how.
 */
#ifndef VMV_TEXTSPLIT_H
#define VMV_TEXTSPLIT_H

#include <stdbool.h>
#include <stddef.h>

struct textsplit;
struct vmv_region;

/**
 * struct splitline - a line of the text
 * @text:   @len bytes, then a NUL
 * @number: which one of the file
 * @cut:    it is the last, and has no newline
 */
struct splitline {
	char *text;
	size_t len;
	unsigned long number;
	bool cut;
};

/** textsplit_marks - might something in the first @len bytes at @s tell processes apart? */
bool textsplit_marks(const char *s, size_t len);

/** textsplit_new - no lines; release them with textsplit_free(). */
struct textsplit *textsplit_new(void);

/**
 * textsplit_keep - keep a copy of a line
 *
 * @r is the region that begins at its byte @before, or NULL.  Lines are not moved across a
 * @heading.
 *
 * Return: false if no more lines should follow, as they take much memory.
 */
bool textsplit_keep(struct textsplit *s, const struct splitline *line, const struct vmv_region *r,
		    size_t before, bool heading);

/** textsplit_sort - find out whose lines they are; returns the number of processes, or 0. */
size_t textsplit_sort(struct textsplit *s);

/** textsplit_next - the next line, which is valid until the end; *@other: it is of another map
 *  than the last.  False at the end. */
bool textsplit_next(struct textsplit *s, struct splitline *line, bool *other);

/** textsplit_free - @s may be NULL. */
void textsplit_free(struct textsplit *s);

#endif
