/* pattern.c - see pattern.h: adds up how many copies of each atom there will be */
#include "pattern.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { ATOMS_MAX = 1000, DEPTH_MAX = 50 };

/** struct count - atoms so far: of the open groups, and of what a repetition would repeat
 *  @repeated: that is a repetition itself, as in "a??": each more doubles the ways through it */
struct count {
	unsigned long groups[DEPTH_MAX], last;
	size_t depth;
	bool repeated;
};

static void add_atom(struct count *c)
{
	c->groups[c->depth] += c->last;
	c->last = 1;
	c->repeated = false;
}

static void repeat(struct count *c, unsigned long copies)
{
	c->last *= copies << c->repeated;
	c->repeated = true;
}

/* "[^]a[:digit:]]": returns its last character. */
static const char *skip_bracket(const char *s)
{
	s++;
	s += *s == '^';
	s += *s == ']';
	for (; *s && *s != ']'; s++) {
		if (*s == '[' && s[1] && strchr(".:=", s[1])) {
			const char close[] = { s[1], ']', '\0' }, *end = strstr(s + 2, close);

			s = end ? end + 1 : s;
		}
	}
	return *s ? s : s - 1;
}

/* "{2,5}": as many copies; one more where there is no end.  Goes to the last character. */
static unsigned long take_copies(const char **s)
{
	unsigned long least, most = 0;
	char *end;

	least = strtoul(*s + 1, &end, 10);
	if (*end == ',')
		most = strtoul(end + 1, &end, 10);
	if (*end == '}')
		*s = end;
	if (least > ATOMS_MAX || most > ATOMS_MAX)
		return ATOMS_MAX + 1;
	return least + 1 > most ? least + 1 : most;
}

/* Take one character, or bracket expression; false if that is too much. */
static bool count_char(struct count *c, const char **s)
{
	switch (**s) {
	case '(':
		add_atom(c);
		if (++c->depth == DEPTH_MAX)
			return false;
		c->groups[c->depth] = c->last = 0;
		break;
	case ')':
		c->last += c->groups[c->depth] + 1;
		c->depth -= c->depth > 0;
		c->repeated = false;
		break;
	case '*':
	case '?':
		repeat(c, 1);
		break;
	case '+':
		repeat(c, 2);
		break;
	case '{':
		repeat(c, take_copies(s));
		break;
	case '[':
		*s = skip_bracket(*s);
		add_atom(c);
		break;
	case '\\':
		*s += (*s)[1] != '\0';
		add_atom(c);
		return !isdigit((unsigned char)**s);
	default:
		add_atom(c);
	}
	return c->last + c->groups[c->depth] <= ATOMS_MAX;
}

bool pattern_is_costly(const char *pattern)
{
	struct count count = { .last = 0 };

	for (const char *s = pattern; *s; s++)
		if (!count_char(&count, &s))
			return true;
	return false;
}
