/*
 * json.c - a map as a snapshot, or a view as a table, in JSON
 *
 * docs/json.md describes both documents, docs/vmapview.schema.json checks them.
 * Each region or row is a line of its own, so that readers need not hold the
 * whole document.
 */
#include "jsonwrite.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/output.h"
#include "vmapview/units.h"
#include "vmapview/view.h"
#include "vmapview/writer.h"

#include <stdio.h>
#include <string.h>

/* ---- what both documents start with ---- */

static void put_device(struct json *j, uint32_t major, uint32_t minor)
{
	char text[2 * VMV_NUMBER_ROOM];
	size_t len = vmv_put_hex(text, major, 2);

	text[len++] = ':';
	vmv_put_hex(text + len, minor, 2);
	json_string(j, "device", text);
}

static void put_exe(struct json *j, const struct vmv_process *p)
{
	if (p->exe_inode == VMV_UNKNOWN || p->exe_dev == VMV_UNKNOWN) {
		json_number(j, "exe", VMV_UNKNOWN);
		return;
	}
	json_open(j, "exe", '{');
	put_device(j, (uint32_t)(p->exe_dev >> 32), (uint32_t)p->exe_dev);
	json_number(j, "inode", p->exe_inode);
	json_close(j, '}');
}

static void put_process(struct json *j, const struct vmv_process *p)
{
	const char state[2] = { p->state, '\0' };

	json_open(j, "process", '{');
	json_number(j, "pid", p->pid ? (uint64_t)p->pid : VMV_UNKNOWN);
	json_number(j, "tgid", p->tgid ? (uint64_t)p->tgid : VMV_UNKNOWN);
	json_string(j, "state", p->state ? state : NULL);
	json_string(j, "command", p->command);
	json_string(j, "name", p->name);
	json_address(j, "stack_start", p->stack_start);
	json_number(j, "start_ticks", p->start_ticks);
	json_address(j, "entry", p->entry);
	json_address(j, "phdr", p->phdr);
	json_address(j, "base", p->base);
	json_address(j, "vdso", p->vdso);
	json_number(j, "signal", p->signal ? (uint64_t)p->signal : VMV_UNKNOWN);
	json_address(j, "fault", p->fault);
	put_exe(j, p);
	json_close(j, '}');
}

static void put_head(struct json *j, const char *schema, const char *time, const char *kernel)
{
	json_open(j, NULL, '{');
	json_string(j, "schema", schema);
	json_number(j, "version", 1);
	json_string(j, "generator", PACKAGE_STRING);
	json_string(j, "time", time);
	json_string(j, "kernel", kernel);
}

static void end_lines(struct json *j)
{
	if (!j->oneline)
		vmv_out_char(j->out, '\n');
	json_close(j, ']');
}

/* ---- snapshots ---- */

static void put_threads(struct json *j, const struct vmv_map *map)
{
	json_open(j, "threads", '[');
	for (size_t i = 0; i < map->nthreads; i++) {
		json_open(j, NULL, '{');
		json_number(j, "tid", (uint64_t)map->threads[i].tid);
		json_address(j, "sp", map->threads[i].sp);
		json_address(j, "stack", map->threads[i].stack);
		json_address(j, "pc", map->threads[i].pc);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void put_fields(struct json *j, const struct vmv_map *map)
{
	json_open(j, "fields", '[');
	for (size_t i = 0; i < map->nfields; i++) {
		json_open(j, NULL, '{');
		json_string(j, "name", map->fields[i].name);
		json_string(j, "unit", map->fields[i].bytes ? "bytes" : NULL);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* A file known by its name only has a number that is ours. */
static void put_file(struct json *j, const struct vmv_region *r)
{
	if (r->inode && !vmv_file_is_known(r)) {
		json_string(j, "device", NULL);
		json_string(j, "inode", NULL);
	} else {
		put_device(j, r->major, r->minor);
		json_exact(j, "inode", r->inode);
	}
}

static void put_region(struct json *j, const struct vmv_map *map, const struct vmv_region *r)
{
	json_open(j, NULL, '{');
	json_exact_address(j, "start", r->start);
	json_exact_address(j, "end", r->end);
	json_string(j, "perms", vmv_perms_text(r->perms));
	json_exact(j, "offset", r->offset);
	put_file(j, r);
	json_string(j, "path", r->name);
	json_raw_hex(j, "path_hex", r->name);
	json_string(j, "class", r->evidence ? vmv_classes[r->class].name : NULL);
	json_string(j, "part", vmv_parts[r->part]);
	json_string(j, "evidence", vmv_evidence_words[r->evidence]);
	if (r->tid)
		json_number(j, "tid", (uint64_t)r->tid);
	if (map->has_dumped)
		json_exact(j, "dumped", r->dumped);
	json_string(j, "object", r->object);
	json_raw_hex(j, "object_hex", r->object);
	json_string(j, "flags", r->flags);
	json_open(j, "counters", '[');
	for (size_t f = 0; f < map->nfields; f++)
		json_number(j, NULL, vmv_map_counter(map, r, f));
	json_close(j, ']');
	json_close(j, '}');
}

void vmv_snapshot_write(struct vmv_out *out, const struct vmv_map *map, bool oneline)
{
	struct json j = { .out = out, .oneline = oneline };

	put_head(&j, "vmapview-snapshot", map->time, map->kernel);
	put_process(&j, &map->process);
	json_number(&j, "shm_minor", map->shm_dev);
	json_number(&j, "huge_minor", map->huge_dev);
	json_bool(&j, "changed", map->changed);
	json_bool(&j, "torn", map->torn);
	put_threads(&j, map);
	put_fields(&j, map);
	json_open(&j, "regions", '[');
	for (size_t i = 0; i < map->nregions; i++) {
		json_line(&j);
		put_region(&j, map, &map->regions[i]);
	}
	end_lines(&j);
	json_close(&j, '}');
	vmv_out_char(j.out, '\n');
}

/* ---- tables ---- */

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
		put_process(j, &map->process);
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

static void print_table(const struct vmv_report *report, const struct vmv_view *view)
{
	const struct vmv_map *map = vmv_list_map(&view->list);
	struct json j = { .out = report->out, .oneline = report->oneline };

	put_head(&j, "vmapview-table", map ? map->time : report->time,
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
	end_lines(&j);
	json_open(&j, "totals", '{');
	put_row(&j, report, view, &view->total, true);
	json_close(&j, '}');
	json_close(&j, '}');
	vmv_out_char(j.out, '\n');
}

static void print(struct vmv_report *report, const struct vmv_view *view)
{
	if (report->snapshot)
		vmv_snapshot_write(report->out, vmv_list_map(&view->list), report->oneline);
	else
		print_table(report, view);
}

const struct vmv_format vmv_format_json = {
	.name = "json",
	.help = "JSON: a snapshot that can be read back, or the chosen columns",
	.needs = VMV_NEED_CONTEXT,
	.totals = true,
	.rows = print,
};
