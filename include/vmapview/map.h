/*
 * map.h - the model: a process and the regions of its memory
 *
 * Everything that shows something reads this and nothing else.  Sizes and
 * addresses are bytes.  What is not known is VMV_UNKNOWN, NULL or an empty
 * array, never 0.
 */
#ifndef VMV_MAP_H
#define VMV_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** No value: the kernel, the file or our rights did not give one. */
#define VMV_UNKNOWN UINT64_MAX

/** A file known by its name, or by what is in it, only; see struct vmv_region. */
#define VMV_NO_DEVICE UINT32_MAX

/** Access to a region, from the second word of a maps line (proc_pid_maps(5)). */
enum vmv_perm {
	VMV_READ = 1,
	VMV_WRITE = 2,
	VMV_EXEC = 4,
	VMV_SHARED = 8,
	VMV_ACCESS_UNKNOWN = 16,  /* nothing told whether it can be read, written, run */
	VMV_SHARING_UNKNOWN = 32, /* nor whether it is shared */
	VMV_PERMS_UNKNOWN = VMV_ACCESS_UNKNOWN | VMV_SHARING_UNKNOWN
};

/** vmv_device - both numbers of a device as one that can be compared. */
static inline uint64_t vmv_device(uint32_t major, uint32_t minor)
{
	return (uint64_t)major << 32 | minor;
}

/**
 * The smaps fields that the program knows by name; all others are carried
 * along just as well.  See Documentation/filesystems/proc.rst, /proc/PID/smaps.
 */
enum vmv_stat {
	VMV_STAT_RSS,
	VMV_STAT_PSS,
	VMV_STAT_PSS_DIRTY,
	VMV_STAT_SHARED_CLEAN,
	VMV_STAT_SHARED_DIRTY,
	VMV_STAT_PRIVATE_CLEAN,
	VMV_STAT_PRIVATE_DIRTY,
	VMV_STAT_REFERENCED,
	VMV_STAT_ANONYMOUS,
	VMV_STAT_KSM,
	VMV_STAT_LAZY_FREE,
	VMV_STAT_ANON_HUGE,
	VMV_STAT_SHMEM_PMD,
	VMV_STAT_FILE_PMD,
	VMV_STAT_SHARED_HUGETLB,
	VMV_STAT_PRIVATE_HUGETLB,
	VMV_STAT_SWAP,
	VMV_STAT_SWAP_PSS,
	VMV_STAT_LOCKED,
	VMV_STAT_THP_ELIGIBLE,
	VMV_STAT_KERNEL_PAGE,
	VMV_STAT_MMU_PAGE,
	VMV_STAT_PROTECTION_KEY,
	VMV_STAT_DIRTY, /* of pmap -x only: both kinds of dirty memory */
	VMV_STATS
};

/** Not only those. */
#define VMV_ALL_STATS UINT32_MAX

/**
 * struct vmv_region - one VMA, one line of maps
 * @start:  first address
 * @end:    the address after the last
 * @offset: bytes into the file; VMV_UNKNOWN if not told
 * @inode:  0 if no file is mapped
 * @name:   the last column as the kernel wrote it, "" if none; interned, so
 *          equal names of one map are equal pointers
 * @flags:  value of VmFlags, e.g. "rd wr mr mw me ac", or NULL; interned
 * @object: the file that it belongs to, also if only as its .bss, or its class
 *          in brackets, e.g. "[heap]"; NULL before vmv_classify(); interned
 * @major, @minor: device of the file.  A core file tells names only: @major then
 *          is VMV_NO_DEVICE, and @inode is a number that regions of one name
 *          share and that means nothing else; see vmv_file_is_known()
 * @dumped: bytes of it that the core file holds; only where map->has_dumped
 * @tid:    the thread whose stack this is, or 0
 * @perms:  set of enum vmv_perm
 * @class, @part, @evidence: see class.h
 */
struct vmv_region {
	uint64_t start, end, offset, inode, dumped;
	const char *name, *flags, *object;
	uint32_t major, minor;
	int32_t tid;
	uint8_t perms, class, part, evidence;
};

/**
 * struct vmv_field - one counter that this map's smaps has
 * @name:     as the kernel spells it; interned
 * @len:      length of @name
 * @bytes:    the kernel gave it in kB, so values are bytes; else plain numbers
 * @additive: adding it up over regions means something
 */
struct vmv_field {
	const char *name;
	size_t len;
	bool bytes, additive;
};

