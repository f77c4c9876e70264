/*
 * page.h - pages: how large they are, and looking at them in the memory of a target
 */
#ifndef VMV_PAGE_H
#define VMV_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_error;
struct vmv_map;

/** The smallest page of any machine, and the largest that is common; both divide those between. */
enum { VMV_SMALLEST_PAGE = 4096, VMV_LARGEST_PAGE = 65536 };

/**
 * vmv_page_size - how large the pages are on the machine that a map is of, which need not be ours
 *
 * @edges: all addresses where something begins or ends, combined with "or"
 *
 * Return: the largest size that fits them all.
 */
uint64_t vmv_page_size(uint64_t edges);

/** vmv_map_page_size - the same for all regions of a map and their places in files. */
uint64_t vmv_map_page_size(const struct vmv_map *map);

/** vmv_page_down, vmv_page_up - the edge of a page at @address, or next to it. */
static inline uint64_t vmv_page_down(uint64_t address, uint64_t page)
{
	return address & ~(page - 1);
}

static inline uint64_t vmv_page_up(uint64_t address, uint64_t page)
{
	return vmv_page_down(address + page - 1, page);
}

/** What came of looking. */
enum vmv_page {
	VMV_PAGE_READ,    /* its bytes are known */
	VMV_PAGE_ASKED,   /* they are not yet */
	VMV_PAGE_ABSENT,  /* not in memory, or not mapped by this process yet; not fetched */
	VMV_PAGE_SWAPPED, /* swapped out; not fetched */
	VMV_PAGE_GUARD,   /* a guard page inside a region: nobody may touch it */
	VMV_PAGE_FAULT,   /* can't be read at all: of a device, behind the end of a file */
	VMV_PAGE_DENIED,  /* we may not look */
	VMV_PAGE_GONE,    /* the process is, or runs another program by now */
	VMV_PAGE_LACKING, /* we have too many files open, or too little memory */
	VMV_PAGE_SILENT,  /* of a file, and who has that does not answer */
	VMV_PAGE_UNSAVED, /* not in the core file */
};

/**
 * struct vmv_peek - what to look at: @size bytes at @address
 * @size:  up to VMV_SMALLEST_PAGE, all in one page of that size
 * @to:    where they go
 * @fetch: bring the page into memory if it is not there; else it is left alone
 * @page:  set: what came of it; @to holds all of the piece if that is VMV_PAGE_READ, and nothing
 *         otherwise
 */
struct vmv_peek {
	uint64_t address;
	size_t size;
	void *to;
	bool fetch;
	enum vmv_page page;
};

/**
 * struct vmv_memory - the memory of a target, lent to those who know no targets
 * @data: passed along
 * @peek: look at @n pieces; see vmv_target_peek(), whose contract this is.  NULL: there is
 *        nobody to ask
 */
struct vmv_memory {
	void *data;
	int (*peek)(void *data, struct vmv_peek *pieces, size_t n, struct vmv_error *err);
};

#endif
