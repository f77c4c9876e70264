/*
 * coreimages.c - see coreimages.h
 *
 * Layouts are those of <elf.h> and <link.h>, in the numbers of the core's machine.  No value in
 * them is trusted, and no list is followed for ever.
 */
#include "coreimages.h"

#include "corememory.h"
#include "corenotes.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/page.h"

#include <elf.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEADERS_MAX = 64,      /* program headers; real files have about a dozen */
	NOTES_MAX = 16,        /* in one of them */
	NAME_ROOM = 4096,      /* PATH_MAX of Linux */
	LIBRARIES_MAX = 65536, /* in the linker's list */
	BUILD_ID_MAX = 32,     /* bytes; SHA-1 has 20 */
};

/** struct header - one program header, with addresses as they are in memory */
struct header {
	uint32_t type, flags;
	uint64_t offset, start, size, memory;
};

/** struct image - @load: the segment that begins with its ELF header, @page; @bias: see image.h */
struct image {
	size_t load, nheaders;
	uint64_t bias;
	struct header headers[HEADERS_MAX];
	unsigned char page[VMV_SMALLEST_PAGE];
};

/** struct library - one entry of the linker's list: its load bias and where its name is */
struct library {
	uint64_t bias, name;
};

/** struct finder - @at: everything below has a file already; @page: size of a page on that machine;
 *  @linker: the linker's name */
struct finder {
	struct corenotes *notes;
	struct corememory *memory;
	struct library *libraries;
	size_t nlibraries, room;
	uint64_t at, page;
	const char *linker;
};

static size_t word(const struct finder *f)
{
	return f->memory->wide ? 8 : 4;
}

/* The @index-th word at @address; 0 if the core file lacks it. */
static uint64_t word_at(const struct finder *f, uint64_t address, unsigned index)
{
	unsigned char bytes[8];

	if (!corememory_read(f->memory, address + index * word(f), bytes, word(f)))
		return 0;
	return corememory_number(f->memory, bytes, word(f));
}

/* ---- ELF headers in memory ---- */

static void take_header(const struct finder *f, const unsigned char *at, struct header *to)
{
	struct corememory *m = f->memory;
	size_t w = word(f), first = m->wide ? 8 : 4;

	to->type = (uint32_t)corememory_number(m, at, 4);
	to->flags = (uint32_t)corememory_number(m, at + (m->wide ? 4 : 24), 4);
	to->offset = corememory_number(m, at + first, w);
	to->start = corememory_number(m, at + first + w, w);
	to->size = corememory_number(m, at + first + 3 * w, w);
	to->memory = corememory_number(m, at + first + 4 * w, w);
}

/* Turn addresses in the file into those in memory: the first segment is where the header is. */
static bool move(const struct finder *f, struct image *image, uint64_t start)
{
	for (size_t i = 0; i < image->nheaders; i++) {
		if (image->headers[i].type != PT_LOAD)
			continue;
		image->bias = start - vmv_page_down(image->headers[i].start, f->page);
		for (size_t k = 0; k < image->nheaders; k++)
			image->headers[k].start += image->bias;
		return true;
	}
	return false;
}

/* Is code mapped where the headers put it, and is its beginning not writable? */
static bool has_code(const struct finder *f, const struct image *image)
{
	struct corememory *m = f->memory;

	if (m->loads[image->load].perms & VMV_WRITE)
		return false;
	for (size_t i = 0; i < image->nheaders; i++) {
		const struct header *h = &image->headers[i];
		size_t at = corememory_at(m, h->start);

		if (h->type == PT_LOAD && h->flags & PF_X)
			return at < m->nloads && m->loads[at].start <= h->start &&
			       m->loads[at].perms & (VMV_EXEC | VMV_ACCESS_UNKNOWN);
	}
	return false;
}

/* Take the image if the segment begins with its header. */
static bool read_image(const struct finder *f, size_t load, struct image *image)
{
	struct corememory *m = f->memory;
	const struct coreload *l = &m->loads[load];
	uint64_t at, size = m->wide ? 56 : 32, n;
	unsigned char *page = image->page;

	if (l->start == f->notes->map->process.vdso || l->length < VMV_SMALLEST_PAGE ||
	    !corememory_read(m, l->start, page, VMV_SMALLEST_PAGE) ||
	    memcmp(page, ELFMAG, SELFMAG) != 0 ||
	    page[EI_CLASS] != (m->wide ? ELFCLASS64 : ELFCLASS32) ||
	    page[EI_DATA] != (m->big ? ELFDATA2MSB : ELFDATA2LSB))
		return false;
	at = corememory_number(m, page + (m->wide ? 32 : 28), word(f));
	n = corememory_number(m, page + (m->wide ? 56 : 44), 2);
	if (n > HEADERS_MAX || at > VMV_SMALLEST_PAGE || n * size > VMV_SMALLEST_PAGE - at)
		return false;
	image->load = load;
	image->nheaders = (size_t)n;
	for (size_t i = 0; i < n; i++)
		take_header(f, page + at + i * size, &image->headers[i]);
	return move(f, image, l->start) && has_code(f, image);
}

