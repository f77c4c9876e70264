/* surface.c - see surface.h */
#include "surface.h"

#include "vmapview/alloc.h"
#include "vmapview/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct cell blank = { L' ', 0, 0 };

void surface_resize(struct surface *s, int width, int height)
{
	s->width = width > 0 ? width : 0;
	s->height = height > 0 ? height : 0;
	free(s->cells);
	s->cells = vmv_calloc((size_t)s->width * (size_t)s->height, sizeof(*s->cells));
	surface_clear(s);
}

void surface_clear(struct surface *s)
{
	for (int i = 0; i < s->width * s->height; i++)
		s->cells[i] = blank;
	s->cursor_x = s->cursor_y = -1;
}

void surface_done(struct surface *s)
{
	free(s->cells);
	*s = (struct surface){ 0 };
}

struct cell *surface_at(const struct surface *s, int x, int y)
{
	if (x < 0 || y < 0 || x >= s->width || y >= s->height)
		return NULL;
	return &s->cells[y * s->width + x];
}

/* Overwriting half of a wide character leaves no other half behind. */
static void put(struct surface *s, int x, int y, wchar_t ch, unsigned pen)
{
	struct cell *cell = surface_at(s, x, y), *next = surface_at(s, x + 1, y);

	if (!cell)
		return;
	if (!cell->ch && x > 0)
		cell[-1].ch = L' ';
	if (next && !next->ch && ch)
		next->ch = L' ';
	*cell = (struct cell){ ch, 0, (unsigned short)pen };
}

/** struct glyph - what to put for the next piece of a text */
struct glyph {
	size_t bytes;
	wchar_t ch;
	int columns; /* 4 for an octal escape of the byte @ch */
	bool escape;
};

static struct glyph next_glyph(const struct surface *s, const char *text)
{
	struct glyph g = { 1, (unsigned char)*text, 1, false };
	uint32_t ch;

	if (g.ch >= ' ' && g.ch < 0x7f)
		return g;
	g.bytes = vmv_utf8_next(text, strnlen(text, 4), &ch); /* no character is longer */
	if (g.bytes && !s->ascii && !vmv_unsafe_char(ch)) {
		g.ch = (wchar_t)ch;
		g.columns = wcwidth(g.ch);
		if (g.columns >= 0)
			return g;
	}
	return (struct glyph){ 1, (unsigned char)*text, 4, true };
}

int surface_columns(const struct surface *s, const char *text)
{
	int columns = 0;

	while (*text) {
		struct glyph g = next_glyph(s, text);

		columns += g.columns;
		text += g.bytes;
	}
	return columns;
}

static void put_glyph(struct surface *s, int x, int y, unsigned pen, const struct glyph *g)
{
	struct cell *before = surface_at(s, x - 1, y);
	unsigned byte = (unsigned)g->ch;

	if (g->escape) {
		put(s, x, y, L'\\', pen);
		put(s, x + 1, y, (wchar_t)(L'0' + (byte >> 6)), pen);
		put(s, x + 2, y, (wchar_t)(L'0' + (byte >> 3 & 7)), pen);
		put(s, x + 3, y, (wchar_t)(L'0' + (byte & 7)), pen);
	} else if (g->columns == 0) {
		if (before && before->ch)
			before->mark = g->ch;
	} else if (g->columns == 2 && (x < 0 || x + 1 >= s->width)) {
		put(s, x, y, L' ', pen);
		put(s, x + 1, y, L' ', pen);
	} else {
		put(s, x, y, g->ch, pen);
		if (g->columns == 2)
			put(s, x + 1, y, 0, pen);
	}
}

int surface_text(struct surface *s, struct box at, unsigned pen, const char *text)
{
	int used = 0, whole;

	if (at.width <= 0)
		return 0;
	whole = surface_columns(s, text);
	while (*text) {
		struct glyph g = next_glyph(s, text);

		if (whole > at.width && used + g.columns > at.width - 1) {
			put(s, at.x + used, at.y, surface_signs(s) ? L'\u2026' : L'>', pen);
			return used + 1;
		}
		put_glyph(s, at.x + used, at.y, pen, &g);
		used += g.columns;
		text += g.bytes;
	}
	return used;
}

void surface_right(struct surface *s, struct box at, unsigned pen, const char *text)
{
	int columns = surface_columns(s, text);

	if (columns < at.width) {
		at.x += at.width - columns;
		at.width = columns;
	}
	surface_text(s, at, pen, text);
}

/* As many bytes as @columns columns hold. */
static size_t fitting_bytes(const struct surface *s, const char *text, int columns)
{
	size_t at = 0;

	while (text[at]) {
		struct glyph g = next_glyph(s, text + at);

		columns -= g.columns;
		if (columns < 0)
			break;
		at += g.bytes;
	}
	return at;
}

/** struct cut - a text that is cut: @head columns of it, an ellipsis, and from column @tail on */
struct cut {
	int head, tail;
};

/* As much of both ends; but what is at column @differs is left, with a little of the end or, if it
 * is too far, of the start. */
static struct cut cut_text(int whole, int width, int differs)
{
	struct cut half = { width - 1 - width / 2, whole - width / 2 };

	if (differs < half.head || differs >= half.tail)
		return half;
	if (differs + 2 <= width - 1 - width / 4)
		return (struct cut){ differs + 2, whole - (width - 3 - differs) };
	return (struct cut){ width / 4, differs - 1 };
}

static int columns_before(const struct surface *s, const char *text, size_t bytes)
{
	int columns = 0;

	for (size_t at = 0; at < bytes && text[at];) {
		struct glyph g = next_glyph(s, text + at);

		columns += g.columns;
		at += g.bytes;
	}
	return columns;
}

