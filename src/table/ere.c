/* ere.c - see ere.h */
#include "ere.h"

#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

enum {
	DEPTH_MAX = 100,  /* PCRE2 takes 250, including the groups that we add */
	COPIES_MAX = 255, /* RE_DUP_MAX */
	CHARS_MAX = 1 << 20,
};

static const size_t NONE = SIZE_MAX;

/**
 * struct ere - state of the translation
 * @wrong:  what in the pattern is
 * @out:    the text written so far
 * @atom:   where in @out the atom begins that a repetition would repeat, or NONE
 * @whole:  the atom can be repeated as it is written
 * @layers: repetitions of repetitions in the atom
 * @chars:  how many characters of the text the expression may look at without a choice
 * @chars_before: the same for what is before the atom
 * @opened: where the open groups begin, @s and @chars there
 */
struct ere {
	const char *s;
	const char *wrong;
	bool utf8;
	char *out;
	size_t len, room, atom;
	bool whole;
	unsigned layers;
	size_t chars, chars_before;
	struct {
		const char *s;
		size_t at, chars;
	} opened[DEPTH_MAX];
	size_t depth;
	struct vmv_error *err;
};

static bool fail(struct ere *e, const char *at, const char *what)
{
	e->wrong = at;
	vmv_fail(e->err, EINVAL, "%s", what);
	return false;
}

/* ---- writing ---- */

static void put(struct ere *e, const char *bytes, size_t len)
{
	if (e->len + len > e->room) {
		e->room = 2 * (e->len + len) + 64;
		e->out = vmv_realloc(e->out, e->room, 1);
	}
	memcpy(e->out + e->len, bytes, len);
	e->len += len;
}

static void put_word(struct ere *e, const char *word)
{
	put(e, word, strlen(word));
}

/* Write a literal character, which may stand in brackets. */
static void put_literal(struct ere *e, const char *bytes, size_t len)
{
	if (ispunct((unsigned char)*bytes) && (unsigned char)*bytes < 0x80)
		put(e, "\\", 1);
	put(e, bytes, len);
}

static void begin_atom(struct ere *e, bool whole)
{
	e->atom = e->len;
	e->whole = whole;
	e->layers = 0;
	e->chars_before = e->chars;
	e->chars++;
}

/* The length in bytes of the character at @s. */
static size_t length(const struct ere *e, const char *s)
{
	uint32_t ch;
	enum { LONGEST = 4 };
	size_t len = e->utf8 ? vmv_utf8_next(s, strnlen(s, LONGEST), &ch) : 1;

	return len ? len : 1;
}

/* ---- brackets ---- */

/* "[.x.]" or "[=x=]" at @e->s stands for the character x. */
static bool take_collated(struct ere *e, const char **bytes, size_t *len)
{
	char kind = e->s[1];
	const char *s = e->s + 2;

	*bytes = s;
	*len = *s ? length(e, s) : 0;
	s += *len;
	if (!*len || s[0] != kind || s[1] != ']')
		return fail(e, e->s, "[. .] and [= =] take single characters only");
	e->s = s + 2;
	return true;
}

/* Take one end of a range. */
static bool take_end(struct ere *e, const char **bytes, size_t *len)
{
	if (e->s[0] == '[' && (e->s[1] == '.' || e->s[1] == '='))
		return take_collated(e, bytes, len);
	*bytes = e->s;
	*len = length(e, e->s);
	e->s += *len;
	return true;
}

static bool is_class(const char *s)
{
	return s[0] == '[' && s[1] == ':';
}

/* Does it go on with "-z"?  A hyphen at the end is one. */
static bool starts_range(const char *s)
{
	return s[0] == '-' && s[1] && s[1] != ']';
}

/* Are the characters in their order?  That of code points is that of UTF-8. */
static bool in_order(const char *low, size_t low_len, const char *high, size_t high_len)
{
	int order = memcmp(low, high, low_len < high_len ? low_len : high_len);

	return order < 0 || (order == 0 && low_len <= high_len);
}

