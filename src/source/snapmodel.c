/* snapmodel.c - see snapmodel.h */
#include "snapmodel.h"

#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/map.h"

#include <json.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct json_object *member(struct json_object *o, const char *key)
{
	struct json_object *value = NULL;

	json_object_object_get_ex(o, key, &value);
	return value;
}

/* A text without NUL, or NULL. */
static const char *text_of(struct json_object *o)
{
	const char *s;

	if (!json_object_is_type(o, json_type_string))
		return NULL;
	s = json_object_get_string(o);
	return strlen(s) == (size_t)json_object_get_string_len(o) ? s : NULL;
}

static const char *text(struct json_object *o, const char *key)
{
	return text_of(member(o, key));
}

static uint64_t number_of(struct json_object *o)
{
	if (!json_object_is_type(o, json_type_int) || json_object_get_int64(o) < 0)
		return VMV_UNKNOWN;
	return json_object_get_uint64(o);
}

static uint64_t number(struct json_object *o, const char *key)
{
	return number_of(member(o, key));
}

/* Of which all values are possible, that of VMV_UNKNOWN too; false if it is not there. */
static bool exact(struct json_object *o, const char *key, uint64_t *n)
{
	struct json_object *value = member(o, key);

	*n = number_of(value);
	return *n != VMV_UNKNOWN || json_object_is_type(value, json_type_int);
}

static int pid(struct json_object *o, const char *key)
{
	uint64_t n = number(o, key);

	return n <= INT_MAX ? (int)n : 0;
}

/* "0x7f1c3a021000": a JSON number would lose its last digits in many readers. */
static bool exact_address(struct json_object *o, const char *key, uint64_t *n)
{
	const char *s = text(o, key);
	size_t digits;

	if (!s || s[0] != '0' || s[1] != 'x')
		return false;
	digits = strspn(s + 2, "0123456789abcdefABCDEF");
	if (digits < 1 || digits > 16 || s[2 + digits])
		return false;
	*n = strtoull(s, NULL, 16);
	return true;
}

static uint64_t address(struct json_object *o, const char *key)
{
	uint64_t n;

	return exact_address(o, key, &n) ? n : VMV_UNKNOWN;
}

static bool is_hex32(const char *s, size_t len)
{
	return len >= 1 && len <= 8 && strspn(s, "0123456789abcdef") == len;
}

/* "fe:00" */
static bool device(struct json_object *o, uint32_t *major, uint32_t *minor)
{
	const char *s = text(o, "device"), *colon = s ? strchr(s, ':') : NULL;

	if (!colon || !is_hex32(s, (size_t)(colon - s)) || !is_hex32(colon + 1, strlen(colon + 1)))
		return false;
	*major = (uint32_t)strtoul(s, NULL, 16);
	*minor = (uint32_t)strtoul(colon + 1, NULL, 16);
	return true;
}

static char *copy(struct json_object *o, const char *key, char *old)
{
	free(old);
	return vmv_strdup(text(o, key));
}

static void take_process(struct vmv_process *p, struct json_object *o)
{
	struct json_object *exe = member(o, "exe");
	const char *state = text(o, "state");
	uint32_t major, minor;

	p->pid = pid(o, "pid");
	p->tgid = pid(o, "tgid");
	p->state = '\0';
	if (state && ((*state >= 'A' && *state <= 'Z') || (*state >= 'a' && *state <= 'z')))
		p->state = *state;
	p->command = copy(o, "command", p->command);
	p->name = copy(o, "name", p->name);
	p->stack_start = address(o, "stack_start");
	p->start_ticks = number(o, "start_ticks");
	p->entry = address(o, "entry");
	p->phdr = address(o, "phdr");
	p->base = address(o, "base");
	p->vdso = address(o, "vdso");
	p->signal = pid(o, "signal");
	p->fault = address(o, "fault");
	p->exe_dev = p->exe_inode = VMV_UNKNOWN;
	if (number(exe, "inode") != VMV_UNKNOWN && device(exe, &major, &minor)) {
		p->exe_dev = vmv_device(major, minor);
		p->exe_inode = number(exe, "inode");
	}
}

