/* regions.c - the columns of regions; see column.h and kind.h */
#include "vmapview/column.h"

#include "vmapview/class.h"
#include "vmapview/diff.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/vmflags.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

#define GETTER(name)                                                                               \
	static inline void name##_of(const struct vmv_column *, const struct vmv_map *,            \
				     const struct vmv_region *, struct vmv_value *);               \
	static void name(const struct vmv_column *c, const struct vmv_list *list, size_t i,        \
			 struct vmv_value *v)                                                      \
	{                                                                                          \
		name##_of(c, list->of, (const struct vmv_region *)list->items + i, v);             \
	}                                                                                          \
	static inline void name##_of(const struct vmv_column *c __attribute__((unused)),           \
				     const struct vmv_map *map __attribute__((unused)),            \
				     const struct vmv_region *r, struct vmv_value *v)

static void put_number(struct vmv_value *v, uint64_t n)
{
	v->known = n != VMV_UNKNOWN;
	v->number = n;
}

static void put_text(struct vmv_value *v, const char *s)
{
	v->known = s && *s;
	v->text = s;
}

/* The text that was put into @v->room. */
static void put_room(struct vmv_value *v)
{
	v->known = *v->room != '\0';
	v->text = v->room;
}

GETTER(get_start)
{
	put_number(v, map->rollup ? VMV_UNKNOWN : r->start);
}

GETTER(get_end)
{
	v->known = !map->rollup; /* all 64 bits */
	v->number = r->end;
}

GETTER(get_size)
{
	put_number(v, map->rollup ? VMV_UNKNOWN : r->end - r->start);
}

GETTER(get_one)
{
	(void)r;
	put_number(v, map->rollup ? VMV_UNKNOWN : 1);
}

GETTER(get_gap)
{
	if (r > map->regions)
		put_number(v, r->start - r[-1].end);
}

GETTER(get_stat)
{
	put_number(v, vmv_map_stat(map, r, c->arg));
}

/* What would come free if the process ended: nobody else has these pages. */
GETTER(get_uss)
{
	put_number(v, vmv_sum_known(vmv_map_stat(map, r, VMV_STAT_PRIVATE_CLEAN),
				    vmv_map_stat(map, r, VMV_STAT_PRIVATE_DIRTY)));
}

GETTER(get_offset)
{
	if (r->inode)
		put_number(v, r->offset); /* VMV_UNKNOWN if not told */
}

GETTER(get_inode)
{
	v->known = vmv_file_is_known(r); /* any number is one */
	v->number = r->inode;
}

GETTER(get_device)
{
	if (!vmv_file_is_known(r))
		return;
	snprintf(v->room, sizeof(v->room), "%02x:%02x", r->major, r->minor);
	put_room(v);
}

GETTER(get_perms)
{
	if (~r->perms & VMV_PERMS_UNKNOWN)
		put_text(v, vmv_perms_text(r->perms));
}

GETTER(get_access)
{
	unsigned access = r->perms & (VMV_READ | VMV_WRITE | VMV_EXEC | VMV_ACCESS_UNKNOWN);
	char *to = v->room;

	if (!access)
		to = stpcpy(to, ", none");
	if (access & VMV_READ)
		to = stpcpy(to, ", read");
	if (access & VMV_WRITE)
		to = stpcpy(to, ", write");
	if (access & VMV_EXEC)
		to = stpcpy(to, ", execute");
	if (r->perms & VMV_SHARED)
		to = stpcpy(to, ", shared");
	else if (!(r->perms & VMV_SHARING_UNKNOWN))
		to = stpcpy(to, ", private");
	put_text(v, to > v->room ? v->room + 2 : NULL);
}

GETTER(get_flags)
{
	put_text(v, r->flags);
}

