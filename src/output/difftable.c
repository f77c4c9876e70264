/* difftable.c - see difftable.h */
#include "vmapview/difftable.h"

#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/diff.h"
#include "vmapview/grid.h"
#include "vmapview/map.h"
#include "vmapview/writer.h"

#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

static const struct vmv_grid_column change_columns[] = {
	{ "Kind", false }, { "Address", true },  { "Before", true }, { "After", true },
	{ "+Size", true }, { "+Rss", true },     { "Class", false }, { "Part", false },
	{ "Note", false }, { "Mapping", false },
};

static const struct vmv_grid_column class_columns[] = {
	{ "Class", false }, { "Regions", true }, { "Before", true },
	{ "After", true },  { "+Size", true },   { "+Rss", true },
	{ "+Pss", true },   { "+Uss", true },    { "+Swap", true },
};

static void add_delta(struct vmv_grid *grid, const struct vmv_amount *amount)
{
	int64_t by;
	bool known = vmv_delta(amount, &by);

	vmv_grid_delta(grid, known, by);
}

static const char *pair_note(const struct vmv_diff *diff, const struct vmv_change *c, char *room,
			     size_t size)
{
	if (c->differs & VMV_DIFFERS_PERMS) {
		snprintf(room, size, "%s>%s", vmv_perms_text(vmv_change_before(diff, c, 0)->perms),
			 vmv_perms_text(vmv_change_after(diff, c, 0)->perms));
		return room;
	}
	if (c->differs & VMV_DIFFERS_NAME)
		return "renamed";
	if (c->differs & VMV_DIFFERS_FLAGS)
		return "flags";
	return NULL;
}

/* "rw-p>r--p", "1>3 regions", "renamed"; NULL where the rest of the row says it all. */
static const char *note(const struct vmv_diff *diff, const struct vmv_change *c, char *room,
			size_t size)
{
	if (c->nbefore == 1 && c->nafter == 1)
		return pair_note(diff, c, room, size);
	if (c->kind != VMV_SPLIT && c->kind != VMV_MERGED)
		return NULL;
	snprintf(room, size, "%zu>%zu regions", c->nbefore, c->nafter);
	return room;
}

static void add_change(struct vmv_grid *grid, const struct vmv_diff *diff,
		       const struct vmv_change *c)
{
	const struct vmv_region *r = vmv_change_region(diff, c);
	const struct vmv_amount *size = &c->amounts[VMV_OF_SIZE];
	char room[64];

	vmv_grid_text(grid, vmv_kinds[c->kind]);
	vmv_grid_address(grid, r->start);
	vmv_grid_bytes(grid, c->nbefore ? size->before : VMV_UNKNOWN);
	vmv_grid_bytes(grid, c->nafter ? size->after : VMV_UNKNOWN);
	add_delta(grid, size);
	add_delta(grid, &c->amounts[VMV_OF_RSS]);
	vmv_grid_text(grid, vmv_classes[r->class].name);
	vmv_grid_text(grid, vmv_parts[r->part]);
	vmv_grid_text(grid, note(diff, c, room, sizeof(room)));
	vmv_grid_text(grid, *r->name ? vmv_base_name(r->name) : r->object);
}

/* "12", or "12>14" where there are more or fewer now. */
static void add_count(struct vmv_grid *grid, const struct vmv_amount *count)
{
	char text[64];

	if (count->before == count->after) {
		vmv_grid_number(grid, count->after);
		return;
	}
	snprintf(text, sizeof(text), "%llu>%llu", (unsigned long long)count->before,
		 (unsigned long long)count->after);
	vmv_grid_text(grid, text);
}

static void add_sum(struct vmv_grid *grid, const char *name, const struct vmv_sum *sum)
{
	vmv_grid_text(grid, name);
	add_count(grid, &sum->regions);
	vmv_grid_bytes(grid, sum->amounts[VMV_OF_SIZE].before);
	vmv_grid_bytes(grid, sum->amounts[VMV_OF_SIZE].after);
	for (enum vmv_measure m = 0; m < VMV_MEASURES; m++)
		add_delta(grid, &sum->amounts[m]);
}

/* What one side does not know is no difference. */
static bool is_equal(const struct vmv_sum *sum)
{
	int64_t by;

	if (sum->regions.before != sum->regions.after)
		return false;
	for (enum vmv_measure m = 0; m < VMV_MEASURES; m++)
		if (vmv_delta(&sum->amounts[m], &by) && by != 0)
			return false;
	return true;
}

void vmv_difftable_print(struct vmv_out *out, const struct vmv_diff *diff, bool ascii, size_t width)
{
	struct vmv_grid changes = { .columns = change_columns,
				    .ncolumns = ARRAY_SIZE(change_columns),
				    .ascii = ascii,
				    .width = width };
	struct vmv_grid sums = { .columns = class_columns, .ncolumns = ARRAY_SIZE(class_columns) };

	if (!diff->ndifferent)
		return;
	if (diff->rerun)
		vmv_out_text(out, "two runs: matched by name and order, not by address\n");
	for (size_t i = 0; i < diff->ndifferent; i++)
		add_change(&changes, diff, &diff->changes[i]);
	vmv_grid_print(&changes, out);
	for (size_t i = 0; i < vmv_nclasses; i++)
		if (!is_equal(&diff->classes[i]))
			add_sum(&sums, vmv_classes[i].name, &diff->classes[i]);
	add_sum(&sums, "total", &diff->total);
	vmv_out_char(out, '\n');
	vmv_grid_print(&sums, out);
}
