/* image.c - see image.h */
#include "image.h"

#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/page.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

enum {
	BRK_GAP = 1 << 30, /* brk() starts this far above the program at most */
	HOLE_MAX =
		2 << 20, /* linkers keep segments as far apart as the largest page of the machine */
	BSS_USUAL = 256 << 10, /* most libraries have less */
};

static uint64_t page_down(const struct image *image, uint64_t address)
{
	return vmv_page_down(address, image->page);
}

static uint64_t page_up(const struct image *image, uint64_t address)
{
	return vmv_page_up(address, image->page);
}

/* Files of the kernel's own, which no loader loads, and devices. */
static bool may_be_loaded(const struct vmv_region *r)
{
	static const char *const not_files[] = { "/dev/", "/memfd:", "/SYSV", "/anon_hugepage" };

	if (vmv_is_nameless(r))
		return true;
	if (!r->inode || *r->name != '/')
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(not_files); i++)
		if (!strncmp(r->name, not_files[i], strlen(not_files[i])))
			return false;
	return true;
}

/* The linker takes the access from what lies between two segments. */
static bool is_pad(const struct vmv_region *r)
{
	return !(r->perms & (VMV_READ | VMV_WRITE | VMV_EXEC | VMV_ACCESS_UNKNOWN));
}

/*
 * Could one loading of a file have made both?  Segments go on in the file where
 * the one before ended, or repeat its last page; anything else is a second
 * mapping of the file.
 */
static bool goes_on(const struct vmv_region *r, const struct vmv_region *next)
{
	uint64_t all = r->start | r->end | next->start | next->offset, page = all & -all;

	if (!vmv_same_file(r, next))
		return false;
	if (next->offset == VMV_UNKNOWN && next->major == VMV_NO_DEVICE) /* pmap did not tell */
		return true;
	if (is_pad(r)) /* it reaches further than the file's segment did */
		return next->offset + page >= r->offset;
	return next->offset >= r->offset && next->offset + page >= r->offset + (r->end - r->start);
}

/* The last of the run of regions that starts with @first. */
static size_t run_end(const struct vmv_map *map, size_t first)
{
	size_t last = first;

	while (last + 1 < map->nregions && goes_on(&map->regions[last], &map->regions[last + 1]))
		last++;
	return last;
}

/* Where the access is not known, a segment with one of its own begins a region. */
static bool has_access(const struct vmv_region *r, const struct image *image,
		       const struct vmv_segment *s)
{
	if (r->perms & VMV_ACCESS_UNKNOWN)
		return r->start == page_down(image, image->bias + s->vaddr);
	return r->perms & (s->flags & PF_X ? VMV_EXEC : VMV_READ);
}

/* Is the segment mapped where it would be, with the access it asks for? */
static bool segment_is_mapped(const struct vmv_map *map, const struct image *image,
			      const struct vmv_segment *s)
{
	const struct vmv_region *r = vmv_map_at(map, image->bias + s->vaddr);

	return r && vmv_same_file(r, &map->regions[image->first]) && has_access(r, image, s) &&
	       r->offset <= s->offset && !(r->perms & VMV_SHARED);
}

static const struct vmv_segment *first_load(const struct vmv_elf *elf)
{
	for (size_t i = 0; i < elf->nsegments; i++)
		if (elf->segments[i].type == PT_LOAD)
			return &elf->segments[i];
	return NULL;
}

/*
 * A loaded file has its code (or, having none, its data) where the headers put
 * it; an ELF file mapped to be read does not.
 */
static bool headers_agree(const struct vmv_map *map, struct image *image)
{
	const struct vmv_segment *load = first_load(image->elf), *proof = load;
	const struct vmv_region *r = &map->regions[image->first];

	if (!load || r->offset != page_down(image, load->offset))
		return false;
	image->bias = r->start - page_down(image, load->vaddr);
	for (size_t i = 0; i < image->elf->nsegments; i++) {
		const struct vmv_segment *s = &image->elf->segments[i];

		if (s->type == PT_LOAD && s->flags & (PF_X | PF_W) && !(proof->flags & PF_X))
			proof = s;
	}
	return segment_is_mapped(map, image, proof);
}

