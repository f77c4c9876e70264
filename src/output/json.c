/*
 * json.c - a view as a table in JSON
 *
 * docs/json.md describes it, docs/vmapview.schema.json checks it.
 * Each row is a line of its own, so that readers need not hold the whole
 * document.
 */
#include "jsonhead.h"
#include "jsonwrite.h"
#include "vmapview/column.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/output.h"
#include "vmapview/view.h"
#include "vmapview/writer.h"

#include <stdio.h>

static const char *unit_of(const struct vmv_column *column)
{
	return column->type == VMV_BYTES || column->type == VMV_DELTA ? "bytes" : NULL;
}

/* Names say their unit: "rss_bytes".  @room is for that. */
static const char *key_of(const struct vmv_column *column, const char *suffix, char *room,
			  size_t size)
{
	snprintf(room, size, "%.100s%s%s", column->name, unit_of(column) ? "_bytes" : "", suffix);
	return room;
}

static void put_columns(struct json *j, const struct vmv_report *report)
{
	char key[128];

	json_open(j, "columns", '[');
	for (size_t c = 0; c < report->ncolumns; c++) {
		const struct vmv_column *column = report->columns[c];

		json_open(j, NULL, '{');
		json_string(j, "name", column->name);
		json_string(j, "key", key_of(column, "", key, sizeof(key)));
		json_string(j, "type", vmv_types[column->type]);
		json_string(j, "unit", unit_of(column));
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void put_value(struct json *j, const struct vmv_column *column,
		      const struct vmv_value *value)
{
	char key[128];

	key_of(column, "", key, sizeof(key));
	if (!value->known) {
		json_string(j, key, NULL);
		return;
	}
	switch (column->type) {
	case VMV_ADDRESS:
		json_exact_address(j, key, value->number);
		break;
	case VMV_BYTES:
	case VMV_NUMBER:
		json_exact(j, key, value->number);
		break;
	case VMV_DELTA:
		json_signed(j, key, (int64_t)value->number);
		break;
	case VMV_TEXT:
		json_string(j, key, value->text);
		json_raw_hex(j, key_of(column, "_hex", key, sizeof(key)), value->text);
		break;
	}
}

/* @totals: only what adds up. */
static void put_row(struct json *j, const struct vmv_report *report, const struct vmv_view *view,
		    const struct vmv_row *row, bool totals)
{
	struct vmv_value value;

	for (size_t c = 0; c < report->ncolumns; c++) {
		if (totals && report->columns[c]->merge != VMV_SUM)
			continue;
		vmv_view_get(view, row, report->columns[c], &value);
		put_value(j, report->columns[c], &value);
	}
}

/* What the rows are of: one target, two, or this machine. */
static void put_origin(struct json *j, const struct vmv_report *report, const struct vmv_map *map)
{
	if (map)
		json_process(j, &map->process);
	if (report->target) {
		json_string(j, "target", report->target);
		json_raw_hex(j, "target_hex", report->target);
	}
	if (report->before) {
		json_string(j, "before", report->before);
		json_raw_hex(j, "before_hex", report->before);
	}
	if (map) {
		json_bool(j, "changed", map->changed);
		json_bool(j, "torn", map->torn);
	}
}

static void print(struct vmv_report *report, const struct vmv_view *view)
{
	const struct vmv_map *map = vmv_list_map(&view->list);
	struct json j = { .out = report->out };

	json_head(&j, "vmapview-table", map ? map->time : report->time,
		  map ? map->kernel : report->kernel);
	put_origin(&j, report, map);
	json_string(&j, "list", view->list.kind->name);
	json_string(&j, "group", view->group ? view->group->name : NULL);
	put_columns(&j, report);
	json_open(&j, "rows", '[');
	for (size_t i = 0; i < view->nrows; i++) {
		json_line(&j);
		json_open(&j, NULL, '{');
		put_row(&j, report, view, &view->rows[i], false);
		json_close(&j, '}');
	}
	json_end_lines(&j);
	json_open(&j, "totals", '{');
	put_row(&j, report, view, &view->total, true);
	json_close(&j, '}');
	json_close(&j, '}');
	vmv_out_char(j.out, '\n');
}

const struct vmv_format vmv_format_json = {
	.name = "json",
	.help = "JSON: a snapshot that can be read back, or the chosen columns",
	.needs = VMV_NEED_CONTEXT,
	.totals = true,
	.rows = print,
};
