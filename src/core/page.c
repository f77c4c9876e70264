/* page.c - see vmapview/page.h */
#include "vmapview/page.h"

#include "vmapview/map.h"

uint64_t vmv_page_size(uint64_t edges)
{
	uint64_t size = edges & -edges; /* of the lowest bit that is set */

	if (!size || size > VMV_LARGEST_PAGE)
		return VMV_LARGEST_PAGE;
	return size < VMV_SMALLEST_PAGE ? VMV_SMALLEST_PAGE : size;
}

uint64_t vmv_map_page_size(const struct vmv_map *map)
{
	uint64_t edges = 0;

	for (size_t i = 0; i < map->nregions; i++) {
		const struct vmv_region *r = &map->regions[i];

		edges |= r->start | r->end;
		if (r->inode && r->offset != VMV_UNKNOWN)
			edges |= r->offset;
	}
	return vmv_page_size(edges);
}
