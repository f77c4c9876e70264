/* pmap_rows.c - the rows of pmap's listings; see pmap_print.h */
#include "pmap_print.h"
#include "vmapview/class.h"
#include "vmapview/color.h"
#include "vmapview/map.h"
#include "vmapview/pmap.h"
#include "vmapview/writer.h"

static void put_counter(struct print *p, const struct cell *cell, const struct vmv_region *r)
{
	uint64_t value = print_counter(p, cell, r);

	if (value == VMV_UNKNOWN)
		vmv_out_cell(p->out, "-", 1, cell->width, true);
	else
		vmv_out_number(p->out, value, cell->width);
}

static void put_row(struct print *p, const struct vmv_region *r)
{
	const char *sgr = p->how->color ? vmv_role_sgr(vmv_classes[r->class].role) : "";

	vmv_out_sgr(p->out, sgr);
	for (size_t i = 0; i < p->ncells; i++) {
		const struct cell *cell = &p->cells[i];
		struct piece piece;

		if (i)
			vmv_out_char(p->out, ' ');
		if (cell->counter) {
			put_counter(p, cell, r);
			continue;
		}
		cell->text(p, cell, r, &piece);
		if (piece.at == piece.room && piece.len <= VMV_OUT_SHORT &&
		    cell->width <= VMV_OUT_SHORT)
			vmv_out_short(p->out, piece.at, piece.len, cell->width);
		else
			vmv_out_cell(p->out, piece.at, piece.len, cell->width, true);
		if (cell->unit)
			vmv_out_char(p->out, cell->unit);
	}
	vmv_out_sgr(p->out, *sgr ? "0" : "");
	vmv_out_char(p->out, '\n');
}

static void count_counters(struct totals *t, const struct print *p)
{
	if (p->row.resident != VMV_UNKNOWN)
		t->rss = vmv_add(t->rss, p->row.resident);
	if (p->row.dirty != VMV_UNKNOWN)
		t->dirty = vmv_add(t->dirty, p->row.dirty);
}

static void count_row(struct print *p, const struct vmv_region *r)
{
	uint64_t size = r->end - r->start;
	struct totals *t = &p->totals;

	t->size += size;
	if (r->perms & VMV_SHARED)
		t->shared += size;
	else if (r->perms & VMV_WRITE)
		t->private_writable += size;
	t->rows++;
	t->uncounted += p->row.resident == VMV_UNKNOWN;
	count_counters(t, p);
}

/* pmap leaves out the row of a region below the range, and forgets to leave out its counters. */
static void count_hidden(struct print *p, const struct vmv_region *r)
{
	if (p->how->as_pmap && r->end - 1 < p->how->low) {
		print_look(p, r);
		count_counters(&p->totals, p);
	}
}

void print_rows(struct print *p)
{
	for (size_t i = 0; i < p->map->nregions; i++) {
		const struct vmv_region *r = &p->map->regions[i];

		if (!print_in_range(p, r)) {
			count_hidden(p, r);
			continue;
		}
		print_look(p, r);
		if (!p->map->rollup) /* which has totals only */
			put_row(p, r);
		count_row(p, r);
	}
}
