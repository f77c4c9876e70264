/* changes.c - see kind.h: what is different between two maps, and what each class grew by */
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/diff.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

#define GETTER(name)                                                                               \
	static void name(const struct vmv_column *column __attribute__((unused)),                  \
			 const struct vmv_list *list, size_t i, struct vmv_value *v)

static void put_text(struct vmv_value *v, const char *s)
{
	v->known = s && *s;
	v->text = s;
}

/* The text that was put into @v->room. */
static void put_room(struct vmv_value *v)
{
	v->known = true;
	v->text = v->room;
}

static void put_number(struct vmv_value *v, uint64_t n)
{
	v->known = n != VMV_UNKNOWN;
	v->number = n;
}

static void put_delta(struct vmv_value *v, const struct vmv_amount *amount)
{
	int64_t by;

	v->known = vmv_delta(amount, &by);
	v->number = (uint64_t)by;
}

/* ---- changes ---- */

static const struct vmv_change *change_at(const struct vmv_list *list, size_t i)
{
	return vmv_list_item(list, i);
}

static const struct vmv_region *get_region(const struct vmv_list *list, size_t i)
{
	return vmv_change_region(list->of, change_at(list, i));
}

GETTER(get_fate)
{
	put_text(v, vmv_fates[change_at(list, i)->fate]);
}

GETTER(get_address)
{
	v->known = true;
	v->number = get_region(list, i)->start;
}

GETTER(get_before)
{
	const struct vmv_change *c = change_at(list, i);

	put_number(v, c->nbefore ? c->amounts[column->arg].before : VMV_UNKNOWN);
}

GETTER(get_after)
{
	const struct vmv_change *c = change_at(list, i);

	put_number(v, c->nafter ? c->amounts[column->arg].after : VMV_UNKNOWN);
}

GETTER(get_growth)
{
	put_delta(v, &change_at(list, i)->amounts[column->arg]);
}

GETTER(get_count_after)
{
	put_number(v, change_at(list, i)->nafter);
}

GETTER(get_class)
{
	put_text(v, vmv_classes[get_region(list, i)->class].name);
}

GETTER(get_part)
{
	put_text(v, vmv_parts[get_region(list, i)->part]);
}

GETTER(get_perms)
{
	if (~get_region(list, i)->perms & VMV_PERMS_UNKNOWN)
		put_text(v, vmv_perms_text(get_region(list, i)->perms));
}

GETTER(get_object)
{
	put_text(v, get_region(list, i)->object);
}

GETTER(get_path)
{
	put_text(v, get_region(list, i)->name);
}

GETTER(get_mapping)
{
	const struct vmv_region *r = get_region(list, i);

	put_text(v, *r->name ? vmv_base_name(r->name) : r->object);
}

static void note_pair(const struct vmv_diff *diff, const struct vmv_change *c, struct vmv_value *v)
{
	if (c->differs & VMV_DIFFERS_PERMS) {
		snprintf(v->room, sizeof(v->room), "%s>%s",
			 vmv_perms_text(vmv_change_before(diff, c, 0)->perms),
			 vmv_perms_text(vmv_change_after(diff, c, 0)->perms));
		put_room(v);
	} else if (c->differs & VMV_DIFFERS_NAME) {
		put_text(v, "renamed");
	} else if (c->differs & VMV_DIFFERS_FLAGS) {
		put_text(v, "flags");
	}
}

/* "rw-p>r--p", "1>3 regions", "renamed"; nothing where the rest of the row says it all. */
GETTER(get_note)
{
	const struct vmv_change *c = change_at(list, i);

	if (c->nbefore == 1 && c->nafter == 1) {
		note_pair(list->of, c, v);
	} else if (c->fate == VMV_SPLIT || c->fate == VMV_MERGED) {
		snprintf(v->room, sizeof(v->room), "%zu>%zu regions", c->nbefore, c->nafter);
		put_room(v);
	}
}