/* The few things worth a word in a list; what is usual has none. */
GETTER(get_notes)
{
	uint64_t swap = vmv_map_stat(map, r, VMV_STAT_SWAP);
	uint64_t lazy = vmv_map_stat(map, r, VMV_STAT_LAZY_FREE);
	size_t len = strlen(r->name);
	char *to = v->room;

	*to = '\0';
	if (r->perms & VMV_SHARED)
		to = stpcpy(to, " shared");
	if ((r->perms & (VMV_WRITE | VMV_EXEC)) == (VMV_WRITE | VMV_EXEC))
		to = stpcpy(to, " wx");
	if (*r->name == '/' && len > 10 && !strcmp(r->name + len - 10, " (deleted)"))
		to = stpcpy(to, " deleted");
	if (swap && swap != VMV_UNKNOWN)
		to = stpcpy(to, " swap");
	if (lazy && lazy != VMV_UNKNOWN)
		to = stpcpy(to, " lazyfree");
	for (size_t i = 0; r->flags && i < vmv_nflag_notes; i++)
		if (vmv_has_flag(r, vmv_flag_notes[i].flag))
			to = stpcpy(stpcpy(to, " "), vmv_flag_notes[i].word);
	put_text(v, to > v->room ? v->room + 1 : NULL);
}

GETTER(get_class)
{
	put_text(v, vmv_classes[r->class].name);
}

GETTER(get_part)
{
	put_text(v, vmv_parts[r->part]);
}

GETTER(get_thread)
{
	if (r->tid)
		put_number(v, (uint64_t)r->tid);
}

GETTER(get_marks)
{
	vmv_marks_text(map, r, v->room, sizeof(v->room));
	put_room(v);
}

GETTER(get_dumped)
{
	if (map->has_dumped)
		put_number(v, r->dumped);
}

GETTER(get_object)
{
	put_text(v, r->object);
}

GETTER(get_why)
{
	const struct vmv_process *p = &map->process;
	size_t len;

	vmv_explain(r, v->room, sizeof(v->room));
	len = strlen(v->room);
	if (p->fault != VMV_UNKNOWN && p->fault >= r->start && p->fault < r->end)
		snprintf(v->room + len, sizeof(v->room) - len,
			 "; the fault that raised signal %d is at %" PRIx64, p->signal, p->fault);
	put_room(v);
}

GETTER(get_mapping)
{
	put_text(v, vmv_base_name(r->name));
}

GETTER(get_path)
{
	put_text(v, r->name);
}

enum {
	NEED_NOTES = VMV_NEED_STAT(VMV_STAT_SWAP) | VMV_NEED_STAT(VMV_STAT_LAZY_FREE),
	NEED_USS = VMV_NEED_STAT(VMV_STAT_PRIVATE_CLEAN) | VMV_NEED_STAT(VMV_STAT_PRIVATE_DIRTY),
};

/* A counter of smaps in bytes; more members may follow. */
#define STAT(name, title, stat, help, ...)                                                         \
	{                                                                                          \
		name, title, VMV_BYTES, VMV_SUM, VMV_NEED_STAT(stat), help,                        \
			.get = get_stat, .arg = stat, __VA_ARGS__                                  \
	}