static bool has_code(const struct vmv_map *map, size_t first, size_t last)
{
	for (size_t i = first; i <= last; i++)
		if (map->regions[i].perms & VMV_EXEC && !(map->regions[i].perms & VMV_SHARED))
			return true;
	return false;
}

/* A file mapped in pieces, the last of them written to: programs are. */
static bool may_have_code(const struct vmv_map *map, size_t first, size_t last)
{
	return last > first && map->regions[first].perms & VMV_ACCESS_UNKNOWN &&
	       !map->regions[first].offset && map->regions[last].perms & VMV_WRITE;
}

static void add_image(struct images *images, const struct image *image)
{
	images->list = vmv_grow(images->list, images->n, &images->room, sizeof(*images->list));
	for (size_t i = image->first; i <= image->last; i++)
		images->of[i] = (int32_t)images->n;
	images->list[images->n++] = *image;
}

/* Does a segment of the image begin or go on there?  Anything may, where there are no headers. */
static bool fits(const struct image *image, const struct vmv_region *r)
{
	for (size_t i = 0; image->elf && i < image->elf->nsegments; i++) {
		const struct vmv_segment *s = &image->elf->segments[i];

		if (s->type == PT_LOAD && r->start >= page_down(image, image->bias + s->vaddr) &&
		    r->start < page_up(image, image->bias + s->vaddr + s->memsz))
			return true;
	}
	return !image->elf;
}

/* The first region of the file that goes on behind a hole, in which others may be; or @last. */
static size_t beyond_hole(const struct vmv_map *map, const struct image *image)
{
	const struct vmv_region *last = &map->regions[image->last];

	for (size_t i = image->last + 1; i < map->nregions; i++) {
		const struct vmv_region *r = &map->regions[i];

		if (r->start - last->end > HOLE_MAX)
			break;
		if (vmv_same_file(last, r))
			return goes_on(last, r) && fits(image, r) ? i : image->last;
	}
	return image->last;
}

/* Linkers of old left the hole between two segments to whoever maps something next. */
static void cross_holes(struct images *images, const struct vmv_map *map)
{
	int32_t which = (int32_t)images->n - 1;
	struct image *image = &images->list[which];
	size_t next;

	while ((next = beyond_hole(map, image)) > image->last) {
		image->last = run_end(map, next);
		for (size_t i = next; i <= image->last; i++)
			images->of[i] = which;
	}
}

/* Consider the run of regions [first, last] of one file, with its headers if they can be read. */
static void consider(struct images *images, const struct vmv_map *map, size_t first, size_t last)
{
	const struct vmv_region *r = &map->regions[first];
	struct image image = {
		.first = first, .last = last, .page = images->page, .elf = vmv_map_elf(map, r)
	};

	if (!image.elf && !may_be_loaded(r) && !image_is_program(map, r))
		return;
	if (image.elf) {
		if (!headers_agree(map, &image))
			return;
		images->loaded[image.elf - map->elves] = true;
	} else if (!has_code(map, first, last)) {
		if (!may_have_code(map, first, last))
			return;
		image.guessed = true;
	}
	image.guessed |= !image.elf && vmv_is_nameless(r);
	add_image(images, &image);
	cross_holes(images, map);
}

/* Code mapped a second time (V8 and libffi do it) is still that of its file. */
static void consider_again(struct images *images, const struct vmv_map *map, size_t first,
			   size_t last)
{
	const struct vmv_region *r = &map->regions[first];
	const struct vmv_elf *elf = vmv_map_elf(map, r);
	const struct image image = { .first = first, .last = last, .page = images->page };

	if (elf && (images->loaded[elf - map->elves] || image_is_program(map, r)) &&
	    has_code(map, first, last))
		add_image(images, &image);
}

