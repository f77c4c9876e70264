/* sheet_columns.c - which columns a sheet has, and what it is sorted by; see sheet.h */
#include "sheet.h"

#include "vmapview/column.h"
#include "vmapview/error.h"

#include <stdlib.h>
#include <string.h>

int sheet_choose(struct sheet *sheet, const char *columns, struct vmv_error *err)
{
	struct vmv_chosen chosen = { 0 };
	int rc = vmv_columns_add(&chosen, sheet->kind, NULL, columns, err);
	size_t n = chosen.n < SHEET_COLUMNS ? chosen.n : SHEET_COLUMNS;

	if (rc == 0) {
		memcpy(sheet->columns, chosen.list, n * sizeof(*chosen.list));
		sheet->ncolumns = n;
		memset(sheet->widths, 0, sizeof(sheet->widths));
		memset(sheet->wanted, 0, sizeof(sheet->wanted));
		sheet->from = 0;
	}
	free(chosen.list);
	return rc;
}

size_t sheet_find(const struct sheet *sheet, const struct vmv_column *column)
{
	size_t i = 0;

	while (i < sheet->ncolumns && sheet->columns[i] != column)
		i++;
	return i;
}

void sheet_show(struct sheet *sheet, const struct vmv_column *column)
{
	size_t at = sheet->ncolumns, after;

	if (at == SHEET_COLUMNS || sheet_find(sheet, column) < at)
		return;
	/* In the order of the table, but after one that was there the last text stays last. */
	while (at > 0 && sheet->columns[at - 1] > column)
		at--;
	after = sheet->ncolumns++ - at;
	memmove(sheet->columns + at + 1, sheet->columns + at, after * sizeof(*sheet->columns));
	memmove(sheet->wanted + at + 1, sheet->wanted + at, after * sizeof(*sheet->wanted));
	sheet->columns[at] = column;
	sheet->wanted[at] = true;
	memset(sheet->widths, 0, sizeof(sheet->widths));
}

void sheet_hide(struct sheet *sheet, size_t at)
{
	size_t after = --sheet->ncolumns - at;

	memmove(sheet->columns + at, sheet->columns + at + 1, after * sizeof(*sheet->columns));
	memmove(sheet->wanted + at, sheet->wanted + at + 1, after * sizeof(*sheet->wanted));
	sheet->from = 0;
	memset(sheet->widths, 0, sizeof(sheet->widths));
}

int sheet_want(struct sheet *sheet, const char *columns, struct vmv_error *err)
{
	struct vmv_chosen chosen = { 0 };
	bool more = *columns == '+';
	int rc;

	if (!more) {
		rc = sheet_choose(sheet, columns, err);
		memset(sheet->wanted, rc == 0, sheet->ncolumns * sizeof(*sheet->wanted));
		return rc;
	}
	rc = vmv_columns_add(&chosen, sheet->kind, NULL, columns + 1, err);
	for (size_t i = 0; rc == 0 && i < chosen.n; i++)
		sheet_show(sheet, chosen.list[i]);
	free(chosen.list);
	return rc;
}

int sheet_sort_as(struct sheet *sheet, const char *keys, struct vmv_error *err)
{
	struct vmv_sort *sort;
	size_t n;
	int rc = vmv_sort_parse(sheet->kind, keys, &sort, &n, err);

	if (rc < 0)
		return rc;
	sheet->nsort = n < SHEET_SORTS ? n : SHEET_SORTS;
	memcpy(sheet->sorts, sort, sheet->nsort * sizeof(*sort));
	free(sort);
	return 0;
}
