/* textline.c - see textline.h */
#include "textline.h"

#include "scan.h"
#include "textform.h"

#include <limits.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

enum { ESCAPE = 0x1b };

/* ---- colours ---- */

/* What ends a sequence that begins with "ESC [" (ECMA-48). */
static bool is_final(char c)
{
	return c >= '@' && c <= '~';
}

/* "ESC [ 01;31 m", K, which grep adds, or "ESC [ ?2004 l" of a shell that script(1) recorded */
size_t textline_color(const char *s)
{
	size_t n = 2;

	if (s[0] != ESCAPE || s[1] != '[')
		return 0;
	n += strspn(s + n, "0123456789;:<=>?");
	return is_final(s[n]) ? n + 1 : 0;
}

void textline_plain(char *text)
{
	char *to = text;

	while (*text) {
		size_t n = textline_color(text);

		if (n)
			text += n;
		else
			*to++ = *text++;
	}
	*to = '\0';
}

void textline_plain_blanks(char *text)
{
	while ((text = strstr(text, "\xc2\xa0")))
		text[0] = text[1] = ' ';
}

/* Does a colour end right before @at? */
static bool after_color(const char *text, size_t at)
{
	size_t start = at;

	if (!at || !is_final(text[at - 1]))
		return false;
	while (start > 0 && at - start < 32 && text[start] != ESCAPE)
		start--;
	return textline_color(text + start) == at - start;
}

/* The length of the colour at the end of the @len bytes at @s. */
static size_t color_at_end(const char *s, size_t len)
{
	for (size_t n = 1; n <= len && n < 32; n++)
		if (textline_color(s + len - n) == n)
			return n;
	return 0;
}

static size_t without_colors(const char *s, size_t len)
{
	size_t n;

	while ((n = color_at_end(s, len)))
		len -= n;
	return len;
}

/* ---- edges ---- */

static bool is_edge(const char *text, size_t at)
{
	unsigned char before = at ? (unsigned char)text[at - 1] : ' ';

	return !(isalnum(before) || before == '_') || after_color(text, at);
}

static size_t last_visible(const char *text, size_t len)
{
	while (len > 0 && strchr(" \t", text[len - 1]))
		len--;
	return len;
}

/** struct pair - characters that open before a region's line and close behind it */
struct pair {
	const char *open, *close;
};

bool textline_ends_with(const void *s, size_t len, const char *end)
{
	size_t n = strlen(end);

	return len >= n && !memcmp((const char *)s + len - n, end, n);
}

/* "> | 00400000-... |": the characters that close what is open at the end of the @len bytes before
 * the region. */
static const char *closer(const char *text, size_t len)
{
	static const struct pair pairs[] = {
		{ "|", "|" },           { "\"", "\"" },         { "'", "'" },
		{ "`", "`" },           { "(", ")" },           { "{", "}" },
		{ "\u2502", "\u2502" }, { "\u2503", "\u2503" }, { "<", ">" },
		{ "<li>", "</li>" },    { "<pre>", "</pre>" },  { "<code>", "</code>" },
		{ "<td>", "</td>" },    { "<p>", "</p>" },
	};

	len = last_visible(text, len);
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		if (textline_ends_with(text, len, pairs[i].open))
			return pairs[i].close;
	return NULL;
}

/* The length of the region at @s (@len bytes) without what closes the @at bytes before it. */
static size_t without_ends(const char *text, size_t at, const char *s, size_t len)
{
	const char *close = closer(text, at);
	size_t n;

	if (after_color(text, at))
		len = without_colors(s, len);
	if (!close)
		return len;
	n = last_visible(s, len);
	if (n && (s[n - 1] == ',' || s[n - 1] == ';')) /* of a list */
		n = last_visible(s, n - 1);
	if (!textline_ends_with(s, n, close))
		return len;
	n -= strlen(close);
	/* A string of a program. */
	if ((*close == '"' || *close == '\'') && textline_ends_with(s, n, "\\n"))
		return n - 2;
	return last_visible(s, n);
}

