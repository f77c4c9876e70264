/* pmap_rows.c - the rows of pmap's listings; see pmap_print.h */
#include "pmap_print.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/color.h"
#include "vmapview/map.h"
#include "vmapview/parallel.h"
#include "vmapview/pmap.h"
#include "vmapview/writer.h"

#include <stdlib.h>

enum {
	WORTH_A_THREAD = 2000, /* rows that take longer than to start one */
	KEPT_MAX = 2 << 20,    /* bytes that each keeps until its turn comes */
	NAME = 40,             /* a usual length, with what is not cells */
};

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
		t->rss = print_add(t->rss, p->row.resident);
	if (p->row.dirty != VMV_UNKNOWN)
		t->dirty = print_add(t->dirty, p->row.dirty);
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

static void add_totals(struct totals *to, const struct totals *from)
{
	to->size += from->size;
	to->shared += from->shared;
	to->private_writable += from->private_writable;
	to->rss = print_add(to->rss, from->rss);
	to->dirty = print_add(to->dirty, from->dirty);
	to->rows += from->rows;
	to->uncounted += from->uncounted;
}

/* Print the regions from @i up to @end, unless so much has to be kept; returns the next. */
static size_t put_rows(struct print *p, size_t i, size_t end)
{
	for (; i < end && p->out->nkept < KEPT_MAX; i++) {
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
	return i;
}

/** struct round - regions that are printed in pieces at the same time; the first piece goes
 *  straight to where all goes
 *  @next: the first region of a piece that is not printed */
struct round {
	struct print pieces[VMV_PIECES_MAX];
	size_t start, count, next[VMV_PIECES_MAX];
	unsigned n;
};

static size_t piece_start(const struct round *round, unsigned piece)
{
	return round->start + vmv_piece_start(round->count, round->n, piece);
}

static void put_piece(void *data, unsigned piece)
{
	struct round *round = data;

	round->next[piece] = put_rows(&round->pieces[piece], piece_start(round, piece),
				      piece_start(round, piece + 1));
}

static void put_round(struct round *round, struct print *p)
{
	vmv_in_pieces(round->n, put_piece, round);
	for (unsigned i = 1; i < round->n; i++) {
		vmv_out_append(p->out, round->pieces[i].out);
		put_rows(&round->pieces[0], round->next[i], piece_start(round, i + 1));
	}
}

/* Rounds of equal length, since the end of each is waited for. */
static size_t rows_of_round(const struct print *p, unsigned pieces)
{
	size_t all = p->map->nregions, width = NAME, most, rounds;

	for (size_t i = 0; i < p->ncells; i++)
		width += p->cells[i].width + 1;
	most = KEPT_MAX / width * pieces;
	rounds = all / (most + 1) + 1;
	return all / rounds + 1;
}

void print_rows(struct print *p)
{
	size_t all = p->map->nregions, rows;
	struct round *round = vmv_calloc(1, sizeof(*round));

	round->n = vmv_pieces(all, WORTH_A_THREAD);
	for (unsigned i = 0; i < round->n; i++) {
		round->pieces[i] = *p;
		round->pieces[i].clean = NULL;
		if (i == 0)
			continue;
		round->pieces[i].out = vmv_calloc(1, sizeof(*p->out));
		round->pieces[i].out->fd = VMV_OUT_KEEP;
	}
	rows = rows_of_round(p, round->n);
	for (; round->start < all; round->start += round->count) {
		round->count = rows < all - round->start ? rows : all - round->start;
		put_round(round, p);
	}
	for (unsigned i = 0; i < round->n; i++) {
		add_totals(&p->totals, &round->pieces[i].totals);
		free(round->pieces[i].clean);
		if (i == 0)
			continue;
		free(round->pieces[i].out->kept);
		free(round->pieces[i].out);
	}
	free(round);
}
