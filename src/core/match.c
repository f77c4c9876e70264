/*
 * match.c - see match.h
 *
 * Regions are nodes, and every finding joins two of them (union-find):
 *
 * 1. Files and names of the kernel that overlap what they were.
 * 2. Those left over, by name, in order: they have moved.
 * 3. If most have moved, or the stack has, it is another run of the program, and
 *    the rest is matched by what it is.  Else anonymous memory is matched by
 *    address, which between two runs would be chance.
 *
 * A core file tells less than a process: what it leaves open is no reason not to match.
 */
#include "match.h"

#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/** What regions must have in common to be matched by order. */
enum alike {
	ALIKE_OFFSET = 1,
	ALIKE_PERMS = 2,
	ALIKE_SIZE = 4,
	ALIKE_PLACE = 8, /* object, class and part */
	ALIKE_NAME = 16,
};

/** struct matching - work in progress
 *  @up:    parent of each node
 *  @found: does it belong to another one? */
struct matching {
	const struct vmv_map *before, *after;
	size_t *up;
	bool *found;
};

static size_t root(struct matching *m, size_t node)
{
	while (m->up[node] != node) {
		m->up[node] = m->up[m->up[node]];
		node = m->up[node];
	}
	return node;
}

static void join(struct matching *m, size_t a, size_t b)
{
	m->found[a] = m->found[b] = true;
	a = root(m, a);
	b = root(m, b);
	m->up[a > b ? a : b] = a < b ? a : b;
}

static size_t node_after(const struct matching *m, size_t i)
{
	return m->before->nregions + i;
}

static const struct vmv_region *region(const struct matching *m, size_t node)
{
	size_t n = m->before->nregions;

	return node < n ? &m->before->regions[node] : &m->after->regions[node - n];
}

/* A program may name and rename its anonymous memory (PR_SET_VMA_ANON_NAME). */
static bool is_anon(const struct vmv_region *r)
{
	return !r->inode && (!*r->name || vmv_is_pmap_word(r) || !strncmp(r->name, "[anon:", 6));
}

static bool is_file(const struct vmv_region *r)
{
	return r->inode || *r->name == '/';
}

static bool is_name_known(const struct vmv_region *r)
{
	return (!(r->perms & VMV_SHARING_UNKNOWN) || *r->name) && !vmv_is_pmap_word(r);
}

static bool names_known(const struct vmv_region *a, const struct vmv_region *b)
{
	return is_name_known(a) && is_name_known(b);
}

/* The whole path of a file, or its last part, as pmap has it. */
static bool same_name(const char *a, const char *b)
{
	if ((*a == '/') == (*b == '/'))
		return !strcmp(a, b);
	return !strcmp(vmv_base_name(a), vmv_base_name(b));
}

bool match_names_differ(const struct vmv_region *a, const struct vmv_region *b)
{
	return names_known(a, b) && !same_name(a->name, b->name);
}

bool match_tells_less(const struct vmv_region *r)
{
	return vmv_is_pmap_word(r) || (vmv_has_path(r) && *r->name != '/');
}

bool match_perms_differ(const struct vmv_region *a, const struct vmv_region *b)
{
	unsigned unknown = a->perms | b->perms, known = 0;

	if (!(unknown & VMV_ACCESS_UNKNOWN))
		known |= VMV_READ | VMV_WRITE | VMV_EXEC;
	if (!(unknown & VMV_SHARING_UNKNOWN))
		known |= VMV_SHARED;
	return (a->perms ^ b->perms) & known;
}

static bool is_shared_alike(const struct vmv_region *a, const struct vmv_region *b)
{
	return (a->perms | b->perms) & VMV_SHARING_UNKNOWN || !((a->perms ^ b->perms) & VMV_SHARED);
}

static bool is_same_file(const struct vmv_region *a, const struct vmv_region *b)
{
	return vmv_file_is_known(a) && vmv_file_is_known(b) ? vmv_same_file(a, b)
							    : same_name(a->name, b->name);
}

static bool same_place_in_file(const struct vmv_region *a, const struct vmv_region *b)
{
	return a->offset == VMV_UNKNOWN || b->offset == VMV_UNKNOWN ||
	       a->offset - a->start == b->offset - b->start;
}

