/* record.c - see record.h */
#include "record.h"

#include "vmapview/vmflags.h"

#include <string.h>

static const char vm_flags[] = "VmFlags: ";

enum { VM_FLAGS = sizeof(vm_flags) - 1 };

void record_forget(struct record *record)
{
	record->len = record->n = 0;
}

bool record_add(struct record *record, const struct shape *shape, size_t field)
{
	if (!shape->known || record->n == VMV_FIELDS_MAX) {
		record_forget(record);
		return false;
	}
	if (field != SIZE_MAX) {
		record->kept[record->n].at = record->len;
		record->kept[record->n].field = field;
		record->kept[record->n++].shape = shape;
	}
	record->len += shape_length(shape);
	return true;
}

/* The words of VmFlags as a name of the map; NULL if they are none.  Few sets of them are in use,
 * so nearly all are among those that were looked up before. */
static const char *find_flags(struct record *record, const char *s, size_t len, struct vmv_map *map)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t hash = len + u[0] + ((size_t)u[len / 2] << 1);
	const char **text = &record->flags[hash % RECORD_FLAGS].text;
	size_t *known = &record->flags[hash % RECORD_FLAGS].len;

	if (*text && *known == len && !memcmp(*text, s, len))
		return *text;
	if (!vmv_may_be_flags(s, len))
		return NULL;
	*text = vmv_map_intern(map, s, len);
	*known = len;
	return *text;
}

/* "VmFlags: rd mr mw me \n" */
static size_t take_flags(struct record *record, const char *s, size_t len, struct vmv_map *map,
			 const char **flags)
{
	const char *newline = memchr(s + VM_FLAGS, '\n', len - VM_FLAGS), *end = newline;

	if (!newline)
		return 0;
	while (end > s + VM_FLAGS && end[-1] == ' ')
		end--;
	if (end == s + VM_FLAGS || s[VM_FLAGS] == ' ')
		return 0;
	*flags = find_flags(record, s + VM_FLAGS, (size_t)(end - s) - VM_FLAGS, map);
	return *flags ? (size_t)(newline - s) + 1 : 0;
}

size_t record_take(struct record *record, const char *s, size_t len, struct vmv_map *map,
		   uint64_t *counters, const char **flags)
{
	size_t used;

	if (!record->len || len < record->len + VM_FLAGS ||
	    memcmp(s + record->len, vm_flags, VM_FLAGS) != 0)
		return 0;
	for (size_t i = 0; i < record->n; i++) {
		size_t at = record->kept[i].at;

		if (!shape_take(record->kept[i].shape, s + at, record->len - at,
				&counters[record->kept[i].field]))
			return 0;
	}
	used = take_flags(record, s + record->len, len - record->len, map, flags);
	return used ? record->len + used : 0;
}
