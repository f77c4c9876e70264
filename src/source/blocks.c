/*
 * blocks.c - see blocks.h
 *
 * glibc and musl put a thread's control block at the top of its stack.  On
 * x86-64 it starts with its own address (%fs:0, the ABI's TLS variant II),
 * twice in glibc; the thread's number is among the words that follow.  A process
 * that looks full of them must not hold us up.
 */
#include "blocks.h"

#include "apart.h"
#include "corememory.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/page.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	TOP = 8192,        /* bytes of a stack in which its control block is */
	STACK_MIN = 16384, /* PTHREAD_STACK_MIN */
};

/** struct finder - @by_tid: the threads in the order of their numbers, of which there may be many;
 *  of each region, @pointers: how many threads' stack pointers are in it, @proved: a block is */
struct finder {
	struct vmv_map *map;
	struct vmv_thread **by_tid;
	unsigned *pointers;
	bool *proved;
	struct vmv_peek *tops; /* of what may be stacks */
	size_t ntops, room;
};

static int compare_tids(const void *a, const void *b)
{
	const struct vmv_thread *const *x = a, *const *y = b;

	return ((*x)->tid > (*y)->tid) - ((*x)->tid < (*y)->tid);
}

static void begin(struct finder *f, struct vmv_map *map)
{
	*f = (struct finder){ .map = map };
	f->by_tid = vmv_calloc(map->nthreads, sizeof(struct vmv_thread *));
	f->pointers = vmv_calloc(map->nregions, sizeof(*f->pointers));
	f->proved = vmv_calloc(map->nregions, sizeof(*f->proved));
	for (size_t t = 0; t < map->nthreads; t++) {
		const struct vmv_region *r = vmv_map_at(map, map->threads[t].sp);

		f->by_tid[t] = &map->threads[t];
		if (r && map->threads[t].tid != map->process.tgid)
			f->pointers[r - map->regions]++;
	}
	if (map->nthreads)
		qsort(f->by_tid, map->nthreads, sizeof(struct vmv_thread *), compare_tids);
}

/* Where a block was found, whatever stack pointer is there is in a stack. */
static void end(struct finder *f)
{
	for (size_t t = 0; t < f->map->nthreads; t++) {
		const struct vmv_region *r = vmv_map_at(f->map, f->map->threads[t].sp);

		if (r && f->proved[r - f->map->regions])
			f->map->threads[t].stack = r->start;
	}
	free(f->by_tid);
	free(f->pointers);
	free(f->proved);
	free(f->tops);
}

/* The thread whose number is in the words of a control block at @block, or NULL. */
static struct vmv_thread *owner_of(const struct finder *f, const unsigned char *block, size_t len)
{
	for (size_t at = 0; at + sizeof(int32_t) <= len; at += sizeof(int32_t)) {
		struct vmv_thread key, *wanted = &key, **found;

		key.tid = (int32_t)core_number(block + at, sizeof(int32_t), false);
		found = key.tid <= 0 ? NULL
				     : bsearch(&wanted, f->by_tid, f->map->nthreads,
					       sizeof(struct vmv_thread *), compare_tids);
		if (found)
			return *found;
	}
	return NULL;
}

/* Look for control blocks in the bytes at @start; one of a thread that has ended proves, too. */
static void find_blocks(struct finder *f, uint64_t start, const unsigned char *top)
{
	enum { TID_FROM = 0x200, TID_TO = 0x400, MOST = 8 };
	const struct vmv_region *r = vmv_map_at(f->map, start);
	unsigned blocks = 0;

	for (size_t at = 0; at + TID_TO <= TOP && blocks < MOST; at += 64) {
		struct vmv_thread *thread;

		if (core_number(top + at, 8, false) != start + at ||
		    core_number(top + at + 16, 8, false) != start + at)
			continue;
		blocks++;
		f->proved[r - f->map->regions] = true;
		thread = owner_of(f, top + at + TID_FROM, TID_TO - TID_FROM);
		if (thread && thread->sp == VMV_UNKNOWN)
			thread->stack = r->start;
	}
}

static bool has_guard(const struct vmv_map *map, size_t i)
{
	const struct vmv_region *r = &map->regions[i], *guard = r - 1;

	return i > 0 && guard->end == r->start && vmv_is_anon(guard) && !(guard->perms & VMV_READ);
}

static bool may_hold_stacks(const struct vmv_map *map, size_t i)
{
	const struct vmv_region *r = &map->regions[i];

	return vmv_is_anon(r) && r->perms & VMV_WRITE && r->end - r->start >= STACK_MIN;
}