/**
 * struct vmv_process - what is known of the process itself
 * @pid:         as asked for; may be a thread's
 * @tgid:        the process that @pid belongs to
 * @state:       as in proc_pid_stat(5), e.g. 'S'; 0 if unknown
 * @command:     command line, printable as pmap shows it; owned, may be NULL
 * @name:        comm, the same way
 * @user:        its effective user's name; owned, may be NULL
 * @uid:         that user's number, 0 if unknown
 * @stack_start: address in the main stack
 * @start_ticks: start time, in clock ticks since boot
 * @minor_faults, @major_faults: page faults so far, or VMV_UNKNOWN
 * @entry, @phdr, @base, @vdso: AT_ENTRY, AT_PHDR, AT_BASE, AT_SYSINFO_EHDR of
 *               getauxval(3); 0 where the kernel gave none
 * @signal:      that ended it, 0 if unknown
 * @fault:       the address that the signal is about, or VMV_UNKNOWN
 * @exe_dev, @exe_inode: identity of the program file, from /proc/PID/exe; the device is a
 *               vmv_device()
 */
struct vmv_process {
	int pid, tgid;
	char state;
	char *command, *name, *user;
	unsigned uid;
	uint64_t stack_start, start_ticks;
	uint64_t minor_faults, major_faults;
	uint64_t entry, phdr, base, vdso;
	int signal;
	uint64_t fault;
	uint64_t exe_dev, exe_inode;
};

/**
 * struct vmv_thread - one thread of the process
 * @tid:   its number
 * @sp:    its stack pointer when looked at, or VMV_UNKNOWN (it was running)
 * @stack: start of the region proved to be its stack, or VMV_UNKNOWN
 * @pc:    its program counter, or VMV_UNKNOWN
 */
struct vmv_thread {
	int32_t tid;
	uint64_t sp, stack, pc;
};

/** struct vmv_mark - something that an address in the map stands for; @tid: whose, if not a fault
 */
struct vmv_mark {
	uint64_t address;
	enum { VMV_MARK_FAULT, VMV_MARK_PC, VMV_MARK_SP } kind;
	int32_t tid;
};

/** struct vmv_segment - what one ELF program header says (elf(5)). */
struct vmv_segment {
	uint64_t offset, vaddr, filesz, memsz;
	uint32_t type, flags;
};

/**
 * struct vmv_elf - the program headers of one mapped file
 * @major, @minor, @inode: which file
 * @segments:  PT_LOAD and PT_GNU_RELRO, in file order; owned
 * @nsegments: 0 if the file was read and is not ELF
 */
struct vmv_elf {
	uint32_t major, minor;
	uint64_t inode;
	struct vmv_segment *segments;
	size_t nsegments;
};

/** What glibc cuts the arenas of malloc() from: 64 MiB, aligned, where a pointer has 64 bits. */
#define VMV_HEAP_MAX (UINT64_C(64) << 20)

/** struct vmv_heap - memory of that kind that could be read: does it begin as an arena does? */
struct vmv_heap {
	uint64_t start;
	bool arena;
};

struct vmv_names;

/** Kernels have about 25 counters.  Each region has room for all that there are. */
enum { VMV_FIELDS_MAX = 128 };

/**
 * struct vmv_map - a process's memory at one moment
 * @regions:  in address order, never overlapping
 * @fields:   the counters found, in the kernel's order; none if only maps was read
 * @counters: value of field f of region r at [r * stride + f]; bytes or plain
 *            numbers as the field says, VMV_UNKNOWN where absent.  Use
 *            vmv_map_counter()
 * @elf_slots: of elves.c
 * @marks:    in address order, after vmv_marks_find()
 * @has_dumped: it is of a core file, which holds so much of each region
 * @heaps:    in address order, those that were looked into
 * @stats:    index of each known field in @fields, or -1
 * @wanted:   set of 1 << enum vmv_stat: the counters that are kept while smaps is read, or
 *            VMV_ALL_STATS
 * @has_no_device: some region maps a file that is on no real device
 * @changed:  the process changed its map while it was read, and it shows
 * @torn:     the process went away or exec'd while it was read, or the file is
 *            broken: not all is here
 * @time:    when it was read, e.g. "2026-11-22T20:00:00Z", or NULL
 * @look, @looks: it is that one (from 1 on) of so many in its file; 0 where there can be only one,
 *            and @looks 0 if nobody counted them
 * @kernel:  release of the kernel that it is of, or NULL
 * @notice:  what the user should hear of a target that was read all the same, without a newline,
 *           or NULL
 * @rollup:  the one region stands for all that there are, as in smaps_rollup: it has counters, but
 *           no addresses (start and end are 0) and no size
 * @shm_dev, @huge_dev: minor numbers of the kernel's internal tmpfs and
 *            hugetlbfs, VMV_UNKNOWN where not this kernel's map
 *
 * Owns everything that its members point to.
 */
