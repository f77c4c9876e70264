/* textends.c - see textends.h */
#include "textends.h"

#include "scan.h"
#include "textform.h"
#include "textline.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/* ---- before the newline ---- */

/* How many of these lines end like that? */
static size_t count_ends(const char *s, size_t len, const char *end)
{
	const char *stop = s + len, *newline;
	size_t n = 0;

	for (; (newline = memchr(s, '\n', (size_t)(stop - s))); s = newline + 1)
		n += textline_ends_with(s, (size_t)(newline - s), end);
	return n;
}

size_t textends_first(const void *head, size_t len)
{
	const char *newline = memchr(head, '\n', len);

	return newline ? (size_t)(newline - (const char *)head) : len;
}

void textends_find(struct textends *ends, const void *head, size_t len)
{
	size_t lines = count_ends(head, len, "");

	ends->dollar = lines > 1 && count_ends(head, len, "$") == lines;
	ends->padded = lines > 1 && count_ends(head, len, "  ") == lines;
	ends->crlf = textline_ends_with(head, textends_first(head, len), "\r") ||
		     count_ends(head, len, "\r") > lines / 2; /* script(1) */
}

void textends_cut(const struct textends *ends, char *line, size_t *len)
{
	size_t n = *len;

	if (ends->dollar && n && line[n - 1] == '$')
		n--;
	if (ends->dollar && textline_ends_with(line, n, "^M"))
		n -= 2;
	while (ends->padded && n && line[n - 1] == ' ')
		n--;
	line[n] = '\0';
	*len = n;
}

/* ---- in place of the newline ---- */

/* "\\n" or "\\r\\n", in a string within a string with more backslashes */
static size_t escape_length(const char *s)
{
	size_t n = strspn(s, "\\");

	if (n && s[n] == 'r')
		n += 1 + strspn(s + n + 1, "\\");
	return n && s[n - 1] == '\\' && s[n] == 'n' ? n + 1 : 0;
}

/* The length of what stands for a newline at @s; 0 if nothing does. */
static size_t end_length(const char *s)
{
	static const char *const ends[] = {
		"\r",    "\v",     "\f",     "\xc2\x85", "\u2028", "\u2029", "<br>",
		"<br/>", "<br />", "\", \"", "\",\"",    "', '",   "','",
	};

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (!strncmp(s, ends[i], strlen(ends[i])))
			return strlen(ends[i]);
	return escape_length(s);
}

/* Where the line at @s ends; *@len bytes stand for a newline there, or 0 at the last. */
static char *find_end(char *s, size_t *len)
{
	while (*(s += strcspn(s, TEXTENDS_FIRST))) {
		*len = end_length(s);
		if (*len)
			return s;
		s += *s == '\\' ? strspn(s, "\\") : 1;
	}
	*len = 0;
	return s;
}

/* Is it a region, or how the counters of one begin? */
static bool is_of_map(const struct textforms *forms, const char *line)
{
	struct textrow row;
	size_t before;

	return !strncmp(line, "Size:", strlen("Size:")) || textline_row(forms, line, &row, &before);
}

bool textends_joined(const struct textforms *forms, char *line)
{
	size_t found = 0, len = 1;

	for (char *end; found < 2 && len; line = end + len) {
		char was;

		end = find_end(line, &len);
		was = *end;
		*end = '\0';
		found += is_of_map(forms, line);
		*end = was;
	}
	return found == 2;
}

char *textends_split(char **rest)
{
	char *line = *rest, *end;
	size_t len;

	if (!line)
		return NULL;
	end = find_end(line, &len);
	*rest = len ? end + len : NULL;
	*end = '\0';
	return line;
}

/* One pair; what closes a list or a call may follow. */
static bool unquote(const char *first, char *last)
{
	size_t len = strlen(last);

	while (len && strchr(")]},; \t", last[len - 1]))
		len--;
	if (!len || !strchr("\"'`", last[len - 1]) || !strchr(first, last[len - 1]))
		return false;
	while (len > 1 && last[len - 2] == '\\')
		len--;
	last[len - 1] = '\0';
	return true;
}

bool textends_unquote(const char *first, char *last)
{
	bool any = false;

	while (unquote(first, last))
		any = true;
	return any;
}
