/* diffjson.c - see diffjson.h */
#include "vmapview/diffjson.h"

#include "jsonwrite.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/diff.h"
#include "vmapview/map.h"
#include "vmapview/writer.h"

#include <stdio.h>

static void put_amount(struct json *j, const char *key, const struct vmv_amount *amount)
{
	int64_t by;

	json_open(j, key, '{');
	json_number(j, "before", amount->before);
	json_number(j, "after", amount->after);
	if (vmv_delta(amount, &by))
		json_signed(j, "delta", by);
	else
		json_string(j, "delta", NULL);
	json_close(j, '}');
}

static void put_amounts(struct json *j, const struct vmv_amount *amounts)
{
	char key[32];

	for (enum vmv_measure m = 0; m < VMV_MEASURES; m++) {
		snprintf(key, sizeof(key), "%s_bytes", vmv_measures[m]);
		put_amount(j, key, &amounts[m]);
	}
}

static void put_region(struct json *j, const struct vmv_region *r)
{
	json_open(j, NULL, '{');
	json_exact_address(j, "start", r->start);
	json_exact_address(j, "end", r->end);
	json_string(j, "perms", vmv_perms_text(r->perms));
	json_close(j, '}');
}

static void put_sides(struct json *j, const struct vmv_diff *diff, const struct vmv_change *c)
{
	json_open(j, "before", '[');
	for (size_t i = 0; i < c->nbefore; i++)
		put_region(j, vmv_change_before(diff, c, i));
	json_close(j, ']');
	json_open(j, "after", '[');
	for (size_t i = 0; i < c->nafter; i++)
		put_region(j, vmv_change_after(diff, c, i));
	json_close(j, ']');
}

static void put_differs(struct json *j, unsigned differs)
{
	static const char *const words[] = { "perms", "name", "flags", "memory" };

	json_open(j, "differs", '[');
	for (unsigned i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (differs & 1u << i)
			json_string(j, NULL, words[i]);
	json_close(j, ']');
}

static void put_change(struct json *j, const struct vmv_diff *diff, const struct vmv_change *c)
{
	const struct vmv_region *r = vmv_change_region(diff, c);

	json_open(j, NULL, '{');
	json_string(j, "kind", vmv_fates[c->fate]);
	json_string(j, "class", vmv_classes[r->class].name);
	json_string(j, "part", vmv_parts[r->part]);
	json_string(j, "object", r->object);
	json_raw_hex(j, "object_hex", r->object);
	json_string(j, "path", r->name);
	json_raw_hex(j, "path_hex", r->name);
	put_differs(j, c->differs);
	put_sides(j, diff, c);
	put_amounts(j, c->amounts);
	json_close(j, '}');
}

static void put_sum(struct json *j, const char *key, const struct vmv_sum *sum)
{
	json_open(j, key, '{');
	put_amount(j, "regions", &sum->regions);
	put_amounts(j, sum->amounts);
	json_close(j, '}');
}

static void put_target(struct json *j, const char *key, const char *target,
		       const struct vmv_map *map)
{
	const struct vmv_process *p = &map->process;

	json_open(j, key, '{');
	json_string(j, "target", target);
	json_raw_hex(j, "target_hex", target);
	json_number(j, "pid", p->pid > 0 ? (uint64_t)p->pid : VMV_UNKNOWN);
	json_string(j, "command", p->command);
	json_string(j, "time", map->time);
	json_string(j, "kernel", map->kernel);
	json_close(j, '}');
}

static void put_classes(struct json *j, const struct vmv_diff *diff)
{
	json_open(j, "classes", '{');
	for (size_t i = 0; i < vmv_nclasses; i++)
		if (diff->classes[i].regions.before || diff->classes[i].regions.after)
			put_sum(j, vmv_classes[i].name, &diff->classes[i]);
	json_close(j, '}');
}

void vmv_diffjson_print(struct vmv_out *out, const struct vmv_diff *diff,
			const struct vmv_diffjson *how)
{
	struct json j = { .out = out, .oneline = how->oneline };

	json_open(&j, NULL, '{');
	json_string(&j, "schema", "vmapview-diff");
	json_number(&j, "version", 1);
	json_string(&j, "generator", PACKAGE_STRING);
	json_bool(&j, "rerun", diff->rerun);
	put_target(&j, "before", how->before, diff->before);
	put_target(&j, "after", how->after, diff->after);
	json_open(&j, "changes", '[');
	for (size_t i = 0; i < diff->ndifferent; i++) {
		json_line(&j);
		put_change(&j, diff, &diff->changes[i]);
	}
	json_close(&j, ']');
	json_line(&j);
	put_classes(&j, diff);
	json_line(&j);
	put_sum(&j, "total", diff->total);
	json_close(&j, '}');
	vmv_out_char(out, '\n');
}
