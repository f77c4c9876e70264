/* marks.c - see map.h: addresses of faults, program counters and stack pointers in a map */
#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
	const struct vmv_mark *x = a, *y = b;

	if (x->address != y->address)
		return x->address > y->address ? 1 : -1;
	return (int)x->kind - (int)y->kind;
}

static void add(struct vmv_map *map, struct vmv_mark mark)
{
	if (mark.address != VMV_UNKNOWN)
		map->marks[map->nmarks++] = mark;
}

void vmv_marks_find(struct vmv_map *map)
{
	free(map->marks);
	map->marks = vmv_calloc(2 * map->nthreads + 1, sizeof(*map->marks));
	map->nmarks = 0;
	add(map, (struct vmv_mark){ map->process.fault, VMV_MARK_FAULT, 0 });
	for (size_t i = 0; i < map->nthreads; i++) {
		const struct vmv_thread *t = &map->threads[i];

		add(map, (struct vmv_mark){ t->pc, VMV_MARK_PC, t->tid });
		add(map, (struct vmv_mark){ t->sp, VMV_MARK_SP, t->tid });
	}
	qsort(map->marks, map->nmarks, sizeof(*map->marks), compare);
}

/* The first mark at or above @address. */
static size_t first_from(const struct vmv_map *map, uint64_t address)
{
	size_t low = 0, high = map->nmarks;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (map->marks[middle].address < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void vmv_marks_text(const struct vmv_map *map, const struct vmv_region *r, char *text, size_t size)
{
	static const char *const words[] = { "fault", "pc:", "sp:" };
	size_t len = 0;

	*text = '\0';
	for (size_t i = first_from(map, r->start);
	     i < map->nmarks && map->marks[i].address < r->end; i++) {
		const struct vmv_mark *m = &map->marks[i];
		char word[32];
		int n = snprintf(word, sizeof(word), "%s%s", len ? " " : "", words[m->kind]);

		if (m->kind != VMV_MARK_FAULT)
			n += snprintf(word + n, sizeof(word) - (size_t)n, "%d", m->tid);
		if (len + (size_t)n >= size)
			return;
		len += (size_t)snprintf(text + len, size - len, "%s", word);
	}
}
