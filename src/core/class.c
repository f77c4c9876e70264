/*
 * class.c - see class.h
 *
 * The table at the end reads from top to bottom: what the kernel says first,
 * then what can be proved, then what merely looks so, then the rest.
 * classify.c goes through it.
 */
#include "vmapview/class.h"

#include "context.h"
#include "image.h"
#include "vmapview/map.h"

#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

static const char secret_name[] = "/secretmem (deleted)"; /* memfd_secret(2) */

static bool starts(const char *s, const char *with)
{
	return *s == *with && !strncmp(s, with, strlen(with));
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

/* A path is one of a file, also where no inode is told. */
static bool has_file(const struct vmv_region *r)
{
	return r->inode || *r->name == '/';
}

/* Where no name tells, the auxiliary vector does. */
static bool holds_vdso(const struct vmv_context *c, const struct vmv_region *r)
{
	uint64_t vdso = c->map->process.vdso;

	return vdso && vdso != VMV_UNKNOWN && vdso >= r->start && vdso < r->end && vmv_is_anon(r);
}

/* The data of the vdso, "[vvar]" and since Linux 6.13 "[vvar_vclock]", are right below it. */
static bool is_below_vdso(const struct vmv_context *c, size_t i)
{
	enum { MOST = 2 };

	for (size_t k = 1; k <= MOST; k++, i++) {
		const struct vmv_region *r = region(c, i), *next = above(c, i);

		if (!next || !vmv_is_anon(r) || r->perms & VMV_WRITE)
			return false;
		if (holds_vdso(c, next))
			return true;
	}
	return false;
}

/* "[vdso]", "[vvar]", "[uprobes]", …: any bracket name that is not memory's own. */
static enum vmv_evidence is_kernel(const struct vmv_context *c, size_t i)
{
	static const char *const memory[] = { "[heap", "[stack", "[anon:", "[anon_shmem:", "[ " };
	const struct vmv_region *r = region(c, i);

	if (holds_vdso(c, r))
		return VMV_BY_AUXV;
	if (is_below_vdso(c, i))
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
	if (!c->places[i].below_stack)
		return VMV_EVIDENCE_NONE;
	return r->flags ? VMV_BY_FLAGS : VMV_BY_SHAPE;
}

static enum vmv_evidence is_heap(const struct vmv_context *c, size_t i)
{
	if (named(region(c, i), "[heap]"))
		return VMV_BY_NAME;
	/* brk() gives the first memory above the program, at a random distance. */
	return i == c->after_program ? VMV_BY_SHAPE : VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_thread(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (named_thread(r))
		return VMV_BY_NAME;
	if (r->tid || holds_stacks(&c->places[i]))
		return VMV_BY_THREAD;
	if (!may_be_thread(r) || (c->threads_known && !c->loose_threads))
		return VMV_EVIDENCE_NONE;
	if (vmv_has_flag(r, "gu") && vmv_has_flag(r, "nh")) /* glibc 2.42; Linux 6.19 tells */
		return VMV_BY_FLAGS;
	if (size_of(r) > THREAD_MAX || !has_guard(c, i) ||
	    (!c->threads_known && r->flags && !vmv_has_flag(r, "nh")))
		return VMV_EVIDENCE_NONE;
	return VMV_BY_SHAPE;
}

/* Where Go's heap begins on most machines, and on 64-bit Arm; it grows in 64 MiB steps, too. */
static bool may_be_go(const struct vmv_region *r)
{
	static const uint64_t hints[] = { 0xc000000000, 0x4000000000 };
	const uint64_t reach = 64ULL << 30;

	for (size_t k = 0; k < ARRAY_SIZE(hints); k++)
		if (r->start >= hints[k] && r->start - hints[k] < reach)
			return true;
	return false;
}

/*
 * Memory in use at the start of 64 MiB of address space, the rest reserved; the guard of a stack
 * above may have grown together with that.
 */
static bool looks_like_arena(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i), *rest = above(c, i);

	if (may_be_go(r) || size_of(r) >= VMV_HEAP_MAX || !rest || !vmv_is_anon(rest) ||
	    !no_access(rest) || rest->end - r->start < VMV_HEAP_MAX ||
	    rest->end - r->start > VMV_HEAP_MAX + GUARD_MAX)
		return false;
	/* Other allocators align so too, but account for what they use, or keep it from children.
	 */
	return !(vmv_has_flag(r, "ac") && !vmv_has_flag(r, "nr")) && !vmv_has_flag(r, "dc");
}

static enum vmv_evidence is_arena(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);
	const struct vmv_heap *heap;

	if (starts(r->name, "[anon: glibc: malloc arena"))
		return VMV_BY_NAME;
	if (!vmv_may_be_heap(r))
		return VMV_EVIDENCE_NONE;
	heap = vmv_map_heap(c->map, r->start);
	if (heap)
		return heap->arena ? VMV_BY_CONTENT : VMV_EVIDENCE_NONE;
	return looks_like_arena(c, i) ? VMV_BY_SHAPE : VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_guard(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i), *up = above(c, i), *down = below(c, i);

	if (starts(r->name, "[anon:thread stack guard") && no_access(r)) /* Android's */
		return VMV_BY_NAME;
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
	if (!(r->perms & VMV_ACCESS_UNKNOWN))
		return VMV_BY_PERMS;
	return c->access_known ? VMV_BY_SHAPE : VMV_EVIDENCE_NONE;
}

