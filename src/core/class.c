/*
 * class.c - see class.h
 *
 * The table at the end reads from top to bottom: what the kernel says first,
 * then what can be proved, then what merely looks so, then the rest.
 */
#include "vmapview/class.h"

#include "image.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

enum {
	KIB = 1024,
	GUARD_MAX = 64 * KIB,       /* glibc: one page; JVM zones: up to 48 KiB */
	THREAD_MIN = 16 * KIB,      /* PTHREAD_STACK_MIN */
	THREAD_MAX = 64 * KIB * KIB /* larger than stacks are made; a heap then */
};
static const uint64_t arena_size = 64ULL * KIB * KIB; /* glibc HEAP_MAX_SIZE, 64-bit */

/** struct place - what is known of a region from others
 *  @in_use: the main thread's stack pointer is in it
 *  @below_stack: only regions that grow down lie between it and the main stack */
struct place {
	bool in_use, below_stack;
};

/** struct vmv_context - what the predicates look at; @places: one of each region */
struct vmv_context {
	struct vmv_map *map;
	struct place *places;
	struct images images;
	size_t loose_threads; /* threads whose stack is not proved */
	bool threads_known;
	bool stack_named;           /* the kernel says which the main stack is */
	size_t after_program;       /* what may be the heap where no names tell; nregions if none */
	const char **class_objects; /* "[heap]" and the like by class, or NULL */
};

static const struct vmv_region *region(const struct vmv_context *c, size_t i)
{
	return &c->map->regions[i];
}

static uint64_t size_of(const struct vmv_region *r)
{
	return r->end - r->start;
}

static bool starts(const char *s, const char *with)
{
	return *s == *with && !strncmp(s, with, strlen(with));
}

/* Most regions have no name at all, and each is asked for many. */
static bool named(const struct vmv_region *r, const char *name)
{
	return *r->name == *name && !strcmp(r->name, name);
}

/* Or none that was told, as in gcore's core files. */
static bool no_access(const struct vmv_region *r)
{
	return !(r->perms & (VMV_READ | VMV_WRITE | VMV_EXEC));
}

static bool read_write(const struct vmv_region *r)
{
	return (r->perms & (VMV_READ | VMV_WRITE)) == (VMV_READ | VMV_WRITE);
}

/* The region right below or above without a gap, or NULL. */
static const struct vmv_region *below(const struct vmv_context *c, size_t i)
{
	return i > 0 && region(c, i - 1)->end == region(c, i)->start ? region(c, i - 1) : NULL;
}

static const struct vmv_region *above(const struct vmv_context *c, size_t i)
{
	return i + 1 < c->map->nregions && region(c, i + 1)->start == region(c, i)->end
		       ? region(c, i + 1)
		       : NULL;
}

static enum vmv_evidence image_role(const struct vmv_context *c, size_t i, int role)
{
	const struct image *image;

	if (c->images.of[i] < 0)
		return VMV_EVIDENCE_NONE;
	image = &c->images.list[c->images.of[i]];
	return (int)image->role == role ? image->role_evidence : VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_exe(const struct vmv_context *c, size_t i)
{
	return image_role(c, i, IMAGE_EXE);
}

static enum vmv_evidence is_lib(const struct vmv_context *c, size_t i)
{
	return image_role(c, i, IMAGE_LIB);
}

static enum vmv_evidence is_linker(const struct vmv_context *c, size_t i)
{
	return image_role(c, i, IMAGE_LINKER);
}

/* Where no name tells, the auxiliary vector does. */
static bool holds_vdso(const struct vmv_context *c, const struct vmv_region *r)
{
	uint64_t vdso = c->map->process.vdso;

	return vdso && vdso != VMV_UNKNOWN && vdso >= r->start && vdso < r->end && vmv_is_anon(r);
}

/* "[vdso]", "[vvar]", "[uprobes]", …: any bracket name that is not memory's own. */
static enum vmv_evidence is_kernel(const struct vmv_context *c, size_t i)
{
	static const char *const memory[] = { "[heap", "[stack", "[anon:", "[anon_shmem:" };
	const struct vmv_region *r = region(c, i), *next = above(c, i);