static const struct header *header_of(const struct image *image, uint32_t type)
{
	for (size_t i = 0; i < image->nheaders; i++)
		if (image->headers[i].type == type)
			return &image->headers[i];
	return NULL;
}

/* ---- names ---- */

/* The path at @address, or "" if there is none; interned. */
static const char *path_at(const struct finder *f, uint64_t address)
{
	char text[NAME_ROOM + 1] = "";
	size_t len = 0;

	while (address && len < NAME_ROOM && len == strlen(text)) {
		size_t left = VMV_SMALLEST_PAGE - (address + len) % VMV_SMALLEST_PAGE;

		if (left > NAME_ROOM - len)
			left = NAME_ROOM - len;
		if (!corememory_read(f->memory, address + len, text + len, left))
			break;
		len += left;
		text[len] = '\0';
	}
	return vmv_map_intern(f->notes->map, text, *text == '/' ? strlen(text) : 0);
}

/* The linker's record for debuggers, which the program's dynamic section points to (<link.h>). */
static void list_libraries(struct finder *f, const struct image *program)
{
	const struct header *dynamic = header_of(program, PT_DYNAMIC);
	uint64_t debug = 0, map;

	for (uint64_t at = 0; dynamic && at < dynamic->memory && at < VMV_SMALLEST_PAGE;
	     at += 2 * word(f))
		if (word_at(f, dynamic->start + at, 0) == DT_DEBUG)
			debug = word_at(f, dynamic->start + at, 1);
	map = debug ? word_at(f, debug, 1) : 0;
	for (size_t i = 0; map && i < LIBRARIES_MAX; i++, map = word_at(f, map, 3)) {
		struct library library = { word_at(f, map, 0), word_at(f, map, 1) };

		f->libraries =
			vmv_grow(f->libraries, f->nlibraries, &f->room, sizeof(*f->libraries));
		f->libraries[f->nlibraries++] = library;
	}
}

static int compare_libraries(const void *a, const void *b)
{
	const struct library *x = a, *y = b;

	return (x->bias > y->bias) - (x->bias < y->bias);
}

/* Get the linker's name and the list of libraries from the program's headers. */
static void ask_program(struct finder *f, struct image *image)
{
	uint64_t phdr = f->notes->map->process.phdr;
	size_t load = corememory_at(f->memory, phdr);
	const struct header *interpreter;

	f->linker = vmv_map_intern(f->notes->map, "", 0);
	if (phdr == VMV_UNKNOWN || load == f->memory->nloads || !read_image(f, load, image))
		return;
	interpreter = header_of(image, PT_INTERP);
	if (interpreter)
		f->linker = path_at(f, interpreter->start);
	list_libraries(f, image);
	if (f->nlibraries)
		qsort(f->libraries, f->nlibraries, sizeof(*f->libraries), compare_libraries);
}

static bool spells_build_id(const struct finder *f, const unsigned char *note, char *text)
{
	uint64_t size = corememory_number(f->memory, note + 4, 4);

	if (corememory_number(f->memory, note, 4) != 4 || !size || size > BUILD_ID_MAX ||
	    corememory_number(f->memory, note + 8, 4) != NT_GNU_BUILD_ID ||
	    memcmp(note + 12, "GNU", 4) != 0)
		return false;
	text = stpcpy(text, "build-id:");
	for (size_t i = 0; i < size; i++)
		text += sprintf(text, "%02x", note[16 + i]);
	return true;
}

static uint64_t note_size(const struct finder *f, const unsigned char *note)
{
	uint64_t name = corememory_number(f->memory, note, 4);
	uint64_t size = corememory_number(f->memory, note + 4, 4);

	return 12 + (name + 3) / 4 * 4 + (size + 3) / 4 * 4;
}

/* "build-id:0123…" from the notes next to the ELF header, or "". */
static const char *build_id(const struct finder *f, const struct image *image)
{
	const uint64_t start = f->memory->loads[image->load].start;
	char text[16 + 2 * BUILD_ID_MAX] = "";

	for (size_t i = 0; i < image->nheaders && !*text; i++) {
		const struct header *h = &image->headers[i];
		uint64_t at = h->start - start;

		for (unsigned n = 0; h->type == PT_NOTE && n < NOTES_MAX; n++) {
			if (at > VMV_SMALLEST_PAGE - 16 - BUILD_ID_MAX ||
			    spells_build_id(f, image->page + at, text))
				break;
			at += note_size(f, image->page + at);
		}
	}
	return vmv_map_intern(f->notes->map, text, strlen(text));
}

/* Is the address in a segment from @first to @last? */
static bool spans(const struct finder *f, size_t first, size_t last, uint64_t address)
{
	return address != VMV_UNKNOWN && address >= f->memory->loads[first].start &&
	       address < f->memory->loads[last].end;
}