/* Let each run of regions of one file be considered that is not part of an image. */
static void for_each_run(struct images *images, const struct vmv_map *map,
			 void (*each)(struct images *, const struct vmv_map *, size_t, size_t))
{
	for (size_t i = 0; i < map->nregions; i++) {
		size_t last;

		if (!map->regions[i].inode || images->of[i] >= 0)
			continue;
		last = run_end(map, i);
		each(images, map, i, last);
		i = last;
	}
}

static const struct vmv_segment *last_writable(const struct vmv_elf *elf)
{
	const struct vmv_segment *last = NULL;

	for (size_t i = 0; elf && i < elf->nsegments; i++)
		if (elf->segments[i].type == PT_LOAD && elf->segments[i].flags & PF_W)
			last = &elf->segments[i];
	return last;
}

/*
 * Without headers, how much of the memory right behind the data can be its .bss: anybody's may
 * have grown together with it.  Nobody maps anything behind the program itself.
 */
static uint64_t plausible_bss(const struct vmv_map *map, const struct image *image)
{
	uint64_t written = 0;

	if (image->role == IMAGE_EXE)
		return UINT64_MAX;
	for (size_t i = image->first; i <= image->last; i++) {
		const struct vmv_region *r = &map->regions[i];

		if (vmv_same_file(r, &map->regions[image->first]) &&
		    (r->part == VMV_PART_DATA || r->part == VMV_PART_RELRO))
			written += r->end - r->start;
	}
	return written > BSS_USUAL ? written : BSS_USUAL;
}

/* The headers tell where .bss is; without them, it is right behind data. */
static bool is_bss(const struct vmv_map *map, const struct image *image, size_t i)
{
	const struct vmv_segment *data = last_writable(image->elf);
	const struct vmv_region *last = &map->regions[image->last], *r = &map->regions[i];

	if (!vmv_is_anon(r))
		return false;
	if (image->elf)
		return data &&
		       r->start >= page_down(image, image->bias + data->vaddr + data->filesz) &&
		       r->start < page_up(image, image->bias + data->vaddr + data->memsz);
	return r->start == last->end && last->perms & VMV_WRITE && r->perms & VMV_WRITE &&
	       last->part != VMV_PART_BSS && r->end - r->start <= plausible_bss(map, image);
}

/*
 * The kernel and the linker map what .bss needs beyond the file's last page
 * behind the data, as anonymous memory.  mprotect() may have cut it.
 */
static void claim_bss(struct images *images, struct vmv_map *map, size_t which)
{
	struct image *image = &images->list[which];

	for (size_t i = image->last + 1; i < map->nregions && is_bss(map, image, i); i++) {
		images->of[i] = (int32_t)which;
		images->part_evidence[i] = image->elf ? VMV_BY_HEADERS : VMV_BY_SHAPE;
		map->regions[i].part = VMV_PART_BSS;
		image->last = i;
	}
}

static bool in_relro(const struct image *image, const struct vmv_region *r)
{
	for (size_t i = 0; image->elf && i < image->elf->nsegments; i++) {
		const struct vmv_segment *s = &image->elf->segments[i];
		uint64_t start = page_down(image, image->bias + s->vaddr);

		if (s->type == PT_GNU_RELRO && r->start >= start &&
		    r->start < page_up(image, image->bias + s->vaddr + s->memsz))
			return true;
	}
	return false;
}

/*
 * Without headers: read-only pages between code, which is below, and data were data once.  Right
 * behind code they may be constants, unless those are in one segment with the code, as of old.
 */
static bool looks_relro(const struct vmv_map *map, const struct image *image, size_t i,
			const struct vmv_region *before)
{
	const struct vmv_region *r = &map->regions[i], *first = &map->regions[image->first];

	if (!before || (before->perms & VMV_EXEC && !(first->perms & VMV_EXEC)))
		return false;
	return i < image->last && r[1].start == r->end && vmv_same_file(r, r + 1) &&
	       r[1].perms & VMV_WRITE;
}

