/* pmap_layout.c - which cells pmap's listings have; see pmap_print.h */
#include "pmap_print.h"

#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/pmap.h"
#include "vmapview/rc.h"

#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

bool print_in_range(const struct print *p, const struct vmv_region *r)
{
	return r->end - 1 >= p->how->low && r->start <= p->how->high;
}

/* ---- layouts ---- */

/* clang-format off */
static const struct cell plain_cells[] = {
	{ .head = "Address", .width = 16, .text = cell_address16 },
	{ .head = "Kbytes",  .width = 6,  .unit = 'K', .text = cell_kbytes },
	{ .head = "Mode",    .width = 5,  .text = cell_mode },
	{ .head = "Mapping",              .text = cell_label },
};

static const struct cell extended_cells[] = {
	{ .head = "Address", .width = 16, .left = true, .text = cell_address16 },
	{ .head = "Kbytes",  .width = 7,  .text = cell_kbytes },
	{ .head = "RSS",     .width = 7,  .text = cell_rss },
	{ .head = "Dirty",   .width = 7,  .text = cell_dirty },
	{ .head = "Mode",    .width = 5,  .left = true, .text = cell_mode },
	{ .head = "Mapping",              .text = cell_label },
};

static const struct cell device_cells[] = {
	{ .head = "Address", .width = 16, .left = true, .text = cell_address16 },
	{ .head = "Kbytes",  .width = 7,  .text = cell_kbytes },
	{ .head = "Mode",    .width = 5,  .left = true, .text = cell_mode },
	{ .head = "Offset",  .width = 16, .left = true, .text = cell_offset16 },
	{ .head = "Device",  .width = 9,  .left = true, .text = cell_device9 },
	{ .head = "Mapping",              .text = cell_label },
};

/* Before and after the counters of the long modes. */
static const struct cell long_cells[] = {
	{ .head = "Address", .text = cell_address8 },
	{ .head = "Perm",    .text = cell_perm },
	{ .head = "Offset",  .text = cell_offset8 },
	{ .head = "Device",  .text = cell_device5 },
	{ .head = "Inode",   .text = cell_inode },
};
static const struct cell flags_cell = { .head = "VmFlags", .text = cell_flags };
static const struct cell name_cell  = { .head = "Mapping", .text = cell_name };
/* clang-format on */

/* What -X leaves to -XX. */
static bool is_minor(const char *field)
{
	static const char *const minor[] = { "AnonHugePages", "KernelPageSize", "MMUPageSize",
					     "Shared_Dirty",  "Private_Dirty",  "Shared_Clean",
					     "Private_Clean", "VmFlags" };

	for (size_t i = 0; i < ARRAY_SIZE(minor); i++)
		if (!strcmp(field, minor[i]))
			return true;
	return false;
}

static bool is_wanted(const struct print *p, const char *field)
{
	switch (p->how->layout) {
	case VMV_PMAP_MORE:
		return !is_minor(field);
	case VMV_PMAP_CHOSEN:
		return vmv_rc_has(p->how->rc, field);
	default:
		return true;
	}
}

static void use_cells(struct print *p, const struct cell *cells, size_t n)
{
	p->cells = vmv_realloc(NULL, n, sizeof(*cells));
	memcpy(p->cells, cells, n * sizeof(*cells));
	p->ncells = n;
}

static void widen_cell(struct cell *cell, size_t width)
{
	if (cell->width < width)
		cell->width = width;
}

static void measure_counter(struct cell *cell, uint64_t value)
{
	if (value == VMV_UNKNOWN)
		return;
	cell->total = vmv_add(cell->total, value);
	if (value > cell->largest)
		cell->largest = value;
}

static void measure_row(struct print *p, const struct vmv_region *r)
{
	bool shown = print_in_range(p, r);

	for (size_t i = 0; i < p->ncells; i++) {
		struct cell *cell = &p->cells[i];
		struct piece piece;

		if (cell->counter) {
			if (shown)
				measure_counter(cell, print_counter(p, cell, r));
		} else if (cell->text != cell_name) {
			/* All rows count, also those out of range, as in pmap; the last one,
			 * which is the name, needs no width. */
			cell->text(p, cell, r, &piece);
			widen_cell(cell, piece.len);
		}
	}
	p->totals.rows += shown;
}

/* Page sizes do not add up; pmap does it all the same. */
bool print_has_total(const struct print *p, const struct cell *cell)
{
	return p->map->fields[cell->field].additive || p->how->as_pmap;
}

/* A counter is as wide as its total, which is wider than any of its parts, or as the widest of
 * these where there is no total. */
static void widen_counters(struct print *p)
{
	struct piece piece;

	for (size_t i = 0; i < p->ncells; i++) {
		struct cell *cell = &p->cells[i];
		bool total;

		if (!cell->counter)
			continue;
		total = !p->how->quiet && print_has_total(p, cell);
		if (total || p->totals.rows)
			widen_cell(cell,
				   vmv_put_dec(piece.room, total ? cell->total : cell->largest));
	}
}

static void measure(struct print *p)
{
	for (size_t i = 0; i < p->map->nregions; i++)
		measure_row(p, &p->map->regions[i]);
	widen_counters(p);
	p->totals.rows = 0;
}

static void add_cell(struct print *p, const struct cell *cell)
{
	struct cell *added = &p->cells[p->ncells++];

	*added = *cell;
	if (cell->text != cell_name && !p->how->quiet)
		widen_cell(added, strlen(cell->head));
}

static bool has_flags(const struct vmv_map *map)
{
	for (size_t i = 0; i < map->nregions; i++)
		if (map->regions[i].flags)
			return true;
	return false;
}

static void build_long(struct print *p)
{
	p->cells =
		vmv_realloc(NULL, ARRAY_SIZE(long_cells) + p->map->nfields + 2, sizeof(*p->cells));
	for (size_t i = 0; i < ARRAY_SIZE(long_cells); i++)
		if (i == 0 || is_wanted(p, long_cells[i].head))
			add_cell(p, &long_cells[i]);
	for (size_t f = 0; f < p->map->nfields; f++) {
		struct cell cell = { .head = p->map->fields[f].name,
				     .counter = true,
				     .shift = p->map->fields[f].bytes ? 10 : 0,
				     .field = f };

		if (is_wanted(p, cell.head))
			add_cell(p, &cell);
	}
	if (has_flags(p->map) && is_wanted(p, flags_cell.head))
		add_cell(p, &flags_cell);
	if (is_wanted(p, name_cell.head))
		add_cell(p, &name_cell);
	measure(p);
}

bool print_is_long(const struct print *p)
{
	return p->how->layout >= VMV_PMAP_MORE;
}

void print_layout(struct print *p)
{
	switch (p->how->layout) {
	case VMV_PMAP_PLAIN:
		use_cells(p, plain_cells, ARRAY_SIZE(plain_cells));
		break;
	case VMV_PMAP_EXTENDED:
		use_cells(p, extended_cells, ARRAY_SIZE(extended_cells));
		break;
	case VMV_PMAP_DEVICE:
		use_cells(p, device_cells, ARRAY_SIZE(device_cells));
		break;
	default:
		build_long(p);
	}
}
