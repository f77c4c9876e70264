/*
 * image.c - what the kernel and the dynamic linker made of the program
 *
 * Where each piece of an image lies follows from its program headers; which
 * image is which from the auxiliary vector.
 */
#include "zoo.h"

#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* A stretch of addresses, page by page. */
struct span {
	uintptr_t start, end;
};

static uintptr_t page_down(uintptr_t at, size_t page)
{
	return at & ~(uintptr_t)(page - 1);
}

static uintptr_t page_up(uintptr_t at, size_t page)
{
	return page_down(at + page - 1, page);
}

static const ElfW(Phdr) * find_phdr(const struct dl_phdr_info *info, uint32_t type)
{
	for (size_t i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == type)
			return &info->dlpi_phdr[i];
	return NULL;
}

/* NULL for the vdso, which is not an image of the loader's. */
static const char *class_of(const struct dl_phdr_info *info, size_t page)
{
	const ElfW(Phdr) *load = find_phdr(info, PT_LOAD);
	uintptr_t base;

	if ((uintptr_t)info->dlpi_phdr == getauxval(AT_PHDR))
		return "exe";
	base = info->dlpi_addr + (load ? page_down(load->p_vaddr, page) : 0);
	if (base == getauxval(AT_SYSINFO_EHDR))
		return NULL;
	return base == getauxval(AT_BASE) ? "ld.so" : "lib";
}

/* The loader takes away write permission from whole pages only. */
static struct span relro_of(const struct dl_phdr_info *info, size_t page)
{
	const ElfW(Phdr) *relro = find_phdr(info, PT_GNU_RELRO);
	uintptr_t at;

	if (!relro)
		return (struct span){ 0, 0 };
	at = info->dlpi_addr + relro->p_vaddr;
	return (struct span){ page_down(at, page), page_down(at + relro->p_memsz, page) };
}

static void say_piece(uintptr_t start, uintptr_t end, const char *const words[3], const char *note)
{
	if (start < end)
		zoo_part(start, end, words, note);
}

/* Relocated constants, then data, then zeros that no file holds. */
static void say_writable(const char *class, struct span file, struct span relro, uintptr_t end,
			 const char *name)
{
	char note[512];

	if (relro.start < file.start || relro.start >= file.end)
		relro = (struct span){ file.start, file.start };
	if (relro.end > file.end)
		relro.end = file.end;
	say_piece(relro.start, relro.end, (const char *const[]){ class, "relro", "r--p" }, name);
	say_piece(relro.end, file.end, (const char *const[]){ class, "data", "rw-p" }, name);
	snprintf(note, sizeof(note), "zeros of %s", name);
	say_piece(file.end, end, (const char *const[]){ class, "bss", "rw-p" }, note);
}

static void say_segment(const char *class, struct span file, uint32_t flags, const char *name)
{
	const char *part = flags & PF_X ? "text" : "rodata";
	char perms[] = { flags & PF_R ? 'r' : '-', '-', flags & PF_X ? 'x' : '-', 'p', '\0' };

	say_piece(file.start, file.end, (const char *const[]){ class, part, perms }, name);
}

static int say_image(struct dl_phdr_info *info, size_t size, void *data)
{
	const struct zoo *z = data;
	const char *class = class_of(info, z->page);
	const char *name = *info->dlpi_name ? info->dlpi_name : "the program";
	struct span relro = relro_of(info, z->page);

	(void)size;
	for (size_t i = 0; class && i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *p = &info->dlpi_phdr[i];
		uintptr_t at = info->dlpi_addr + p->p_vaddr;
		struct span file = { page_down(at, z->page), page_up(at + p->p_filesz, z->page) };

		if (p->p_type != PT_LOAD)
			continue;
		if (p->p_flags & PF_W)
			say_writable(class, file, relro, page_up(at + p->p_memsz, z->page), name);
		else
			say_segment(class, file, p->p_flags, name);
	}
	return 0;
}

void zoo_images(struct zoo *z)
{
	dl_iterate_phdr(say_image, z);
}

void zoo_kernel(struct zoo *z)
{
	uintptr_t start = getauxval(AT_SYSINFO_EHDR);
	const ElfW(Ehdr) *vdso = (const void *)start;

	if (!vdso) {
		printf("skip kernel no vdso\n");
		return;
	}
	zoo_is(vdso, page_up(vdso->e_shoff + (size_t)vdso->e_shnum * vdso->e_shentsize, z->page),
	       "kernel", "r-xp", "vdso");
#ifdef __x86_64__
	/* The vdso code finds the kernel's data in the pages before it. */
	zoo_is((const char *)vdso - z->page, z->page, "kernel", "r--p", "within: vvar");
#endif
}

/* A static C library takes a piece of the heap before main(). */
void zoo_heap(struct zoo *z)
{
	uintptr_t start = page_up(z->brk, z->page);

	z->block = malloc(50000);
	if (!z->block)
		zoo_exit("malloc");
	zoo_touch(z->block, 50000, z->page);
	if ((uintptr_t)sbrk(0) == z->brk && sbrk(200000) == (void *)-1) {
		zoo_skip("heap", "sbrk");
		return;
	}
	zoo_part(start, page_up((uintptr_t)sbrk(0), z->page),
		 (const char *const[]){ "heap", "-", "rw-p" },
		 getauxval(AT_BASE) ? "the brk heap" : "within: the brk heap");
}

/* The highest string of the stack is the program's name; a null pointer follows. */
static uintptr_t stack_top(size_t page)
{
	const char *name = (const char *)getauxval(AT_EXECFN);

	return page_up((uintptr_t)name + strlen(name) + 1 + sizeof(void *), page);
}

static void use_stack(size_t page)
{
	char room[100000];

	zoo_touch(room, sizeof(room), page);
}

void zoo_stack(struct zoo *z)
{
	uintptr_t here = page_down((uintptr_t)__builtin_frame_address(0), z->page);

	use_stack(z->page);
	zoo_part(here, stack_top(z->page), (const char *const[]){ "stack", "-", "rw-p" },
		 "within: the main stack");
}