/* What the headers ask for, where what was given is not known. */
static enum vmv_part part_by_headers(const struct image *image, const struct vmv_region *r)
{
	if (in_relro(image, r))
		return VMV_PART_RELRO;
	for (size_t i = 0; image->elf && i < image->elf->nsegments; i++) {
		const struct vmv_segment *s = &image->elf->segments[i];
		uint64_t start = page_down(image, image->bias + s->vaddr);

		if (s->type != PT_LOAD || r->start < start ||
		    r->start >= page_up(image, image->bias + s->vaddr + s->memsz))
			continue;
		if (s->flags & PF_X)
			return VMV_PART_TEXT;
		return s->flags & PF_W ? VMV_PART_DATA : VMV_PART_RODATA;
	}
	return VMV_PART_NONE;
}

/* @before: the image's region below, if there is code below */
static enum vmv_part part_of(const struct vmv_map *map, const struct image *image, size_t i,
			     const struct vmv_region *before)
{
	const struct vmv_region *r = &map->regions[i];

	if (r->perms & VMV_ACCESS_UNKNOWN)
		return part_by_headers(image, r);
	if (r->perms & VMV_EXEC)
		return VMV_PART_TEXT;
	if (r->perms & VMV_WRITE)
		return VMV_PART_DATA;
	if (!(r->perms & VMV_READ))
		return VMV_PART_PAD;
	if (image->elf ? in_relro(image, r) : looks_relro(map, image, i, before))
		return VMV_PART_RELRO;
	return VMV_PART_RODATA;
}

static void set_parts(struct images *images, struct vmv_map *map, size_t which)
{
	const struct image *image = &images->list[which];
	const struct vmv_region *before = NULL;

	for (size_t i = image->first; i <= image->last; i++) {
		struct vmv_region *r = &map->regions[i];

		if (images->of[i] != (int32_t)which)
			continue;
		r->part = (uint8_t)part_of(map, image, i, before);
		if (before || r->perms & VMV_EXEC)
			before = r;
		images->part_evidence[i] = image->elf ? VMV_BY_HEADERS : VMV_BY_PERMS;
	}
}

void images_find(struct images *images, struct vmv_map *map)
{
	*images = (struct images){ .page = vmv_map_page_size(map) };
	images->of = vmv_enlarge(NULL, 0, map->nregions, sizeof(*images->of));
	images->part_evidence = vmv_calloc(map->nregions, sizeof(*images->part_evidence));
	images->loaded = vmv_calloc(map->nelves, sizeof(*images->loaded));
	for (size_t i = 0; i < map->nregions; i++)
		images->of[i] = -1;

	for_each_run(images, map, consider);
	for_each_run(images, map, consider_again);
	images_find_roles(images, map);
	for (size_t i = 0; i < images->n; i++) {
		set_parts(images, map, i);
		claim_bss(images, map, i);
	}
}

/* The kernel's own names, which a core file lacks. */
static bool has_names(const struct vmv_map *map)
{
	static const char *const names[] = { "[heap]", "[stack]", "[vdso]" };

	for (size_t i = 0; i < map->nregions; i++)
		for (size_t k = 0; *map->regions[i].name == '[' && k < ARRAY_SIZE(names); k++)
			if (!strcmp(map->regions[i].name, names[k]))
				return true;
	return false;
}

size_t images_heap(const struct images *images, const struct vmv_map *map)
{
	size_t none = map->nregions, i = 0;
	const struct vmv_region *r;

	while (i < images->n && images->list[i].role != IMAGE_EXE)
		i++;
	if (i == images->n || has_names(map))
		return none;
	i = images->list[i].last + 1;
	r = &map->regions[i];
	if (i >= none || !vmv_is_anon(r) || !(r->perms & VMV_READ) || !(r->perms & VMV_WRITE))
		return none;
	return r->start - r[-1].end <= BRK_GAP ? i : none;
}

void images_done(struct images *images)
{
	free(images->list);
	free(images->of);
	free(images->part_evidence);
	free(images->loaded);
}
