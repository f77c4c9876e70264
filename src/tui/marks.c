/* marks.c - see marks.h */
#include "marks.h"

#include "vmapview/alloc.h"
#include "vmapview/diff.h"
#include "vmapview/map.h"

#include <stdlib.h>

/* clang-format off */
const struct sign mark_signs[MARK_KINDS + 1] = {
	[MARK_NEW]     = { "+", "+", LOOK_NEW, "new: it was not there in the picture before" },
	[MARK_GREW]    = { "\u25b2", "^", LOOK_GREW, "more than before: its size, Rss, Swap or Anonymous" },
	[MARK_SHRANK]  = { "\u25bc", "v", LOOK_SHRANK, "less than before" },
	[MARK_CHANGED] = { "\u2022", "*", LOOK_NEW, "other access or another name" },
};
/* clang-format on */

/* ---- from one map to the next ---- */

/* More or less of it than before, where both are known. */
static enum mark_kind compare(uint64_t before, uint64_t after)
{
	if (before == VMV_UNKNOWN || after == VMV_UNKNOWN || before == after)
		return MARK_NONE;
	return after > before ? MARK_GREW : MARK_SHRANK;
}

/* A region that is as large as it was, where it was. */
static enum mark_kind compare_counters(const struct vmv_diff *diff, const struct vmv_change *c)
{
	static const enum vmv_stat stats[] = { VMV_STAT_RSS, VMV_STAT_SWAP, VMV_STAT_ANONYMOUS };
	enum mark_kind kind = MARK_NONE;

	for (size_t i = 0; !kind && i < sizeof(stats) / sizeof(*stats); i++)
		kind = compare(vmv_map_stat(diff->before, vmv_change_before(diff, c, 0), stats[i]),
			       vmv_map_stat(diff->after, vmv_change_after(diff, c, 0), stats[i]));
	return kind ? kind : MARK_CHANGED;
}

static enum mark_kind kind_of(const struct vmv_diff *diff, const struct vmv_change *c)
{
	static const enum mark_kind kinds[VMV_FATES] = {
		[VMV_SAME_REGION] = MARK_NONE, [VMV_NEW] = MARK_NEW,
		[VMV_GROWN] = MARK_GREW,       [VMV_SHRUNK] = MARK_SHRANK,
		[VMV_SPLIT] = MARK_CHANGED,    [VMV_MERGED] = MARK_CHANGED,
		[VMV_MOVED] = MARK_CHANGED,
	};

	return c->fate == VMV_CHANGED ? compare_counters(diff, c) : kinds[c->fate];
}

static void add_change(struct mark_steps *steps, const struct vmv_diff *diff,
		       const struct vmv_change *c)
{
	enum mark_kind kind = kind_of(diff, c);

	for (size_t i = 0; i < c->nafter; i++) {
		struct mark_step *step = &steps->list[diff->order_after[c->after + i]];
		size_t was = i < c->nbefore ? i : c->nbefore - 1;

		step->kind = kind;
		step->was = c->nbefore ? diff->order_before[c->before + was] : SIZE_MAX;
	}
	if (c->nafter > c->nbefore)
		steps->born += c->nafter - c->nbefore;
	else
		steps->gone += c->nbefore - c->nafter;
}

void mark_steps_build(struct mark_steps *steps, const struct vmv_map *old,
		      const struct vmv_map *new)
{
	struct vmv_diff diff;

	*steps = (struct mark_steps){ .list = vmv_calloc(new->nregions, sizeof(*steps->list)),
				      .count = new->nregions,
				      .before = old->nregions };
	vmv_diff_build(&diff, old, new);
	for (size_t i = 0; i < diff.nchanges; i++)
		add_change(steps, &diff, &diff.changes[i]);
	vmv_diff_done(&diff);
}

void mark_steps_done(struct mark_steps *steps)
{
	free(steps->list);
	*steps = (struct mark_steps){ 0 };
}

/* ---- how long ago ---- */

static struct mark next_mark(const struct mark_step *step, const struct marks *before)
{
	struct mark mark = { (uint8_t)step->kind, MARK_FRESH };

	if (step->kind || step->was >= before->count)
		return mark;
	mark = before->list[step->was];
	return mark.kind && mark.age < MARK_OLD
		       ? (struct mark){ mark.kind, (uint8_t)(mark.age + 1) }
		       : (struct mark){ 0, 0 };
}

void marks_update(struct marks *m, size_t count, const struct mark_steps *steps)
{
	struct marks next = { vmv_calloc(count, sizeof(*next.list)), count, 0, 0 };

	if (steps->count == count && steps->before == m->count) {
		for (size_t i = 0; i < count; i++)
			next.list[i] = next_mark(&steps->list[i], m);
		next.born = steps->born;
		next.gone = steps->gone;
	}
	marks_done(m);
	*m = next;
}

void marks_done(struct marks *m)
{
	free(m->list);
	*m = (struct marks){ 0 };
}
