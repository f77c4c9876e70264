/* map.c - see map.h */
#include "vmapview/map.h"

#include "vmapview/alloc.h"
#include "vmapview/names.h"
#include "vmapview/text.h"

#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/* clang-format off */
static const char *const stat_names[VMV_STATS] = {
	[VMV_STAT_RSS]             = "Rss",
	[VMV_STAT_PSS]             = "Pss",
	[VMV_STAT_PSS_DIRTY]       = "Pss_Dirty",
	[VMV_STAT_SHARED_CLEAN]    = "Shared_Clean",
	[VMV_STAT_SHARED_DIRTY]    = "Shared_Dirty",
	[VMV_STAT_PRIVATE_CLEAN]   = "Private_Clean",
	[VMV_STAT_PRIVATE_DIRTY]   = "Private_Dirty",
	[VMV_STAT_REFERENCED]      = "Referenced",
	[VMV_STAT_ANONYMOUS]       = "Anonymous",
	[VMV_STAT_KSM]             = "KSM",
	[VMV_STAT_LAZY_FREE]       = "LazyFree",
	[VMV_STAT_ANON_HUGE]       = "AnonHugePages",
	[VMV_STAT_SHMEM_PMD]       = "ShmemPmdMapped",
	[VMV_STAT_FILE_PMD]        = "FilePmdMapped",
	[VMV_STAT_SHARED_HUGETLB]  = "Shared_Hugetlb",
	[VMV_STAT_PRIVATE_HUGETLB] = "Private_Hugetlb",
	[VMV_STAT_SWAP]            = "Swap",
	[VMV_STAT_SWAP_PSS]        = "SwapPss",
	[VMV_STAT_LOCKED]          = "Locked",
	[VMV_STAT_THP_ELIGIBLE]    = "THPeligible",
	[VMV_STAT_KERNEL_PAGE]     = "KernelPageSize",
	[VMV_STAT_MMU_PAGE]        = "MMUPageSize",
	[VMV_STAT_PROTECTION_KEY]  = "ProtectionKey",
	[VMV_STAT_DIRTY]           = "Dirty",
};
/* clang-format on */

/* Adding up page sizes or key numbers says nothing; all else is a quantity. */
static const char *const not_additive[] = { "KernelPageSize", "MMUPageSize", "ProtectionKey" };

void vmv_map_init(struct vmv_map *map)
{
	*map = (struct vmv_map){ .shm_dev = VMV_UNKNOWN,
				 .huge_dev = VMV_UNKNOWN,
				 .wanted = VMV_ALL_STATS };
	map->process.stack_start = map->process.start_ticks = VMV_UNKNOWN;
	map->process.minor_faults = map->process.major_faults = VMV_UNKNOWN;
	map->process.entry = map->process.phdr = VMV_UNKNOWN;
	map->process.base = map->process.vdso = VMV_UNKNOWN;
	map->process.exe_dev = map->process.exe_inode = VMV_UNKNOWN;
	map->process.fault = VMV_UNKNOWN;
	for (size_t i = 0; i < VMV_STATS; i++)
		map->stats[i] = -1;
	map->names = vmv_names_new();
}

void vmv_map_done(struct vmv_map *map)
{
	free(map->process.command);
	free(map->process.name);
	free(map->process.user);
	free(map->time);
	free(map->kernel);
	free(map->notice);
	free(map->regions);
	free(map->fields);
	free(map->counters);
	free(map->threads);
	for (size_t i = 0; i < map->nelves; i++)
		free(map->elves[i].segments);
	free(map->elves);
	free(map->marks);
	free(map->heaps);
	free(map->elf_slots);
	vmv_names_free(map->names);
	*map = (struct vmv_map){ 0 };
}

const char *vmv_map_intern(struct vmv_map *map, const char *s, size_t len)
{
	return vmv_names_get(map->names, s, len);
}

static void clear_counters(struct vmv_map *map, size_t region)
{
	const size_t size = map->stride * sizeof(*map->counters);

	if (size) /* VMV_UNKNOWN is all ones */
		memset(map->counters + region * map->stride, 0xff, size);
}

