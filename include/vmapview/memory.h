/*
 * memory.h - the contents of a running process's memory
 */
#ifndef VMV_MEMORY_H
#define VMV_MEMORY_H

#include "vmapview/page.h"

struct vmv_memory;
struct vmv_process;

/** vmv_memory_open - get ready; for one thread, which closes it. */
struct vmv_memory *vmv_memory_open(void);

/** vmv_memory_close - may be NULL. */
void vmv_memory_close(struct vmv_memory *memory);

/**
 * vmv_memory_read - read a piece of the memory of @process, VMV_SMALLEST_PAGE bytes at most and of
 * one page
 *
 * Looking must not change what there is to see: a page that the process does not
 * have in its memory is not read, since that would bring it there, unless the
 * piece says fetch.  Nothing is read of another process that has the PID now.
 * What is not answered within a second is given up (VMV_PAGE_SILENT).
 *
 * Return: VMV_PAGE_READ if all of the piece was read, otherwise why not.
 */
enum vmv_page vmv_memory_read(struct vmv_memory *memory, const struct vmv_process *process,
			      const struct vmv_piece *piece);

#endif