/* clang-format off */
static const struct vmv_column change_columns[] = {
	{ "kind", "Kind", VMV_TEXT, VMV_SAME, 0, "what became of the region", .get = get_fate, .keep = 8, .look = VMV_LOOK_FATE },
	{ "address", "Address", VMV_ADDRESS, VMV_MIN, 0, "where it is, or was if it is gone", .get = get_address, .keep = 2 },
	{ "before", "Before", VMV_BYTES, VMV_SUM, 0, "its size before", .get = get_before, .arg = VMV_OF_SIZE },
	{ "after", "After", VMV_BYTES, VMV_SUM, 0, "its size after", .get = get_after, .arg = VMV_OF_SIZE },
	{ "size", "+Size", VMV_DELTA, VMV_SUM, 0, "by how much its size grew", .get = get_growth, .arg = VMV_OF_SIZE, .keep = 6 },
	{ "rss", "+Rss", VMV_DELTA, VMV_SUM, 0, "by how much its Rss grew", .get = get_growth, .arg = VMV_OF_RSS, .keep = VMV_KEEP },
	{ "pss", "+Pss", VMV_DELTA, VMV_SUM, 0, "by how much its Pss grew", .get = get_growth, .arg = VMV_OF_PSS },
	{ "uss", "+Uss", VMV_DELTA, VMV_SUM, 0, "by how much its Uss grew", .get = get_growth, .arg = VMV_OF_USS },
	{ "swap", "+Swap", VMV_DELTA, VMV_SUM, 0, "by how much its Swap grew", .get = get_growth, .arg = VMV_OF_SWAP },
	{ "rss_before", "RssBefore", VMV_BYTES, VMV_SUM, 0, "its Rss before", .get = get_before, .arg = VMV_OF_RSS },
	{ "rss_after", "RssAfter", VMV_BYTES, VMV_SUM, 0, "its Rss after", .get = get_after, .arg = VMV_OF_RSS, .keep = 5 },
	{ "regions", "Regions", VMV_NUMBER, VMV_SUM, 0, "how many regions it is now", .get = get_count_after },
	{ "class", "Class", VMV_TEXT, VMV_SAME, 0, "what the region is", .get = get_class, .keep = 4 },
	{ "part", "Part", VMV_TEXT, VMV_SAME, 0, "which piece of a program file", .get = get_part },
	{ "perms", "Perms", VMV_TEXT, VMV_SAME, 0, "read, write, execute; private or shared", .get = get_perms, .keep = 3 },
	{ "note", "Note", VMV_TEXT, VMV_SAME, 0, "what else is different", .get = get_note },
	{ "object", "Object", VMV_TEXT, VMV_SAME, 0, "the file it belongs to, or its class", .get = get_object },
	{ "mapping", "Mapping", VMV_TEXT, VMV_SAME, 0, "file or kernel's name, without directories", .get = get_mapping, .keep = VMV_KEEP, .instead = "path" },
	{ "path", "Path", VMV_TEXT, VMV_SAME, 0, "the same with directories", .get = get_path, .keep = VMV_KEEP, .look = VMV_LOOK_PATH, .instead = "mapping" },
};
/* clang-format on */

const struct vmv_kind vmv_kind_changes = {
	.name = "changes",
	.help = "each region that differs between two targets",
	.columns = change_columns,
	.ncolumns = ARRAY_SIZE(change_columns),
	.usual = "kind,address,before,after,size,rss,class,part,note,mapping",
	.grouped = "regions,before,after,size,rss",
	.words = "path,class,part,kind",
	.key = "address",
	.group_order = "-rss,-size",
	.airy = true,
	.looks = 2,
	.region = get_region,
};

struct vmv_list vmv_diff_list(const struct vmv_diff *diff)
{
	return (struct vmv_list){ .kind = &vmv_kind_changes,
				  .of = diff,
				  .items = diff->changes,
				  .count = diff->ndifferent,
				  .size = sizeof(*diff->changes) };
}

