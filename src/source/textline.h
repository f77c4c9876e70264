/*
 * textline.h - a line of a map as people handed it on (private to source)
 *
 * It may have been indented, quoted, numbered, coloured, logged with a date, put into a table.  The
 * region is the first whole line of a map at the edge of a word; what stands before it is left out,
 * and so is what belongs to that behind it, such as a closing quote.
 */
#ifndef VMV_TEXTLINE_H
#define VMV_TEXTLINE_H

#include <stdbool.h>
#include <stddef.h>

struct textforms;
struct textrow;

/**
 * textline_row - find the region in a line
 *
 * @text has no NUL but the one that ends it.  *@before is the length of what precedes the region.
 *
 * Return: false if there is none.
 */
bool textline_row(const struct textforms *forms, const char *text, struct textrow *row,
		  size_t *before);

/**
 * textline_counter - find the counter in a line, e.g. "Rss:   188 kB"
 *
 * Cuts off what follows it in @text.  *@before is the length of what precedes it, *@key that of its
 * name.  Begin with SIZE_MAX in *@before to find the first one; to find the next, call again with
 * *@before as it is.
 *
 * Return: false if there is none.
 */
bool textline_counter(char *text, size_t *before, size_t *key);

/** textline_is_counter - is what follows the name of @key bytes a value that smaps has? */
bool textline_is_counter(const char *text, size_t key);

/** textline_ends_with - are the last of the @len bytes at @s @end? */
bool textline_ends_with(const void *s, size_t len, const char *end);

/** textline_color - the length of the colour or other order to a terminal at @s; 0 if there is
 * none. */
size_t textline_color(const char *s);

/** textline_plain - remove all colours from @text. */
void textline_plain(char *text);

/** textline_plain_blanks - turn the blanks of web pages into spaces. */
void textline_plain_blanks(char *text);

/** textline_is_blank - is nothing on it visible? */
bool textline_is_blank(const char *text);

/** textline_is_visible - is anything visible in its first @len bytes? */
bool textline_is_visible(const char *text, size_t len);

/** textline_damaged - does it have a range of addresses with permissions that is not a region? */
bool textline_damaged(const char *text);

/** textline_is_part - does it end within what could be a region?  @column is where the last region
 *  began. */
bool textline_is_part(const char *text, size_t column);

/** struct textheading - what a line before a map says about it; see textline_heading() */
struct textheading {
	int pid;
	const char *command;
};

/** textline_heading - does a new map begin after this line?  The command is part of @text. */
bool textline_heading(const char *text, struct textheading *heading);

#endif
