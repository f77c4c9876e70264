/*
 * textline.h - a line of a map as people handed it on (private to source)
 *
 * It may have been indented, quoted, numbered, coloured, logged with a date, put into a table:
 * what stands before the first whole line of a map at the edge of a word is left out, and behind
 * it what belongs to that.
 */
#ifndef VMV_TEXTLINE_H
#define VMV_TEXTLINE_H

#include <stdbool.h>
#include <stddef.h>

struct textforms;
struct textrow;

/**
 * textline_row - the region that a line tells of
 *
 * @text has no NUL but the one that ends it.  *@before is how much stands before the region.
 *
 * Return: false if there is none.
 */
bool textline_row(const struct textforms *forms, const char *text, struct textrow *row,
		  size_t *before);

/**
 * textline_counter - the counter that a line tells of, e.g. "Rss:   188 kB"
 *
 * What follows it is cut off @text.  *@before is how much stands before it, *@key how long its
 * name is; begin with SIZE_MAX in *@before to find the first one, and go on from there if that
 * was not meant.
 *
 * Return: false if there is none.
 */
bool textline_counter(char *text, size_t *before, size_t *key);

/** textline_plain - take all colours out of @text. */
void textline_plain(char *text);

/** textline_is_blank - is there nothing on it that can be seen? */
bool textline_is_blank(const char *text);

/** textline_is_visible - can anything of its first @len bytes be seen? */
bool textline_is_visible(const char *text, size_t len);

/** textline_damaged - does it have a range of addresses with permissions, which is no region? */
bool textline_damaged(const char *text);

/** textline_is_part - does it end within what may become a region?  @column is where the last one
 *  stood. */
bool textline_is_part(const char *text, size_t column);

/** struct textheading - what a line before a map says of it; see textline_heading() */
struct textheading {
	int pid;
	const char *command;
};

/** textline_heading - does a new map begin after this line?  The command is part of @text. */
bool textline_heading(const char *text, struct textheading *heading);

/** textline_pid - the process named in the first @len bytes, or 0.  *@sure: nothing else can be
 *  meant. */
int textline_pid(const char *text, size_t len, bool *sure);

#endif
