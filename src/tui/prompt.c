/* prompt.c - see prompt.h */
#include "prompt.h"

#include "keys.h"
#include "surface.h"

#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

void prompt_open(struct prompt *p, const char *label, const char *text)
{
	size_t len = strlen(text);

	*p = (struct prompt){ .label = label };
	if (len >= sizeof(p->text))
		len = sizeof(p->text) - 1;
	memcpy(p->text, text, len);
	p->len = p->at = len;
}

void prompt_refuse(struct prompt *p, const char *label, const char *why)
{
	p->label = label;
	p->wrong = PROMPT_NOWHERE;
	snprintf(p->error, sizeof(p->error), "%.199s", why);
}

/* ---- editing; a character is a first byte and its continuation bytes ---- */

static bool is_continuation(char c)
{
	return (c & 0xc0) == 0x80;
}

static size_t before(const struct prompt *p, size_t at)
{
	while (at > 0 && is_continuation(p->text[--at]))
		;
	return at;
}

static size_t after(const struct prompt *p, size_t at)
{
	if (at < p->len)
		at++;
	while (at < p->len && is_continuation(p->text[at]))
		at++;
	return at;
}

static void erase(struct prompt *p, size_t from, size_t to)
{
	memmove(p->text + from, p->text + to, p->len - to + 1);
	p->len -= to - from;
	p->at = from;
}

static size_t encode(char to[4], unsigned ch)
{
	if (ch < 0x80) {
		to[0] = (char)ch;
		return 1;
	}
	if (ch < 0x800) {
		to[0] = (char)(0xc0 | ch >> 6);
		to[1] = (char)(0x80 | (ch & 0x3f));
		return 2;
	}
	if (ch < 0x10000) {
		to[0] = (char)(0xe0 | ch >> 12);
		to[1] = (char)(0x80 | (ch >> 6 & 0x3f));
		to[2] = (char)(0x80 | (ch & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | ch >> 18);
	to[1] = (char)(0x80 | (ch >> 12 & 0x3f));
	to[2] = (char)(0x80 | (ch >> 6 & 0x3f));
	to[3] = (char)(0x80 | (ch & 0x3f));
	return 4;
}

static bool insert(struct prompt *p, int code)
{
	char bytes[4];
	size_t n;

	if (code < ' ' || code == 0x7f || code >= VK_OTHER)
		return false;
	n = encode(bytes, (unsigned)code);
	if (p->len + n >= sizeof(p->text))
		return false;
	memmove(p->text + p->at + n, p->text + p->at, p->len - p->at + 1);
	memcpy(p->text + p->at, bytes, n);
	p->len += n;
	p->at += n;
	return true;
}

static bool to_start(struct prompt *p)
{
	p->at = 0;
	return false;
}

static bool to_end(struct prompt *p)
{
	p->at = p->len;
	return false;
}

static bool to_left(struct prompt *p)
{
	p->at = before(p, p->at);
	return false;
}

static bool to_right(struct prompt *p)
{
	p->at = after(p, p->at);
	return false;
}

static bool erase_before(struct prompt *p)
{
	erase(p, before(p, p->at), p->at);
	return true;
}

static bool erase_after(struct prompt *p)
{
	erase(p, p->at, after(p, p->at));
	return true;
}

static bool erase_line(struct prompt *p)
{
	erase(p, 0, p->at);
	return true;
}

static bool erase_word(struct prompt *p)
{
	size_t from = p->at;

	while (from > 0 && p->text[from - 1] == ' ')
		from--;
	while (from > 0 && p->text[from - 1] != ' ')
		from--;
	erase(p, from, p->at);
	return true;
}

/** struct edit - what a key does to the line; @act returns whether the text changed */
struct edit {
	int key;
	bool (*act)(struct prompt *p);
};

static const struct edit edits[] = {
	{ VK_LEFT, to_left },           { VK_RIGHT, to_right },
	{ VK_HOME, to_start },          { VK_END, to_end },
	{ CTRL('A'), to_start },        { CTRL('E'), to_end },
	{ VK_BACKSPACE, erase_before }, { VK_DELETE, erase_after },
	{ CTRL('D'), erase_after },     { CTRL('U'), erase_line },
	{ CTRL('W'), erase_word },
};

static bool edit(struct prompt *p, int code)
{
	for (size_t i = 0; i < ARRAY_SIZE(edits); i++)
		if (edits[i].key == code)
			return edits[i].act(p);
	return insert(p, code);
}

/* A line break in it is a blank; that at its end is none, and accepts nothing. */
static bool paste(struct prompt *p, int code)
{
	if (code < ' ') {
		p->gap = p->len > 0;
		return false;
	}
	if (p->gap)
		insert(p, ' ');
	p->gap = false;
	return insert(p, code);
}

/* What was wrong with the text may not be so any more. */
static void changed(struct prompt *p, struct app *app)
{
	*p->error = '\0';
	p->wrong = PROMPT_NOWHERE;
	if (p->change)
		p->change(app);
}

void prompt_key(struct prompt *p, struct app *app, const struct key *key)
{
	if (key->code & VK_PASTED) {
		if (paste(p, key->code & ~VK_PASTED))
			changed(p, app);
		return;
	}
	p->gap = false;
	switch (key->code) {
	case VK_ESC:
	case CTRL('G'):
		p->label = NULL;
		if (p->cancel)
			p->cancel(app);
		break;
	case VK_ENTER:
		if (p->strict && *p->error)
			break;
		p->label = NULL;
		p->accept(app);
		break;
	default:
		if (edit(p, key->code))
			changed(p, app);
	}
}

/* What is wrong: right of the text, or above it if there is no room; and where.  @from is
 * the first byte that is shown, at column @start; the text ends at @x. */
static void draw_error(const struct prompt *p, struct surface *s, int y, size_t from, int start,
		       int x)
{
	char left[sizeof(p->text)];

	if (x + 2 + surface_columns(s, p->error) <= s->width || y == 0) {
		surface_right(s, strip(x + 2, y, s->width - x - 2), LOOK_BANNER, p->error);
	} else {
		surface_fill(s, strip(0, y - 1, s->width), LOOK_BANNER, L' ');
		surface_text(s, strip(0, y - 1, s->width), LOOK_BANNER, p->error);
	}
	if (p->wrong < from || p->wrong > p->len)
		return;
	memcpy(left, p->text, p->wrong);
	left[p->wrong] = '\0';
	surface_add(s, strip(start + surface_columns(s, left + from), y, 1), PEN_REVERSE);
}

/* The part around the cursor, if it does not fit. */
void prompt_draw(const struct prompt *p, struct surface *s, int y)
{
	struct box line = { 0, y, s->width, 1 };
	size_t from = 0;
	char left[sizeof(p->text)];
	int x, start, room;

	surface_fill(s, line, LOOK_PLAIN, L' ');
	x = surface_text(s, strip(0, y, s->width), LOOK_KEY, p->label);
	x += surface_text(s, strip(x, y, s->width - x), LOOK_PLAIN, " ");
	start = x;
	room = s->width - x - 1;
	memcpy(left, p->text, p->at);
	left[p->at] = '\0';
	while (from < p->at && surface_columns(s, left + from) > room)
		from = after(p, from);
	s->cursor_x = x + surface_columns(s, left + from);
	if (s->cursor_x >= s->width) /* all of it is label */
		s->cursor_x = s->width - 1;
	s->cursor_y = y;
	x += surface_text(s, strip(x, y, s->width - x), LOOK_PLAIN, p->text + from);
	if (*p->error)
		draw_error(p, s, y, from, start, x);
}
