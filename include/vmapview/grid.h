/*
 * grid.h - cells of text in columns as wide as they need to be
 */
#ifndef VMV_GRID_H
#define VMV_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_out;

/** struct vmv_grid_column - @right: numbers, whose units stand below each other */
struct vmv_grid_column {
	const char *title;
	bool right;
};

/**
 * struct vmv_grid - a table on its way
 * @columns: borrowed
 * @ascii:   the locale does not have UTF-8
 * @width:   columns of the terminal, by which the last column is cut; 0: never
 * @cells:   row by row; owned
 */
struct vmv_grid {
	const struct vmv_grid_column *columns;
	size_t ncolumns;
	bool ascii;
	size_t width;
	char **cells;
	size_t ncells, room;
};

/** vmv_grid_text - append a cell of text that nobody has vetted; "-" for NULL or "". */
void vmv_grid_text(struct vmv_grid *grid, const char *text);

/** vmv_grid_number - append an amount, "." for 0 and "-" for VMV_UNKNOWN. */
void vmv_grid_number(struct vmv_grid *grid, uint64_t n);

/** vmv_grid_bytes - append "1.3M", "." for 0 and "-" for VMV_UNKNOWN. */
void vmv_grid_bytes(struct vmv_grid *grid, uint64_t n);

/** vmv_grid_delta - append "+1.3M", "-4K" or "."; "-" if it is not known. */
void vmv_grid_delta(struct vmv_grid *grid, bool known, int64_t by);

/** vmv_grid_address - append a hexadecimal number. */
void vmv_grid_address(struct vmv_grid *grid, uint64_t n);

/** vmv_grid_print - print headings and rows, and release the cells. */
void vmv_grid_print(struct vmv_grid *grid, struct vmv_out *out);

#endif