/* What pmap has no path for: also "anon_inode:[perf_event]" and segments of System V. */
static bool may_be_word(const struct vmv_region *r)
{
	return !vmv_has_path(r) || !strncmp(r->name, "/SYSV", 5);
}

static bool same_identity(const struct vmv_region *a, const struct vmv_region *b)
{
	if (!is_shared_alike(a, b))
		return false;
	if (vmv_is_pmap_word(a) || vmv_is_pmap_word(b))
		return may_be_word(a) && may_be_word(b);
	if (is_file(a) != is_file(b))
		return false;
	if (is_file(a))
		return same_place_in_file(a, b) && is_same_file(a, b);
	if (!names_known(a, b))
		return true;
	if (is_anon(a) || is_anon(b))
		return is_anon(a) && is_anon(b);
	return !strcmp(a->name, b->name);
}

/* ---- by address ---- */

typedef void visitor(struct matching *m, size_t before, size_t after, void *arg);

/* Visit each two nodes, one of each map, that overlap and are of one identity. */
static void sweep(struct matching *m, bool anon, visitor *visit, void *arg)
{
	size_t i = 0, j = 0;

	while (i < m->before->nregions && j < m->after->nregions) {
		const struct vmv_region *b = &m->before->regions[i], *a = &m->after->regions[j];

		if (b->start < a->end && a->start < b->end && is_anon(b) == anon &&
		    same_identity(b, a))
			visit(m, i, node_after(m, j), arg);
		if (b->end <= a->end)
			i++;
		if (a->end <= b->end)
			j++;
	}
}

static void join_equal_perms(struct matching *m, size_t before, size_t after, void *arg)
{
	(void)arg;
	if (!match_perms_differ(region(m, before), region(m, after)))
		join(m, before, after);
}

/** struct best - the node that a node overlaps most, and by how much */
struct best {
	size_t node;
	uint64_t overlap;
};

static void note_best(struct matching *m, size_t before, size_t after, void *arg)
{
	const struct vmv_region *b = region(m, before), *a = region(m, after);
	uint64_t start = b->start > a->start ? b->start : a->start;
	uint64_t overlap = (b->end < a->end ? b->end : a->end) - start;
	struct best *best = arg;

	if (!m->found[before] && overlap > best[before].overlap)
		best[before] = (struct best){ after, overlap };
	if (!m->found[after] && overlap > best[after].overlap)
		best[after] = (struct best){ before, overlap };
}

/* Equal permissions first: where a boundary between two regions moved, each is
 * itself still.  What is left was cut out of something, or joined to it. */
static void match_addresses(struct matching *m, bool anon)
{
	size_t n = m->before->nregions + m->after->nregions;
	struct best *best = vmv_calloc(n, sizeof(*best));

	sweep(m, anon, join_equal_perms, NULL);
	sweep(m, anon, note_best, best);
	for (size_t i = 0; i < n; i++)
		if (best[i].overlap)
			join(m, i, best[i].node);
	free(best);
}

/* ---- by what it is, in order ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_place(const struct vmv_region *a, const struct vmv_region *b)
{
	int order = compare_numbers(a->class, b->class);

	if (!order)
		order = compare_numbers(a->part, b->part);
	if (!order)
		order = strcmp(a->object ? a->object : "", b->object ? b->object : "");
	return order;
}

static int compare_alike(const struct vmv_region *a, const struct vmv_region *b, unsigned alike)
{
	int order = alike & ALIKE_NAME ? strcmp(a->name, b->name) : 0;

	if (!order && alike & ALIKE_PLACE)
		order = compare_place(a, b);
	if (!order && alike & ALIKE_OFFSET && is_file(a))
		order = compare_numbers(a->offset, b->offset);
	if (!order && alike & ALIKE_PERMS)
		order = compare_numbers(a->perms, b->perms);
	if (!order && alike & ALIKE_SIZE)
		order = compare_numbers(a->end - a->start, b->end - b->start);
	return order;
}

/** struct round - what a comparison of nodes needs to know */
struct round {
	const struct matching *m;
	unsigned alike;
};

static int compare_nodes(const void *a, const void *b, void *arg)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	const struct round *round = arg;
	int order = compare_alike(region(round->m, x), region(round->m, y), round->alike);

	return order ? order : compare_numbers(x, y);
}

