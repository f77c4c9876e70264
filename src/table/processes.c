/* processes.c - see processes.h */
#include "vmapview/processes.h"

#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))
#define AT(member)    offsetof(struct vmv_process_row, member)

static void get_number(const struct vmv_column *c, const struct vmv_list *list, size_t i,
		       struct vmv_value *v)
{
	memcpy(&v->number, (const char *)vmv_list_item(list, i) + c->arg, sizeof(v->number));
	v->known = v->number != VMV_UNKNOWN;
}

static void get_text(const struct vmv_column *c, const struct vmv_list *list, size_t i,
		     struct vmv_value *v)
{
	memcpy(&v->text, (const char *)vmv_list_item(list, i) + c->arg, sizeof(v->text));
	v->known = v->text && *v->text;
}

static void get_one(const struct vmv_column *c, const struct vmv_list *list, size_t i,
		    struct vmv_value *v)
{
	(void)c, (void)list, (void)i;
	v->known = true;
	v->number = 1;
}

/* clang-format off */
static const struct vmv_column columns[] = {
	{ "pid", "PID", VMV_NUMBER, VMV_SAME, 0, "process ID", .get = get_number, .arg = AT(pid), .keep = VMV_KEEP },
	{ "user", "User", VMV_TEXT, VMV_SAME, 0, "who it runs as", .get = get_text, .arg = AT(user), .keep = 3, .look = VMV_LOOK_HEAD },
	{ "rss", "Rss", VMV_BYTES, VMV_SUM, 0, "what it has in memory", .get = get_number, .arg = AT(rss), .keep = VMV_KEEP },
	{ "pss", "Pss", VMV_BYTES, VMV_SUM, 0, "Rss, each page divided by the number of its users", .get = get_number, .arg = AT(pss), .keep = 6 },
	{ "uss", "Uss", VMV_BYTES, VMV_SUM, 0, "Rss that no other process shares", .get = get_number, .arg = AT(uss) },
	{ "swap", "Swap", VMV_BYTES, VMV_SUM, 0, "swapped out", .get = get_number, .arg = AT(swap) },
	{ "regions", "Regions", VMV_NUMBER, VMV_SUM, 0, "how many regions it has mapped", .get = get_number, .arg = AT(regions) },
	{ "processes", "Processes", VMV_NUMBER, VMV_SUM, 0, "how many processes the row stands for", .get = get_one },
	{ "command", "Command", VMV_TEXT, VMV_SAME, 0, "command line", .get = get_text, .arg = AT(command), .keep = VMV_KEEP, .look = VMV_LOOK_HEAD },
};
/* clang-format on */

const struct vmv_kind vmv_kind_processes = {
	.name = "processes",
	.help = "the processes of this machine",
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.usual = "pid,user,rss,pss,uss,swap,regions,command",
	.grouped = "processes,rss,pss,uss,swap,regions",
	.words = "user,command",
	.key = "pid",
	.order = "-pss",
	.group_order = "-pss",
	.airy = true,
};

struct vmv_list vmv_process_list(const struct vmv_processes *processes)
{
	return (struct vmv_list){ .kind = &vmv_kind_processes,
				  .of = processes,
				  .items = processes->list,
				  .count = processes->count,
				  .size = sizeof(*processes->list) };
}

struct vmv_process_row *vmv_processes_add(struct vmv_processes *processes)
{
	struct vmv_process_row *u;

	processes->list = vmv_grow(processes->list, processes->count, &processes->room,
				   sizeof(*processes->list));
	u = &processes->list[processes->count++];
	*u = (struct vmv_process_row){ 0 };
	u->rss = u->pss = u->uss = u->swap = u->regions = VMV_UNKNOWN;
	return u;
}

bool vmv_near_limit(uint64_t regions, uint64_t max)
{
	return regions != VMV_UNKNOWN && max && max != VMV_UNKNOWN && regions >= max - max / 5;
}

uint64_t vmv_limit_percent(uint64_t regions, uint64_t max)
{
	return regions * 100 / max;
}

void vmv_limit_text(char *text, size_t size, uint64_t regions, uint64_t max)
{
	snprintf(text, size,
		 "%" PRIu64 " of at most %" PRIu64 " regions (%" PRIu64 " %% of vm.max_map_count)",
		 regions, max, vmv_limit_percent(regions, max));
}

static void release(struct vmv_process_row *u)
{
	free(u->user);
	free(u->command);
}

void vmv_processes_drop(struct vmv_processes *processes, size_t i)
{
	release(&processes->list[i]);
	processes->list[i] = processes->list[--processes->count];
}

void vmv_processes_done(struct vmv_processes *processes)
{
	for (size_t i = 0; i < processes->count; i++)
		release(&processes->list[i]);
	free(processes->list);
	free(processes->time);
	free(processes->kernel);
	*processes = (struct vmv_processes){ 0 };
}
