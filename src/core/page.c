/* page.c - see vmapview/page.h */
#include "vmapview/page.h"

uint64_t vmv_page_size(uint64_t edges)
{
	uint64_t size = edges & -edges; /* of the lowest bit that is set */

	if (!size || size > VMV_LARGEST_PAGE)
		return VMV_LARGEST_PAGE;
	return size < VMV_SMALLEST_PAGE ? VMV_SMALLEST_PAGE : size;
}
