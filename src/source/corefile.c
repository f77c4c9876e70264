/*
 * corefile.c - a source of its own: ELF core files, by libelf
 *
 * The segments tell what was mapped with what access, the note NT_FILE which
 * files.  The kernel lists all in both; gcore leaves out the segments that are
 * as in their file, so a map is the union of both.  See core(5).
 */
#include "blocks.h"
#include "coreimages.h"
#include "corelook.h"
#include "corememory.h"
#include "corenotes.h"
#include "elf.h"
#include "heaps.h"
#include "vmapview/class.h"
#include "vmapview/error.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/page.h"
#include "vmapview/source.h"

#include <errno.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NOTES_MAX = 64 << 20, /* of all together; the kernel's own limit for NT_FILE is 4 MiB */
	NOTE_PARTS_MAX =
		256, /* segments of notes; one is usual, and libelf looks through all of them */
	PARTS_MAX = 1 << 20, /* segments or sections; a process has 65,530 regions by default */
};

struct core {
	struct vmv_target *target;
	struct vmv_map *map;
	struct vmv_error *err;
	int rc; /* 0, or that of the first thing that was wrong */
	Elf *elf;
	uint64_t size, notes_size, note_parts;
	struct corememory memory;
	size_t cut;
	bool has_headers; /* of files that are not dumped as a whole */
	struct corenotes notes;
};

static void complain(struct core *c, const char *why)
{
	if (c->rc == 0)
		c->rc = vmv_fail(c->err, EINVAL, "%.120s: %s", vmv_target_name(c->target), why);
}

/* Record damage that lost regions: the map is incomplete. */
static void broken(struct core *c, const char *why)
{
	c->map->torn = true;
	complain(c, why);
}

static void take_notes(struct core *c, const GElf_Phdr *phdr)
{
	Elf_Type type = phdr->p_align == 8 ? ELF_T_NHDR8 : ELF_T_NHDR;
	size_t at = 0, name, desc;
	uint64_t size = phdr->p_filesz;
	Elf_Data *data;
	GElf_Nhdr note;

	if (size > NOTES_MAX - c->notes_size || phdr->p_offset > c->size ||
	    c->note_parts == NOTE_PARTS_MAX) {
		broken(c, "its notes are not in the file, or too long");
		return;
	}
	if (size > c->size - phdr->p_offset) {
		broken(c, "its notes are cut short");
		size = c->size - phdr->p_offset;
	}
	c->notes_size += size;
	c->note_parts++;
	data = size ? elf_getdata_rawchunk(c->elf, (int64_t)phdr->p_offset, size, type) : NULL;
	if (!data)
		return;
	while (at < data->d_size && (at = gelf_getnote(data, at, &note, &name, &desc)) > 0) {
		const char *text = data->d_buf;
		const struct corenote taken = { note.n_type, text + name, note.n_namesz,
						text + desc, note.n_descsz };

		corenotes_take(&c->notes, &taken);
	}
}

static void take_load(struct core *c, const GElf_Phdr *phdr)
{
	struct coreload load = { .start = phdr->p_vaddr, .perms = VMV_SHARING_UNKNOWN };

	if (!phdr->p_memsz)
		return;
	if (__builtin_add_overflow(load.start, phdr->p_memsz, &load.end)) {
		broken(c, "a segment goes beyond the end of memory");
		return;
	}
	load.place = phdr->p_offset;
	load.length = phdr->p_filesz;
	c->memory.edges |= load.start | load.end | load.length;
	if (load.place > c->size || load.length > c->size - load.place) {
		load.length = load.place > c->size ? 0 : c->size - load.place;
		c->cut++;
	}
	load.perms |= phdr->p_flags & PF_R ? VMV_READ : 0;
	load.perms |= phdr->p_flags & PF_W ? VMV_WRITE : 0;
	load.perms |= phdr->p_flags & PF_X ? VMV_EXEC : 0;
	corememory_add(&c->memory, &load);
}