	if (holds_vdso(c, r))
		return VMV_BY_AUXV;
	/* Its data, the vvar pages, is right below it. */
	if (next && holds_vdso(c, next) && vmv_is_anon(r) && !(r->perms & VMV_WRITE))
		return VMV_BY_SHAPE;
	if (*r->name != '[' || r->inode)
		return VMV_EVIDENCE_NONE;
	for (size_t k = 0; k < ARRAY_SIZE(memory); k++)
		if (starts(r->name, memory[k]))
			return VMV_EVIDENCE_NONE;
	return VMV_BY_NAME;
}

/* Does the main thread's stack pointer say more than we know otherwise? */
static bool is_in_use(const struct vmv_context *c, const struct vmv_region *r)
{
	return !c->stack_named && c->map->process.stack_start == VMV_UNKNOWN && read_write(r) &&
	       c->places[r - c->map->regions].in_use;
}

static enum vmv_evidence is_stack(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (named(r, "[stack]"))
		return VMV_BY_NAME;
	if (!vmv_is_anon(r) || no_access(r))
		return VMV_EVIDENCE_NONE;
	if (vmv_is_main_stack(c->map, r))
		return VMV_BY_AUXV;
	if (is_in_use(c, r))
		return VMV_BY_THREAD;
	return c->places[i].below_stack ? VMV_BY_FLAGS : VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_heap(const struct vmv_context *c, size_t i)
{
	if (named(region(c, i), "[heap]"))
		return VMV_BY_NAME;
	/* brk() gives the first memory above the program, at a random distance. */
	return i == c->after_program ? VMV_BY_SHAPE : VMV_EVIDENCE_NONE;
}

/* A stack has its guard below, or was mapped with MAP_STACK ("nh" since Linux 6.7). */
static bool has_guard(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *guard = below(c, i);

	return guard && vmv_is_anon(guard) && no_access(guard) && size_of(guard) <= GUARD_MAX;
}

static bool may_be_thread(const struct vmv_region *r)
{
	return vmv_is_anon(r) && read_write(r) && size_of(r) >= THREAD_MIN;
}

static enum vmv_evidence is_thread(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (starts(r->name, "[stack:") || starts(r->name, "[anon: glibc: pthread stack"))
		return VMV_BY_NAME;
	if (r->tid)
		return VMV_BY_THREAD;
	if (!may_be_thread(r) || size_of(r) > THREAD_MAX || !has_guard(c, i))
		return VMV_EVIDENCE_NONE;
	if (c->threads_known ? !c->loose_threads : r->flags && !vmv_has_flag(r, "nh"))
		return VMV_EVIDENCE_NONE;
	return VMV_BY_SHAPE;
}

/* Memory in use at the start of 64 MiB of address space, the rest reserved. */
static enum vmv_evidence is_arena(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i), *rest = above(c, i);

	if (starts(r->name, "[anon: glibc: malloc arena"))
		return VMV_BY_NAME;
	if (!vmv_is_anon(r) || !read_write(r) || r->start % arena_size ||
	    size_of(r) >= arena_size || !rest || !vmv_is_anon(rest) || !no_access(rest) ||
	    rest->end - r->start < arena_size)
		return VMV_EVIDENCE_NONE;
	/* Other allocators align so too, but account for what they use. */
	if (vmv_has_flag(r, "ac") && !vmv_has_flag(r, "nr"))
		return VMV_EVIDENCE_NONE;
	return VMV_BY_SHAPE;
}

static enum vmv_evidence is_guard(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i), *up = above(c, i), *down = below(c, i);

