/* kind.c - see kind.h and column.h: the kinds, and what is the same for all of them */
#include "vmapview/kind.h"

#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/error.h"
#include "vmapview/map.h"
#include "vmapview/text.h"
#include "vmapview/units.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

/* To add a kind, add a row; the kind itself stands beside its columns.  The first is the usual one.
 */
static const struct vmv_kind *const kinds[] = {
	&vmv_kind_regions,   &vmv_kind_objects, &vmv_kind_classes,
	&vmv_kind_processes, &vmv_kind_changes, &vmv_kind_balance,
};

const char *const vmv_types[] = {
	[VMV_ADDRESS] = "address", [VMV_BYTES] = "bytes", [VMV_NUMBER] = "number",
	[VMV_DELTA] = "delta",     [VMV_TEXT] = "text",
};

const struct vmv_kind *vmv_kind_at(size_t i)
{
	return i < sizeof(kinds) / sizeof(*kinds) ? kinds[i] : NULL;
}

const struct vmv_kind *vmv_kind_find(const char *name)
{
	for (size_t i = 0; vmv_kind_at(i); i++)
		if (!strcmp(kinds[i]->name, name))
			return kinds[i];
	return NULL;
}

const struct vmv_map *vmv_list_map(const struct vmv_list *list)
{
	return list->kind->of_map ? list->of : NULL;
}

const struct vmv_region *vmv_list_region(const struct vmv_list *list, size_t i)
{
	return list->kind->region ? list->kind->region(list, i) : NULL;
}

static const struct vmv_column *key_column(const struct vmv_kind *kind)
{
	return kind->key ? vmv_column_find(kind, kind->key, strlen(kind->key)) : NULL;
}

uint64_t vmv_list_key(const struct vmv_list *list, size_t i)
{
	const struct vmv_column *key = key_column(list->kind);
	struct vmv_value value = { .known = false };

	if (key)
		vmv_column_get(key, list, i, &value);
	return value.known ? value.number : VMV_UNKNOWN;
}

static bool key_matches(const struct vmv_list *list, size_t i, const char *text)
{
	const struct vmv_column *key = key_column(list->kind);
	char number[VMV_NUMBER_ROOM];

	if (!key)
		return false;
	if (key->type == VMV_ADDRESS) {
		vmv_put_hex(number, vmv_list_key(list, i), 12);
		return strcasestr(number, text);
	}
	vmv_put_dec(number, vmv_list_key(list, i));
	return strstr(number, text) == number;
}

size_t vmv_kind_words(const struct vmv_kind *kind, const struct vmv_column *to[VMV_WORDS])
{
	const char *rest = kind->words, *word;
	size_t n = 0, len;

	while (n < VMV_WORDS && (word = vmv_next_name(&rest, &len)))
		to[n++] = vmv_column_find(kind, word, len);
	return n;
}

bool vmv_list_matches(const struct vmv_list *list, size_t i, const char *text)
{
	const struct vmv_column *words[VMV_WORDS];
	size_t n = vmv_kind_words(list->kind, words);
	struct vmv_value value;

	for (size_t w = 0; w < n; w++) {
		vmv_column_get(words[w], list, i, &value);
		if (value.known && strcasestr(value.text, text))
			return true;
	}
	return key_matches(list, i, text);
}

const struct vmv_column *vmv_column_find(const struct vmv_kind *kind, const char *name, size_t len)
{
	for (size_t i = 0; i < kind->ncolumns; i++)
		if (strlen(kind->columns[i].name) == len &&
		    !strncasecmp(kind->columns[i].name, name, len))
			return &kind->columns[i];
	return NULL;
}

void vmv_column_get(const struct vmv_column *column, const struct vmv_list *list, size_t i,
		    struct vmv_value *value)
{
	value->known = false;
	value->number = 0;
	value->text = NULL;
	column->get(column, list, i, value);
}

bool vmv_columns_have(const struct vmv_chosen *chosen, const struct vmv_column *column)
{
	for (size_t i = 0; i < chosen->n; i++)
		if (chosen->list[i] == column)
			return true;
	return false;
}

int vmv_columns_add(struct vmv_chosen *chosen, const struct vmv_kind *kind,
		    struct vmv_counters *counters, const char *names, struct vmv_error *err)
{
	const char *name;
	size_t len;

	while ((name = vmv_next_name(&names, &len))) {
		const struct vmv_column *column = vmv_counters_find(kind, counters, name, len);

		if (!column)
			return vmv_fail(err, EINVAL, "no such column: '%.*s'",
					(int)(len < 100 ? len : 100), name);
		if (vmv_columns_have(chosen, column))
			continue;
		chosen->list =
			vmv_grow(chosen->list, chosen->n, &chosen->room, sizeof(*chosen->list));
		chosen->list[chosen->n++] = column;
	}
	return 0;
}
