/* threads.c - see threads.h */
#include "threads.h"

#include "apart.h"
#include "means.h"
#include "procfile.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "202 0x7f.. 0x0 ... SP PC", "-1 SP PC", or "running". */
static uint64_t stack_pointer(int task, int tid, int *lacking)
{
	char path[32], text[256];
	unsigned long long number, sp = 0, pc = 0;
	unsigned words = 0;
	long len;

	snprintf(path, sizeof(path), "%d/syscall", tid);
	len = procfile_read(task, path, text, sizeof(text) - 1);
	if (len < 0)
		means_note(lacking, (int)-len);
	if (len <= 0)
		return VMV_UNKNOWN;
	text[len] = '\0';
	for (char *s = text, *end; (number = strtoull(s, &end, 0), end != s); s = end) {
		sp = pc;
		pc = number;
		words++;
	}
	return words >= 3 ? sp : VMV_UNKNOWN;
}

static void list_threads(int task, struct vmv_map *map, int *lacking)
{
	int fd = dup(task);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!dir) {
		means_note(lacking, errno);
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(dir))) {
		int tid = procfile_tid(entry->d_name);

		if (tid <= 0)
			continue;
		map->threads = vmv_grow(map->threads, map->nthreads, &map->threads_room,
					sizeof(*map->threads));
		map->threads[map->nthreads++] =
			(struct vmv_thread){ tid, VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN };
	}
	closedir(dir);
}

#ifdef __x86_64__
enum { TOP = 8192 }; /* bytes of a stack in which its control block is */

/** struct finder - @by_tid: the threads in the order of their numbers, of which there may be many
 */
struct finder {
	struct vmv_map *map;
	struct vmv_thread **by_tid;
	struct vmv_piece *tops; /* of what may be stacks */
	size_t ntops, room;
};

static int compare_tids(const void *a, const void *b)
{
	const struct vmv_thread *const *x = a, *const *y = b;

	return ((*x)->tid > (*y)->tid) - ((*x)->tid < (*y)->tid);
}

static void sort_threads(struct finder *f)
{
	f->by_tid = vmv_calloc(f->map->nthreads, sizeof(struct vmv_thread *));
	for (size_t t = 0; t < f->map->nthreads; t++)
		f->by_tid[t] = &f->map->threads[t];
	qsort(f->by_tid, f->map->nthreads, sizeof(struct vmv_thread *), compare_tids);
}

/* The thread whose number is in the words of a control block at @block, or NULL. */
static struct vmv_thread *owner_of(const struct finder *f, const unsigned char *block, size_t len)
{
	for (size_t at = 0; at + sizeof(int32_t) <= len; at += sizeof(int32_t)) {
		struct vmv_thread key, *wanted = &key, **found;
		int32_t word;

		memcpy(&word, block + at, sizeof(word));
		key.tid = word;
		found = word <= 0 ? NULL
				  : bsearch(&wanted, f->by_tid, f->map->nthreads,
					    sizeof(struct vmv_thread *), compare_tids);
		if (found)
			return *found;
	}
	return NULL;
}

/*
 * glibc and musl put a thread's control block at the top of its stack.  On
 * x86-64 it starts with its own address (%fs:0, the ABI's TLS variant II),
 * twice in glibc; the thread's number is among the words that follow.  A process
 * that looks full of them must not hold us up.
 */
static void find_block(void *data, size_t piece, enum vmv_page page, unsigned char *top)
{
	enum { TID_FROM = 0x200, TID_TO = 0x400, MOST = 8 };
	const struct finder *f = data;
	uint64_t start = f->tops[piece].address;
	unsigned blocks = 0;

	if (page != VMV_PAGE_READ)
		return;
	for (size_t at = 0; at + TID_TO <= TOP && blocks < MOST; at += 64) {
		struct vmv_thread *thread;
		uint64_t self[3];

		memcpy(self, top + at, sizeof(self));
		if (self[0] != start + at || self[2] != self[0])
			continue;
		blocks++;
		thread = owner_of(f, top + at + TID_FROM, TID_TO - TID_FROM);
		if (thread && thread->sp == VMV_UNKNOWN)
			thread->stack = vmv_map_at(f->map, start)->start;
	}
}

/* Could a control block be at its top?  Only there do we look into memory. */
static bool has_stack_shape(const struct vmv_map *map, size_t i)
{
	const struct vmv_region *r = &map->regions[i], *guard = r - 1;

	return i > 0 && guard->end == r->start && vmv_is_anon(guard) &&
	       !(guard->perms & VMV_READ) && vmv_is_anon(r) && (r->perms & VMV_WRITE) &&
	       r->end - r->start >= 16384;
}

static void find_blocks(int dir, struct vmv_map *map, struct apart *apart)
{
	_Static_assert((int)TOP <= (int)APART_MOST, "one piece holds it");
	struct finder f = { .map = map };
	struct apart_job job = { .dir = dir, .take = find_block, .data = &f };

	sort_threads(&f);
	for (size_t i = 0; i < map->nregions; i++) {
		if (!has_stack_shape(map, i))
			continue;
		f.tops = vmv_grow(f.tops, f.ntops, &f.room, sizeof(*f.tops));
		f.tops[f.ntops++] =
			(struct vmv_piece){ .address = map->regions[i].end - TOP, .size = TOP };
	}
	job.pieces = f.tops;
	job.n = f.ntops;
	apart_read(apart, &job);
	free(f.by_tid);
	free(f.tops);
}
#else
static void find_blocks(int dir, struct vmv_map *map, struct apart *apart)
{
	(void)dir;
	(void)map;
	(void)apart;
}
#endif

int vmv_threads_find(int dir, struct vmv_map *map, struct apart *apart)
{
	int task = openat(dir, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int lacking = 0;
	bool loose = false;

	if (task < 0)
		return -errno;
	list_threads(task, map, &lacking);
	for (size_t t = 0; map->nthreads > 1 && t < map->nthreads; t++) {
		map->threads[t].sp = stack_pointer(task, map->threads[t].tid, &lacking);
		loose |= map->threads[t].sp == VMV_UNKNOWN;
	}
	close(task);
	if (loose)
		find_blocks(dir, map, apart);
	return -lacking;
}
