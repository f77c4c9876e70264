/*
 * process.h - the memory of many processes, one row each
 */
#ifndef VMV_PROCESS_H
#define VMV_PROCESS_H

#include "vmapview/column.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_error;

/**
 * struct vmv_usage - one process
 * @user, @command: made printable by libproc2; owned, may be NULL
 * @rss, @pss, @uss, @swap: bytes, VMV_UNKNOWN where not known
 * @regions: how many
 */
struct vmv_usage {
	uint64_t pid, rss, pss, uss, swap, regions;
	char *user, *command;
};

/**
 * struct vmv_usages - processes; zero it before use
 * @denied: how many of them we may not read
 * @max_regions: how many regions each may have, VMV_UNKNOWN where not known
 * @time, @kernel: when and of which kernel, as in struct vmv_map; owned, may be NULL
 */
struct vmv_usages {
	struct vmv_usage *list;
	size_t count, room, denied;
	uint64_t max_regions;
	char *time, *kernel;
};

/** vmv_usages_add - append a process of which nothing is known; valid until the
 *  next one is added. */
struct vmv_usage *vmv_usages_add(struct vmv_usages *usages);

/** vmv_near_limit - is @regions at least four fifths of @max, the most there may be? */
bool vmv_near_limit(uint64_t regions, uint64_t max);

/** vmv_usages_drop - remove the @i-th; the last one takes its place. */
void vmv_usages_drop(struct vmv_usages *usages, size_t i);

/** vmv_usages_done - release all of them. */
void vmv_usages_done(struct vmv_usages *usages);

/**
 * struct vmv_usage_column - one column of such a list
 * @type: VMV_NUMBER, VMV_BYTES or VMV_TEXT
 * @at:   offset in struct vmv_usage
 */
struct vmv_usage_column {
	const char *name, *title;
	enum vmv_type type;
	size_t at;
	const char *help;
};

extern const struct vmv_usage_column vmv_usage_columns[];
extern const size_t vmv_nusage_columns;

/** vmv_usage_number, vmv_usage_text - what a process has in a column. */
uint64_t vmv_usage_number(const struct vmv_usage_column *column, const struct vmv_usage *u);
const char *vmv_usage_text(const struct vmv_usage_column *column, const struct vmv_usage *u);

enum { VMV_USAGE_KEYS = 8 };

/** struct vmv_usage_order - what to sort by, the first key counts most */
struct vmv_usage_order {
	struct {
		const struct vmv_usage_column *column;
		bool descending;
	} keys[VMV_USAGE_KEYS];
	size_t count;
};

/** vmv_usage_order_parse - read "-pss,user"; 0 or -EINVAL with @err set. */
int vmv_usage_order_parse(struct vmv_usage_order *order, const char *text, struct vmv_error *err);

/** vmv_usages_sort - sort; the unknown come first, or last if descending, and
 *  equal ones by PID. */
void vmv_usages_sort(struct vmv_usages *usages, const struct vmv_usage_order *order);

#endif
