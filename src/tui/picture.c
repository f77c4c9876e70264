/* picture.c - see picture.h */
#include "picture.h"

#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/kind.h"
#include "vmapview/tui.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[TOTALS] = { "size", "rss", "pss", "uss", "swap" };

const char *total_title(enum total total)
{
	return vmv_column_find(&vmv_kind_regions, names[total], strlen(names[total]))->title;
}

void picture_add(uint64_t *sum, const struct vmv_value *value)
{
	if (!value->known)
		return;
	if (*sum == VMV_UNKNOWN)
		*sum = 0;
	/* Sizes of a hostile file may not fit: the largest number then stands. */
	*sum = *sum + value->number < *sum ? VMV_UNKNOWN - 1 : *sum + value->number;
}

void picture_sum(struct picture *p)
{
	const struct vmv_column *columns[TOTALS];
	struct vmv_value value;

	free(p->shares);
	p->shares = vmv_calloc(vmv_nclasses, sizeof(*p->shares));
	for (size_t t = 0; t < TOTALS; t++) {
		columns[t] = vmv_column_find(&vmv_kind_regions, names[t], strlen(names[t]));
		p->totals[t] = VMV_UNKNOWN;
		for (size_t i = 0; i < p->map.nregions; i++) {
			vmv_region_get(columns[t], &p->map, &p->map.regions[i], &value);
			picture_add(&p->totals[t], &value);
		}
	}
	for (size_t i = 0; i < p->map.nregions; i++) {
		const struct vmv_region *r = &p->map.regions[i];

		vmv_region_get(
			columns[p->totals[TOTAL_RSS] == VMV_UNKNOWN ? TOTAL_SIZE : TOTAL_RSS],
			&p->map, r, &value);
		if (r->class < vmv_nclasses)
			picture_add(&p->shares[r->class], &value);
	}
}

struct picture *picture_load(const struct vmv_tui_world *world, const char *target, unsigned needs)
{
	struct picture *p = vmv_calloc(1, sizeof(*p));

	p->refs = 1;
	p->rc = world->load(world->data, target, needs, &p->map, &p->err);
	p->live = world->is_live(world->data, target);
	p->max_regions =
		p->live && world->max_regions ? world->max_regions(world->data) : VMV_UNKNOWN;
	picture_sum(p);
	return p;
}

/* Only an exec changes what a program was told at its start; addresses of the same program differ,
 * too, unless they are not randomised. */
bool picture_is_other_program(const struct picture *old, const struct picture *new)
{
	const struct vmv_process *a = &old->map.process, *b = &new->map.process;
	const uint64_t facts[][2] = {
		{ a->entry, b->entry }, { a->phdr, b->phdr },       { a->base, b->base },
		{ a->vdso, b->vdso },   { a->exe_dev, b->exe_dev }, { a->exe_inode, b->exe_inode },
	};

	if (!old->live || !new->live)
		return false;
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		if (facts[i][0] && facts[i][1] && facts[i][0] != facts[i][1])
			return true;
	return false;
}

void picture_compare(struct picture *p, struct picture *base)
{
	vmv_diff_done(&p->diff);
	picture_free(p->base);
	p->base = base;
	if (base)
		vmv_diff_build(&p->diff, &base->map, &p->map);
}

struct picture *picture_ref(struct picture *p)
{
	p->refs++;
	return p;
}

void picture_free(struct picture *p)
{
	while (p && !--p->refs) {
		struct picture *base = p->base;

		vmv_diff_done(&p->diff);
		mark_steps_done(&p->steps);
		vmv_map_done(&p->map);
		free(p->shares);
		free(p->shown);
		free(p);
		p = base;
	}
}
