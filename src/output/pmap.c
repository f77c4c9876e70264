/*
 * pmap.c - see pmap.h
 *
 * A layout is a list of cells.  Those of the short modes have the widths that
 * pmap's users know; those of -X, -XX and -c are measured on the very rows that
 * are printed then.
 */
#include "vmapview/pmap.h"

#include "pmap_print.h"
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

static bool is_mapping(const struct cell *cell)
{
	return cell->text == cell_label || cell->text == cell_name;
}

static void put_heading(struct print *p)
{
	for (size_t i = 0; i < p->ncells; i++) {
		const struct cell *cell = &p->cells[i];

		vmv_out_cell(p->out, cell->head, strlen(cell->head), cell->width, !cell->left);
		if (!is_mapping(cell))
			vmv_out_char(p->out, ' ');
	}
	vmv_out_char(p->out, '\n');
}

static void put_kb_cell(struct print *p, uint64_t bytes, size_t width)
{
	struct piece piece;

	if (p->map->rollup && !bytes) /* its size is not known */
		piece_string(&piece, "-");
	else
		piece_kb(&piece, bytes);
	vmv_out_cell(p->out, piece.at, piece.len, width, true);
}

/* The sum of what is known; of nothing, if nothing is. */
static void put_counter_cell(struct print *p, uint64_t bytes, size_t width)
{
	vmv_out_char(p->out, ' ');
	if (p->totals.rows && p->totals.uncounted == p->totals.rows)
		vmv_out_cell(p->out, "-", 1, width, true);
	else
		put_kb_cell(p, bytes, width);
}

static void put_extended_footer(struct print *p)
{
	vmv_out_text(p->out, "---------------- ------- ------- ------- \n"
			     "total kB         ");
	put_kb_cell(p, p->totals.size, 7);
	put_counter_cell(p, p->totals.rss, 7);
	put_counter_cell(p, p->totals.dirty, 7);
	vmv_out_char(p->out, '\n');
}

static void put_device_footer(struct print *p)
{
	vmv_out_text(p->out, "mapped: ");
	put_kb_cell(p, p->totals.size, 0);
	vmv_out_text(p->out, "K    writeable/private: ");
	put_kb_cell(p, p->totals.private_writable, 0);
	vmv_out_text(p->out, "K    shared: ");
	put_kb_cell(p, p->totals.shared, 0);
	vmv_out_text(p->out, "K\n");
}

static void put_plain_footer(struct print *p)
{
	vmv_out_text(p->out, " total ");
	put_kb_cell(p, p->totals.size, 16);
	vmv_out_text(p->out, "K\n");
}

/* Totals stand under counters only; what is left of them is empty. */
static void put_long_footer(struct print *p)
{
	size_t gap = 0, first = p->ncells, after = 0;
	struct piece piece;

	for (size_t i = p->ncells; i-- > 0;)
		if (p->cells[i].counter)
			first = i;
	for (size_t i = 0; i < first && i < p->ncells; i++)
		gap += p->cells[i].width + 1;
	for (size_t i = first; i < p->ncells && p->cells[i].counter; i++)
		after = i + 1;
	if (after <= first)
		return;

	vmv_out_fill(p->out, ' ', gap);
	for (size_t i = first; i < after; i++) {
		vmv_out_fill(p->out, '=', p->cells[i].width);
		vmv_out_char(p->out, ' ');
	}
	vmv_out_char(p->out, '\n');
	vmv_out_fill(p->out, ' ', gap);
	for (size_t i = first; i < after; i++) {
		const struct cell *cell = &p->cells[i];

		if (print_has_total(p, cell)) {
			piece.at = piece.room;
			piece.len = vmv_put_dec(piece.room, cell->total);
		} else {
			piece_string(&piece, "-");
		}
		vmv_out_cell(p->out, piece.at, piece.len, cell->width, true);
		vmv_out_char(p->out, ' ');
	}
	vmv_out_text(p->out, "KB \n");
}

static void put_footer(struct print *p)
{
	switch (p->how->layout) {
	case VMV_PMAP_PLAIN:
		put_plain_footer(p);
		break;
	case VMV_PMAP_EXTENDED:
		put_extended_footer(p);
		break;
	case VMV_PMAP_DEVICE:
		put_device_footer(p);
		break;
	default:
		put_long_footer(p);
	}
}

unsigned vmv_pmap_needs(const struct vmv_pmap *pmap)
{
	unsigned needs = pmap->color ? VMV_NEED_CLASS : 0;

	if (pmap->layout == VMV_PMAP_EXTENDED)
		return needs | PRINT_NEEDS;
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
	struct print p = { .out = out, .map = map, .how = pmap };

	/* The long modes have no heading of their own before the first region. */
	if (print_is_long(&p) && !map->nregions)
		return;
	print_layout(&p);
	if (!pmap->quiet && pmap->layout != VMV_PMAP_PLAIN)
		put_heading(&p);
	print_rows(&p);
	if (!pmap->quiet)
		put_footer(&p);
	free(p.cells);
}
