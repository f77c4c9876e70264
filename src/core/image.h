/*
 * image.h - which regions belong to which loaded program file (private to core)
 *
 * An image is one loading of an ELF file: its mapped segments and the anonymous
 * memory of its .bss.  Others may have mapped something in a hole between two segments.  Images are
 * found by file identity, never by ".so" in a name: a plugin needs none, and a data file may have
 * it.
 */
#ifndef VMV_IMAGE_H
#define VMV_IMAGE_H

#include "vmapview/class.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_elf;
struct vmv_map;
struct vmv_region;

/**
 * struct image - one loading of one file
 * @first, @last: indices of its first and last region (file or .bss); what of those between
 *         is its own, images->of tells
 * @page:  size of a page on the machine of the map
 * @bias:  what was added to the addresses in the file; only with @elf
 * @elf:   its program headers, or NULL if they could not be read
 * @guessed: nothing tells that it is one but the way it is mapped
 * @role_evidence: how its role is known
 */
struct image {
	size_t first, last;
	uint64_t page, bias;
	const struct vmv_elf *elf;
	bool guessed;
	enum { IMAGE_LIB, IMAGE_EXE, IMAGE_LINKER } role;
	enum vmv_evidence role_evidence;
};

/**
 * struct images - all images, and for each region its image or -1
 * @page: size of a page on the machine of the map
 * @part_evidence: how the part of each region is known
 * @loaded: of each of map->elves, is it mapped as its headers say?
 */
struct images {
	struct image *list;
	size_t n, room;
	uint64_t page;
	int32_t *of;
	uint8_t *part_evidence;
	bool *loaded;
};

/** images_find - fill the empty *@images and set the part of their regions. */
void images_find(struct images *images, struct vmv_map *map);

/** image_is_program - is it the file that the process was started from? */
bool image_is_program(const struct vmv_map *map, const struct vmv_region *r);

/** images_find_roles - which image is the program, which the linker; a step of images_find(). */
void images_find_roles(struct images *images, const struct vmv_map *map);

/**
 * images_heap - the region that looks like the heap, in a map that does not name it
 *
 * The first memory above the program, if it can be written.
 *
 * Return: its index, or map->nregions if there is none or the kernel named all.
 */
size_t images_heap(const struct images *images, const struct vmv_map *map);

/** images_done - release what images_find() made. */
void images_done(struct images *images);

#endif
