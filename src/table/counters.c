/* counters.c - see struct vmv_counters in column.h */
#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/error.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"
#include "vmapview/need.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Columns are made before the map is read, and may be asked of several maps. */
static const struct vmv_field *find_field(const struct vmv_column *c, const struct vmv_map *map)
{
	for (size_t f = 0; f < map->nfields; f++)
		if (!strcasecmp(map->fields[f].name, c->name))
			return &map->fields[f];
	return NULL;
}

static void get_counter(const struct vmv_column *c, const struct vmv_list *list, size_t i,
			struct vmv_value *v)
{
	const struct vmv_map *map = vmv_list_map(list);
	const struct vmv_region *r = vmv_list_item(list, i);
	uint64_t n = VMV_UNKNOWN;

	if (c->arg < map->nfields)
		n = vmv_map_counter(map, r, c->arg);
	v->known = n != VMV_UNKNOWN;
	v->number = n;
}

/* As the kernel forms them: a letter, then letters, digits, underscores. */
static bool may_be_counter(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)name[i]) && name[i] != '_')
			return false;
	return len > 0 && isalpha((unsigned char)*name);
}

static struct vmv_column *new_column(const char *name, size_t len)
{
	struct vmv_column *c = vmv_calloc(1, sizeof(*c));
	char *copy = vmv_calloc(len + 1, 1);

	memcpy(copy, name, len);
	*c = (struct vmv_column){
		.name = copy,
		.title = copy,
		.type = VMV_BYTES,
		.merge = VMV_SUM,
		.needs = VMV_NEED_COUNTERS,
		.help = "a counter of the kernel",
		.get = get_counter,
		.arg = UINT_MAX,
	};
	return c;
}

const struct vmv_column *vmv_counters_find(const struct vmv_kind *kind,
					   struct vmv_counters *counters, const char *name,
					   size_t len)
{
	const struct vmv_column *known = vmv_column_find(kind, name, len);

	if (known || !counters || !kind->counters || !may_be_counter(name, len))
		return known;
	for (size_t i = 0; i < counters->n; i++)
		if (strlen(counters->list[i]->name) == len &&
		    !strncasecmp(counters->list[i]->name, name, len))
			return counters->list[i];
	counters->list = vmv_realloc(counters->list, counters->n + 1, sizeof(*counters->list));
	counters->list[counters->n] = new_column(name, len);
	return counters->list[counters->n++];
}

int vmv_counters_resolve(struct vmv_counters *counters, const struct vmv_map *map,
			 struct vmv_error *err)
{
	for (size_t i = 0; i < counters->n; i++) {
		struct vmv_column *c = counters->list[i];
		const struct vmv_field *field = find_field(c, map);

		c->arg = UINT_MAX;
		if (field) {
			c->type = field->bytes ? VMV_BYTES : VMV_NUMBER;
			c->merge = field->additive ? VMV_SUM : VMV_SAME;
			c->arg = (unsigned)(field - map->fields);
		} else if (map->nfields) {
			return vmv_fail(err, EINVAL,
					"no such column: '%.100s' (see --list-columns)", c->name);
		}
	}
	return 0;
}

void vmv_counters_done(struct vmv_counters *counters)
{
	for (size_t i = 0; i < counters->n; i++) {
		free((char *)counters->list[i]->name);
		free(counters->list[i]);
	}
	free(counters->list);
	*counters = (struct vmv_counters){ 0 };
}