/* Are there more stacks in it than one? */
static bool is_crowded(const struct finder *f, size_t i)
{
	const uint64_t usual = UINT64_C(64) << 20;
	const struct vmv_region *r = &f->map->regions[i];

	return f->pointers[i] > 1 ||
	       (f->pointers[i] && r->end - r->start > usual && !has_guard(f->map, i));
}

void blocks_find_core(struct vmv_map *map, struct corememory *memory)
{
	unsigned char top[TOP];
	struct finder f;

	begin(&f, map);
	for (size_t i = 0; i < map->nregions; i++) {
		uint64_t start = map->regions[i].end - TOP;

		if (may_hold_stacks(map, i) && is_crowded(&f, i) &&
		    corememory_read(memory, start, top, TOP))
			find_blocks(&f, start, top);
	}
	end(&f);
}

#ifdef __x86_64__
static void add_top(struct finder *f, uint64_t at)
{
	f->tops = vmv_grow(f->tops, f->ntops, &f->room, sizeof(*f->tops));
	f->tops[f->ntops++] = (struct vmv_peek){ .address = at - TOP, .size = TOP };
}

static void take_top(void *data, size_t piece, enum vmv_page page, unsigned char *bytes)
{
	struct finder *f = data;

	if (page == VMV_PAGE_READ)
		find_blocks(f, f->tops[piece].address, bytes);
}

static void read_tops(struct finder *f, int dir, struct apart *apart)
{
	_Static_assert((int)TOP <= (int)APART_MOST, "one piece holds it");
	const struct apart_job job = {
		.dir = dir, .pieces = f->tops, .n = f->ntops, .take = take_top, .data = f
	};

	apart_read(apart, &job);
	f->ntops = 0;
}

/* Below a guard page nothing is in memory: the top of a stack is where a run of pages ends. */
static void add_inner_tops(struct finder *f, int pagemap, const struct vmv_region *r, size_t most)
{
	const uint64_t present = UINT64_C(1) << 63, page = (uint64_t)sysconf(_SC_PAGESIZE);
	uint64_t entries[512], at = r->start;
	bool was = false;

	while (at < r->end && f->ntops < most) {
		uint64_t n = (r->end - at) / page, most_entries = sizeof(entries) / 8;
		ssize_t got = pread(pagemap, entries, (n < most_entries ? n : most_entries) * 8,
				    (off_t)(at / page * 8));

		if (got < 8)
			return;
		for (ssize_t k = 0; k < got / 8; k++, at += page) {
			bool is = entries[k] & present;

			if (was && !is && at - r->start >= TOP)
				add_top(f, at);
			was = is;
		}
	}
}

static bool is_loose(const struct vmv_map *map)
{
	for (size_t t = 0; t < map->nthreads; t++)
		if (map->threads[t].sp == VMV_UNKNOWN && map->threads[t].stack == VMV_UNKNOWN)
			return true;
	return false;
}

/* The stacks of running threads below others in the same region.  Memory may claim to be full of
 * them, so there is a limit. */
static void find_inner_blocks(struct finder *f, int dir, struct apart *apart)
{
	const struct vmv_map *map = f->map;
	const size_t most = 2 * map->nthreads + 256;
	uint64_t left = UINT64_C(64) << 30;
	int pagemap = openat(dir, "pagemap", O_RDONLY | O_CLOEXEC);

	if (pagemap < 0)
		return;
	for (size_t i = 0; i < map->nregions; i++) {
		const struct vmv_region *r = &map->regions[i];

		if (!f->proved[i] || has_guard(map, i) || r->end - r->start > left)
			continue;
		left -= r->end - r->start;
		add_inner_tops(f, pagemap, r, most);
	}
	close(pagemap);
	read_tops(f, dir, apart);
}

void blocks_find_live(int dir, struct vmv_map *map, struct apart *apart, bool loose)
{
	struct finder f;

	begin(&f, map);
	for (size_t i = 0; i < map->nregions; i++)
		if (may_hold_stacks(map, i) && (loose || is_crowded(&f, i)))
			add_top(&f, map->regions[i].end);
	read_tops(&f, dir, apart);
	if (loose && is_loose(map))
		find_inner_blocks(&f, dir, apart);
	end(&f);
}
#else
void blocks_find_live(int dir, struct vmv_map *map, struct apart *apart, bool loose)
{
	(void)dir;
	(void)map;
	(void)apart;
	(void)loose;
}
#endif