struct vmv_map {
	struct vmv_process process;
	struct vmv_region *regions;
	size_t nregions, regions_room;
	struct vmv_field *fields;
	size_t nfields, stride;
	uint64_t *counters;
	int stats[VMV_STATS];
	uint32_t wanted;
	struct vmv_thread *threads;
	size_t nthreads, threads_room;
	struct vmv_elf *elves;
	size_t nelves, elves_room, *elf_slots, nelf_slots;
	struct vmv_mark *marks;
	size_t nmarks;
	struct vmv_heap *heaps;
	size_t nheaps;
	char *time, *kernel, *notice;
	unsigned long look, looks;
	uint64_t shm_dev, huge_dev;
	bool has_no_device, has_dumped, changed, torn, rollup;
	struct vmv_names *names;
};

/** vmv_map_init - an empty map about an unknown process. */
void vmv_map_init(struct vmv_map *map);

/** vmv_map_done - release what the map owns; the struct itself is the caller's. */
void vmv_map_done(struct vmv_map *map);

/** vmv_map_intern - the one copy in @map of the @len bytes at @s, as a string. */
const char *vmv_map_intern(struct vmv_map *map, const char *s, size_t len);

/**
 * vmv_map_add - append a region
 *
 * Copies @region; its name is interned already.  A kernel that drops its lock
 * between reads can report a region that overlaps or precedes the ones before
 * (proc.rst promises otherwise; Linux 6.18 does it): the newer line wins, what
 * it covers is dropped or trimmed, and the map is marked as changed.
 *
 * Return: the region, valid until the next one is added.
 */
struct vmv_region *vmv_map_add(struct vmv_map *map, const struct vmv_region *region);

/** vmv_map_append - the same, wherever it is: vmv_map_sort() then makes the order. */
struct vmv_region *vmv_map_append(struct vmv_map *map, const struct vmv_region *region);

/** vmv_map_wants - is the counter of this name to be kept? */
bool vmv_map_wants(const struct vmv_map *map, const char *name, size_t len);

/** vmv_map_sort - bring appended regions into the order of their addresses.  Of two that overlap,
 *  the one appended later is right, and the map is marked as changed. */
void vmv_map_sort(struct vmv_map *map);

/** vmv_map_keep - drop all regions but @count from index @first on. */
void vmv_map_keep(struct vmv_map *map, size_t first, size_t count);

/** vmv_is_stat - is it the name of a counter in enum vmv_stat? */
bool vmv_is_stat(const char *name, size_t len);

/** vmv_is_plain_counter - is it one of the few that are no kB? */
bool vmv_is_plain_counter(const char *name, size_t len);

/** vmv_may_be_field - can the @len bytes be the name of a counter?  Writers put it as it is, so
 *  sources ask this of what they did not get from the kernel: printable ASCII without blanks. */
bool vmv_may_be_field(const char *name, size_t len);

/** vmv_may_be_flags - the same for the value of VmFlags, which has blanks. */
bool vmv_may_be_flags(const char *flags, size_t len);

/**
 * vmv_map_field - the index of a counter, new or known
 *
 * @name has @len bytes.  @bytes says whether the kernel gave a unit.
 *
 * Return: SIZE_MAX if it is new and there are VMV_FIELDS_MAX already.
 */
size_t vmv_map_field(struct vmv_map *map, const char *name, size_t len, bool bytes);

/** vmv_map_forget_fields - there are no counters any more, as no region has one. */
void vmv_map_forget_fields(struct vmv_map *map);

/** vmv_map_set - store a counter of the region added last. */
void vmv_map_set(struct vmv_map *map, size_t field, uint64_t value);

/** vmv_map_last_counters - those of the region added last, by field; valid until the next region
 *  or field.  NULL if there is no field. */
uint64_t *vmv_map_last_counters(struct vmv_map *map);

/** vmv_map_counters - all counters of a region, by field; none if there is no field. */
static inline const uint64_t *vmv_map_counters(const struct vmv_map *map,
					       const struct vmv_region *r)
{
	return map->stride ? map->counters + (size_t)(r - map->regions) * map->stride : NULL;
}