/* Make way for a region at @start: the newer line is right about its range. */
static void drop_from(struct vmv_map *map, uint64_t start)
{
	while (map->nregions > 0) {
		struct vmv_region *last = &map->regions[map->nregions - 1];

		if (last->end <= start)
			return;
		map->changed = true;
		if (last->start < start) { /* its counters were those of the whole */
			last->end = start;
			clear_counters(map, map->nregions - 1);
			return;
		}
		map->nregions--;
	}
}

struct vmv_region *vmv_map_append(struct vmv_map *map, const struct vmv_region *region)
{
	size_t room = map->regions_room;

	map->regions =
		vmv_grow(map->regions, map->nregions, &map->regions_room, sizeof(*map->regions));
	if (map->regions_room != room && map->stride)
		map->counters = vmv_enlarge(map->counters, map->nregions, map->regions_room,
					    map->stride * sizeof(*map->counters));
	map->regions[map->nregions] = *region;
	map->has_no_device |= region->inode && !region->major;
	clear_counters(map, map->nregions);
	return &map->regions[map->nregions++];
}

struct vmv_region *vmv_map_add(struct vmv_map *map, const struct vmv_region *region)
{
	drop_from(map, region->start);
	return vmv_map_append(map, region);
}

/* Give each region room for more counters. */
static void widen(struct vmv_map *map)
{
	size_t old = map->stride, stride = old ? old + old / 2 : 8;
	uint64_t *to =
		vmv_realloc(NULL, map->regions_room ? map->regions_room : 1, stride * sizeof(*to));

	for (size_t r = 0; r < map->nregions; r++)
		for (size_t f = 0; f < stride; f++)
			to[r * stride + f] = f < old ? map->counters[r * old + f] : VMV_UNKNOWN;
	free(map->counters);
	map->counters = to;
	map->stride = stride;
}

static bool is_additive(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(not_additive); i++)
		if (!strcmp(name, not_additive[i]))
			return false;
	return true;
}

bool vmv_map_wants(const struct vmv_map *map, const char *name, size_t len)
{
	if (map->wanted == VMV_ALL_STATS)
		return true;
	for (size_t i = 0; i < VMV_STATS; i++)
		if (!strncmp(stat_names[i], name, len) && !stat_names[i][len])
			return map->wanted >> i & 1;
	return false;
}

static bool is_called(size_t stat, const char *name, size_t len)
{
	return !strncmp(stat_names[stat], name, len) && !stat_names[stat][len];
}

bool vmv_is_stat(const char *name, size_t len)
{
	for (size_t i = 0; i < VMV_STATS; i++)
		if (is_called(i, name, len))
			return true;
	return false;
}

bool vmv_is_plain_counter(const char *name, size_t len)
{
	static const enum vmv_stat plain[] = { VMV_STAT_THP_ELIGIBLE, VMV_STAT_PROTECTION_KEY };

	for (size_t i = 0; i < ARRAY_SIZE(plain); i++)
		if (is_called(plain[i], name, len))
			return true;
	return false;
}

/* Kernels write both in plain ASCII; what does not is a forgery. */
bool vmv_may_be_field(const char *name, size_t len)
{
	return len > 0 && vmv_may_be_flags(name, len) && !memchr(name, ' ', len);
}

bool vmv_may_be_flags(const char *flags, size_t len)
{
	return vmv_is_clean(flags, len, true);
}

size_t vmv_map_field(struct vmv_map *map, const char *name, size_t len, bool bytes)
{
	struct vmv_field *field;

	for (size_t f = 0; f < map->nfields; f++)
		if (map->fields[f].len == len && !memcmp(map->fields[f].name, name, len))
			return f;

	if (map->nfields == VMV_FIELDS_MAX)
		return SIZE_MAX;
	map->fields = vmv_realloc(map->fields, map->nfields + 1, sizeof(*map->fields));
	field = &map->fields[map->nfields];
	field->name = vmv_map_intern(map, name, len);
	field->len = len;
	field->bytes = bytes;
	field->additive = is_additive(field->name);
	for (size_t i = 0; i < VMV_STATS; i++)
		if (!strcmp(field->name, stat_names[i]))
			map->stats[i] = (int)map->nfields;
	if (map->nfields == map->stride)
		widen(map);
	return map->nfields++;
}

void vmv_map_forget_fields(struct vmv_map *map)
{
	map->nfields = 0;
	for (size_t i = 0; i < VMV_STATS; i++)
		map->stats[i] = -1;
}