static void take_threads(struct vmv_map *map, struct json_object *list)
{
	size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

	for (size_t i = 0; i < n; i++) {
		struct json_object *o = json_object_array_get_idx(list, i);

		map->threads = vmv_grow(map->threads, map->nthreads, &map->threads_room,
					sizeof(*map->threads));
		map->threads[map->nthreads++] = (struct vmv_thread){
			.tid = pid(o, "tid"),
			.sp = address(o, "sp"),
			.stack = address(o, "stack"),
			.pc = address(o, "pc"),
		};
	}
}

static const char *take_fields(struct snapmodel *m, struct json_object *list)
{
	size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

	if (m->fields || n > VMV_FIELDS_MAX)
		return "too many counters";
	m->fields = vmv_calloc(n, sizeof(*m->fields));
	for (size_t i = 0; i < n; i++) {
		struct json_object *o = json_object_array_get_idx(list, i);
		const char *name = text(o, "name"), *unit = text(o, "unit");

		if (!name || !vmv_may_be_field(name, strlen(name)))
			return "a counter has a strange name, or none";
		m->fields[i] =
			vmv_map_field(m->map, name, strlen(name), unit && !strcmp(unit, "bytes"));
	}
	m->nfields = n;
	return NULL;
}

static void take_origin(struct vmv_map *map, struct json_object *o)
{
	if (member(o, "kernel"))
		map->kernel = copy(o, "kernel", map->kernel);
	if (member(o, "time"))
		map->time = copy(o, "time", map->time);
	if (member(o, "shm_minor"))
		map->shm_dev = number(o, "shm_minor");
	if (member(o, "huge_minor"))
		map->huge_dev = number(o, "huge_minor");
	map->changed |= json_object_get_boolean(member(o, "changed"));
	map->torn |= json_object_get_boolean(member(o, "torn"));
}

const char *snapmodel_document(struct snapmodel *m, struct json_object *o)
{
	struct json_object *value = member(o, "schema");

	if (value) {
		const char *schema = text_of(value);

		if (!schema || strcmp(schema, "vmapview-snapshot") != 0)
			return "JSON, but not a vmapview snapshot";
		if (number(o, "version") != 1)
			return "a snapshot of another version, which this program does not know";
		m->schema = true;
	}
	take_origin(m->map, o);
	if ((value = member(o, "process")))
		take_process(&m->map->process, value);
	if ((value = member(o, "threads")))
		take_threads(m->map, value);
	value = member(o, "fields");
	return value ? take_fields(m, value) : NULL;
}

/* The four letters of maps, or '?' for each that is not known. */
static bool take_perms(const char *s, uint8_t *perms)
{
	enum { ACCESS = VMV_READ | VMV_WRITE | VMV_EXEC };

	*perms = VMV_PERMS_UNKNOWN;
	if (!s)
		return true;
	for (unsigned i = 0; i < 64; i++) {
		bool odd = i & VMV_SHARED && i & VMV_SHARING_UNKNOWN;

		odd |= i & ACCESS && i & VMV_ACCESS_UNKNOWN;
		if (!odd && !strcmp(s, vmv_perms_text(i))) {
			*perms = (uint8_t)i;
			return true;
		}
	}
	return false;
}

static unsigned nibble(char c)
{
	const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c) : NULL;

	return at ? (unsigned)(at - digits) : 16;
}