/* To add a column, add a row.  Nothing else in the program lists columns of regions. */
/* clang-format off */
static const struct vmv_column columns[] = {
	{ "address", "Address", VMV_ADDRESS, VMV_MIN, 0, "first address", .get = get_start, .keep = 8 },
	{ "end", "End", VMV_ADDRESS, VMV_MAX, 0, "the address after the last", .get = get_end },
	{ "size", "Size", VMV_BYTES, VMV_SUM, 0, "address space taken", .get = get_size, .keep = 5 },
	{ "regions", "Regions", VMV_NUMBER, VMV_SUM, 0, "how many regions the row stands for", .get = get_one, .keep = 2 },
	{ "gap", "Gap", VMV_BYTES, VMV_SUM, 0, "free address space before it", .get = get_gap },
	STAT("rss", "Rss", VMV_STAT_RSS, "how much is in memory (hugetlb pages are not counted)", .growth = VMV_OF_RSS + 1, .keep = VMV_KEEP),
	STAT("pss", "Pss", VMV_STAT_PSS, "Rss, each page divided by the number of its users", .keep = 4),
	{ "uss", "Uss", VMV_BYTES, VMV_SUM, NEED_USS, "Rss that no other process shares", .get = get_uss, .keep = 3 },
	STAT("pss_dirty", "PssDirty", VMV_STAT_PSS_DIRTY, "the dirty part of Pss"),
	STAT("shared_clean", "ShClean", VMV_STAT_SHARED_CLEAN, "in memory, mapped elsewhere too, as in its file"),
	STAT("shared_dirty", "ShDirty", VMV_STAT_SHARED_DIRTY, "in memory, mapped elsewhere too, written to"),
	STAT("private_clean", "PrClean", VMV_STAT_PRIVATE_CLEAN, "in memory, mapped only here, as in its file"),
	STAT("private_dirty", "PrDirty", VMV_STAT_PRIVATE_DIRTY, "in memory, mapped only here, written to"),
	STAT("referenced", "Refd", VMV_STAT_REFERENCED, "in memory and marked as accessed"),
	STAT("anonymous", "Anon", VMV_STAT_ANONYMOUS, "in memory and not of a file, also copies of file pages that were written to"),
	STAT("ksm", "KSM", VMV_STAT_KSM, "merged with equal pages (Kernel Samepage Merging)"),
	STAT("lazyfree", "LazyFree", VMV_STAT_LAZY_FREE, "given back with MADV_FREE, not yet taken"),
	STAT("anonhugepages", "AnonHuge", VMV_STAT_ANON_HUGE, "in transparent huge pages"),
	STAT("shmempmdmapped", "ShmemPmd", VMV_STAT_SHMEM_PMD, "shared memory in huge pages"),
	STAT("filepmdmapped", "FilePmd", VMV_STAT_FILE_PMD, "page cache in huge pages"),
	STAT("shared_hugetlb", "ShHuge", VMV_STAT_SHARED_HUGETLB, "hugetlb pages mapped elsewhere too; not in Rss"),
	STAT("private_hugetlb", "PrHuge", VMV_STAT_PRIVATE_HUGETLB, "hugetlb pages mapped only here; not in Rss"),
	STAT("swap", "Swap", VMV_STAT_SWAP, "swapped out", .keep = 1),
	STAT("swappss", "SwapPss", VMV_STAT_SWAP_PSS, "Swap, each page divided by the number of its users"),
	STAT("locked", "Locked", VMV_STAT_LOCKED, "the part of Pss that mlock() holds in memory"),
	{ "thpeligible", "THP", VMV_NUMBER, VMV_SUM, VMV_NEED_STAT(VMV_STAT_THP_ELIGIBLE), "1 if it may get transparent huge pages", .get = get_stat, .arg = VMV_STAT_THP_ELIGIBLE },
	{ "kernelpagesize", "KPage", VMV_BYTES, VMV_SAME, VMV_NEED_STAT(VMV_STAT_KERNEL_PAGE), "the kernel's smallest page here", .get = get_stat, .arg = VMV_STAT_KERNEL_PAGE },
	{ "mmupagesize", "MPage", VMV_BYTES, VMV_SAME, VMV_NEED_STAT(VMV_STAT_MMU_PAGE), "the hardware's smallest page here", .get = get_stat, .arg = VMV_STAT_MMU_PAGE },
	{ "protectionkey", "PKey", VMV_NUMBER, VMV_SAME, VMV_NEED_STAT(VMV_STAT_PROTECTION_KEY), "memory protection key (pkeys(7))", .get = get_stat, .arg = VMV_STAT_PROTECTION_KEY },
	{ "perms", "Perms", VMV_TEXT, VMV_SAME, 0, "read, write, execute; private or shared", .get = get_perms, .keep = 6 },
	{ "access", "Access", VMV_TEXT, VMV_SAME, 0, "the same in words", .get = get_access },
	{ "offset", "Offset", VMV_ADDRESS, VMV_SAME, 0, "where in the file it starts", .get = get_offset },
	{ "device", "Device", VMV_TEXT, VMV_SAME, 0, "device of the file, major:minor in hex", .get = get_device },
	{ "inode", "Inode", VMV_NUMBER, VMV_SAME, 0, "inode of the file", .get = get_inode },
	{ "class", "Class", VMV_TEXT, VMV_SAME, VMV_NEED_CLASS, "what the region is", .get = get_class, .keep = 8 },
	{ "part", "Part", VMV_TEXT, VMV_SAME, VMV_NEED_CLASS, "which piece of a program file", .get = get_part },
	{ "thread", "Thread", VMV_NUMBER, VMV_SAME, VMV_NEED_CLASS, "the thread whose stack it is", .get = get_thread },
	{ "marks", "Marks", VMV_TEXT, VMV_SAME, VMV_NEED_CLASS, "what points there: the fault, and program counters (pc:TID) and stack pointers (sp:TID) of threads", .get = get_marks },
	{ "dumped", "Dumped", VMV_BYTES, VMV_SUM, 0, "how much of it the core file holds", .get = get_dumped },
	{ "object", "Object", VMV_TEXT, VMV_SAME, VMV_NEED_CLASS, "the file it belongs to, also as its .bss, or its class", .get = get_object, .keep = VMV_KEEP, .look = VMV_LOOK_PATH },
	{ "notes", "Notes", VMV_TEXT, VMV_SAME, NEED_NOTES, "what is unusual, in short words", .get = get_notes },
	{ "vmflags", "VmFlags", VMV_TEXT, VMV_SAME, VMV_NEED_SMAPS, "the kernel's flags, two letters each", .get = get_flags },
	{ "why", "Why", VMV_TEXT, VMV_SAME, VMV_NEED_CLASS, "what the region is, in a sentence, and how that is known", .get = get_why },
	{ "mapping", "Mapping", VMV_TEXT, VMV_SAME, 0, "file or kernel's name, without directories", .get = get_mapping, .keep = VMV_KEEP, .instead = "path" },
	{ "path", "Path", VMV_TEXT, VMV_SAME, 0, "the same with directories", .get = get_path, .keep = VMV_KEEP, .look = VMV_LOOK_PATH, .instead = "mapping" },
};
/* clang-format on */

