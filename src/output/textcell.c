/* textcell.c - see textcell.h */
#include "textcell.h"

#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/text.h"
#include "vmapview/units.h"
#include "vmapview/value.h"

#include <string.h>

static void make_room(struct text_cell *cell, size_t need)
{
	if (need <= cell->room)
		return;
	cell->text = vmv_realloc(cell->text, need, 1);
	cell->room = need;
}

void cell_text(struct text_cell *cell, const char *text, size_t len)
{
	make_room(cell, len + 1);
	memcpy(cell->text, text, len);
	cell->text[len] = '\0';
	cell->len = len;
	cell->width = vmv_text_width(text, len);
}

void cell_fill(struct text_cell *cell, const struct vmv_column *column,
	       const struct vmv_value *value, bool plain, bool ascii)
{
	size_t len;

	if (value->known && column->type == VMV_TEXT) {
		len = strlen(value->text);
		make_room(cell, 4 * len + 1);
		cell->len = vmv_clean(cell->text, value->text, len, VMV_CLEAN_OCTAL, ascii);
		cell->width = vmv_text_width(cell->text, cell->len);
	} else {
		make_room(cell, VMV_NUMBER_ROOM);
		cell->len = vmv_value_put(cell->text, column, value, plain ? VMV_PLAIN : VMV_SHORT);
		cell->width = cell->len;
	}
}

/* Bytes of the character at @s; what is no UTF-8 counts byte by byte. */
static size_t char_len(const char *s, size_t len)
{
	uint32_t ch;
	size_t n = vmv_utf8_next(s, len, &ch);

	return n ? n : 1;
}

/* How many bytes at the start take at most @width columns; *@taken is how many. */
static size_t prefix(const struct text_cell *cell, size_t width, size_t *taken)
{
	size_t at = 0;

	*taken = 0;
	while (at < cell->len) {
		size_t n = char_len(cell->text + at, cell->len - at);
		size_t columns = vmv_text_width(cell->text + at, n);

		if (*taken + columns > width)
			break;
		*taken += columns;
		at += n;
	}
	return at;
}

static void cut_front(struct text_cell *cell, size_t room, const char *dots, size_t ndots)
{
	size_t skip = cell->width - room, at = 0, gone = 0, rest;

	while (at < cell->len && gone < skip) {
		size_t n = char_len(cell->text + at, cell->len - at);

		gone += vmv_text_width(cell->text + at, n);
		at += n;
	}
	rest = cell->len - at;
	make_room(cell, ndots + rest + 1);
	memmove(cell->text + ndots, cell->text + at, rest);
	memcpy(cell->text, dots, ndots);
	cell->len = ndots + rest;
	cell->width -= gone;
}

static void cut_back(struct text_cell *cell, size_t room, const char *dots, size_t ndots)
{
	size_t taken, keep = prefix(cell, room, &taken);

	make_room(cell, keep + ndots + 1);
	memcpy(cell->text + keep, dots, ndots);
	cell->len = keep + ndots;
	cell->width = taken;
}

void cell_cut(struct text_cell *cell, size_t width, bool head, bool ascii)
{
	const char *dots = ascii ? "..." : "\xe2\x80\xa6";
	size_t columns = ascii ? 3 : 1;

	if (cell->width <= width || width < columns)
		return;
	if (*cell->text == '/' && !head)
		cut_front(cell, width - columns, dots, 3);
	else
		cut_back(cell, width - columns, dots, 3);
	cell->width += columns;
	cell->text[cell->len] = '\0';
}
