/* memory.c - see memory.h */
#include "vmapview/memory.h"

#include "apart.h"
#include "means.h"
#include "procfile.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE = 1000 }; /* milliseconds, as somebody waits for it */

struct vmv_memory {
	struct apart apart;
};

struct vmv_memory *vmv_memory_open(void)
{
	struct vmv_memory *memory = vmv_calloc(1, sizeof(*memory));

	memory->apart.patience = PATIENCE;
	return memory;
}

void vmv_memory_close(struct vmv_memory *memory)
{
	free(memory);
}

/** struct shown - @page: what became of @piece */
struct shown {
	const struct vmv_piece *piece;
	enum vmv_page page;
};

static void take(void *data, size_t piece, enum vmv_page page, unsigned char *bytes)
{
	struct shown *shown = data;

	(void)piece;
	shown->page = page;
	if (page == VMV_PAGE_READ)
		memcpy(shown->piece->to, bytes, shown->piece->size);
}

static enum vmv_page why_not(int code)
{
	if (means_lack(code))
		return VMV_PAGE_LACKING;
	return code == ENOENT || code == ESRCH ? VMV_PAGE_GONE : VMV_PAGE_FAULT;
}

enum vmv_page vmv_memory_read(struct vmv_memory *memory, const struct vmv_process *process,
			      const struct vmv_piece *piece)
{
	struct shown shown = { piece, VMV_PAGE_GONE };
	struct procfile_stat st;
	int dir = procfile_open(process->pid), rc;
	struct apart_job job = {
		.dir = dir, .pieces = piece, .n = 1, .take = take, .data = &shown
	};

	if (dir < 0)
		return why_not(errno);
	rc = procfile_stat(dir, &st);
	if (rc < 0)
		shown.page = why_not(-rc);
	else if (st.start_ticks == process->start_ticks)
		apart_read(&memory->apart, &job);
	close(dir);
	return shown.page;
}