static const struct vmv_region *get_region(const struct vmv_list *list, size_t i)
{
	return (const struct vmv_region *)list->items + i;
}

#define OF_REGIONS                                                                                 \
	.columns = columns, .ncolumns = ARRAY_SIZE(columns),                                       \
	.usual = "address,size,rss,perms,class,part,mapping",                                      \
	.grouped = "regions,size,rss,pss,uss,swap", .words = "path,class,part", .key = "address",  \
	.group_order = "-rss,-size", .of_map = true, .counters = true, .looks = 1,                 \
	.region = get_region

const struct vmv_kind vmv_kind_regions = {
	.name = "regions",
	.help = "each region",
	OF_REGIONS,
};

const struct vmv_kind vmv_kind_objects = {
	.name = "objects",
	.help = "regions added up by the file that they belong to, or by class",
	.group = "object",
	OF_REGIONS,
};

const struct vmv_kind vmv_kind_classes = {
	.name = "classes",
	.help = "regions added up by class",
	.group = "class",
	OF_REGIONS,
};

struct vmv_list vmv_map_list(const struct vmv_map *map, const struct vmv_kind *kind)
{
	return (struct vmv_list){ .kind = kind,
				  .of = map,
				  .items = map->regions,
				  .count = map->nregions,
				  .size = sizeof(*map->regions) };
}

void vmv_region_get(const struct vmv_column *column, const struct vmv_map *map,
		    const struct vmv_region *r, struct vmv_value *value)
{
	struct vmv_list list = vmv_map_list(map, &vmv_kind_regions);

	vmv_column_get(column, &list, (size_t)(r - map->regions), value);
}