/** vmv_map_counter - a counter of a region, VMV_UNKNOWN if it has none. */
static inline uint64_t vmv_map_counter(const struct vmv_map *map, const struct vmv_region *r,
				       size_t field)
{
	return map->counters[(size_t)(r - map->regions) * map->stride + field];
}

/** vmv_map_stat - the same for a field known by name. */
uint64_t vmv_map_stat(const struct vmv_map *map, const struct vmv_region *r, enum vmv_stat stat);

/** vmv_map_from - the first region that ends behind @address, or NULL. */
const struct vmv_region *vmv_map_from(const struct vmv_map *map, uint64_t address);

/** vmv_map_at - the region that contains @address, or NULL. */
const struct vmv_region *vmv_map_at(const struct vmv_map *map, uint64_t address);

/** vmv_map_add_elf - add a file that is not there yet; the map owns @elf->segments. */
void vmv_map_add_elf(struct vmv_map *map, const struct vmv_elf *elf);

/** vmv_map_elf - what is known of a region's file as ELF, or NULL. */
const struct vmv_elf *vmv_map_elf(const struct vmv_map *map, const struct vmv_region *r);

/** vmv_marks_find - set map->marks from what is known of the threads and the signal. */
void vmv_marks_find(struct vmv_map *map);

/** vmv_marks_text - "fault pc:4242 sp:4242", what is in @r, as far as it fits; "" if nothing is. */
void vmv_marks_text(const struct vmv_map *map, const struct vmv_region *r, char *text, size_t size);

/** vmv_may_be_heap - is it plain memory that begins where a heap of an arena could? */
bool vmv_may_be_heap(const struct vmv_region *r);

/** vmv_map_heap - what was seen at @start, or NULL if nobody could look. */
const struct vmv_heap *vmv_map_heap(const struct vmv_map *map, uint64_t start);

/** vmv_file_is_known - does it map a file whose device and inode are known? */
static inline bool vmv_file_is_known(const struct vmv_region *r)
{
	return r->inode && r->major != VMV_NO_DEVICE;
}

/** vmv_file_by_name - its interned name is all that is known of the mapped file;
 *  a name that is none of a file changes nothing. */
void vmv_file_by_name(struct vmv_region *r);

/** vmv_is_nameless - is its file one of a core file that does not tell names ("build-id:0123",
 *  "unnamed:7f00")?  All that are found so are images. */
bool vmv_is_nameless(const struct vmv_region *r);

/** vmv_same_file - do two regions map the same file? */
bool vmv_same_file(const struct vmv_region *a, const struct vmv_region *b);

/** vmv_has_flag - is the two-letter VmFlags word @flag set (false if unknown)? */
bool vmv_has_flag(const struct vmv_region *r, const char *flag);

/** vmv_has_path - is its name a path, or the last part of one, as pmap prints it? */
bool vmv_has_path(const struct vmv_region *r);

/** vmv_is_pmap_word - is its name pmap's "[ anon ]" or the like, for whatever has no path?  It may
 *  be the heap, the vdso, or anonymous memory. */
static inline bool vmv_is_pmap_word(const struct vmv_region *r)
{
	return r->name[0] == '[' && r->name[1] == ' ';
}

/** vmv_is_anon - no file, no name from the kernel, private. */
bool vmv_is_anon(const struct vmv_region *r);

/** vmv_is_main_stack - does it hold the address where the stack began? */
bool vmv_is_main_stack(const struct vmv_map *map, const struct vmv_region *r);

/**
 * vmv_is_internal - is its file on the kernel's internal tmpfs or hugetlbfs?
 *
 * Anything without a real device might be where the map is not this kernel's.
 */
bool vmv_is_internal(const struct vmv_map *map, const struct vmv_region *r);

/** vmv_is_pseudo - is it @name of a file system of the kernel's own, which no path leads to? */
bool vmv_is_pseudo(const struct vmv_region *r, const char *name);

/** vmv_is_sysv - is it a System V segment (shmget(2))?  Its inode is the shmid. */
bool vmv_is_sysv(const struct vmv_map *map, const struct vmv_region *r);

/** vmv_sum_known - the sum of two numbers, not known unless both are.  Uss is that of what is
 * private and clean and what is private and dirty. */
uint64_t vmv_sum_known(uint64_t a, uint64_t b);

/** vmv_perms_text - "r-xp" as in maps, from a set of enum vmv_perm; "r-x?" and
 *  "????" where it is not known. */
const char *vmv_perms_text(unsigned perms);

/** vmv_base_name - the part of a region's name after the last slash of a path;
 *  names that are no paths, and memfds, are whole. */
const char *vmv_base_name(const char *name);

#endif