/* Code that no program file backs: anonymous, named, or a memfd. */
static enum vmv_evidence is_jit(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);
	bool program = has_file(r) && !vmv_is_pseudo(r, secret_name) &&
		       !(vmv_is_internal(c->map, r) && *r->name == '/' &&
			 (starts(r->name, "/memfd:") || starts(r->name, "/dev/zero")));

	if (vmv_is_pmap_word(r)) /* it may be the vdso */
		return VMV_EVIDENCE_NONE;
	return r->perms & VMV_EXEC && !program ? VMV_BY_PERMS : VMV_EVIDENCE_NONE;
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

	if (vmv_is_pseudo(r, secret_name))
		return VMV_BY_NAME;
	return starts(r->name, "/memfd:") && vmv_is_internal(c->map, r) ? VMV_BY_DEVICE
									: VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_shared(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (starts(r->name, "[anon_shmem:"))
		return VMV_BY_NAME;
	return vmv_is_internal(c->map, r) && named(r, "/dev/zero (deleted)") ? VMV_BY_DEVICE
									     : VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_huge(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (vmv_has_flag(r, "ht"))
		return VMV_BY_FLAGS;
	return vmv_is_internal(c->map, r) && starts(r->name, "/anon_hugepage") ? VMV_BY_DEVICE
									       : VMV_EVIDENCE_NONE;
}

/* Private memory from /dev/zero is anonymous memory with a file's name. */
static bool is_zero_device(const struct vmv_region *r)
{
	return named(r, "/dev/zero") && !(r->perms & VMV_SHARED);
}

static enum vmv_evidence is_device(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	if (!r->inode || is_zero_device(r) || vmv_is_nameless(r))
		return VMV_EVIDENCE_NONE;
	if (vmv_has_flag(r, "pf") || vmv_has_flag(r, "io"))
		return VMV_BY_FLAGS;
	/* "anon_inode:[perf_event]", "socket:[1234]", "/dev/dri/card0", "/dmabuf:" */
	if (!vmv_has_path(r) || starts(r->name, "/dmabuf:") || starts(r->name, "/drm mm object") ||
	    vmv_is_pseudo(r, "/[aio] (deleted)"))
		return VMV_BY_NAME;
	if (starts(r->name, "/dev/") && !starts(r->name, "/dev/zero") &&
	    !starts(r->name, "/dev/hugepages/"))
		return VMV_BY_FILE;
	return VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_named(const struct vmv_context *c, size_t i)
{
	return starts(region(c, i)->name, "[anon:") && !region(c, i)->inode ? VMV_BY_NAME
									    : VMV_EVIDENCE_NONE;
}

static enum vmv_evidence is_file(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);

	return has_file(r) && !is_zero_device(r) ? VMV_BY_NAME : VMV_EVIDENCE_NONE;
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
	  VMV_ROLE_FAINT, is_kernel, false },
	{ "exe", "the program itself: its code, constants and variables",
	  VMV_ROLE_PROGRAM, is_exe, true },
	{ "ld.so", "the dynamic linker, which the kernel starts first: it loads the shared libraries, connects the program to them and stays for dlopen()",
	  VMV_ROLE_LIBRARY, is_linker, true },
	{ "lib", "a shared library: its code and constants are shared with other programs, its variables are not",
	  VMV_ROLE_LIBRARY, is_lib, true },
	{ "stack", "the main thread's stack: local variables, return addresses, arguments and environment",
	  VMV_ROLE_STACK, is_stack, false },
	{ "heap", "memory from brk(), where malloc() takes small blocks for the main thread",
	  VMV_ROLE_HEAP, is_heap, false },
	{ "thread", "the stack of a thread",
	  VMV_ROLE_STACK, is_thread, false },
	{ "arena", "a malloc() arena, the heap of one or more other threads",
	  VMV_ROLE_HEAP, is_arena, false },
	{ "jit", "executable memory that no program file backs: code made at run time",
	  VMV_ROLE_ALARM, is_jit, false },
	{ "guard", "pages without access next to a stack or buffer: running over its end stops the program instead of damaging its data",
	  VMV_ROLE_FAINT, is_guard, false },
	{ "reserve", "address space set aside without access: it costs no memory until it is opened",
	  VMV_ROLE_FAINT, is_reserve, false },
	{ "shm", "shared memory with a name or key, System V or POSIX, that other processes can attach",
	  VMV_ROLE_FILE, is_shm, true },
	{ "memfd", "a file that exists only in memory, from memfd_create() or memfd_secret()",
	  VMV_ROLE_FILE, is_memfd, true },
	{ "shared", "anonymous memory shared with child processes (MAP_SHARED | MAP_ANONYMOUS)",
	  VMV_ROLE_FILE, is_shared, true },
	{ "huge", "memory in huge pages from the reserved pool (hugetlb); not counted in Rss",
	  VMV_ROLE_FILE, is_huge, true },
	{ "device", "memory of a device or of the kernel, mapped through a device or a special file",
	  VMV_ROLE_ALARM, is_device, true },
	{ "named", "anonymous memory that the program gave a name",
	  VMV_ROLE_PLAIN, is_named, true },
	{ "file", "a mapped file: its pages come from the page cache when they are first touched",
	  VMV_ROLE_FILE, is_file, true },
	{ "anon", "private anonymous memory: large malloc() blocks, mmap() by the program or its runtime",
	  VMV_ROLE_PLAIN, is_anything, false },
};
/* clang-format on */
const size_t vmv_nclasses = ARRAY_SIZE(vmv_classes);
