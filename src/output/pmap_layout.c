/* pmap_layout.c - which columns pmap's listings have; see pmap_listing.h */
#include "pmap_listing.h"

#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/pmap.h"
#include "vmapview/rc.h"

#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

bool listing_in_range(const struct listing *l, const struct vmv_region *r)
{
	return r->end - 1 >= l->how->low && r->start <= l->how->high;
}

/* ---- layouts ---- */

/* clang-format off */
static const struct pmap_column plain_columns[] = {
	{ .head = "Address", .width = 16, .text = cell_address16 },
	{ .head = "Kbytes",  .width = 6,  .unit = 'K', .text = cell_kbytes },
	{ .head = "Mode",    .width = 5,  .text = cell_mode },
	{ .head = "Mapping",              .text = cell_label },
};

static const struct pmap_column extended_columns[] = {
	{ .head = "Address", .width = 16, .left = true, .text = cell_address16 },
	{ .head = "Kbytes",  .width = 7,  .text = cell_kbytes },
	{ .head = "RSS",     .width = 7,  .text = cell_rss },
	{ .head = "Dirty",   .width = 7,  .text = cell_dirty },
	{ .head = "Mode",    .width = 5,  .left = true, .text = cell_mode },
	{ .head = "Mapping",              .text = cell_label },
};

static const struct pmap_column device_columns[] = {
	{ .head = "Address", .width = 16, .left = true, .text = cell_address16 },
	{ .head = "Kbytes",  .width = 7,  .text = cell_kbytes },
	{ .head = "Mode",    .width = 5,  .left = true, .text = cell_mode },
	{ .head = "Offset",  .width = 16, .left = true, .text = cell_offset16 },
	{ .head = "Device",  .width = 9,  .left = true, .text = cell_device9 },
	{ .head = "Mapping",              .text = cell_label },
};

/* Before and after the counters of the long modes. */
static const struct pmap_column long_columns[] = {
	{ .head = "Address", .text = cell_address8 },
	{ .head = "Perm",    .text = cell_perm },
	{ .head = "Offset",  .text = cell_offset8 },
	{ .head = "Device",  .text = cell_device5 },
	{ .head = "Inode",   .text = cell_inode },
};
static const struct pmap_column flags_column = { .head = "VmFlags", .text = cell_flags };
static const struct pmap_column name_column  = { .head = "Mapping", .text = cell_name };
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

static bool is_wanted(const struct listing *l, const char *field)
{
	switch (l->how->layout) {
	case VMV_PMAP_MORE:
		return !is_minor(field);
	case VMV_PMAP_CHOSEN:
		return vmv_rc_has(l->how->rc, field);
	default:
		return true;
	}
}

static void use_columns(struct listing *l, const struct pmap_column *columns, size_t n)
{
	l->columns = vmv_realloc(NULL, n, sizeof(*columns));
	memcpy(l->columns, columns, n * sizeof(*columns));
	l->ncolumns = n;
}

static void widen_column(struct pmap_column *column, size_t width)
{
	if (column->width < width)
		column->width = width;
}

static void measure_counters(struct listing *l)
{
	for (size_t i = 0; i < l->ncolumns; i++) {
		struct pmap_column *column = &l->columns[i];
		uint64_t value = column->counter ? listing_counter(l, column) : 0;

		if (!value || value == VMV_UNKNOWN) /* most are 0 */
			continue;
		column->total = vmv_add(column->total, value);
		if (value > column->largest)
			column->largest = value;
	}
}

/* All rows count, also those out of range, as in pmap; the name comes last and needs no width. */
static void measure_texts(struct listing *l, const struct vmv_region *r)
{
	for (size_t i = 0; i < l->ncolumns; i++) {
		struct pmap_column *column = &l->columns[i];
		struct pmap_text text;

		if (column->counter || column->text == cell_name)
			continue;
		column->text(l, column, r, &text);
		widen_column(column, text.len);
	}
}

static void measure_row(struct listing *l, const struct vmv_region *r)
{
	measure_texts(l, r);
	if (!listing_in_range(l, r))
		return;
	listing_look(l, r);
	measure_counters(l);
	l->totals.rows++;
}

/* Page sizes do not add up; pmap does it all the same. */
bool listing_has_total(const struct listing *l, const struct pmap_column *column)
{
	return l->map->fields[column->field].additive || l->how->as_pmap;
}

/* A counter is as wide as its total, which is wider than any of its parts, or as the widest of
 * these where there is no total. */
static void widen_counters(struct listing *l)
{
	struct pmap_text text;

	for (size_t i = 0; i < l->ncolumns; i++) {
		struct pmap_column *column = &l->columns[i];
		bool total;

		if (!column->counter)
			continue;
		total = !l->how->quiet && listing_has_total(l, column);
		if (total || l->totals.rows)
			widen_column(column, vmv_put_dec(text.room,
							 total ? column->total : column->largest));
	}
}

static void measure(struct listing *l)
{
	for (size_t i = 0; i < l->map->nregions; i++)
		measure_row(l, &l->map->regions[i]);
	widen_counters(l);
	l->totals.rows = 0;
}

static void add_column(struct listing *l, const struct pmap_column *column)
{
	struct pmap_column *added = &l->columns[l->ncolumns++];

	*added = *column;
	if (column->text != cell_name && !l->how->quiet)
		widen_column(added, strlen(column->head));
}

static bool has_flags(const struct vmv_map *map)
{
	for (size_t i = 0; i < map->nregions; i++)
		if (map->regions[i].flags)
			return true;
	return false;
}

static void build_long(struct listing *l)
{
	l->columns = vmv_realloc(NULL, ARRAY_SIZE(long_columns) + l->map->nfields + 2,
				 sizeof(*l->columns));
	for (size_t i = 0; i < ARRAY_SIZE(long_columns); i++)
		if (i == 0 || is_wanted(l, long_columns[i].head))
			add_column(l, &long_columns[i]);
	for (size_t f = 0; f < l->map->nfields; f++) {
		struct pmap_column column = { .head = l->map->fields[f].name,
					      .counter = true,
					      .shift = l->map->fields[f].bytes ? 10 : 0,
					      .field = f };

		if (is_wanted(l, column.head))
			add_column(l, &column);
	}
	if (has_flags(l->map) && is_wanted(l, flags_column.head))
		add_column(l, &flags_column);
	if (is_wanted(l, name_column.head))
		add_column(l, &name_column);
	measure(l);
}

bool listing_is_long(const struct listing *l)
{
	return l->how->layout >= VMV_PMAP_MORE;
}

void listing_layout(struct listing *l)
{
	switch (l->how->layout) {
	case VMV_PMAP_PLAIN:
		use_columns(l, plain_columns, ARRAY_SIZE(plain_columns));
		break;
	case VMV_PMAP_EXTENDED:
		use_columns(l, extended_columns, ARRAY_SIZE(extended_columns));
		break;
	case VMV_PMAP_DEVICE:
		use_columns(l, device_columns, ARRAY_SIZE(device_columns));
		break;
	default:
		build_long(l);
	}
}