/* ---- regions and counters ---- */

bool textline_row(const struct textforms *forms, const char *text, struct textrow *row,
		  size_t *before)
{
	for (size_t i = 0; text[i]; i++) {
		if ((!isxdigit((unsigned char)text[i]) && text[i] != '[') || !is_edge(text, i) ||
		    !textform_parse(forms, text, i, row))
			continue;
		if (row->name >= text && row->name <= text + strlen(text)) /* no constant */
			row->len = without_ends(text, i, row->name, row->len);
		*before = i;
		return true;
	}
	return false;
}

/* The length of the name of a counter; 0 if it is none. */
static size_t key_length(const char *s)
{
	size_t n = 0;

	if (!isupper((unsigned char)*s))
		return 0;
	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return s[n] == ':' ? n : 0;
}

/* "  188 kB", "[anon:x]" of Android, "rd wr": words of other keys are no counter, but a log's. */
bool textline_is_counter(const char *text, size_t key)
{
	const char *s = text + key + 1;
	uint64_t n;

	s += scan_blank(s);
	if (key == 7 && !strncmp(text, "VmFlags", key))
		return !*s || (islower((unsigned char)*s) && islower((unsigned char)s[1]) &&
			       (!s[2] || scan_blank(s + 2)));
	if (key == 4 && !strncmp(text, "Name", key))
		return *s == '[';
	if (!scan_dec(&s, &n))
		return false;
	s += scan_blank(s);
	if (scan_word(&s, "kB"))
		s += scan_blank(s);
	return !*s;
}

bool textline_counter(char *text, size_t *before, size_t *key)
{
	enum { LONGEST = 256 }; /* one with all flags has half of it */
	size_t len = strlen(text), i = *before + 1;

	if (len > LONGEST && i < len - LONGEST)
		i = len - LONGEST;
	for (; i < len; i++) {
		*key = key_length(text + i);
		if (!*key || !is_edge(text, i))
			continue;
		text[i + without_ends(text, i, text + i, len - i)] = '\0';
		*before = i;
		return true;
	}
	return false;
}

bool textline_is_blank(const char *text)
{
	text += scan_blank(text);
	while (*text == '>') { /* quoted */
		text++;
		text += scan_blank(text);
	}
	return !*text;
}

bool textline_is_visible(const char *text, size_t len)
{
	const char *end = text + len;
	size_t n;

	while (text < end && (n = scan_blank(text) + textline_color(text + scan_blank(text))))
		text += n;
	return text < end;
}

/* ---- damage ---- */

#define HEX       "0123456789abcdefABCDEF"
#define HEX_OR_0X "0123456789abcdefABCDEFxX"

/* "0x" is there or not. */
static bool skip_address(const char **s)
{
	size_t n;

	if ((*s)[0] == '0' && ((*s)[1] | 0x20) == 'x')
		*s += 2;
	n = strspn(*s, HEX);
	*s += n;
	return n > 0;
}

static bool is_damaged(const char *s)
{
	return skip_address(&s) && scan_char(&s, '-') && skip_address(&s) && scan_blanks(&s) &&
	       strcspn(s, " \t") == 4 && strchr("rR-", s[0]) && strchr("wW-", s[1]);
}

bool textline_damaged(const char *text)
{
	for (size_t i = 0; text[i]; i++)
		if (isxdigit((unsigned char)text[i]) && is_edge(text, i) && is_damaged(text + i))
			return true;
	return false;
}

/* Each group has the characters of the next column of a region's line; all must match. */
static bool is_part(const char *s)
{
	static const char *const columns[] = { HEX_OR_0X, "-", HEX_OR_0X,   " ", "rwxpsRWXPS-",
					       " ",       HEX, " ",         HEX, ":",
					       HEX,       " ", "0123456789" };

	for (size_t i = 0; i < ARRAY_SIZE(columns) && *s; i++) {
		size_t n = strspn(s, columns[i]);

		if (!n)
			return false;
		s += n;
	}
	return !*s;
}

