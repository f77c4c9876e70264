/* pmap_rows.c - the rows of pmap's listings; see pmap_listing.h */
#include "pmap_listing.h"
#include "vmapview/class.h"
#include "vmapview/color.h"
#include "vmapview/map.h"
#include "vmapview/pmap.h"
#include "vmapview/writer.h"

static void put_counter(struct listing *l, const struct pmap_column *column)
{
	uint64_t value = listing_counter(l, column);

	if (value == VMV_UNKNOWN)
		vmv_out_cell(l->out, "-", 1, column->width, true);
	else
		vmv_out_number(l->out, value, column->width);
}

static void put_row(struct listing *l, const struct vmv_region *r)
{
	const char *sgr = l->how->color ? vmv_role_sgr(vmv_classes[r->class].role) : "";

	vmv_out_sgr(l->out, sgr);
	for (size_t i = 0; i < l->ncolumns; i++) {
		const struct pmap_column *column = &l->columns[i];
		struct pmap_text text;

		if (i)
			vmv_out_char(l->out, ' ');
		if (column->counter) {
			put_counter(l, column);
			continue;
		}
		column->text(l, column, r, &text);
		if (text.at == text.room && text.len <= VMV_OUT_SHORT &&
		    column->width <= VMV_OUT_SHORT)
			vmv_out_short(l->out, text.at, text.len, column->width);
		else
			vmv_out_cell(l->out, text.at, text.len, column->width, true);
		if (column->unit)
			vmv_out_char(l->out, column->unit);
	}
	vmv_out_sgr(l->out, *sgr ? "0" : "");
	vmv_out_char(l->out, '\n');
}

static void count_counters(struct totals *t, const struct listing *l)
{
	if (l->row.resident != VMV_UNKNOWN)
		t->rss = vmv_add(t->rss, l->row.resident);
	if (l->row.dirty != VMV_UNKNOWN)
		t->dirty = vmv_add(t->dirty, l->row.dirty);
}

static void count_row(struct listing *l, const struct vmv_region *r)
{
	uint64_t size = r->end - r->start;
	struct totals *t = &l->totals;

	t->size += size;
	if (r->perms & VMV_SHARED)
		t->shared += size;
	else if (r->perms & VMV_WRITE)
		t->private_writable += size;
	t->rows++;
	t->uncounted += l->row.resident == VMV_UNKNOWN;
	count_counters(t, l);
}

/* pmap leaves out the row of a region below the range, and forgets to leave out its counters. */
static void count_hidden(struct listing *l, const struct vmv_region *r)
{
	if (l->how->as_pmap && r->end - 1 < l->how->low) {
		listing_look(l, r);
		count_counters(&l->totals, l);
	}
}

void listing_rows(struct listing *l)
{
	for (size_t i = 0; i < l->map->nregions; i++) {
		const struct vmv_region *r = &l->map->regions[i];

		if (!listing_in_range(l, r)) {
			count_hidden(l, r);
			continue;
		}
		listing_look(l, r);
		if (!l->map->rollup) /* which has totals only */
			put_row(l, r);
		count_row(l, r);
	}
}
