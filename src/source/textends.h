/*
 * textends.h - how the lines of a text end (private to source)
 *
 * With a newline; but a terminal, "cat -A" or a web form may have put something before it, or in
 * its place.
 */
#ifndef VMV_TEXTENDS_H
#define VMV_TEXTENDS_H

#include <stdbool.h>
#include <stddef.h>

struct textforms;

/**
 * struct textends - what stands before each newline
 * @crlf:   carriage returns
 * @dollar: what "cat -A" shows
 * @padded: blanks, as in what is copied from a terminal
 */
struct textends {
	bool crlf, dollar, padded;
};

/** textends_find - look at the first @len bytes of the file. */
void textends_find(struct textends *ends, const void *head, size_t len);

/** textends_first - the length of the first line of them. */
size_t textends_first(const void *head, size_t len);

/** textends_cut - cut them off the line. */
void textends_cut(const struct textends *ends, char *line, size_t *len);

/** The bytes with which something begins that may stand for a newline. */
#define TEXTENDS_FIRST "\\\r\v\f\xc2\xe2<\"'"

/** textends_joined - does the line, which has no NUL, hold several of a map, between them what
 *  stands for a newline: carriage returns, "\n" as in JSON, "<br>" of a web page, ...? */
bool textends_joined(const struct textforms *forms, char *line);

/** textends_split - cut the next one off *@rest, which is NULL after the last. */
char *textends_split(char **rest);

/** textends_unquote - cut off the @last one the quotation mark that the @first one opens, if it is
 *  there. */
bool textends_unquote(const char *first, char *last);

#endif