/* A text, or its bytes in hexadecimal where it is no UTF-8; NULL if it is neither. */
static const char *intern_bytes(struct vmv_map *map, const char *text, const char *hex)
{
	size_t len = hex ? strlen(hex) / 2 : 0;
	const char *name;
	char *bytes;

	if (!hex)
		return text ? vmv_map_intern(map, text, strlen(text)) : NULL;
	bytes = vmv_realloc(NULL, len + 1, 1);
	for (size_t i = 0; i < len; i++) {
		unsigned high = nibble(hex[2 * i]), low = nibble(hex[2 * i + 1]);

		if (high > 15 || low > 15 || !(high | low)) {
			free(bytes);
			return NULL;
		}
		bytes[i] = (char)(high << 4 | low);
	}
	name = hex[2 * len] ? NULL : vmv_map_intern(map, bytes, len);
	free(bytes);
	return name;
}

static const char *take_path(struct vmv_map *map, struct json_object *o)
{
	if (!member(o, "path") && !member(o, "path_hex"))
		return vmv_map_intern(map, "", 0);
	return intern_bytes(map, text(o, "path"), text(o, "path_hex"));
}

static bool take_flags(struct vmv_region *r, struct vmv_map *map, const char *flags)
{
	size_t len = flags ? strlen(flags) : 0;

	r->flags = flags ? vmv_map_intern(map, flags, len) : NULL;
	return vmv_may_be_flags(flags, len);
}

/* Files that a core file tells have a name and no more. */
static bool take_file(struct vmv_region *r, struct json_object *o)
{
	if (!exact(o, "offset", &r->offset))
		r->offset = 0;
	if (exact(o, "inode", &r->inode) && member(o, "device"))
		return device(o, &r->major, &r->minor) && r->major != VMV_NO_DEVICE;
	r->inode = 0;
	vmv_file_by_name(r);
	return true;
}

static bool take_word(const char *word, size_t n, const char *const *words, uint8_t *to)
{
	for (size_t i = 0; word && i < n; i++) {
		if (words[i] && !strcmp(word, words[i])) {
			*to = (uint8_t)i;
			return true;
		}
	}
	return false;
}

static bool take_class(struct vmv_region *r, struct json_object *o)
{
	const char *class = text(o, "class");
	size_t i = 0;

	while (i < vmv_nclasses && class && strcmp(class, vmv_classes[i].name) != 0)
		i++;
	if (!class || i == vmv_nclasses ||
	    !take_word(text(o, "evidence"), VMV_EVIDENCES, vmv_evidence_words, &r->evidence))
		return false;
	r->class = (uint8_t)i;
	take_word(text(o, "part"), VMV_PARTS, vmv_parts, &r->part);
	r->tid = pid(o, "tid");
	return true;
}

static void take_counters(struct snapmodel *m, struct json_object *list)
{
	size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

	for (size_t i = 0; i < n && i < m->nfields; i++)
		vmv_map_set(m->map, m->fields[i], number_of(json_object_array_get_idx(list, i)));
}

const char *snapmodel_region(struct snapmodel *m, struct json_object *o)
{
	struct vmv_region r = { 0 };
	struct vmv_map *map = m->map;

	if (!exact_address(o, "start", &r.start) || !exact_address(o, "end", &r.end) ||
	    r.start >= r.end)
		return "a region without a range of addresses";
	if (map->nregions && r.start < map->regions[map->nregions - 1].end)
		return "a region that is not above the one before";
	if (!take_perms(text(o, "perms"), &r.perms))
		return "a region with strange permissions";
	r.name = take_path(map, o);
	if (!r.name)
		return "a region with a strange path";
	if (!take_file(&r, o))
		return "a region with a strange device";
	if (!take_flags(&r, map, text(o, "flags")))
		return "a region with strange flags";
	r.object = intern_bytes(map, text(o, "object"), text(o, "object_hex"));
	if (!take_class(&r, o) || !r.object)
		m->bare = true;
	map->has_dumped |= exact(o, "dumped", &r.dumped);
	vmv_map_add(map, &r);
	take_counters(m, member(o, "counters"));
	return NULL;
}

void snapmodel_done(struct snapmodel *m)
{
	free(m->fields);
}