/* Take "[:alpha:]".  Perl does not count all of punct as punctuation. */
static bool take_class(struct ere *e)
{
	static const char *const classes[] = {
		"[:alnum:]", "[:alpha:]", "[:blank:]",  "[:cntrl:]", "[:digit:]",
		"[:graph:]", "[:lower:]", "[:print:]",  "[:punct:]", "[:space:]",
		"[:upper:]", "[:word:]",  "[:xdigit:]",
	};
	const char *class = NULL, *at = e->s;

	for (size_t i = 0; i < ARRAY_SIZE(classes) && !class; i++)
		if (!strncmp(at, classes[i], strlen(classes[i])))
			class = classes[i];
	if (!class)
		return fail(e, at, "there is no such character class");
	e->s += strlen(class);
	if (starts_range(e->s))
		return fail(e, at, "a range goes from one character to another");
	put_word(e, e->utf8 && !strcmp(class, "[:punct:]") ? "\\p{P}\\p{S}" : class);
	return true;
}

/* Take a class, a character, or a range. */
static bool take_member(struct ere *e)
{
	const char *at = e->s, *low, *high;
	size_t low_len, high_len;

	if (is_class(at))
		return take_class(e);
	if (!take_end(e, &low, &low_len))
		return false;
	put_literal(e, low, low_len);
	if (!starts_range(e->s))
		return true;
	e->s++;
	if (is_class(e->s))
		return fail(e, at, "a range goes from one character to another");
	if (!take_end(e, &high, &high_len))
		return false;
	if (!in_order(low, low_len, high, high_len))
		return fail(e, at, "this range ends before it begins");
	put(e, "-", 1);
	put_literal(e, high, high_len);
	return true;
}

/* "[[:<:]]", the beginning of a word, looks like a bracket but is not one. */
static bool take_word_bound(struct ere *e)
{
	if (strncmp(e->s, "[[:<:]]", 7) != 0 && strncmp(e->s, "[[:>:]]", 7) != 0)
		return false;
	begin_atom(e, false);
	put_word(e, e->s[3] == '<' ? "\\b(?=\\w)" : "\\b(?<=\\w)");
	e->s += 7;
	return true;
}

static bool take_bracket(struct ere *e)
{
	const char *at = e->s;
	bool first = true;

	if (take_word_bound(e))
		return true;
	begin_atom(e, true);
	put(e, "[", 1);
	e->s++;
	if (*e->s == '^') {
		put(e, "^", 1);
		e->s++;
	}
	for (; first || *e->s != ']'; first = false) {
		if (!*e->s)
			return fail(e, at, "this bracket is not closed");
		if (!take_member(e))
			return false;
	}
	put(e, "]", 1);
	e->s++;
	return true;
}

/* ---- repetitions ---- */

/* Group a repetition that is repeated again: in Perl, "a+?" means something else. */
static bool wrap_atom(struct ere *e)
{
	if (e->layers++ == DEPTH_MAX)
		return fail(e, e->s, "this repetition is repeated too often");
	put(e, "(?:)", 4);
	memmove(e->out + e->atom + 3, e->out + e->atom, e->len - e->atom - 4);
	memcpy(e->out + e->atom, "(?:", 3);
	e->out[e->len - 1] = ')';
	return true;
}

/* Append a repetition of @len bytes to the atom. */
static bool repeat(struct ere *e, size_t len)
{
	if (e->atom == NONE)
		return fail(e, e->s, "there is nothing to repeat");
	if (!e->whole && !wrap_atom(e))
		return false;
	e->whole = false;
	put(e, e->s, len);
	e->s += len;
	return true;
}

/* No choice is left in as many copies as there must be. */
static void multiply_chars(struct ere *e, unsigned long least)
{
	if (least > 1)
		e->chars += (e->chars - e->chars_before) * (least - 1);
	if (e->chars > CHARS_MAX)
		e->chars = CHARS_MAX;
}