bool textline_is_part(const char *text, size_t column)
{
	enum { FEWEST = 4 }; /* digits of an address, at least */

	if (strlen(text) > column) {
		size_t n = strspn(text + column, HEX);

		if (is_part(text + column) || (n >= FEWEST && strchr("- \t", text[column + n])))
			return true;
	}
	for (size_t i = 0; text[i]; i++)
		if (is_edge(text, i) && strspn(text + i, HEX) >= FEWEST && is_part(text + i))
			return true;
	return false;
}

/* ---- headings ---- */

static int to_pid(const char *s, const char **end)
{
	uint64_t n;

	*end = s;
	return scan_dec(end, &n) && n > 0 && n <= INT_MAX ? (int)n : 0;
}

static bool is_name_of_time(const char *s, size_t len)
{
	static const char words[] =
		"mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep "
		"oct nov dec am pm utc gmt t z ";

	for (const char *w = words; *w; w += strcspn(w, " ") + 1)
		if (strcspn(w, " ") == len && !strncasecmp(w, s, len))
			return true;
	return len >= 3 && len <= 5 && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= len; /* CEST */
}

/* "Wed Nov 25 10:00:00 UTC 2026", "=== 2026-11-25T10:00:00+01:00 ===", "1764064800.5" */
static bool is_date(const char *s)
{
	enum { LONGEST = 80 };
	size_t digits = 0, colons = 0;
	const char *start = s;

	if (strlen(s) > LONGEST)
		return false;
	for (; *s; s++) {
		size_t len = 0;

		while (isalpha((unsigned char)s[len]))
			len++;
		if (len && !is_name_of_time(s, len))
			return false;
		if (len)
			s += len - 1;
		else if (!strchr("0123456789 \t:.,+-/=#*[]()", *s))
			return false;
		digits += isdigit((unsigned char)*s) != 0;
		colons += *s == ':' && s > start && isdigit((unsigned char)s[-1]) &&
			  isdigit((unsigned char)s[1]);
	}
	return (colons && digits >= 4) ||
	       (digits >= 10 && strspn(start, "0123456789.") == strlen(start));
}

/* "158:   java -jar app.jar", as pmap begins */
static bool is_pmap(const char *text, struct textheading *heading)
{
	const char *end;
	int pid = to_pid(text, &end);

	if (!pid || strncmp(end, ":   ", 4) != 0 || !end[4])
		return false;
	heading->pid = pid;
	heading->command = end + 4;
	return true;
}

static bool is_framed(const char *text)
{
	size_t len = last_visible(text, strlen(text));

	return len > 8 && !strncmp(text, "==> ", 4) && !strncmp(text + len - 4, " <==", 4);
}

/* "process 4242", "== PID: 4242", "pid: 4242, tid: 4242, name: app"; not what a log tells of one,
 * nor what begins each of its lines, "[pid 4242] write(1". */
static bool names_process(const char *text)
{
	static const char *const words[] = { "process ", "pid ", "pid: ", "pid=" };
	const char *end;

	while (*text && !isalnum((unsigned char)*text))
		text++;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncasecmp(text, words[i], strlen(words[i])) &&
		    to_pid(text + strlen(words[i]), &end))
			return *end != ']' || textline_is_blank(end + 1);
	return false;
}

/* "$ cat /proc/4242/maps", "/proc/4242/task/4243/smaps:" */
static bool names_map(const char *text)
{
	for (; (text = strstr(text, "/proc/")); text++)
		if (isdigit((unsigned char)text[strlen("/proc/")]) &&
		    memmem(text, strcspn(text, " \t:;|>\"'"), "maps", 4))
			return true;
	return false;
}

bool textline_heading(const char *text, struct textheading *heading)
{
	*heading = (struct textheading){ 0 };
	return is_pmap(text, heading) || is_framed(text) || names_map(text) ||
	       strcasestr(text, "memory map") || names_process(text) || is_date(text);
}