/* Regions with the same name belong to one file, so each image needs a name. */
static const char *unnamed(const struct finder *f, size_t load)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "unnamed:%" PRIx64, f->memory->loads[load].start);

	return vmv_map_intern(f->notes->map, text, (size_t)len);
}

static const char *name_of(const struct finder *f, const struct image *image)
{
	const struct vmv_process *p = &f->notes->map->process;
	const struct library key = { .bias = image->bias }, *found = NULL;
	const char *name = "";

	if (spans(f, image->load, image->load, p->phdr))
		name = path_at(f, f->notes->execfn);
	else if (p->base && spans(f, image->load, image->load, p->base))
		name = f->linker;
	else if (f->nlibraries)
		found = bsearch(&key, f->libraries, f->nlibraries, sizeof(key), compare_libraries);
	if (found)
		name = path_at(f, found->name);
	if (!*name)
		name = build_id(f, image);
	return *name ? name : unnamed(f, image->load);
}

/* ---- what belongs to an image ---- */

static void add_file(struct finder *f, const struct corefile_range *file)
{
	corenotes_add_file(f->notes, file);
	f->at = file->end;
}

/* The part of one segment of the core that the image's segments cover. */
static void add_parts(struct finder *f, const struct image *image, const struct coreload *load,
		      struct corefile_range *file)
{
	for (size_t i = 0; i < image->nheaders; i++) {
		const struct header *h = &image->headers[i];
		uint64_t start = vmv_page_down(h->start, f->page);
		uint64_t end = vmv_page_up(h->start + h->size, f->page);

		file->offset = vmv_page_down(h->offset, f->page) - start;
		if (start < load->start)
			start = load->start;
		if (start < f->at)
			start = f->at;
		if (h->type != PT_LOAD || start >= end || start >= load->end)
			continue;
		file->start = start;
		file->end = end < load->end ? end : load->end;
		file->offset += start;
		add_file(f, file);
	}
}

static uint64_t end_of(const struct image *image)
{
	uint64_t end = 0;

	for (size_t i = 0; i < image->nheaders; i++)
		if (image->headers[i].type == PT_LOAD &&
		    image->headers[i].start + image->headers[i].size > end)
			end = image->headers[i].start + image->headers[i].size;
	return end;
}

/* Take segments up to the next image; returns the first one not looked at. */
static size_t add_image(struct finder *f, const struct image *image, struct image *next)
{
	struct corememory *m = f->memory;
	struct corefile_range file = { .name = name_of(f, image) };
	size_t i = image->load;

	do
		add_parts(f, image, &m->loads[i++], &file);
	while (i < m->nloads && m->loads[i].start < end_of(image) && !read_image(f, i, next));
	return i;
}

/* ---- code without a header ---- */

static bool is_whole(const struct coreload *load)
{
	return load->length >= load->end - load->start;
}

static bool touch(const struct finder *f, size_t i, size_t next)
{
	return next < f->memory->nloads && f->memory->loads[i].end == f->memory->loads[next].start;
}

/* Code made at run time would be in the core file; code of a file need not be. */
static bool is_code_of_file(const struct finder *f, const struct coreload *load)
{
	return (load->perms & (VMV_EXEC | VMV_WRITE)) == VMV_EXEC && !is_whole(load) &&
	       load->start != f->notes->map->process.vdso;
}

/* Take the code with its neighbours: constants on both sides, and variables above. */
static size_t add_unknown(struct finder *f, size_t code)
{
	const struct coreload *loads = f->memory->loads;
	const struct vmv_process *p = &f->notes->map->process;
	size_t first = code, last = code;
	struct corefile_range file = { .name = "", .guessed = true };

	while (first > 0 && touch(f, first - 1, first) && loads[first - 1].start >= f->at &&
	       !(loads[first - 1].perms & (VMV_WRITE | VMV_EXEC)) && !is_whole(&loads[first - 1]))
		first--;
	while (touch(f, last, last + 1) && !(loads[last].perms & VMV_WRITE) &&
	       !(loads[last + 1].perms & VMV_EXEC))
		last++;
	if (spans(f, first, last, p->entry))
		file.name = path_at(f, f->notes->execfn);
	if (!*file.name)
		file.name = unnamed(f, first);
	for (size_t i = first; i <= last; i++) {
		file.start = loads[i].start;
		file.end = loads[i].end;
		file.offset = file.start - loads[first].start;
		add_file(f, &file);
	}
	return last + 1;
}

void coreimages_find(struct corenotes *notes, struct corememory *memory)
{
	struct image *image = vmv_calloc(2, sizeof(*image)), *next = image + 1;
	struct finder f = { .notes = notes, .memory = memory };
	size_t i = 0;

	f.page = corememory_page(memory);
	ask_program(&f, image);
	while (i < memory->nloads) {
		if (read_image(&f, i, image))
			i = add_image(&f, image, next);
		else if (is_code_of_file(&f, &memory->loads[i]))
			i = add_unknown(&f, i);
		else
			i++;
	}
	free(f.libraries);
	free(image);
}
