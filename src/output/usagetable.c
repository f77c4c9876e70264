/* usagetable.c - see usagetable.h */
#include "vmapview/usagetable.h"

#include "jsonwrite.h"
#include "vmapview/alloc.h"
#include "vmapview/grid.h"
#include "vmapview/map.h"
#include "vmapview/process.h"
#include "vmapview/units.h"
#include "vmapview/writer.h"

#include <stdio.h>
#include <stdlib.h>

static void add_cell(struct vmv_grid *grid, const struct vmv_usage_column *column,
		     const struct vmv_usage *u)
{
	if (column->type == VMV_TEXT)
		vmv_grid_text(grid, vmv_usage_text(column, u));
	else if (column->type == VMV_BYTES)
		vmv_grid_bytes(grid, vmv_usage_number(column, u));
	else
		vmv_grid_number(grid, vmv_usage_number(column, u));
}

/* Where mmap() and even malloc() and free() fail soon, and nothing else shows why. */
static void put_limit(struct vmv_out *out, const struct vmv_usages *usages)
{
	bool any = false;

	for (size_t i = 0; i < usages->count; i++) {
		const struct vmv_usage *u = &usages->list[i];
		char number[VMV_NUMBER_ROOM];

		if (!vmv_near_limit(u->regions, usages->max_regions))
			continue;
		vmv_out_text(out, any ? ", " : "near the limit of ");
		if (!any) {
			vmv_put_dec(number, usages->max_regions);
			vmv_out_text(out, number);
			vmv_out_text(out, " regions (vm.max_map_count): ");
		}
		vmv_put_dec(number, u->pid);
		vmv_out_text(out, number);
		any = true;
	}
	if (any)
		vmv_out_char(out, '\n');
}

void vmv_usagetable_print(struct vmv_out *out, const struct vmv_usages *usages, bool ascii,
			  size_t width)
{
	struct vmv_grid_column *columns = vmv_calloc(vmv_nusage_columns, sizeof(*columns));
	struct vmv_grid grid = {
		.columns = columns, .ncolumns = vmv_nusage_columns, .ascii = ascii, .width = width
	};

	for (size_t c = 0; c < vmv_nusage_columns; c++) {
		columns[c].title = vmv_usage_columns[c].title;
		columns[c].right = vmv_usage_columns[c].type != VMV_TEXT;
	}
	for (size_t i = 0; i < usages->count; i++)
		for (size_t c = 0; c < vmv_nusage_columns; c++)
			add_cell(&grid, &vmv_usage_columns[c], &usages->list[i]);
	vmv_grid_print(&grid, out);
	free(columns);
	put_limit(out, usages);
}

static void put_value(struct json *j, const struct vmv_usage_column *column,
		      const struct vmv_usage *u)
{
	char key[32];

	snprintf(key, sizeof(key), "%s%s", column->name, column->type == VMV_BYTES ? "_bytes" : "");
	if (column->type == VMV_TEXT)
		json_string(j, key, vmv_usage_text(column, u));
	else
		json_number(j, key, vmv_usage_number(column, u));
}

void vmv_usagejson_print(struct vmv_out *out, const struct vmv_usages *usages)
{
	struct json j = { .out = out };

	json_open(&j, NULL, '{');
	json_string(&j, "schema", "vmapview-processes");
	json_number(&j, "version", 1);
	json_string(&j, "generator", PACKAGE_STRING);
	json_string(&j, "time", usages->time);
	json_string(&j, "kernel", usages->kernel);
	json_number(&j, "unreadable", usages->denied);
	json_number(&j, "max_regions", usages->max_regions);
	json_open(&j, "processes", '[');
	for (size_t i = 0; i < usages->count; i++) {
		vmv_out_text(out, i ? ",\n" : "\n");
		j.comma = false;
		json_open(&j, NULL, '{');
		for (size_t c = 0; c < vmv_nusage_columns; c++)
			put_value(&j, &vmv_usage_columns[c], &usages->list[i]);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	vmv_out_char(out, '\n');
}
