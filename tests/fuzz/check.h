/*
 * check.h - what holds for every map, wherever it came from
 */
#ifndef VMV_FUZZ_CHECK_H
#define VMV_FUZZ_CHECK_H

#include "fuzz.h"
#include "snapjson.h"
#include "vmapview/column.h"
#include "vmapview/output.h"
#include "vmapview/pmap.h"
#include "vmapview/rc.h"
#include "vmapview/text.h"
#include "vmapview/view.h"
#include "vmapview/writer.h"

#include <errno.h>
#include <json.h>

/* ---- printing ---- */

static inline struct vmv_out *open_out(void)
{
	struct vmv_out *out = vmv_calloc(1, sizeof(*out));

	out->fd = unit_file("", 0);
	return out;
}

/* All that was put; free() it. */
static inline char *close_out(struct vmv_out *out, size_t *len)
{
	char *text;

	assert_int_equal(vmv_out_flush(out), 0);
	text = unit_content(out->fd, len);
	close(out->fd);
	free(out);
	return text;
}

/* Lines of text that no terminal can take for orders. */
static inline void check_lines(const char *text, size_t len, bool ascii)
{
	while (len) {
		const char *newline = memchr(text, '\n', len);
		size_t line = newline ? (size_t)(newline - text) : len;

		assert_true(vmv_is_clean(text, line, ascii));
		line += newline != NULL;
		text += line;
		len -= line;
	}
}

static inline void check_json(const char *text, size_t len)
{
	struct json_tokener *tokener = snapjson_new(16, 0);
	struct json_object *o = json_tokener_parse_ex(tokener, text, (int)len);

	assert_true(json_object_is_type(o, json_type_object));
	json_object_put(o);
	json_tokener_free(tokener);
}

static inline void print_format(const struct vmv_format *format, const struct vmv_view *view,
				const struct vmv_column *const *columns, bool ascii)
{
	struct vmv_report report = { .columns = columns,
				     .ncolumns = vmv_kind_regions.ncolumns,
				     .headings = true,
				     .totals = true,
				     .ascii = ascii,
				     .target = "target" };
	char *text;
	size_t len;

	report.out = open_out();
	if (format->begin)
		format->begin(&report);
	format->rows(&report, view);
	if (format->end)
		format->end(&report);
	text = close_out(report.out, &len);
	if (format == &vmv_format_table)
		check_lines(text, len, ascii);
	if (format == &vmv_format_json)
		check_json(text, len);
	free(text);
}

static inline void print_view(const struct vmv_map *map, const struct vmv_format *format,
			      const struct vmv_column *group, bool ascii)
{
	const struct vmv_column **columns = vmv_calloc(vmv_kind_regions.ncolumns, sizeof(*columns));
	struct vmv_query query;
	struct vmv_view view;

	for (size_t i = 0; i < vmv_kind_regions.ncolumns; i++)
		columns[i] = &vmv_kind_regions.columns[i];
	vmv_query_all(&query);
	query.group = group;
	vmv_view_map(&view, map, &query);
	print_format(format, &view, columns, ascii);
	vmv_view_done(&view);
	free(columns);
}

static inline void print_layout(const struct vmv_map *map, enum vmv_layout layout, bool ascii)
{
	char words[][8] = { "Perm", "Rss", "VmFlags", "Mapping" };
	char *fields[] = { words[0], words[1], words[2], words[3] };
	const struct vmv_rc rc = { .fields = fields, .nfields = ARRAY_SIZE(fields) };
	const struct vmv_pmap pmap = { .layout = layout,
				       .path = true,
				       .kernel_names = ascii,
				       .ascii = ascii,
				       .high = UINT64_MAX,
				       .rc = &rc };
	struct vmv_out *out = open_out();
	char *text;
	size_t len;

	vmv_pmap_title(out, map, &pmap);
	vmv_pmap_list(out, map, &pmap);
	text = close_out(out, &len);
	check_lines(text, len, ascii);
	free(text);
}

/** check_printed - print the map in the format or layout that is the @which-th of
 *  all: nothing reaches a terminal that could do something to it, and JSON is JSON. */
