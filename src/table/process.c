/* process.c - see process.h */
#include "vmapview/process.h"

#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"

#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))
#define AT(member)    offsetof(struct vmv_usage, member)

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
	{ "rss", "Rss", VMV_BYTES, VMV_SUM, 0, "what it has in memory", .get = get_number, .arg = AT(rss), .keep = 7 },
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

struct vmv_list vmv_usages_list(const struct vmv_usages *usages)
{
	return (struct vmv_list){ .kind = &vmv_kind_processes,
				  .of = usages,
				  .items = usages->list,
				  .count = usages->count,
				  .size = sizeof(*usages->list) };
}

struct vmv_usage *vmv_usages_add(struct vmv_usages *usages)
{
	struct vmv_usage *u;

	usages->list = vmv_grow(usages->list, usages->count, &usages->room, sizeof(*usages->list));
	u = &usages->list[usages->count++];
	*u = (struct vmv_usage){ 0 };
	u->rss = u->pss = u->uss = u->swap = u->regions = VMV_UNKNOWN;
	return u;
}

bool vmv_near_limit(uint64_t regions, uint64_t max)
{
	return regions != VMV_UNKNOWN && max && max != VMV_UNKNOWN && regions >= max - max / 5;
}

static void release(struct vmv_usage *u)
{
	free(u->user);
	free(u->command);
}

void vmv_usages_drop(struct vmv_usages *usages, size_t i)
{
	release(&usages->list[i]);
	usages->list[i] = usages->list[--usages->count];
}

void vmv_usages_done(struct vmv_usages *usages)
{
	for (size_t i = 0; i < usages->count; i++)
		release(&usages->list[i]);
	free(usages->list);
	free(usages->time);
	free(usages->kernel);
	*usages = (struct vmv_usages){ 0 };
}
