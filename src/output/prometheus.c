/*
 * prometheus.c - totals as gauges in Prometheus' text format 0.0.4
 *
 * One time series per process, group and column, never one per region.  All
 * samples of a metric have to stand together, so they are gathered over all
 * targets and written at the end.
 */
#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/output.h"
#include "vmapview/text.h"
#include "vmapview/units.h"
#include "vmapview/view.h"
#include "vmapview/writer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** struct gathered - samples so far
 *  @max_regions: of the machine that processes were looked at on
 *  @samples: lines of each column
 *  @seen:    labels of the processes: the same series twice is an error */
struct gathered {
	struct samples {
		char *text;
		size_t len;
		FILE *to;
	} * samples;
	char **seen;
	size_t nseen, room;
	uint64_t max_regions;
};

static void begin(struct vmv_report *report)
{
	struct gathered *g = vmv_calloc(1, sizeof(*g));

	g->samples = vmv_calloc(report->ncolumns, sizeof(*g->samples));
	for (size_t c = 0; c < report->ncolumns; c++) {
		g->samples[c].to = open_memstream(&g->samples[c].text, &g->samples[c].len);
		if (!g->samples[c].to)
			vmv_no_memory();
	}
	g->max_regions = VMV_UNKNOWN;
	report->state = g;
}

/* Label values are UTF-8 with three escapes, and none of them for what drives terminals. */
static void put_label(FILE *to, const char *s)
{
	size_t len = strlen(s);

	while (len) {
		uint32_t ch;
		size_t n = vmv_utf8_next(s, len, &ch);

		if (n && *s == '\n')
			fputs("\\n", to);
		else if (!n || vmv_control_char(ch))
			fputs("\xef\xbf\xbd", to);
		else if (*s == '\\' || *s == '"')
			fprintf(to, "\\%c", *s);
		else
			fwrite(s, n, 1, to);
		n = n ? n : 1;
		s += n;
		len -= n;
	}
}

static FILE *open_text(char **text, size_t *len)
{
	FILE *to = open_memstream(text, len);

	if (!to)
		vmv_no_memory();
	return to;
}

/* 'pid="4242",comm="cat"', or 'target="maps.txt"' where no process is known; to be freed. */
static char *process_labels(const struct vmv_map *map, const char *target)
{
	char *text = NULL;
	size_t len;
	FILE *to = open_text(&text, &len);

	if (map->process.tgid) {
		fprintf(to, "pid=\"%d\",comm=\"", map->process.tgid);
		put_label(to, map->process.name ? map->process.name : "");
	} else {
		fputs("target=\"", to);
		put_label(to, target);
	}
	fputs("\"", to);
	if (fclose(to) != 0)
		vmv_no_memory();
	return text;
}

/* Remembers the process.  False if it was there before. */
static bool is_new(struct gathered *g, char *labels)
{
	for (size_t i = 0; i < g->nseen; i++)
		if (!strcmp(g->seen[i], labels))
			return false;
	g->seen = vmv_grow(g->seen, g->nseen, &g->room, sizeof(*g->seen));
	g->seen[g->nseen++] = labels;
	return true;
}

/* vmapview_private_dirty_bytes */
static void put_name(FILE *to, const struct vmv_column *column)
{
	fputs("vmapview_", to);
	for (const char *s = column->name; *s; s++)
		fputc(isalnum((unsigned char)*s) ? tolower((unsigned char)*s) : '_', to);
	if (column->type == VMV_BYTES)
		fputs("_bytes", to);
}

static void put_sample(FILE *to, const struct vmv_view *view, const struct vmv_row *row,
		       const struct vmv_column *column, const char *labels)
{
	char number[VMV_NUMBER_ROOM];
	struct vmv_value value;

	vmv_view_get(view, row, column, &value);
	if (!value.known)
		return;
	vmv_put_dec(number, value.number);
	put_name(to, column);
	fprintf(to, "{%s", labels);
	if (view->group) {
		vmv_view_get(view, row, view->group, &value);
		fprintf(to, ",%s=\"", view->group->name);
		put_label(to, value.known ? value.text : "");
		fputc('"', to);
	}
	fprintf(to, "} %s\n", number);
}

static void gather(struct vmv_report *report, const struct vmv_view *view)
{
	struct gathered *g = report->state;
	char *labels = process_labels(vmv_list_map(&view->list), report->target);

	if (!is_new(g, labels)) {
		free(labels);
		return;
	}
	if (report->max_regions && report->max_regions != VMV_UNKNOWN)
		g->max_regions = report->max_regions;
	for (size_t c = 0; c < report->ncolumns; c++)
		for (size_t i = 0; i < view->nrows; i++)
			put_sample(g->samples[c].to, view, &view->rows[i], report->columns[c],
				   labels);
}

/* HELP text escapes less than labels do, and ours needs none. */
static void put_family(struct vmv_out *out, const struct vmv_column *column, const char *samples)
{
	char *head = NULL;
	size_t len;
	FILE *to = open_text(&head, &len);

	fputs("# HELP ", to);
	put_name(to, column);
	fprintf(to, " %s\n# TYPE ", column->help);
	put_name(to, column);
	fputs(" gauge\n", to);
	if (fclose(to) != 0)
		vmv_no_memory();
	vmv_out_bytes(out, head, len);
	vmv_out_text(out, samples);
	free(head);
}

/* What the regions of each process are to be compared with; one for the machine. */
static void put_limit(struct vmv_out *out, uint64_t max_regions)
{
	char number[VMV_NUMBER_ROOM];

	if (max_regions == VMV_UNKNOWN)
		return;
	vmv_out_text(out, "# HELP vmapview_max_regions how many regions a process may have "
			  "(vm.max_map_count)\n# TYPE vmapview_max_regions gauge\n"
			  "vmapview_max_regions ");
	vmv_put_dec(number, max_regions);
	vmv_out_text(out, number);
	vmv_out_char(out, '\n');
}

static void end(struct vmv_report *report)
{
	struct gathered *g = report->state;

	for (size_t c = 0; c < report->ncolumns; c++) {
		if (fclose(g->samples[c].to) != 0)
			vmv_no_memory();
		if (g->samples[c].len)
			put_family(report->out, report->columns[c], g->samples[c].text);
		free(g->samples[c].text);
	}
	put_limit(report->out, g->max_regions);
	for (size_t i = 0; i < g->nseen; i++)
		free(g->seen[i]);
	free(g->seen);
	free(g->samples);
	free(g);
	report->state = NULL;
}

const struct vmv_format vmv_format_prometheus = {
	.name = "prometheus",
	.help = "totals by process and class for node_exporter's textfile collector",
	.totals = true,
	.begin = begin,
	.rows = gather,
	.end = end,
};