uint64_t *vmv_map_last_counters(struct vmv_map *map)
{
	return map->stride ? map->counters + (map->nregions - 1) * map->stride : NULL;
}

void vmv_map_set(struct vmv_map *map, size_t field, uint64_t value)
{
	map->counters[(map->nregions - 1) * map->stride + field] = value;
}

uint64_t vmv_map_stat(const struct vmv_map *map, const struct vmv_region *r, enum vmv_stat stat)
{
	int field = map->stats[stat];

	return field < 0 ? VMV_UNKNOWN : vmv_map_counter(map, r, (size_t)field);
}

const struct vmv_region *vmv_map_from(const struct vmv_map *map, uint64_t address)
{
	size_t low = 0, high = map->nregions;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (map->regions[middle].end <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low < map->nregions ? &map->regions[low] : NULL;
}

const struct vmv_region *vmv_map_at(const struct vmv_map *map, uint64_t address)
{
	const struct vmv_region *r = vmv_map_from(map, address);

	return r && r->start <= address ? r : NULL;
}

/* Equal names of one map are equal pointers, so the pointer identifies the file. */
void vmv_file_by_name(struct vmv_region *r)
{
	if (!*r->name || *r->name == '[')
		return;
	r->major = VMV_NO_DEVICE;
	r->minor = 0;
	r->inode = (uintptr_t)r->name;
}

bool vmv_is_nameless(const struct vmv_region *r)
{
	return r->inode && r->major == VMV_NO_DEVICE &&
	       (!strncmp(r->name, "build-id:", 9) || !strncmp(r->name, "unnamed:", 8));
}

bool vmv_same_file(const struct vmv_region *a, const struct vmv_region *b)
{
	return a->inode && a->inode == b->inode && a->major == b->major && a->minor == b->minor;
}

bool vmv_has_flag(const struct vmv_region *r, const char *flag)
{
	const char *s = r->flags ? r->flags : "";

	while (*s) {
		if (s[0] == flag[0] && s[1] == flag[1] && (s[2] == ' ' || !s[2]))
			return true;
		if (s[1] && s[2] == ' ') /* all that there have been so far */
			s += 2;
		while (*s && *s != ' ')
			s++;
		while (*s == ' ')
			s++;
	}
	return false;
}

bool vmv_has_path(const struct vmv_region *r)
{
	return *r->name == '/' || (r->inode && *r->name && !strchr(r->name, ':'));
}

bool vmv_is_anon(const struct vmv_region *r)
{
	return !r->inode && (!*r->name || vmv_is_pmap_word(r)) && !(r->perms & VMV_SHARED);
}

bool vmv_may_be_heap(const struct vmv_region *r)
{
	return vmv_is_anon(r) && r->perms & VMV_READ && r->perms & VMV_WRITE &&
	       r->start % VMV_HEAP_MAX == 0;
}

static int compare_heaps(const void *a, const void *b)
{
	const struct vmv_heap *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

const struct vmv_heap *vmv_map_heap(const struct vmv_map *map, uint64_t start)
{
	const struct vmv_heap key = { .start = start };

	if (!map->nheaps)
		return NULL;
	return bsearch(&key, map->heaps, map->nheaps, sizeof(key), compare_heaps);
}

bool vmv_is_main_stack(const struct vmv_map *map, const struct vmv_region *r)
{
	uint64_t start = map->process.stack_start;

	return start != VMV_UNKNOWN && start >= r->start && start < r->end;
}

bool vmv_is_internal(const struct vmv_map *map, const struct vmv_region *r)
{
	if (r->inode && r->major == VMV_NO_DEVICE)
		return true;
	if (!r->inode || r->major)
		return false;
	return map->shm_dev == VMV_UNKNOWN || r->minor == map->shm_dev || r->minor == map->huge_dev;
}

bool vmv_is_pseudo(const struct vmv_region *r, const char *name)
{
	return r->inode && (!r->major || r->major == VMV_NO_DEVICE) && !strcmp(r->name, name);
}

/* "/SYSV0052e2c1 (deleted)": the key in eight digits. */
bool vmv_is_sysv(const struct vmv_map *map, const struct vmv_region *r)
{
	return vmv_is_internal(map, r) && !strncmp(r->name, "/SYSV", 5) &&
	       strspn(r->name + 5, "0123456789abcdef") == 8 && !strcmp(r->name + 13, " (deleted)");
}
