/*
 * snapshot.c - a whole map in JSON, which can be read again (see output.h)
 *
 * docs/json.md describes it, docs/vmapview.schema.json checks it.  Each region is a line of its
 * own, so that readers need not hold the whole document.
 */
#include "jsonhead.h"
#include "jsonwrite.h"
#include "vmapview/class.h"
#include "vmapview/map.h"
#include "vmapview/output.h"
#include "vmapview/writer.h"

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
		json_device(j, r->major, r->minor);
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

	json_head(&j, "vmapview-snapshot", map->time, map->kernel);
	json_process(&j, &map->process);
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
	json_end_lines(&j);
	json_close(&j, '}');
	vmv_out_char(j.out, '\n');
}
