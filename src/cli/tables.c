/* tables.c - see tables.h */
#include "tables.h"

#include "message.h"
#include "optwords.h"
#include "terminal.h"
#include "vmapview/error.h"
#include "vmapview/kind.h"
#include "vmapview/need.h"
#include "vmapview/options.h"
#include "vmapview/run.h"

#include <stdio.h>
#include <string.h>

static void set_report(struct tables *t)
{
	const struct vmv_options *o = t->o;
	bool to_file = o->tables.file != NULL, bare = o->tables.bare || o->pmap.quiet;
	bool table = t->request.format == &vmv_format_table;

	t->report = (struct vmv_report){
		.out = &t->out,
		.columns = t->request.columns.list,
		.ncolumns = t->request.columns.n,
		.bar = t->request.bar,
		.bytes = o->tables.bytes,
		.headings = !bare,
		.totals = !bare,
		.color = table && t->request.kind->of_map && want_color(o) &&
			 !(to_file && o->color == VMV_COLOR_AUTO),
		.ascii = !knows_utf8(),
		.titles = o->ntargets > 1 && t->request.kind->of_map,
		.width = to_file ? 0 : terminal_width(),
	};
	if (t->report.color)
		t->request.needs |= VMV_NEED_CLASS;
}

/* Of what the options ask for. */
static const struct vmv_kind *kind_of(const struct vmv_options *o)
{
	if (o->tables.list) /* one that there is: the options were checked */
		return vmv_kind_find(o->tables.list);
	if (o->diff)
		return &vmv_kind_changes;
	if (o->all)
		return &vmv_kind_processes;
	return o->tables.summary && !o->tables.group ? &vmv_kind_classes : &vmv_kind_regions;
}

bool tables_open(struct tables *t, const struct vmv_options *o)
{
	struct vmv_error err;

	t->o = o;
	t->file = (struct outfile){ .fd = -1, .old = -1 };
	if (!request_make(&t->request, o, kind_of(o)))
		return false;
	set_report(t);
	if (outfile_open(&t->file, o->tables.file, &err) < 0) {
		say("%s", err.text);
		return false;
	}
	t->out.fd = t->file.fd;
	return true;
}

bool tables_is_chosen(const struct tables *t)
{
	const struct vmv_tables *o = &t->o->tables;

	return o->list || o->columns || o->filter || o->group;
}

static void print(struct tables *t, const struct vmv_view *view)
{
	const struct vmv_format *format = t->request.format;

	if (t->instead) {
		t->instead(&t->out, view);
		return;
	}
	if (!t->begun && format->begin)
		format->begin(&t->report);
	t->begun = true;
	t->report.ncolumns = request_columns(&t->request, view);
	format->rows(&t->report, view);
	if (t->after && format == &vmv_format_table && t->report.totals)
		t->after(&t->out, view);
}

int tables_put(struct tables *t, const struct vmv_list *list)
{
	struct vmv_view view;
	int status = VMV_EXIT_OK, rc = vmv_view_build(&view, list, &t->request.query);

	if (rc < 0) {
		vmv_out_flush(&t->out);
		say("%s%s%s", t->report.target ? t->report.target : "",
		    t->report.target ? ": " : "", view.err.text);
		status = VMV_EXIT_TROUBLE;
	} else if (view.nrows || !t->sparse) {
		print(t, &view);
	}
	vmv_view_done(&view);
	return status;
}

int tables_end(struct tables *t, int status)
{
	if (t->begun && t->request.format->end)
		t->request.format->end(&t->report);
	return say_flushed(&t->out) ? status : status | VMV_EXIT_TROUBLE;
}

bool tables_close(struct tables *t, bool keep)
{
	struct vmv_error err;
	int rc = outfile_close(&t->file, keep, &err);

	if (rc < 0)
		say("%s", err.text);
	request_done(&t->request);
	return rc == 0;
}

/* ---- what there is ---- */

bool tables_list_columns(const char *name)
{
	int word = name ? option_word("list-columns", name) : 0; /* regions */
	const struct vmv_kind *kind;

	if (word < 0)
		return false;
	kind = vmv_kind_at((size_t)word);
	for (size_t i = 0; i < kind->ncolumns; i++)
		printf("%-15s %-8s %s\n", kind->columns[i].name, vmv_types[kind->columns[i].type],
		       kind->columns[i].help);
	return true;
}

void tables_list_kinds(void)
{
	const struct vmv_kind *kind;

	for (size_t i = 0; (kind = vmv_kind_at(i)); i++)
		printf("%-15s %s\n", kind->name, kind->help);
}