/* Nodes from @first on that nothing has been found for yet, sorted. */
static size_t *left_over(const struct round *round, size_t first, size_t count, size_t *nodes,
			 bool (*wanted)(const struct vmv_region *))
{
	size_t n = 0;

	for (size_t i = first; i < first + count; i++)
		if (!round->m->found[i] && wanted(region(round->m, i)))
			nodes[n++] = i;
	qsort_r(nodes, n, sizeof(*nodes), compare_nodes, (void *)round);
	return nodes + n;
}

static void match_order(struct matching *m, unsigned alike,
			bool (*wanted)(const struct vmv_region *))
{
	size_t nb = m->before->nregions, na = m->after->nregions;
	size_t *nodes = vmv_calloc(nb + na, sizeof(*nodes)), *b = nodes, *a = nodes + nb;
	struct round round = { m, alike };
	size_t *end_b = left_over(&round, 0, nb, b, wanted);
	size_t *end_a = left_over(&round, nb, na, a, wanted);

	while (b < end_b && a < end_a) {
		int order = compare_alike(region(m, *b), region(m, *a), alike);

		if (!order)
			join(m, *b, *a);
		b += order <= 0;
		a += order >= 0;
	}
	free(nodes);
}

static bool has_kernel_name(const struct vmv_region *r)
{
	return !is_anon(r);
}

static bool has_name(const struct vmv_region *r)
{
	return *r->name;
}

static bool is_any(const struct vmv_region *r)
{
	return r;
}

static void match_names(struct matching *m, bool (*wanted)(const struct vmv_region *))
{
	match_order(m, ALIKE_NAME | ALIKE_OFFSET | ALIKE_PERMS | ALIKE_SIZE, wanted);
	match_order(m, ALIKE_NAME | ALIKE_OFFSET | ALIKE_PERMS, wanted);
}

/* ---- all together ---- */

/* How many regions of the first map are matched; vsyscall is in every process. */
static size_t count_found(const struct matching *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->before->nregions; i++)
		n += m->found[i] && strcmp(m->before->regions[i].name, "[vsyscall]") != 0;
	return n;
}

static size_t find_name(const struct vmv_map *map, const char *name)
{
	size_t i = 0;

	while (i < map->nregions && strcmp(map->regions[i].name, name) != 0)
		i++;
	return i;
}

/* The kernel places these once in the life of a program. */
static bool has_moved(const struct matching *m, const char *name)
{
	size_t b = find_name(m->before, name), a = find_name(m->after, name);

	return b < m->before->nregions && a < m->after->nregions &&
	       (m->before->regions[b].end <= m->after->regions[a].start ||
		m->after->regions[a].end <= m->before->regions[b].start);
}

static bool match_named(struct matching *m)
{
	size_t stayed, moved;

	match_addresses(m, false);
	stayed = count_found(m);
	match_names(m, has_kernel_name);
	moved = count_found(m) - stayed;
	return moved > stayed || has_moved(m, "[stack]") || has_moved(m, "[vdso]");
}

static void match_rerun(struct matching *m)
{
	static const unsigned rounds[] = { ALIKE_NAME | ALIKE_PLACE | ALIKE_PERMS | ALIKE_SIZE,
					   ALIKE_NAME | ALIKE_PLACE | ALIKE_PERMS,
					   ALIKE_NAME | ALIKE_PLACE, ALIKE_PLACE };

	for (size_t i = 0; i < ARRAY_SIZE(rounds); i++)
		match_order(m, rounds[i], is_any);
}

void match_find(struct match *match, const struct vmv_map *before, const struct vmv_map *after)
{
	size_t n = before->nregions + after->nregions;
	struct matching m = { .before = before, .after = after };

	m.up = vmv_calloc(n, sizeof(*m.up));
	m.found = vmv_calloc(n, sizeof(*m.found));
	for (size_t i = 0; i < n; i++)
		m.up[i] = i;
	match->rerun = match_named(&m);
	if (match->rerun) {
		match_rerun(&m);
	} else {
		match_addresses(&m, true);
		match_names(&m, has_name);
	}
	for (size_t i = 0; i < n; i++)
		m.up[i] = root(&m, i);
	match->group = m.up;
	free(m.found);
}

void match_done(struct match *match)
{
	free(match->group);
	match->group = NULL;
}