/* "{2}", "{2,}", "{2,5}" */
static bool take_bound(struct ere *e)
{
	unsigned long least, most;
	char *end;

	least = most = strtoul(e->s + 1, &end, 10);
	if (*end == ',') {
		end++;
		if (isdigit((unsigned char)*end))
			most = strtoul(end, &end, 10);
	}
	if (*end != '}')
		return fail(e, e->s, "a bound is {2}, {2,} or {2,5}");
	if (least > COPIES_MAX || most > COPIES_MAX || most < least)
		return fail(e, e->s, "bounds go from 0 to 255");
	multiply_chars(e, least);
	return repeat(e, (size_t)(end + 1 - e->s));
}

/* ---- everything else ---- */

static bool open_group(struct ere *e)
{
	if (e->depth == DEPTH_MAX)
		return fail(e, e->s, "groups are nested too deeply");
	e->opened[e->depth].s = e->s;
	e->opened[e->depth].at = e->len;
	e->opened[e->depth++].chars = e->chars;
	put_word(e, "(?:");
	e->atom = NONE;
	e->s++;
	return true;
}

static bool close_group(struct ere *e)
{
	if (!e->depth)
		return fail(e, e->s, "there is no open group here");
	begin_atom(e, true);
	e->atom = e->opened[--e->depth].at;
	e->chars_before = e->opened[e->depth].chars;
	put(e, ")", 1);
	e->s++;
	return true;
}

static bool take_escape(struct ere *e)
{
	/* clang-format off */
	static const struct {
		char ch;
		bool whole;
		const char *perl;
	} escapes[] = {
		{ 'w', true, "\\w" },  { 'W', true, "\\W" },  { 's', true, "\\s" },
		{ 'S', true, "\\S" },  { 'b', false, "\\b" }, { 'B', false, "\\B" },
		{ '`', false, "\\A" }, { '\'', false, "\\z" },
		{ '<', false, "\\b(?=\\w)" }, { '>', false, "\\b(?<=\\w)" },
	};
	/* clang-format on */
	const char *s = ++e->s;
	size_t len = length(e, s);

	if (!*s)
		return fail(e, s - 1, "a backslash needs something after it");
	if (isdigit((unsigned char)*s))
		return fail(e, s - 1, "back-references are not supported");
	e->s += len;
	for (size_t i = 0; i < ARRAY_SIZE(escapes); i++) {
		if (escapes[i].ch != *s)
			continue;
		begin_atom(e, escapes[i].whole);
		put_word(e, escapes[i].perl);
		return true;
	}
	begin_atom(e, true);
	put_literal(e, s, len);
	return true;
}

/* Copy an anchor, a dot or a bar as it is. */
static bool take_sign(struct ere *e)
{
	begin_atom(e, *e->s == '.');
	if (*e->s == '|')
		e->atom = NONE;
	put(e, e->s++, 1);
	return true;
}

static bool take_char(struct ere *e)
{
	size_t len = length(e, e->s);

	begin_atom(e, true);
	put_literal(e, e->s, len);
	e->s += len;
	return true;
}

static bool take(struct ere *e)
{
	switch (*e->s) {
	case '(':
		return open_group(e);
	case ')':
		return close_group(e);
	case '[':
		return take_bracket(e);
	case '\\':
		return take_escape(e);
	case '^':
	case '$':
	case '.':
	case '|':
		return take_sign(e);
	case '*':
	case '+':
	case '?':
		return repeat(e, 1);
	case '{':
		return isdigit((unsigned char)e->s[1]) ? take_bound(e) : take_char(e);
	default:
		return take_char(e);
	}
}

char *ere_translate(const char *pattern, bool utf8, size_t *chars, size_t *where,
		    struct vmv_error *err)
{
	struct ere e = { .s = pattern, .utf8 = utf8, .atom = NONE, .err = err };
	bool fine = true;

	while (fine && *e.s)
		fine = take(&e);
	if (fine && e.depth)
		fine = fail(&e, e.opened[e.depth - 1].s, "this group is not closed");
	put(&e, "", 1);
	*chars = e.chars;
	if (!fine) {
		*where = (size_t)(e.wrong - pattern);
		free(e.out);
		return NULL;
	}
	return e.out;
}
