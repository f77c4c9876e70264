/* grid.c - see grid.h */
#include "vmapview/grid.h"

#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/text.h"
#include "vmapview/units.h"
#include "vmapview/writer.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST = 8 }; /* what is left of the last column on a narrow terminal */

static void take(struct vmv_grid *grid, char *text)
{
	grid->cells = vmv_grow(grid->cells, grid->ncells, &grid->room, sizeof(*grid->cells));
	grid->cells[grid->ncells++] = text;
}

void vmv_grid_text(struct vmv_grid *grid, const char *text)
{
	size_t len = text ? strlen(text) : 0;
	char *clean = vmv_realloc(NULL, 4 * len + 2, 1);

	if (len)
		vmv_clean(clean, text, len, VMV_CLEAN_OCTAL, grid->ascii);
	else
		memcpy(clean, "-", 2);
	take(grid, clean);
}

/* 0 is quiet, as cell_fill() has it. */
static void take_amount(struct vmv_grid *grid, uint64_t n, size_t (*put)(char *to, uint64_t n))
{
	char text[VMV_NUMBER_ROOM] = ".";

	if (n == VMV_UNKNOWN)
		*text = '-';
	else if (n)
		put(text, n);
	take(grid, vmv_strdup(text));
}

void vmv_grid_number(struct vmv_grid *grid, uint64_t n)
{
	take_amount(grid, n, vmv_put_dec);
}

void vmv_grid_bytes(struct vmv_grid *grid, uint64_t n)
{
	take_amount(grid, n, vmv_put_human);
}

void vmv_grid_delta(struct vmv_grid *grid, bool known, int64_t by)
{
	char text[VMV_NUMBER_ROOM + 1] = "-";

	if (known && by == 0)
		*text = '.';
	else if (by > 0)
		*text = '+';
	if (known && by)
		vmv_put_human(text + 1, by < 0 ? -(uint64_t)by : (uint64_t)by);
	take(grid, vmv_strdup(text));
}

void vmv_grid_address(struct vmv_grid *grid, uint64_t n)
{
	char text[VMV_NUMBER_ROOM];

	vmv_put_hex(text, n, 12);
	take(grid, vmv_strdup(text));
}

static size_t width_of(const char *text)
{
	return vmv_text_width(text, strlen(text));
}

static size_t *measure(const struct vmv_grid *grid)
{
	size_t *widths = vmv_calloc(grid->ncolumns, sizeof(*widths));

	for (size_t c = 0; c < grid->ncolumns; c++) {
		widths[c] = strlen(grid->columns[c].title);
		for (size_t i = c; i < grid->ncells; i += grid->ncolumns) {
			size_t width = width_of(grid->cells[i]);

			widths[c] = width > widths[c] ? width : widths[c];
		}
	}
	return widths;
}

/* Bytes of @text that fit in @width columns. */
static size_t fitting(const char *text, size_t width)
{
	size_t len = strlen(text), fits = 0, columns = 0;
	uint32_t ch;

	while (fits < len) {
		size_t n = vmv_utf8_next(text + fits, len - fits, &ch);

		n = n ? n : 1;
		columns += vmv_text_width(text + fits, n);
		if (columns > width)
			break;
		fits += n;
	}
	return fits;
}

/* Where the last column begins, with @between blanks between them. */
static size_t last_column(const struct vmv_grid *grid, const size_t *widths, size_t between)
{
	size_t at = 0;

	for (size_t c = 0; c + 1 < grid->ncolumns; c++)
		at += widths[c] + between;
	return at;
}

/* Two blanks between columns where the line has room for that. */
static size_t choose_between(const struct vmv_grid *grid, const size_t *widths)
{
	return !grid->width || last_column(grid, widths, 2) + LEAST <= grid->width ? 2 : 1;
}

/* Marked where something was cut off. */
static void put_fitting(struct vmv_out *out, const struct vmv_grid *grid, const char *text,
			size_t room)
{
	if (width_of(text) <= room) {
		vmv_out_text(out, text);
		return;
	}
	vmv_out_bytes(out, text, fitting(text, room - (grid->ascii ? 3 : 1)));
	vmv_out_text(out, grid->ascii ? "..." : "\xe2\x80\xa6");
}

static void put_cell(struct vmv_out *out, const struct vmv_grid *grid, size_t c, const char *text,
		     const size_t *widths)
{
	size_t width = width_of(text), pad = widths[c] > width ? widths[c] - width : 0;
	size_t between = choose_between(grid, widths), used, room;

	if (c)
		vmv_out_fill(out, ' ', between);
	if (c + 1 < grid->ncolumns || grid->columns[c].right) {
		if (grid->columns[c].right)
			vmv_out_fill(out, ' ', pad);
		vmv_out_text(out, text);
		if (!grid->columns[c].right)
			vmv_out_fill(out, ' ', pad);
		return;
	}
	used = last_column(grid, widths, between);
	room = grid->width > used + LEAST ? grid->width - used : LEAST;
	put_fitting(out, grid, text, grid->width ? room : SIZE_MAX);
}

void vmv_grid_print(struct vmv_grid *grid, struct vmv_out *out)
{
	size_t *widths = measure(grid), column = 0;

	for (size_t c = 0; c < grid->ncolumns; c++)
		put_cell(out, grid, c, grid->columns[c].title, widths);
	vmv_out_char(out, '\n');
	for (size_t i = 0; i < grid->ncells; i++) {
		put_cell(out, grid, column, grid->cells[i], widths);
		if (++column == grid->ncolumns) {
			vmv_out_char(out, '\n');
			column = 0;
		}
		free(grid->cells[i]);
	}
	free(grid->cells);
	grid->cells = NULL;
	grid->ncells = grid->room = 0;
	free(widths);
}
