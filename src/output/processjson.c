/* processjson.c - see processjson.h */
#include "vmapview/processjson.h"

#include "jsonwrite.h"
#include "vmapview/column.h"
#include "vmapview/map.h"
#include "vmapview/processes.h"
#include "vmapview/units.h"
#include "vmapview/view.h"
#include "vmapview/writer.h"

#include <stdio.h>
#include <stdlib.h>

static void put_number(struct vmv_out *out, uint64_t n)
{
	char text[VMV_NUMBER_ROOM];

	vmv_out_bytes(out, text, vmv_put_dec(text, n));
}

/* Where mmap() and even malloc() and free() fail soon, and nothing else shows why. */
static void put_near(struct vmv_out *out, const struct vmv_processes *processes,
		     const struct vmv_process_row *u, bool *any)
{
	if (!vmv_near_limit(u->regions, processes->max_regions))
		return;
	if (!*any) {
		vmv_out_text(out, "near the limit of ");
		put_number(out, processes->max_regions);
		vmv_out_text(out, " regions (vm.max_map_count): ");
	}
	if (*any)
		vmv_out_text(out, ", ");
	put_number(out, u->pid);
	vmv_out_text(out, " (");
	put_number(out, vmv_limit_percent(u->regions, processes->max_regions));
	vmv_out_text(out, " %)");
	*any = true;
}

void vmv_limits_print(struct vmv_out *out, const struct vmv_view *view)
{
	bool any = false;

	for (size_t k = 0; k < view->nrows; k++) {
		const struct vmv_row *row = &view->rows[k];

		for (size_t i = row->first; i < row->first + row->count; i++)
			put_near(out, view->list.of, vmv_list_item(&view->list, view->order[i]),
				 &any);
	}
	if (any)
		vmv_out_char(out, '\n');
}

static void put_value(struct json *j, const struct vmv_column *column,
		      const struct vmv_value *value)
{
	char key[32];

	snprintf(key, sizeof(key), "%s%s", column->name, column->type == VMV_BYTES ? "_bytes" : "");
	if (column->type == VMV_TEXT)
		json_string(j, key, value->known ? value->text : NULL);
	else
		json_number(j, key, value->known ? value->number : VMV_UNKNOWN);
}

static void put_process(struct json *j, const struct vmv_view *view, const struct vmv_row *row,
			const struct vmv_chosen *columns)
{
	struct vmv_value value;

	json_open(j, NULL, '{');
	for (size_t c = 0; c < columns->n; c++) {
		vmv_view_get(view, row, columns->list[c], &value);
		put_value(j, columns->list[c], &value);
	}
	json_close(j, '}');
}

void vmv_processjson_print(struct vmv_out *out, const struct vmv_view *view)
{
	const struct vmv_processes *processes = view->list.of;
	struct vmv_chosen columns = { 0 };
	struct json j = { .out = out };

	vmv_columns_add(&columns, view->list.kind, NULL, view->list.kind->usual, NULL);
	json_open(&j, NULL, '{');
	json_string(&j, "schema", "vmapview-processes");
	json_number(&j, "version", 1);
	json_string(&j, "generator", PACKAGE_STRING);
	json_string(&j, "time", processes->time);
	json_string(&j, "kernel", processes->kernel);
	json_number(&j, "unreadable", processes->denied);
	json_number(&j, "max_regions", processes->max_regions);
	json_open(&j, "processes", '[');
	for (size_t i = 0; i < view->nrows; i++) {
		vmv_out_text(out, i ? ",\n" : "\n");
		j.comma = false;
		put_process(&j, view, &view->rows[i], &columns);
	}
	json_close(&j, ']');
	json_close(&j, '}');
	vmv_out_char(out, '\n');
	free(columns.list);
}
