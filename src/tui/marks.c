/* marks.c - see marks.h */
#include "marks.h"

#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
const struct sign mark_signs[MARK_KINDS + 1] = {
	[MARK_NEW]     = { "+", "+", LOOK_NEW, "new: it was not there in the picture before" },
	[MARK_GREW]    = { "\u25b2", "^", LOOK_GREW, "more than before: its size, Rss, Swap or Anonymous" },
	[MARK_SHRANK]  = { "\u25bc", "v", LOOK_SHRANK, "less than before" },
	[MARK_CHANGED] = { "\u2022", "*", LOOK_NEW, "other access or another name" },
};
/* clang-format on */

/* More or less of @a than of @b, where both are known. */
static enum mark_kind compare(uint64_t a, uint64_t b)
{
	if (a == VMV_UNKNOWN || b == VMV_UNKNOWN || a == b)
		return MARK_NONE;
	return b > a ? MARK_GREW : MARK_SHRANK;
}

static bool same_file(const struct vmv_region *a, const struct vmv_region *b)
{
	return a->inode == b->inode && a->minor == b->minor && a->major == b->major;
}

static enum mark_kind compare_regions(const struct vmv_map *old, const struct vmv_region *a,
				      const struct vmv_map *new, const struct vmv_region *b)
{
	static const enum vmv_stat stats[] = { VMV_STAT_RSS, VMV_STAT_SWAP, VMV_STAT_ANONYMOUS };
	enum mark_kind kind = compare(a->end - a->start, b->end - b->start);

	if (!same_file(a, b))
		return MARK_NEW; /* something else is at the same place */
	for (size_t i = 0; !kind && i < sizeof(stats) / sizeof(*stats); i++)
		kind = compare(vmv_map_stat(old, a, stats[i]), vmv_map_stat(new, b, stats[i]));
	if (!kind && (a->perms != b->perms || strcmp(a->name, b->name) != 0))
		kind = MARK_CHANGED;
	return kind;
}

/* Is @b what @a became?  A stack grows down, so that the end counts, too. */
static bool is_same(const struct vmv_region *a, const struct vmv_region *b)
{
	if (a->start == b->start)
		return true;
	return a->end == b->end && same_file(a, b) && !strcmp(a->name, b->name);
}

static struct mark next_mark(enum mark_kind kind, const struct marks *before, size_t i)
{
	struct mark mark = { (uint8_t)kind, MARK_FRESH };

	if (kind || i >= before->count || !before->list[i].kind)
		return mark;
	mark = before->list[i];
	return mark.age < MARK_OLD ? (struct mark){ mark.kind, (uint8_t)(mark.age + 1) }
				   : (struct mark){ 0, 0 };
}

void marks_update(struct marks *m, const struct vmv_map *old, const struct vmv_map *new)
{
	struct marks next = { vmv_calloc(new->nregions, sizeof(*next.list)), new->nregions, 0, 0 };
	size_t i = 0;

	for (size_t k = 0; old && k < new->nregions; k++) {
		const struct vmv_region *r = &new->regions[k];
		enum mark_kind kind = MARK_NEW;

		while (i < old->nregions && old->regions[i].start < r->start &&
		       !is_same(&old->regions[i], r)) {
			next.gone++;
			i++;
		}
		if (i < old->nregions && is_same(&old->regions[i], r)) {
			kind = compare_regions(old, &old->regions[i], new, r);
			next.list[k] = next_mark(kind, m, i);
			i++;
		} else {
			next.list[k] = (struct mark){ MARK_NEW, MARK_FRESH };
		}
		next.born += kind == MARK_NEW;
	}
	if (old)
		next.gone += old->nregions - i;
	marks_done(m);
	*m = next;
}

void marks_done(struct marks *m)
{
	free(m->list);
	*m = (struct marks){ 0 };
}