/* ---- the balance of each class ---- */

static const struct vmv_sum *sum_at(const struct vmv_list *list, size_t i)
{
	return vmv_list_item(list, i);
}

/* The last one is the total. */
GETTER(get_name)
{
	put_text(v, i + 1 < list->count ? vmv_classes[i].name : "total");
}

/* "12", or "12>14" where there are more or fewer now. */
GETTER(get_count)
{
	const struct vmv_amount *n = &sum_at(list, i)->regions;

	if (n->before == n->after && n->after)
		snprintf(v->room, sizeof(v->room), "%" PRIu64, n->after);
	else if (n->before == n->after)
		strcpy(v->room, ".");
	else
		snprintf(v->room, sizeof(v->room), "%" PRIu64 ">%" PRIu64, n->before, n->after);
	put_room(v);
}

GETTER(get_sum_before)
{
	put_number(v, sum_at(list, i)->amounts[VMV_OF_SIZE].before);
}

GETTER(get_sum_after)
{
	put_number(v, sum_at(list, i)->amounts[VMV_OF_SIZE].after);
}

GETTER(get_sum_growth)
{
	put_delta(v, &sum_at(list, i)->amounts[column->arg]);
}

GETTER(get_regions)
{
	const struct vmv_amount *n = &sum_at(list, i)->regions;

	put_number(v, column->arg ? n->after : n->before);
}

/* clang-format off */
static const struct vmv_column balance_columns[] = {
	{ "class", "Class", VMV_TEXT, VMV_SAME, 0, "what the regions are", .get = get_name },
	{ "regions", "Regions", VMV_TEXT, VMV_SAME, 0, "how many, as before>after if that changed", .get = get_count, .look = VMV_LOOK_RIGHT },
	{ "before", "Before", VMV_BYTES, VMV_SUM, 0, "its size before", .get = get_sum_before },
	{ "after", "After", VMV_BYTES, VMV_SUM, 0, "its size after", .get = get_sum_after },
	{ "size", "+Size", VMV_DELTA, VMV_SUM, 0, "by how much its size grew", .get = get_sum_growth, .arg = VMV_OF_SIZE },
	{ "rss", "+Rss", VMV_DELTA, VMV_SUM, 0, "by how much its Rss grew", .get = get_sum_growth, .arg = VMV_OF_RSS },
	{ "pss", "+Pss", VMV_DELTA, VMV_SUM, 0, "by how much its Pss grew", .get = get_sum_growth, .arg = VMV_OF_PSS },
	{ "uss", "+Uss", VMV_DELTA, VMV_SUM, 0, "by how much its Uss grew", .get = get_sum_growth, .arg = VMV_OF_USS },
	{ "swap", "+Swap", VMV_DELTA, VMV_SUM, 0, "by how much its Swap grew", .get = get_sum_growth, .arg = VMV_OF_SWAP },
	{ "regions_before", "Had", VMV_NUMBER, VMV_SUM, 0, "how many regions before", .get = get_regions },
	{ "regions_after", "Has", VMV_NUMBER, VMV_SUM, 0, "how many regions after", .get = get_regions, .arg = 1 },
};
/* clang-format on */

const struct vmv_kind vmv_kind_balance = {
	.name = "balance",
	.help = "the sums of each class in each of two targets",
	.columns = balance_columns,
	.ncolumns = ARRAY_SIZE(balance_columns),
	.usual = "class,regions,before,after,size,rss,pss,uss,swap",
	.grouped = "before,after,size,rss,pss,uss,swap",
	.words = "class",
	.airy = true,
	.looks = 2,
};

struct vmv_list vmv_balance_list(const struct vmv_diff *diff)
{
	return (struct vmv_list){ .kind = &vmv_kind_balance,
				  .of = diff,
				  .items = diff->classes,
				  .count = vmv_nclasses + 1,
				  .size = sizeof(*diff->classes) };
}
