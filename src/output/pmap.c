/*
 * pmap.c - see pmap.h
 *
 * A layout is a list of columns.  Those of the short modes have the widths that
 * pmap's users know; those of -X, -XX and -c are measured on the very rows that
 * are printed then.
 */
#include "vmapview/pmap.h"

#include "pmap_listing.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/color.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/text.h"
#include "vmapview/writer.h"

#include <stdlib.h>
#include <string.h>

/* ---- lines ---- */

static bool is_mapping(const struct pmap_column *column)
{
	return column->text == cell_label || column->text == cell_name;
}

static void put_heading(struct listing *l)
{
	for (size_t i = 0; i < l->ncolumns; i++) {
		const struct pmap_column *column = &l->columns[i];

		vmv_out_cell(l->out, column->head, strlen(column->head), column->width,
			     !column->left);
		if (!is_mapping(column))
			vmv_out_char(l->out, ' ');
	}
	vmv_out_char(l->out, '\n');
}

static void put_kb_cell(struct listing *l, uint64_t bytes, size_t width)
{
	struct pmap_text text;

	if (l->map->rollup && !bytes) /* its size is not known */
		text_string(&text, "-");
	else
		text_kb(&text, bytes);
	vmv_out_cell(l->out, text.at, text.len, width, true);
}

/* The sum of what is known; of nothing, if nothing is. */
static void put_counter_cell(struct listing *l, uint64_t bytes, size_t width)
{
	vmv_out_char(l->out, ' ');
	if (l->totals.rows && l->totals.uncounted == l->totals.rows)
		vmv_out_cell(l->out, "-", 1, width, true);
	else
		put_kb_cell(l, bytes, width);
}

static void put_extended_footer(struct listing *l)
{
	vmv_out_text(l->out, "---------------- ------- ------- ------- \n"
			     "total kB         ");
	put_kb_cell(l, l->totals.size, 7);
	put_counter_cell(l, l->totals.rss, 7);
	put_counter_cell(l, l->totals.dirty, 7);
	vmv_out_char(l->out, '\n');
}

static void put_device_footer(struct listing *l)
{
	vmv_out_text(l->out, "mapped: ");
	put_kb_cell(l, l->totals.size, 0);
	vmv_out_text(l->out, "K    writeable/private: ");
	put_kb_cell(l, l->totals.private_writable, 0);
	vmv_out_text(l->out, "K    shared: ");
	put_kb_cell(l, l->totals.shared, 0);
	vmv_out_text(l->out, "K\n");
}

static void put_plain_footer(struct listing *l)
{
	vmv_out_text(l->out, " total ");
	put_kb_cell(l, l->totals.size, 16);
	vmv_out_text(l->out, "K\n");
}

/* Totals stand under counters only; what is left of them is empty. */
static void put_long_footer(struct listing *l)
{
	size_t gap = 0, first = l->ncolumns, after = 0;
	struct pmap_text text;

	for (size_t i = l->ncolumns; i-- > 0;)
		if (l->columns[i].counter)
			first = i;
	for (size_t i = 0; i < first && i < l->ncolumns; i++)
		gap += l->columns[i].width + 1;
	for (size_t i = first; i < l->ncolumns && l->columns[i].counter; i++)
		after = i + 1;
	if (after <= first)
		return;

	vmv_out_fill(l->out, ' ', gap);
	for (size_t i = first; i < after; i++) {
		vmv_out_fill(l->out, '=', l->columns[i].width);
		vmv_out_char(l->out, ' ');
	}
	vmv_out_char(l->out, '\n');
	vmv_out_fill(l->out, ' ', gap);
	for (size_t i = first; i < after; i++) {
		const struct pmap_column *column = &l->columns[i];

		if (listing_has_total(l, column)) {
			text.at = text.room;
			text.len = vmv_put_dec(text.room, column->total);
		} else {
			text_string(&text, "-");
		}
		vmv_out_cell(l->out, text.at, text.len, column->width, true);
		vmv_out_char(l->out, ' ');
	}
	vmv_out_text(l->out, "KB \n");
}

static void put_footer(struct listing *l)
{
	switch (l->how->layout) {
	case VMV_PMAP_PLAIN:
		put_plain_footer(l);
		break;
	case VMV_PMAP_EXTENDED:
		put_extended_footer(l);
		break;
	case VMV_PMAP_DEVICE:
		put_device_footer(l);
		break;
	default:
		put_long_footer(l);
	}
}

unsigned vmv_pmap_needs(const struct vmv_pmap *pmap)
{
	unsigned needs = pmap->color ? VMV_NEED_CLASS : 0;

	if (pmap->layout == VMV_PMAP_EXTENDED)
		return needs | LISTING_NEEDS;
	return pmap->layout >= VMV_PMAP_MORE ? needs | VMV_NEED_COUNTERS : needs;
}

static void put_clean(struct vmv_out *out, const char *text, bool ascii)
{
	size_t len = strlen(text);
	char *clean = vmv_realloc(NULL, 4 * len + 1, 1);

	len = vmv_clean(clean, text, len, VMV_CLEAN_MARK, ascii);
	vmv_out_bytes(out, clean, len);
	free(clean);
}

void vmv_pmap_title(struct vmv_out *out, const struct vmv_map *map, const struct vmv_pmap *pmap)
{
	char pid[VMV_NUMBER_ROOM];

	vmv_out_bytes(out, pid, vmv_put_dec(pid, (uint64_t)map->process.tgid));
	vmv_out_text(out, ":   ");
	put_clean(out, map->process.command ? map->process.command : "?", pmap->ascii);
	vmv_out_char(out, '\n');
}

void vmv_pmap_title_of(struct vmv_out *out, const char *spec, const struct vmv_pmap *pmap)
{
	put_clean(out, spec, pmap->ascii);
	vmv_out_text(out, ":\n");
}

void vmv_pmap_list(struct vmv_out *out, const struct vmv_map *map, const struct vmv_pmap *pmap)
{
	struct listing l = { .out = out, .map = map, .how = pmap };

	/* The long modes have no heading of their own before the first region. */
	if (listing_is_long(&l) && !map->nregions)
		return;
	listing_layout(&l);
	if (!pmap->quiet && pmap->layout != VMV_PMAP_PLAIN)
		put_heading(&l);
	listing_rows(&l);
	if (!pmap->quiet)
		put_footer(&l);
	free(l.columns);
	free(l.clean);
}
