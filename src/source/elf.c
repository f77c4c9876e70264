/* elf.c - see elf.h */
#include "elf.h"

#include "apart.h"
#include "mapped.h"
#include "mounts.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/page.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	MAX_HEADERS = 256, /* real files have about a dozen */
	IMAGE = sizeof(Elf64_Ehdr) + MAX_HEADERS * sizeof(Elf64_Phdr),
};

/** struct search - @pages: to be read from memory, the first of each file that can't be opened */
struct search {
	int dir;
	struct vmv_map *map;
	struct mounts *mounts;
	struct vmv_peek *pages;
	size_t npages, room;
};

static void take_headers(Elf *elf, struct vmv_elf *to)
{
	size_t n;

	if (elf_kind(elf) != ELF_K_ELF || elf_getphdrnum(elf, &n) < 0 || n > MAX_HEADERS)
		return;
	to->segments = vmv_calloc(n, sizeof(*to->segments));
	for (size_t i = 0; i < n; i++) {
		GElf_Phdr phdr;

		if (!gelf_getphdr(elf, (int)i, &phdr) ||
		    (phdr.p_type != PT_LOAD && phdr.p_type != PT_GNU_RELRO))
			continue;
		to->segments[to->nsegments++] = (struct vmv_segment){
			.offset = phdr.p_offset,
			.vaddr = phdr.p_vaddr,
			.filesz = phdr.p_filesz,
			.memsz = phdr.p_memsz,
			.type = phdr.p_type,
			.flags = phdr.p_flags,
		};
	}
}

/* libelf makes room for as many as there are said to be. */
static void forget_sections(char *bytes, size_t size)
{
	Elf64_Ehdr wide;
	Elf32_Ehdr narrow;

	if (size < sizeof(wide))
		return;
	if (bytes[EI_CLASS] == ELFCLASS64) {
		memcpy(&wide, bytes, sizeof(wide));
		wide.e_shoff = wide.e_shnum = wide.e_shstrndx = 0;
		memcpy(bytes, &wide, sizeof(wide));
	} else {
		memcpy(&narrow, bytes, sizeof(narrow));
		narrow.e_shoff = narrow.e_shnum = narrow.e_shstrndx = 0;
		memcpy(bytes, &narrow, sizeof(narrow));
	}
}

/* If they are not among the first @got bytes of @image, move the program headers there from @fd. */
static void move_headers(Elf *elf, char *image, size_t got, int fd)
{
	GElf_Ehdr ehdr;
	size_t size;

	if (!gelf_getehdr(elf, &ehdr) || ehdr.e_phnum > MAX_HEADERS)
		return;
	size = gelf_fsize(elf, ELF_T_PHDR, ehdr.e_phnum, EV_CURRENT);
	if (size <= got && ehdr.e_phoff <= got - size)
		return;
	if (pread(fd, image + sizeof(Elf64_Ehdr), size, (off_t)ehdr.e_phoff) != (ssize_t)size)
		return;
	ehdr.e_phoff = sizeof(Elf64_Ehdr);
	gelf_update_ehdr(elf, &ehdr);
}

/* A file that shrinks meanwhile must not kill us, as one that is mapped would. */
static bool read_headers(int fd, struct vmv_elf *to)
{
	char *image = vmv_calloc(IMAGE, 1);
	ssize_t got = pread(fd, image, IMAGE, 0);
	Elf *elf;

	forget_sections(image, IMAGE);
	elf = got > 0 ? elf_memory(image, IMAGE) : NULL;
	if (elf) {
		move_headers(elf, image, (size_t)got, fd);
		take_headers(elf, to);
	}
	elf_end(elf);
	free(image);
	return got > 0;
}

bool headers_parse(char *page, size_t size, struct vmv_elf *to)
{
	Elf *elf;

	forget_sections(page, size);
	elf = elf_memory(page, size);
	if (elf)
		take_headers(elf, to);
	elf_end(elf);
	if (!to->nsegments) {
		free(to->segments);
		to->segments = NULL;
	}
	return to->nsegments > 0;
}

/* Code of the file is mapped, or, for libraries of data, private parts of it. */
static bool may_be_program(const struct vmv_map *map, size_t first)
{
	const struct vmv_region *r = &map->regions[first];

	for (size_t i = first; i < map->nregions && vmv_same_file(r, &map->regions[i]); i++)
		if (!(map->regions[i].perms & VMV_SHARED) &&
		    (map->regions[i].perms & VMV_EXEC ||
		     (i > first && map->regions[i].perms & VMV_WRITE)))
			return true;
	return false;
}

static bool is_candidate(const struct vmv_map *map, size_t i)
{
	const struct vmv_region *r = &map->regions[i];

	return r->inode && *r->name == '/' && !(r->perms & VMV_SHARED) &&
	       !(i > 0 && vmv_same_file(r, r - 1)) && may_be_program(map, i) &&
	       !vmv_map_elf(map, r);
}

static struct vmv_elf elf_of(const struct vmv_region *r)
{
	return (struct vmv_elf){ r->major, r->minor, r->inode, NULL, 0 };
}

static bool find_in_file(struct search *s, const struct vmv_region *r)
{
	struct vmv_elf elf = elf_of(r);
	int fd = mapped_open(s->dir, r, s->mounts);
	bool read;

	if (fd < 0)
		return false;
	read = read_headers(fd, &elf);
	close(fd);
	if (read)
		vmv_map_add_elf(s->map, &elf);
	return read;
}

/* The linker has read the first page of all it loaded, so that is where they are. */
static void leave_to_memory(struct search *s, const struct vmv_region *r)
{
	if (r->offset || mounts_kind(s->mounts, r->major, r->minor) == MOUNT_REMOTE)
		return;
	s->pages = vmv_grow(s->pages, s->npages, &s->room, sizeof(*s->pages));
	s->pages[s->npages++] = (struct vmv_peek){ .address = r->start, .size = VMV_SMALLEST_PAGE };
}

static void take_page(void *data, size_t piece, enum vmv_page page, unsigned char *bytes)
{
	const struct search *s = data;
	const struct vmv_region *r = vmv_map_at(s->map, s->pages[piece].address);
	struct vmv_elf elf = elf_of(r);

	/* The file may be mapped twice. */
	if (page == VMV_PAGE_READ && !vmv_map_elf(s->map, r) &&
	    headers_parse((char *)bytes, VMV_SMALLEST_PAGE, &elf))
		vmv_map_add_elf(s->map, &elf);
}

void headers_find(int dir, struct vmv_map *map, struct mounts *mounts, struct apart *apart)
{
	struct search s = { .dir = dir, .map = map, .mounts = mounts };
	struct apart_job job = { .dir = dir, .take = take_page, .data = &s };

	elf_version(EV_CURRENT);
	for (size_t i = 0; i < map->nregions; i++)
		if (is_candidate(map, i) && !find_in_file(&s, &map->regions[i]))
			leave_to_memory(&s, &map->regions[i]);
	job.pieces = s.pages;
	job.n = s.npages;
	apart_read(apart, &job);
	free(s.pages);
}
