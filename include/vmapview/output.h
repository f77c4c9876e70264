/*
 * output.h - rows of a view in one of several formats
 */
#ifndef VMV_OUTPUT_H
#define VMV_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_column;
struct vmv_map;
struct vmv_out;
struct vmv_view;

/**
 * struct vmv_report - how to print, and where
 * @out:      borrowed
 * @columns:  what to show, from left to right; borrowed
 * @bytes:    plain numbers instead of "1.3M"
 * @headings, @totals: first and last line of tables
 * @color:    rows in the colours of their classes
 * @ascii:    the locale does not have UTF-8: see text.h
 * @width:    columns of the terminal, 0 if it is none: nothing is cut then
 * @bar:      end each row of tables with a bar of this column, as long as its
 *            share of the largest; NULL for none; borrowed
 * @max_regions: how many regions the process may have; 0 if that is not to be told
 * @titles:   several targets: say of each which one
 * @target:   the one that is shown now, as the user named it; NULL for this machine; borrowed
 * @before:   what it is compared with, or NULL; borrowed
 * @time, @kernel: when and where lists were made that are not of a map; borrowed
 * @state:    of the format, between begin and end
 */
struct vmv_report {
	struct vmv_out *out;
	const struct vmv_column *const *columns;
	size_t ncolumns;
	const struct vmv_column *bar;
	bool bytes, headings, totals, color, ascii, titles;
	const char *target, *before, *time, *kernel;
	size_t width;
	uint64_t max_regions;
	void *state;
};

/**
 * struct vmv_format - one format; output.c lists them all
 * @name, @help: for the command line
 * @needs: set of enum vmv_need (need.h) besides that of the columns
 * @totals: it has sums of all rows
 * @begin: before the first view; may be NULL
 * @rows:  one view
 * @end:   after the last view; may be NULL
 */
struct vmv_format {
	const char *name, *help;
	unsigned needs;
	bool totals;
	void (*begin)(struct vmv_report *report);
	void (*rows)(struct vmv_report *report, const struct vmv_view *view);
	void (*end)(struct vmv_report *report);
};

extern const struct vmv_format vmv_format_table, vmv_format_json, vmv_format_csv,
	vmv_format_prometheus;

/** vmv_snapshot_write - write a whole map as JSON that can be read back, in one line or many. */
void vmv_snapshot_write(struct vmv_out *out, const struct vmv_map *map, bool oneline);

/** vmv_format_find - the format called @name, or NULL. */
const struct vmv_format *vmv_format_find(const char *name);

/** vmv_format_at - the @i-th format, NULL after the last. */
const struct vmv_format *vmv_format_at(size_t i);

#endif
