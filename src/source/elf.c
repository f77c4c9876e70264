/* elf.c - see elf.h */
#include "elf.h"

#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <fcntl.h>
#include <gelf.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum {
	MAX_HEADERS = 256, /* real files have about a dozen */
	IMAGE = sizeof(Elf64_Ehdr) + MAX_HEADERS * sizeof(Elf64_Phdr),
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

bool vmv_elf_parse(char *page, size_t size, struct vmv_elf *to)
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

/* Open for reading what @path, below @dir, was found to be: a plain file. */
static int open_plain(int dir, const char *path, int flags, struct stat *st)
{
	int handle = openat(dir, path, O_PATH | O_CLOEXEC | flags), fd = -1;

	if (handle < 0)
		return -1;
	if (fstat(handle, st) == 0 && S_ISREG(st->st_mode)) {
		char self[64];

		snprintf(self, sizeof(self), "/proc/self/fd/%d", handle);
		fd = open(self, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	}
	close(handle);
	return fd;
}

/* The file by its name, if that still is the file that is mapped. */
static int open_by_name(const struct vmv_region *r)
{
	struct stat st;
	int fd = open_plain(AT_FDCWD, r->name, O_NOFOLLOW, &st);

	if (fd >= 0 && (st.st_ino != r->inode || major(st.st_dev) != r->major ||
			minor(st.st_dev) != r->minor)) {
		close(fd);
		return -1;
	}
	return fd;
}

static int open_by_range(int dir, const struct vmv_region *r)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "map_files/%" PRIx64 "-%" PRIx64, r->start, r->end);
	return open_plain(dir, path, 0, &st);
}

static bool read_file(int dir, const struct vmv_region *r, struct vmv_elf *to)
{
	int fd = open_by_name(r);
	bool read;

	if (fd < 0)
		fd = open_by_range(dir, r);
	if (fd < 0)
		return false;
	read = read_headers(fd, to);
	close(fd);
	return read;
}

/* The linker has read the first page of all it loaded, so looking adds none. */
static bool read_memory(int dir, const struct vmv_region *r, struct vmv_elf *to)
{
	char page[4096];
	int mem;
	ssize_t got;

	if (r->offset)
		return false;
	mem = openat(dir, "mem", O_RDONLY | O_CLOEXEC);
	if (mem < 0)
		return false;
	got = pread(mem, page, sizeof(page), (off_t)r->start);
	close(mem);
	return got == (ssize_t)sizeof(page) && vmv_elf_parse(page, sizeof(page), to);
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

void vmv_elf_find(int dir, struct vmv_map *map)
{
	elf_version(EV_CURRENT);
	for (size_t i = 0; i < map->nregions; i++) {
		const struct vmv_region *r = &map->regions[i];
		struct vmv_elf elf = { r->major, r->minor, r->inode, NULL, 0 };

		if (!r->inode || *r->name != '/' || r->perms & VMV_SHARED ||
		    (i > 0 && vmv_same_file(r, r - 1)) || !may_be_program(map, i) ||
		    vmv_map_elf(map, r))
			continue;
		if (!read_file(dir, r, &elf) && !read_memory(dir, r, &elf))
			continue;
		vmv_map_add_elf(map, &elf);
	}
}
