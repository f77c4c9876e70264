/*
 * textcell.h - a value as a piece of text for people (private to output)
 */
#ifndef VMV_TEXTCELL_H
#define VMV_TEXTCELL_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_column;
struct vmv_value;

/**
 * struct text_cell - text of a value; grows to fit any name
 * @width: terminal columns that it takes
 *
 * Starts as zeros; release with free(cell.text).
 */
struct text_cell {
	char *text;
	size_t len, width, room;
};

/** cell_fill - write a value: a number as vmv_value_put() does, a text cleaned by vmv_clean()
 *  with @ascii. */
void cell_fill(struct text_cell *cell, const struct vmv_column *column,
	       const struct vmv_value *value, bool plain, bool ascii);

/** cell_text - write @len bytes of text that is safe already. */
void cell_text(struct text_cell *cell, const char *text, size_t len);

/**
 * cell_cut - make it fit @width columns
 *
 * What is left out becomes "…", or "..." if @ascii: in front of paths, whose end
 * tells most, else behind; with @head, always behind.
 */
void cell_cut(struct text_cell *cell, size_t width, bool head, bool ascii);

#endif
