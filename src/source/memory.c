/* memory.c - see memory.h; bits and errors are those of proc_pid_pagemap(5), proc_pid_mem(5) */
#include "vmapview/memory.h"

#include "procfile.h"
#include "vmapview/map.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define PM_PRESENT (UINT64_C(1) << 63)
#define PM_SWAPPED (UINT64_C(1) << 62)
#define PM_GUARD   (UINT64_C(1) << 58) /* Linux 6.15; swapped is set too */

static enum vmv_page from_errno(int code)
{
	switch (code) {
	case EACCES:
	case EPERM:
		return VMV_PAGE_DENIED;
	case ESRCH:
	case ENOENT:
		return VMV_PAGE_GONE;
	default:
		return VMV_PAGE_FAULT;
	}
}

static ssize_t read_at(int dir, const char *name, void *to, size_t size, uint64_t at)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	ssize_t got;
	int code;

	if (fd < 0)
		return -errno;
	got = pread(fd, to, size, (off_t)at);
	code = errno;
	close(fd);
	return got < 0 ? -code : got;
}

/* VMV_PAGE_READ: it is there. */
static enum vmv_page look(int dir, uint64_t address)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), entry = 0;
	ssize_t got =
		read_at(dir, "pagemap", &entry, sizeof(entry), address / page * sizeof(entry));

	if (got < 0)
		return from_errno((int)-got);
	if (got != sizeof(entry)) /* of the kernel, or no memory any more */
		return VMV_PAGE_FAULT;
	if (entry & PM_GUARD)
		return VMV_PAGE_GUARD;
	if (entry & PM_PRESENT)
		return VMV_PAGE_READ;
	return entry & PM_SWAPPED ? VMV_PAGE_SWAPPED : VMV_PAGE_ABSENT;
}

static enum vmv_page read_page(int dir, const struct vmv_piece *piece)
{
	enum vmv_page page = look(dir, piece->address);
	ssize_t got;

	if (page != VMV_PAGE_READ &&
	    !(piece->fetch && (page == VMV_PAGE_ABSENT || page == VMV_PAGE_SWAPPED)))
		return page;
	got = read_at(dir, "mem", piece->to, piece->size, piece->address);
	if (got < 0)
		return from_errno((int)-got);
	if (!got)
		return VMV_PAGE_GONE;
	return (size_t)got == piece->size ? VMV_PAGE_READ : VMV_PAGE_FAULT;
}

enum vmv_page vmv_memory_read(const struct vmv_process *process, const struct vmv_piece *piece)
{
	enum vmv_page page = VMV_PAGE_GONE;
	struct procfile_stat st;
	int dir = procfile_open(process->pid);

	if (dir < 0)
		return from_errno(errno);
	if (procfile_stat(dir, &st) == 0 && st.start_ticks == process->start_ticks)
		page = read_page(dir, piece);
	close(dir);
	return page;
}