static inline void check_printed(const struct vmv_map *map, size_t which)
{
	enum { LAYOUTS = VMV_PMAP_CHOSEN + 1 };
	bool ascii = which % 2;
	size_t formats = 0;

	while (vmv_format_at(formats))
		formats++;
	which = which / 2 % (LAYOUTS + 2 * formats);
	if (which < LAYOUTS)
		print_layout(map, (enum vmv_layout)which, ascii);
	else
		print_view(map, vmv_format_at((which - LAYOUTS) / 2),
			   which % 2 ? vmv_column_find(&vmv_kind_regions, "object", 6) : NULL,
			   ascii);
}

/* ---- snapshots ---- */

static inline bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Command lines of core files are bytes, and JSON has none. */
static inline bool same_command(const char *a, const char *b)
{
	size_t len = a ? strlen(a) : 0;

	return a && !vmv_is_clean(a, len, true) ? b != NULL : same_text(a, b);
}

static inline void check_process(const struct vmv_process *a, const struct vmv_process *b)
{
	assert_int_equal(a->pid, b->pid);
	assert_int_equal(a->tgid, b->tgid);
	assert_int_equal(a->state, b->state);
	assert_true(same_command(a->command, b->command) && same_command(a->name, b->name));
	assert_true(a->stack_start == b->stack_start && a->start_ticks == b->start_ticks);
	assert_true(a->entry == b->entry && a->phdr == b->phdr);
	assert_true(a->base == b->base && a->vdso == b->vdso);
	assert_true(a->exe_dev == b->exe_dev && a->exe_inode == b->exe_inode);
}

static inline void check_threads(const struct vmv_map *a, const struct vmv_map *b)
{
	assert_int_equal(a->nthreads, b->nthreads);
	for (size_t i = 0; i < a->nthreads; i++) {
		assert_int_equal(a->threads[i].tid, b->threads[i].tid);
		assert_true(a->threads[i].sp == b->threads[i].sp);
		assert_true(a->threads[i].stack == b->threads[i].stack);
	}
}

static inline void check_region(const struct vmv_region *a, const struct vmv_region *b)
{
	assert_true(a->start == b->start && a->end == b->end && a->offset == b->offset);
	assert_true(same_text(a->name, b->name));
	assert_true(same_text(a->flags, b->flags));
	assert_true(same_text(a->object, b->object));
	assert_int_equal(a->major, b->major);
	assert_int_equal(a->minor, b->minor);
	assert_true(!a->inode == !b->inode && vmv_file_is_known(a) == vmv_file_is_known(b));
	assert_true(!vmv_file_is_known(a) || a->inode == b->inode);
	assert_int_equal(a->tid, b->tid);
	assert_int_equal(a->perms, b->perms);
	assert_int_equal(a->class, b->class);
	assert_int_equal(a->part, b->part);
	assert_int_equal(a->evidence, b->evidence);
}

static inline void check_counters(const struct vmv_map *a, const struct vmv_map *b)
{
	assert_int_equal(a->nfields, b->nfields);
	for (size_t f = 0; f < a->nfields; f++) {
		assert_true(same_text(a->fields[f].name, b->fields[f].name));
		assert_int_equal(a->fields[f].bytes, b->fields[f].bytes);
		for (size_t i = 0; i < a->nregions; i++)
			assert_true(vmv_map_counter(a, &a->regions[i], f) ==
				    vmv_map_counter(b, &b->regions[i], f));
	}
}

static inline void check_same(const struct vmv_map *a, const struct vmv_map *b)
{
	check_process(&a->process, &b->process);
	check_threads(a, b);
	assert_true(same_text(a->time, b->time) && same_text(a->kernel, b->kernel));
	assert_true(a->shm_dev == b->shm_dev && a->huge_dev == b->huge_dev);
	assert_true(a->changed == b->changed && a->torn == b->torn);
	assert_int_equal(a->nregions, b->nregions);
	for (size_t i = 0; i < a->nregions; i++)
		check_region(&a->regions[i], &b->regions[i]);
	check_counters(a, b);
}

/** check_snapshot - write the map as a snapshot and read it back: it is the same, and an
 *  incomplete one is said to be. */
static inline void check_snapshot(const struct vmv_map *map)
{
	struct vmv_out *out = open_out();
	struct vmv_error err;
	struct vmv_map again;
	char *text;
	size_t len;
	int rc;

	vmv_snapshot_write(out, map, false);
	text = close_out(out, &len);
	rc = load_bytes(&again, text, len, "", &err);
	if (rc != (map->torn ? -EINVAL : 0))
		fail_msg("%s", err.text);
	check_sound(&again, rc, &err);
	check_same(map, &again);
	vmv_map_done(&again);
	free(text);
}

#endif
