/* process.c - see process.h */
#include "vmapview/process.h"

#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/map.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))
#define AT(member)    offsetof(struct vmv_usage, member)

/* clang-format off */
const struct vmv_usage_column vmv_usage_columns[] = {
	{ "pid", "PID", VMV_NUMBER, AT(pid), "process ID" },
	{ "user", "User", VMV_TEXT, AT(user), "who it runs as" },
	{ "rss", "Rss", VMV_BYTES, AT(rss), "what it has in memory" },
	{ "pss", "Pss", VMV_BYTES, AT(pss), "Rss, each page divided by the number of its users" },
	{ "uss", "Uss", VMV_BYTES, AT(uss), "Rss that no other process shares" },
	{ "swap", "Swap", VMV_BYTES, AT(swap), "swapped out" },
	{ "regions", "Regions", VMV_NUMBER, AT(regions), "how many regions it has mapped" },
	{ "command", "Command", VMV_TEXT, AT(command), "command line" },
};
/* clang-format on */
const size_t vmv_nusage_columns = ARRAY_SIZE(vmv_usage_columns);

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

uint64_t vmv_usage_number(const struct vmv_usage_column *column, const struct vmv_usage *u)
{
	uint64_t n;

	memcpy(&n, (const char *)u + column->at, sizeof(n));
	return n;
}

const char *vmv_usage_text(const struct vmv_usage_column *column, const struct vmv_usage *u)
{
	const char *s;

	memcpy(&s, (const char *)u + column->at, sizeof(s));
	return s;
}

static const struct vmv_usage_column *find(const char *name, size_t len)
{
	for (size_t i = 0; i < vmv_nusage_columns; i++)
		if (strlen(vmv_usage_columns[i].name) == len &&
		    !strncasecmp(vmv_usage_columns[i].name, name, len))
			return &vmv_usage_columns[i];
	return NULL;
}

int vmv_usage_order_parse(struct vmv_usage_order *order, const char *text, struct vmv_error *err)
{
	order->count = 0;
	for (;;) {
		bool descending = *text == '-';
		const char *name = text + descending;
		size_t len = strcspn(name, ",");
		const struct vmv_usage_column *column = find(name, len);

		if (!column)
			return vmv_fail(err, EINVAL, "no such column of processes: '%.*s'",
					(int)(len < 100 ? len : 100), name);
		if (order->count == VMV_USAGE_KEYS)
			return vmv_fail(err, EINVAL, "too many columns to sort by");
		order->keys[order->count].column = column;
		order->keys[order->count++].descending = descending;
		if (!name[len])
			return 0;
		text = name + len + 1;
	}
}

/* What is not known is the least. */
static int compare_key(const struct vmv_usage_column *column, const struct vmv_usage *a,
		       const struct vmv_usage *b)
{
	if (column->type == VMV_TEXT) {
		const char *x = vmv_usage_text(column, a), *y = vmv_usage_text(column, b);

		return x && y ? strcmp(x, y) : !!x - !!y;
	} else {
		uint64_t x = vmv_usage_number(column, a) + 1, y = vmv_usage_number(column, b) + 1;

		return (x > y) - (x < y);
	}
}

static int compare(const void *a, const void *b, void *arg)
{
	const struct vmv_usage *x = a, *y = b;
	const struct vmv_usage_order *order = arg;

	for (size_t i = 0; i < order->count; i++) {
		int rc = compare_key(order->keys[i].column, x, y);

		if (rc)
			return order->keys[i].descending ? -rc : rc;
	}
	return (x->pid > y->pid) - (x->pid < y->pid);
}

void vmv_usages_sort(struct vmv_usages *usages, const struct vmv_usage_order *order)
{
	if (usages->count)
		qsort_r(usages->list, usages->count, sizeof(*usages->list), compare, (void *)order);
}