	if (!vmv_is_anon(r) || !no_access(r) || size_of(r) > GUARD_MAX)
		return VMV_EVIDENCE_NONE;
	if (down && is_arena(c, i - 1)) /* what is left of its address space */
		return VMV_EVIDENCE_NONE;
	if (up && (up->perms & VMV_WRITE) && !up->inode)
		return VMV_BY_SHAPE;
	if (down && (down->perms & VMV_WRITE) && !down->inode)
		return VMV_BY_SHAPE;
	return VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_reserve(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (!vmv_is_anon(r) || !no_access(r))
		return VMV_EVIDENCE_NONE;
	return r->perms & VMV_ACCESS_UNKNOWN ? VMV_BY_SHAPE : VMV_BY_PERMS;
}

/* Code that no program file backs: anonymous, named, or a memfd. */
static enum vmv_evidence is_jit(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (!(r->perms & VMV_EXEC))
		return VMV_EVIDENCE_NONE;
	if (!r->inode || (vmv_is_internal(c->map, r) && *r->name == '/' &&
			  (starts(r->name, "/memfd:") || starts(r->name, "/dev/zero"))))
		return VMV_BY_PERMS;
	return VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_shm(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (vmv_is_sysv(c->map, r))
		return VMV_BY_DEVICE;
	/* shm_open(3) is a file there, whatever file system that is. */
	return r->inode && starts(r->name, "/dev/shm/") ? VMV_BY_FILE : VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_memfd(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	return starts(r->name, "/memfd:") && vmv_is_internal(c->map, r) ? VMV_BY_DEVICE
									: VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_shared(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (starts(r->name, "[anon_shmem:"))
		return VMV_BY_NAME;
	if (named(r, "/dev/zero (deleted)") && vmv_is_internal(c->map, r))
		return VMV_BY_DEVICE;
	return VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_huge(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (vmv_has_flag(r, "ht"))
		return VMV_BY_FLAGS;
	if (starts(r->name, "/anon_hugepage") && vmv_is_internal(c->map, r))
		return VMV_BY_DEVICE;
	return VMV_EVIDENCE_NONE;
}

/* Private memory from /dev/zero is anonymous memory with a file's name. */
static bool is_zero_device(const struct vmv_region *r)
{
	return named(r, "/dev/zero") && !(r->perms & VMV_SHARED);
}

static enum vmv_evidence is_device(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (!r->inode || is_zero_device(r))
		return VMV_EVIDENCE_NONE;
	if (vmv_has_flag(r, "pf") || vmv_has_flag(r, "io"))
		return VMV_BY_FLAGS;
	/* "anon_inode:[perf_event]", "socket:[1234]", "/dev/dri/card0", "/dmabuf:" */
	if (*r->name != '/' || starts(r->name, "/dmabuf:") || starts(r->name, "/drm mm object"))
		return VMV_BY_NAME;
	if (starts(r->name, "/dev/") && !starts(r->name, "/dev/zero") &&
	    !starts(r->name, "/dev/hugepages/"))
		return VMV_BY_FILE;
	return VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_named(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	return !r->inode && starts(r->name, "[anon:") ? VMV_BY_NAME : VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_file(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	return r->inode && !is_zero_device(r) ? VMV_BY_NAME : VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_anything(const struct vmv_context *c, size_t i)
{
	(void)c;
	(void)i;
	return VMV_BY_REST;
}

/* clang-format off */
const struct vmv_class vmv_classes[] = {
	{ "kernel", "code and data the kernel lends every program, such as the vdso that answers clock_gettime() without a system call",
	  VMV_ROLE_KERNEL, is_kernel },
	{ "exe", "the program itself: its code, constants and variables",
	  VMV_ROLE_PROGRAM, is_exe },
	{ "ld.so", "the dynamic linker, which loads the shared libraries and connects the program to their functions",
	  VMV_ROLE_LIBRARY, is_linker },
	{ "lib", "a shared library: its code and constants are shared with other programs, its variables are not",
	  VMV_ROLE_LIBRARY, is_lib },
	{ "stack", "the main thread's stack: local variables, return addresses, arguments and environment",
	  VMV_ROLE_STACK, is_stack },
	{ "heap", "memory from brk(), where malloc() takes small blocks for the main thread",
	  VMV_ROLE_HEAP, is_heap },
	{ "thread", "the stack of a thread",
	  VMV_ROLE_STACK, is_thread },
	{ "arena", "a malloc() arena, the heap of one or more other threads",
	  VMV_ROLE_HEAP, is_arena },
	{ "jit", "executable memory that no program file backs: code made at run time",
	  VMV_ROLE_ALARM, is_jit },
	{ "guard", "pages without access next to a stack or buffer: running over its end stops the program instead of damaging its data",
	  VMV_ROLE_FAINT, is_guard },
	{ "reserve", "address space set aside without access: it costs no memory until it is opened",
	  VMV_ROLE_FAINT, is_reserve },
	{ "shm", "shared memory with a name or key, System V or POSIX, that other processes can attach",
	  VMV_ROLE_SHARED, is_shm },
	{ "memfd", "a file that exists only in memory, from memfd_create()",
	  VMV_ROLE_SHARED, is_memfd },
	{ "shared", "anonymous memory shared with child processes (MAP_SHARED | MAP_ANONYMOUS)",
	  VMV_ROLE_SHARED, is_shared },
	{ "huge", "memory in huge pages from the reserved pool (hugetlb); not counted in Rss",
	  VMV_ROLE_SHARED, is_huge },
	{ "device", "memory of a device or of the kernel, mapped through a device or a special file",
	  VMV_ROLE_ALARM, is_device },
	{ "named", "anonymous memory that the program gave a name",
	  VMV_ROLE_PLAIN, is_named },
	{ "file", "a mapped file: its pages come from the page cache when they are first touched",
	  VMV_ROLE_FILE, is_file },
	{ "anon", "private anonymous memory: large malloc() blocks, mmap() by the program or its runtime",
	  VMV_ROLE_PLAIN, is_anything },
};
/* clang-format on */
const size_t vmv_nclasses = ARRAY_SIZE(vmv_classes);

static bool is_stack_of_thread(const struct vmv_context *c, const struct vmv_region *r)
{
	return may_be_thread(r) &&
	       (size_of(r) <= THREAD_MAX || has_guard(c, (size_t)(r - c->map->regions)));
}

/* A stack pointer in a region proves a stack, if only one thread's is there. */
static void prove_threads(struct vmv_context *c)
{
	struct vmv_map *map = c->map;

	c->threads_known = map->nthreads > 0;
	for (size_t t = 0; t < map->nthreads; t++) {
		struct vmv_thread *thread = &map->threads[t];
		uint64_t at = thread->stack != VMV_UNKNOWN ? thread->stack : thread->sp;
		const struct vmv_region *r = at == VMV_UNKNOWN ? NULL : vmv_map_at(map, at);

		if (thread->tid == map->process.tgid)
			continue;
		if (!r || !is_stack_of_thread(c, r)) {
			c->loose_threads += !r;
			continue;
		}
		thread->stack = r->start;
		/* Two in one region: a heap that stacks are cut from (Go does it). */
		map->regions[r - map->regions].tid = r->tid ? -1 : thread->tid;
	}
	for (size_t i = 0; i < map->nregions; i++)
		if (map->regions[i].tid < 0)
			map->regions[i].tid = 0;
}

static void find_places(struct vmv_context *c)
{
	const struct vmv_map *map = c->map;

	c->places = vmv_calloc(map->nregions, sizeof(*c->places));
	for (size_t t = 0; t < map->nthreads; t++) {
		const struct vmv_region *r = vmv_map_at(map, map->threads[t].sp);

		if (r && map->threads[t].tid == map->process.tgid)
			c->places[r - map->regions].in_use = true;
	}
	/* mprotect() splits the main stack; what is cut off keeps its VM_GROWSDOWN. */
	for (size_t i = map->nregions; i-- > 0;) {
		const struct vmv_region *next = above(c, i);

		c->places[i].below_stack = next && vmv_has_flag(region(c, i), "gd") &&
					   (named(next, "[stack]") || c->places[i + 1].below_stack);
	}
}

static void classify_region(const struct vmv_context *c, size_t i)
{
	struct vmv_region *r = &c->map->regions[i];

	for (size_t k = 0; k < vmv_nclasses; k++) {
		enum vmv_evidence evidence = vmv_classes[k].match(c, i);

		if (evidence == VMV_EVIDENCE_NONE)
			continue;
		r->class = (uint8_t)k;
		r->evidence = (uint8_t)evidence;
		if (evidence == VMV_BY_DEVICE && !vmv_file_is_known(r))
			r->evidence = VMV_BY_FILE;
		/* The part is the weaker claim where it is inferred. */
		if (c->images.of[i] >= 0 && c->images.part_evidence[i] == VMV_BY_SHAPE)
			r->evidence = VMV_BY_SHAPE;
		return;
	}
}

/* Regions of a file belong together, also those that only hold its variables. */
static const char *object_of(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);
	const char **name = &c->class_objects[r->class];
	char text[32];

	if (c->images.of[i] >= 0)
		return region(c, c->images.list[c->images.of[i]].first)->name;
	if (r->inode && *r->name == '/')
		return r->name;
	if (!*name) {
		int len = snprintf(text, sizeof(text), "[%s]", vmv_classes[r->class].name);

		*name = vmv_map_intern(c->map, text, (size_t)len);
	}
	return *name;
}

void vmv_classify(struct vmv_map *map)
{
	struct vmv_context c = { .map = map };

	for (size_t i = 0; i < map->nregions; i++) {
		map->regions[i].part = VMV_PART_NONE;
		map->regions[i].tid = 0;
	}
	for (size_t i = 0; i < map->nregions; i++)
		c.stack_named |= named(&map->regions[i], "[stack]");
	c.class_objects = vmv_calloc(vmv_nclasses, sizeof(*c.class_objects));
	images_find(&c.images, map);
	prove_threads(&c);
	find_places(&c);
	c.after_program = images_heap(&c.images, map);
	for (size_t i = 0; i < map->nregions; i++) {
		classify_region(&c, i);
		map->regions[i].object = object_of(&c, i);
	}
	images_done(&c.images);
	free(c.class_objects);
	free(c.places);
}