int surface_middle(struct surface *s, struct box at, unsigned pen, const char *text, size_t differs)
{
	const char *name = strrchr(text, '/');
	int whole = surface_columns(s, text), last = name ? surface_columns(s, name) : 0, used;
	struct cut cut;

	if (name && whole > at.width && last >= at.width) {
		text = name + 1;
		whole = surface_columns(s, text);
		last = 0;
	}
	if (at.width < 4 || whole <= at.width)
		return surface_text(s, at, pen, text);
	cut = cut_text(whole, at.width, last ? 0 : columns_before(s, text, differs));
	if (last > whole - cut.tail)
		cut = (struct cut){ at.width - 1 - last, whole - last };
	used = surface_print(s, at, pen, "%.*s", (int)fitting_bytes(s, text, cut.head), text);
	put(s, at.x + used, at.y, surface_signs(s) ? L'\u2026' : L'~', pen);
	used++;
	text += fitting_bytes(s, text, cut.tail);
	return used + surface_text(s, strip(at.x + used, at.y, at.width - used), pen, text);
}

int surface_print(struct surface *s, struct box at, unsigned pen, const char *fmt, ...)
{
	va_list ap;
	char *text;
	int len;

	va_start(ap, fmt);
	text = vmv_vasprintf(fmt, ap);
	va_end(ap);
	len = surface_text(s, at, pen, text);
	free(text);
	return len;
}

size_t surface_fitting(bool ascii, const char *text, int width)
{
	const struct surface s = { .ascii = ascii };
	size_t at = 0, word = 0;

	for (int columns = 0; text[at];) {
		struct glyph g = next_glyph(&s, text + at);

		if (text[at] == ' ')
			word = at;
		columns += g.columns;
		if (columns > width && word)
			return word;
		if (columns > width && at) /* one long word: a name */
			return at;
		at += g.bytes;
	}
	return at;
}

void surface_fill(struct surface *s, struct box box, unsigned pen, wchar_t ch)
{
	for (int y = box.y; y < box.y + box.height; y++)
		for (int x = box.x; x < box.x + box.width; x++)
			put(s, x, y, ch, pen);
}

void surface_add(struct surface *s, struct box box, unsigned attrs)
{
	for (int y = box.y; y < box.y + box.height; y++)
		for (int x = box.x; x < box.x + box.width; x++)
			if (surface_at(s, x, y))
				surface_at(s, x, y)->pen |= (unsigned short)attrs;
}

void surface_select(struct surface *s, struct box line)
{
	for (int x = line.x; x < line.x + line.width; x++) {
		struct cell *cell = surface_at(s, x, line.y);

		if (!cell)
			continue;
		cell->pen = (unsigned short)(LOOK_SELECTED | (cell->pen & PEN_UNDERLINE));
		if (cell->ch >= L'\u2588' && cell->ch <= L'\u258f')
			cell->ch = L'\u2592';
	}
}

void surface_bar(struct surface *s, struct box at, unsigned pen, uint64_t part, uint64_t whole)
{
	int width = at.width > 0 ? at.width : 0;
	/* Nearest eighth; long double, since the product may not fit 64 bits. */
	int eighths = whole ? (int)((long double)part * width * 8 / (long double)whole + 0.5L) : 0;

	if (part && width && !eighths)
		eighths = 1;
	if (eighths > width * 8)
		eighths = width * 8;
	if (!surface_signs(s)) {
		surface_fill(s, strip(at.x, at.y, (eighths + 7) / 8), pen, L'#');
		return;
	}
	surface_fill(s, strip(at.x, at.y, eighths / 8), pen, L'\u2588');
	if (eighths % 8)
		put(s, at.x + eighths / 8, at.y, L'\u2590' - (wchar_t)(eighths % 8), pen);
}

/* ---- as text ---- */

static char *put_utf8(char *to, uint32_t ch)
{
	if (ch < 0x80) {
		*to++ = (char)ch;
		return to;
	}
	if (ch < 0x800) {
		*to++ = (char)(0xc0 | ch >> 6);
	} else {
		if (ch < 0x10000) {
			*to++ = (char)(0xe0 | ch >> 12);
		} else {
			*to++ = (char)(0xf0 | ch >> 18);
			*to++ = (char)(0x80 | (ch >> 12 & 0x3f));
		}
		*to++ = (char)(0x80 | (ch >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (ch & 0x3f));
	return to;
}

static char *put_cell(char *to, const struct cell *cell)
{
	if (cell->ch)
		to = put_utf8(to, (uint32_t)cell->ch);
	return cell->mark ? put_utf8(to, (uint32_t)cell->mark) : to;
}

static char *put_pen(char *to, const struct cell *cell)
{
	unsigned look = cell->pen & PEN_LOOK;
	bool reverse = cell->pen & PEN_REVERSE;
	const char *letters =
		reverse ? "#ABCDEFGHIJKLMNOPQRSTUVWXYZ" : ".abcdefghijklmnopqrstuvwxyz";
	char letter = letters[look];

	if (letter == '.' && cell->ch == L' ')
		letter = ' ';
	*to++ = letter;
	return to;
}

static char *dump(const struct surface *s, char *(*put_one)(char *, const struct cell *))
{
	char *text = vmv_realloc(NULL, (size_t)s->height * ((size_t)s->width * 8 + 1) + 1, 1);
	char *to = text;

	for (int y = 0; y < s->height; y++) {
		char *line = to;

		for (int x = 0; x < s->width; x++)
			to = put_one(to, surface_at(s, x, y));
		while (to > line && to[-1] == ' ')
			to--;
		*to++ = '\n';
	}
	*to = '\0';
	return text;
}

char *surface_dump(const struct surface *s)
{
	return dump(s, put_cell);
}

char *surface_dump_pens(const struct surface *s)
{
	return dump(s, put_pen);
}
