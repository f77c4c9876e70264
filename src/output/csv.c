/*
 * csv.c - a view as comma-separated values (RFC 4180)
 *
 * Byte counts and numbers are plain, addresses are hexadecimal with 0x, what is
 * not known is empty.  Text is cleaned as for a terminal, so that every file is
 * valid UTF-8 without control characters.
 */
#include "textcell.h"
#include "vmapview/column.h"
#include "vmapview/output.h"
#include "vmapview/view.h"
#include "vmapview/writer.h"

#include <stdlib.h>
#include <string.h>

static void put_field(struct vmv_out *out, const char *text, size_t len)
{
	bool quote = memchr(text, ',', len) || memchr(text, '"', len) ||
		     (len && (*text == ' ' || text[len - 1] == ' '));

	if (quote)
		vmv_out_char(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"')
			vmv_out_char(out, '"');
		vmv_out_char(out, text[i]);
	}
	if (quote)
		vmv_out_char(out, '"');
}

/* Which target comes first where there are several. */
static void begin(struct vmv_report *report)
{
	if (!report->headings)
		return;
	if (report->titles)
		vmv_out_text(report->out, "target,");
	for (size_t c = 0; c < report->ncolumns; c++) {
		if (c)
			vmv_out_char(report->out, ',');
		vmv_out_text(report->out, report->columns[c]->name);
	}
	vmv_out_text(report->out, "\r\n");
}

static void put_value(const struct vmv_report *report, const struct vmv_view *view,
		      const struct vmv_row *row, const struct vmv_column *column,
		      struct text_cell *cell)
{
	struct vmv_value value;

	vmv_view_get(view, row, column, &value);
	if (!value.known)
		return;
	if (column->type == VMV_ADDRESS)
		vmv_out_text(report->out, "0x");
	cell_fill(cell, column, &value, true, false);
	put_field(report->out, cell->text, cell->len);
}

static void put_target(const struct vmv_report *report, struct text_cell *cell)
{
	const struct vmv_column text = { .type = VMV_TEXT };
	const struct vmv_value value = { .known = true, .text = report->target };

	cell_fill(cell, &text, &value, true, false);
	put_field(report->out, cell->text, cell->len);
	vmv_out_char(report->out, ',');
}

static void print(struct vmv_report *report, const struct vmv_view *view)
{
	struct text_cell cell = { 0 };

	for (size_t i = 0; i < view->nrows; i++) {
		if (report->titles)
			put_target(report, &cell);
		for (size_t c = 0; c < report->ncolumns; c++) {
			if (c)
				vmv_out_char(report->out, ',');
			put_value(report, view, &view->rows[i], report->columns[c], &cell);
		}
		vmv_out_text(report->out, "\r\n");
	}
	free(cell.text);
}

const struct vmv_format vmv_format_csv = {
	.name = "csv",
	.help = "comma-separated values for spreadsheets (RFC 4180)",
	.begin = begin,
	.rows = print,
};
