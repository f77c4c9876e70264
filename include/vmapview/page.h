/*
 * page.h - looking at a page of a process's memory
 */
#ifndef VMV_PAGE_H
#define VMV_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct vmv_piece - what to look at: @size bytes at @address
 * @to:    where they go
 * @fetch: bring the page into memory if it is not there; else it is left alone
 */
struct vmv_piece {
	uint64_t address;
	size_t size;
	void *to;
	bool fetch;
};

/** What came of it. */
enum vmv_page {
	VMV_PAGE_READ,    /* its bytes are known */
	VMV_PAGE_ASKED,   /* they are not yet */
	VMV_PAGE_ABSENT,  /* not in memory, or not mapped by this process yet; not fetched */
	VMV_PAGE_SWAPPED, /* swapped out; not fetched */
	VMV_PAGE_GUARD,   /* a guard page inside a region: nobody may touch it */
	VMV_PAGE_FAULT,   /* can't be read at all: of a device, behind the end of a file */
	VMV_PAGE_DENIED,  /* we may not look */
	VMV_PAGE_GONE,    /* the process is */
	VMV_PAGE_SILENT,  /* of a file, and who has that does not answer */
};

#endif