static void take_headers(struct core *c)
{
	size_t n;

	if (elf_getphdrnum(c->elf, &n) < 0) {
		broken(c, "its program headers are cut short");
		return;
	}
	if (n > PARTS_MAX) {
		broken(c, "it has more segments than a process can have");
		return;
	}
	for (size_t i = 0; i < n; i++) {
		GElf_Phdr phdr;

		if (!gelf_getphdr(c->elf, (int)i, &phdr)) {
			broken(c, "its program headers are cut short");
			return;
		}
		if (phdr.p_type == PT_NOTE)
			take_notes(c, &phdr);
		else if (phdr.p_type == PT_LOAD)
			take_load(c, &phdr);
	}
	if (c->notes.broken)
		broken(c, c->notes.broken);
	if (c->cut) /* what was mapped is */
		complain(c, "the file is cut short: not all of the memory is in it");
}

static int compare_files(const void *a, const void *b)
{
	const struct corefile_range *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static bool has_headers(const struct corememory *m)
{
	uint64_t page = corememory_page(m);

	for (size_t i = 0; i < m->nloads; i++)
		if (m->loads[i].length == page && m->loads[i].end - m->loads[i].start > page)
			return true;
	return false;
}

/*
 * The kernel dumps the first page of files that it leaves out otherwise, if they
 * are ELF (coredump_filter of core(5)).  Where it did so, others are not.
 */
static bool is_no_elf(const struct core *c, const struct coreload *load)
{
	return c->has_headers && !c->cut && !load->length && load->perms & VMV_READ;
}

/* The program headers of a file whose first page was dumped. */
static void take_image(struct core *c, const struct vmv_region *r, const struct coreload *load)
{
	struct vmv_elf elf = { r->major, r->minor, r->inode, NULL, 0 };
	char page[VMV_SMALLEST_PAGE];

	if (r->offset || vmv_map_elf(c->map, r))
		return;
	if (corememory_read(&c->memory, r->start, page, sizeof(page))) {
		if (!headers_parse(page, sizeof(page), &elf) && !memcmp(page, ELFMAG, SELFMAG))
			return;
	} else if (!is_no_elf(c, load)) {
		return;
	}
	vmv_map_add_elf(c->map, &elf);
}

static uint64_t min(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* [start, end) is in @load, in @file, or in both. */
static void add_region(struct core *c, uint64_t start, uint64_t end, const struct coreload *load,
		       const struct corefile_range *file)
{
	struct vmv_region region = { .start = start, .end = end, .name = "" };

	region.perms = load ? load->perms : VMV_PERMS_UNKNOWN;
	if (load && load->length > start - load->start)
		region.dumped = min(load->length - (start - load->start), end - start);
	if (file) {
		region.name = file->name;
		region.offset = file->offset + (start - file->start);
		vmv_file_by_name(&region);
	} else if (c->notes.machine == EM_X86_64 && start == 0xffffffffff600000) {
		region.name = "[vsyscall]"; /* the same in every process */
	}
	region.name = vmv_map_intern(c->map, region.name, strlen(region.name));
	vmv_map_add(c->map, &region);
	if (file && load && !file->guessed)
		take_image(c, &region, load);
}

/* The first load or file that is not wholly below @at; after the last, one at the end of memory. */
static const struct coreload *load_above(const struct core *c, size_t *l, uint64_t at)
{
	static const struct coreload none = { .start = UINT64_MAX, .end = UINT64_MAX };

	while (*l < c->memory.nloads && c->memory.loads[*l].end <= at)
		++*l;
	return *l < c->memory.nloads ? &c->memory.loads[*l] : &none;
}

static const struct corefile_range *file_above(const struct core *c, size_t *f, uint64_t at)
{
	static const struct corefile_range none = { .start = UINT64_MAX, .end = UINT64_MAX };

	while (*f < c->notes.nfiles && c->notes.files[*f].end <= at)
		++*f;
	return *f < c->notes.nfiles ? &c->notes.files[*f] : &none;
}

/* Where [start, end) begins or, if that is not above @at, ends. */
static uint64_t edge_above(uint64_t start, uint64_t end, uint64_t at)
{
	return start > at ? start : end;
}

/* From one edge of a load or file to the next, what is there is the same. */
static void merge(struct core *c)
{
	size_t l = 0, f = 0;
	uint64_t at = 0;

	for (;;) {
		const struct coreload *load = load_above(c, &l, at);
		const struct corefile_range *file = file_above(c, &f, at);
		uint64_t start = min(load->start, file->start), end;

		if (start == UINT64_MAX)
			return;
		if (start < at)
			start = at;
		end = min(edge_above(load->start, load->end, start),
			  edge_above(file->start, file->end, start));
		add_region(c, start, end, load->start <= start ? load : NULL,
			   file->start <= start ? file : NULL);
		at = end;
	}
}

static void check_overlap(struct core *c)
{
	for (size_t i = 1; i < c->memory.nloads; i++)
		if (c->memory.loads[i].start < c->memory.loads[i - 1].end)
			broken(c, "its segments overlap");
	for (size_t i = 1; i < c->notes.nfiles; i++)
		if (c->notes.files[i].start < c->notes.files[i - 1].end)
			broken(c, "its files overlap");
}

/* gcore lets all be readable; it is known by its page size of 1 (gdb/linux-tdep.c). */
static void doubt_access(struct core *c)
{
	for (size_t i = 0; c->notes.page == 1 && i < c->memory.nloads; i++)
		if (!(c->memory.loads[i].perms & (VMV_WRITE | VMV_EXEC)))
			c->memory.loads[i].perms = VMV_PERMS_UNKNOWN;
}

/* Who else writes core files is not understood but for the segments, and those of a machine are not
 * the memory of a process. */
static void tell_system(struct core *c)
{
	const struct corenotes_system *system = c->notes.system;
	char why[128];

	if (system)
		snprintf(why, sizeof(why), "%s: only its segments are known", system->what);
	else if (!c->notes.linux_notes)
		snprintf(why, sizeof(why),
			 "it has no notes of a process, like a core of bare metal: only its "
			 "segments are known");
	else
		return;
	complain(c, why);
}

/* What is in the file, but can't be read, would have been evidence. */
static void tell_failure(struct core *c)
{
	if (c->memory.failure == ENODATA)
		complain(c, "the file was cut short while it was read");
	else if (c->memory.failure && c->rc == 0)
		c->rc = vmv_fail(c->err, c->memory.failure, "cannot read memory in %.120s: %m",
				 vmv_target_name(c->target));
}

static void read_regions(struct core *c)
{
	corememory_sort(&c->memory);
	c->has_headers = has_headers(&c->memory);
	if (!c->notes.nfiles)
		coreimages_find(&c->notes, &c->memory);
	else
		qsort(c->notes.files, c->notes.nfiles, sizeof(*c->notes.files), compare_files);
	check_overlap(c);
	c->map->has_dumped = true;
	merge(c);
	if (!c->map->nregions)
		broken(c, "the core file has no memory in it");
	tell_system(c);
	if (c->memory.wide) /* heaps of 32-bit programs are of another size */
		heaps_find_core(c->map, &c->memory);
	if (c->notes.machine == EM_X86_64 && c->notes.wide)
		blocks_find_core(c->map, &c->memory);
	tell_failure(c);
}

static void read_core(struct core *c, const GElf_Ehdr *ehdr)
{
	char why[128];

	c->notes = (struct corenotes){
		.map = c->map,
		.machine = ehdr->e_machine,
		.wide = ehdr->e_ident[EI_CLASS] == ELFCLASS64,
		.big = ehdr->e_ident[EI_DATA] == ELFDATA2MSB,
	};
	c->memory = (struct corememory){
		.fd = c->target->fd,
		.wide = c->notes.wide,
		.big = c->notes.big,
	};
	take_headers(c);
	if (c->notes.system && c->notes.system->machine) {
		snprintf(why, sizeof(why), "%s, not of a process: crash(8) can look into it",
			 c->notes.system->what);
		broken(c, why);
	} else {
		doubt_access(c);
		read_regions(c);
	}
	corelook_set(c->target, &c->memory);
	corenotes_done(&c->notes);
}

/* How many sections there are said to be; past 65,279 the first one tells. */
static uint64_t count_sections(const struct vmv_target *t)
{
	Elf64_Shdr raw, wide = { 0 };
	Elf32_Shdr narrow = { 0 };
	Elf_Data from = { .d_buf = &raw, .d_type = ELF_T_SHDR, .d_version = EV_CURRENT };
	Elf_Data to = { .d_version = EV_CURRENT };
	unsigned order = t->head[EI_DATA];
	char head[sizeof(t->head)];
	GElf_Ehdr ehdr = { 0 };
	Elf *elf;

	memcpy(head, t->head, sizeof(head));
	elf = elf_memory(head, sizeof(head));
	gelf_getehdr(elf, &ehdr);
	elf_end(elf);
	if (ehdr.e_shnum || !ehdr.e_shoff)
		return ehdr.e_shnum;
	if (pread(t->fd, &raw, sizeof(raw), (off_t)ehdr.e_shoff) != sizeof(raw))
		return 0;
	if (t->head[EI_CLASS] == ELFCLASS64) {
		from.d_size = to.d_size = sizeof(wide);
		to.d_buf = &wide;
		elf64_xlatetom(&to, &from, order);
		return wide.sh_size;
	}
	from.d_size = to.d_size = sizeof(narrow);
	to.d_buf = &narrow;
	elf32_xlatetom(&to, &from, order);
	return narrow.sh_size;
}

static void prepare(void)
{
	elf_version(EV_CURRENT);
}

static bool claims(const struct vmv_target *t)
{
	return t->len >= SELFMAG && !memcmp(t->head, ELFMAG, SELFMAG);
}

static int load_core(struct vmv_target *t, unsigned needs, struct vmv_map *map,
		     struct vmv_error *err)
{
	struct core c = { .target = t, .map = map, .err = err };
	GElf_Ehdr ehdr;
	struct stat st;

	if (fstat(t->fd, &st) < 0 || !S_ISREG(st.st_mode))
		return vmv_fail(err, ESPIPE,
				"%.120s: a core file is not read in order: save it first",
				vmv_target_name(t));
	c.size = (uint64_t)st.st_size;
	elf_version(EV_CURRENT);
	/* elf_begin() makes room for all of them. */
	if (count_sections(t) > PARTS_MAX)
		return vmv_fail(err, EINVAL, "%.120s: it has more sections than a core file",
				vmv_target_name(t));
	/* Not mmap: a file that shrinks meanwhile must not kill us. */
	c.elf = elf_begin(t->fd, ELF_C_READ, NULL);
	if (!c.elf || elf_kind(c.elf) != ELF_K_ELF || !gelf_getehdr(c.elf, &ehdr))
		broken(&c, "the ELF header is cut short or makes no sense");
	else if (ehdr.e_type != ET_CORE)
		broken(&c, "an ELF file, but not a core file: name a process that runs it, or its "
			   "core");
	else
		read_core(&c, &ehdr);
	elf_end(c.elf);
	if (needs & VMV_NEED_CLASS)
		vmv_classify(map);
	return c.rc;
}

const struct vmv_source vmv_source_core = {
	.name = "an ELF core file",
	.prepare = prepare,
	.claims = claims,
	.open = corelook_open,
	.load = load_core,
	.peek = corelook_peek,
	.close = corelook_close,
};
