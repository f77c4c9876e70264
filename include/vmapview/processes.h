/*
 * processes.h - the memory of many processes, one row each
 */
#ifndef VMV_PROCESSES_H
#define VMV_PROCESSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct vmv_process_row - one process
 * @user, @command: made printable by libproc2; owned, may be NULL
 * @rss, @pss, @uss, @swap: bytes, VMV_UNKNOWN where not known
 * @regions: how many
 */
struct vmv_process_row {
	uint64_t pid, rss, pss, uss, swap, regions;
	char *user, *command;
};

/**
 * struct vmv_processes - processes; zero it before use; vmv_kind_processes (kind.h) lists them
 * @denied: how many of them we may not read
 * @max_regions: how many regions each may have, VMV_UNKNOWN where not known
 * @time, @kernel: when and of which kernel, as in struct vmv_map; owned, may be NULL
 */
struct vmv_processes {
	struct vmv_process_row *list;
	size_t count, room, denied;
	uint64_t max_regions;
	char *time, *kernel;
};

/** vmv_processes_add - append a process of which nothing is known; valid until the
 *  next one is added. */
struct vmv_process_row *vmv_processes_add(struct vmv_processes *processes);

/** vmv_near_limit - is @regions at least four fifths of @max, the most there may be? */
bool vmv_near_limit(uint64_t regions, uint64_t max);

/** vmv_limit_percent - how much of @max, which is known and not 0, @regions are. */
uint64_t vmv_limit_percent(uint64_t regions, uint64_t max);

/** vmv_limit_text - "55700 of at most 65530 regions (84 % of vm.max_map_count)", cut to @size. */
void vmv_limit_text(char *text, size_t size, uint64_t regions, uint64_t max);

/** vmv_processes_drop - remove the @i-th; the last one takes its place. */
void vmv_processes_drop(struct vmv_processes *processes, size_t i);

/** vmv_processes_done - release all of them. */
void vmv_processes_done(struct vmv_processes *processes);

#endif
