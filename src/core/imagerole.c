/* imagerole.c - which image is the program, which the dynamic linker; see image.h */
#include "image.h"

#include "vmapview/map.h"

#include <fnmatch.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

bool image_is_program(const struct vmv_map *map, const struct vmv_region *r)
{
	const struct vmv_process *p = &map->process;

	return p->exe_inode != VMV_UNKNOWN && p->exe_inode == r->inode &&
	       p->exe_dev == vmv_device(r->major, r->minor);
}

/* The image that contains the address, or NULL. */
static const struct image *image_at(const struct images *images, const struct vmv_map *map,
				    uint64_t address)
{
	const struct vmv_region *r = address == VMV_UNKNOWN ? NULL : vmv_map_at(map, address);
	int32_t which = r ? images->of[r - map->regions] : -1;

	return which < 0 ? NULL : &images->list[which];
}

static bool matches(const char *name, const char *const *patterns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!fnmatch(patterns[i], vmv_base_name(name), 0))
			return true;
	return false;
}

/* The usual names of the dynamic linkers of glibc, musl and the BSDs' heirs. */
static bool named_like_linker(const char *name)
{
	static const char *const patterns[] = { "ld-linux*.so*", "ld-musl-*.so*", "ld-[0-9]*.so",
						"ld.so*",        "ld64.so*",      "linker",
						"linker64" };

	return matches(name, patterns, ARRAY_SIZE(patterns));
}

/* Names that hardly any program has, including Android's compiled files. */
static bool named_like_library(const char *name)
{
	static const char *const patterns[] = { "*.so",   "*.so.*", "*.so (deleted)",
						"*.oat",  "*.art",  "*.odex*",
						"*.vdex", "*.jar",  "*.apk" };

	return named_like_linker(name) || matches(name, patterns, ARRAY_SIZE(patterns));
}

/* The auxiliary vector decides first, then the file, then its name. */
static void set_role(const struct vmv_map *map, struct image *image, const struct image *entry,
		     const struct image *base)
{
	const struct vmv_region *r = &map->regions[image->first];

	image->role = IMAGE_LIB;
	image->role_evidence = image->elf ? VMV_BY_HEADERS : VMV_BY_PERMS;
	if (image->guessed)
		image->role_evidence = VMV_BY_SHAPE;
	if (image == entry) {
		image->role = IMAGE_EXE;
		image->role_evidence = VMV_BY_AUXV;
	} else if (image_is_program(map, r)) {
		image->role = IMAGE_EXE;
		image->role_evidence = VMV_BY_FILE;
	} else if (image == base) {
		image->role = IMAGE_LINKER;
		image->role_evidence = VMV_BY_AUXV;
	} else if (map->process.base == VMV_UNKNOWN && named_like_linker(r->name)) {
		image->role = IMAGE_LINKER;
		image->role_evidence = VMV_BY_FILE;
	}
}

static const struct vmv_region *named_heap(const struct vmv_map *map)
{
	for (size_t i = 0; i < map->nregions; i++)
		if (!strcmp(map->regions[i].name, "[heap]"))
			return &map->regions[i];
	return NULL;
}

/* The program lies below the heap, or else it is the first image.  Something with the name of a
 * library is it only below the heap: a map need not have all of a process. */
static struct image *likely_program(const struct images *images, const struct vmv_map *map,
				    bool libraries)
{
	const struct vmv_region *heap = named_heap(map);
	struct image *first = NULL, *below = NULL;

	for (size_t i = 0; i < images->n; i++) {
		struct image *image = &images->list[i];

		if (!libraries && named_like_library(map->regions[image->first].name))
			continue;
		if (!first)
			first = image;
		if (heap && &map->regions[image->last] < heap)
			below = image;
	}
	return below || libraries ? below : first;
}

/* Guess the program if nothing says which it is. */
static void guess_program(const struct images *images, const struct vmv_map *map)
{
	struct image *program = likely_program(images, map, false);

	for (size_t i = 0; i < images->n; i++)
		if (images->list[i].role == IMAGE_EXE)
			return;
	if (!program)
		program = likely_program(images, map, true);
	if (program && program->role == IMAGE_LIB) {
		program->role = IMAGE_EXE;
		program->role_evidence = VMV_BY_SHAPE;
	}
}

void images_find_roles(struct images *images, const struct vmv_map *map)
{
	const struct vmv_process *p = &map->process;
	const struct image *entry = image_at(images, map, p->entry);
	const struct image *base = p->base ? image_at(images, map, p->base) : NULL;

	for (size_t i = 0; i < images->n; i++)
		set_role(map, &images->list[i], entry, base);
	if (p->entry == VMV_UNKNOWN)
		guess_program(images, map);
}
