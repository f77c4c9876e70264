/* smaps.c - see smaps.h */
#include "vmapview/smaps.h"

#include "header.h"
#include "record.h"
#include "shape.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/map.h"
#include "vmapview/reader.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/** struct line - one line, without its newline; a NUL follows it */
struct line {
	const char *text;
	size_t len;
};

/** struct known - a line of a counter that regions have
 *  @field: index in map->fields, or NOT_KEPT
 *  @shape: how it looks */
struct known {
	const char *name;
	size_t len, field;
	struct shape shape;
};

#define NOT_KEPT SIZE_MAX

/** struct vmv_smaps - what is being read, and where in it
 *  @region: the one whose fields follow, or NULL
 *  @known:  in the order in which the first region had them
 *  @next:   index of the one that is expected on this line
 *  @bare:   this text leaves out "kB"
 *  @record: what all regions have, if it is the kernel who writes it
 *  @no_name: the name of most regions, "" */
struct vmv_smaps {
	struct vmv_map *map;
	const char *no_name;
	struct vmv_region *region;
	struct known known[VMV_FIELDS_MAX];
	size_t nfound, next;
	bool bare;
	struct record record;
};

/* "  188 kB": sets *@kilo if there is a unit.  False if it is not a number. */
static bool take_value(const char *s, const char *end, uint64_t *value, bool *kilo)
{
	while (*s == ' ' || *s == '\t')
		s++;
	if (!take_dec(&s, value))
		return false;
	while (*s == ' ')
		s++;
	*kilo = s[0] == 'k' && s[1] == 'B';
	if (*kilo)
		s += 2;
	while (*s == ' ')
		s++;
	return s == end;
}

/* Lines that are words, not numbers.  What is not known is left out. */
static bool take_text(struct vmv_smaps *p, const char *key, size_t keylen, const char *value)
{
	size_t len;

	value += strspn(value, " \t");
	len = strlen(value);
	while (len > 0 && value[len - 1] == ' ')
		len--;
	if (keylen == 7 && !memcmp(key, "VmFlags", 7)) {
		if (!vmv_may_be_flags(value, len))
			return false;
		p->region->flags = vmv_map_intern(p->map, value, len);
	} else if (keylen == 4 && !memcmp(key, "Name", 4) && !*p->region->name) { /* Android */
		p->region->name = vmv_map_intern(p->map, value, len);
	}
	return true;
}

/* Kernels keep the order of their fields, so the next is nearly always known. */
static struct known *expected(struct vmv_smaps *p, const struct line *line)
{
	struct known *next = &p->known[p->next];

	if (p->next < p->nfound && line->len > next->len && line->text[next->len] == ':' &&
	    !memcmp(line->text, next->name, next->len))
		return next;
	return NULL;
}

static struct known *find_known(struct vmv_smaps *p, const char *name, size_t len)
{
	for (size_t i = 0; i < p->nfound; i++)
		if (p->known[i].len == len && !memcmp(p->known[i].name, name, len))
			return &p->known[i];
	return NULL;
}

/* NULL if there can be no more. */
static struct known *add_known(struct vmv_smaps *p, const char *name, size_t len, bool kilo)
{
	struct known *known = &p->known[p->nfound];

	if (p->nfound == VMV_FIELDS_MAX)
		return NULL;
	*known = (struct known){ .len = len, .field = NOT_KEPT };
	if (vmv_map_wants(p->map, name, len)) {
		known->field = vmv_map_field(p->map, name, len, kilo);
		if (known->field == SIZE_MAX)
			return NULL;
	}
	known->name = vmv_map_intern(p->map, name, len);
	p->nfound++;
	record_forget(&p->record);
	return known;
}

/* The kernel's numbers are kB but for these; texts that lost the unit are told by the others. */
static bool is_kilo(struct vmv_smaps *p, const char *name, size_t len)
{
	if (vmv_is_plain_counter(name, len))
		return false;
	p->bare = p->bare || vmv_is_stat(name, len) || (len == 4 && !memcmp(name, "Size", 4));
	return p->bare;
}

static void take_known(struct vmv_smaps *p, const struct known *known, uint64_t value)
{
	if (known->field != NOT_KEPT)
		vmv_map_set(p->map, known->field, value);
	p->next = (size_t)(known - p->known) + 1;
}

static struct known *find_or_add(struct vmv_smaps *p, const char *name, size_t len, bool kilo)
{
	struct known *known = find_known(p, name, len);

	return known ? known : add_known(p, name, len, kilo);
}

/* "Rss:   188 kB".  False if it is no field at all. */
static bool parse_field(struct vmv_smaps *p, const struct line *line)
{
	struct known *known = expected(p, line);
	size_t keylen = known ? known->len : strcspn(line->text, ":");
	const char *value = line->text + keylen + 1;
	uint64_t number;
	bool kilo, unit;

	if (!p->region || line->text[keylen] != ':')
		return false;
	if (!known && !vmv_may_be_field(line->text, keylen))
		return false;
	if (!take_value(value, line->text + line->len, &number, &unit))
		return strlen(line->text) == line->len && /* else a NUL: not from a kernel */
		       take_text(p, line->text, keylen, value);
	kilo = unit || is_kilo(p, line->text, keylen);
	if (kilo && number > (VMV_UNKNOWN - 1) >> 10)
		return false;
	if (!known)
		known = find_or_add(p, line->text, keylen, kilo);
	if (!known)
		return false;
	take_known(p, known, kilo ? number << 10 : number);
	if (unit == kilo)
		shape_learn(&known->shape, line->text, line->len, kilo);
	return true;
}

/* Take those of the @len bytes at @s that are lines of fields as expected. */
static size_t take_fields(struct vmv_smaps *p, const char *s, size_t len, unsigned long *lines)
{
	size_t used = 0, k = p->next;
	uint64_t *counters, not_kept = 0;

	if (!p->region || k >= p->nfound)
		return 0;
	counters = vmv_map_last_counters(p->map);
	for (; k < p->nfound; k++) {
		const struct known *known = &p->known[k];
		uint64_t *to = known->field == NOT_KEPT ? &not_kept : &counters[known->field];
		size_t got = shape_take(&known->shape, s + used, len - used, to);

		if (!got)
			break;
		used += got;
	}
	*lines += k - p->next;
	p->next = k;
	return used;
}

/* From now on, regions are expected to have the lines that this one had. */
static void learn_record(struct vmv_smaps *p)
{
	record_forget(&p->record);
	for (size_t k = 0; k < p->nfound; k++)
		if (!record_add(&p->record, &p->known[k].shape, p->known[k].field))
			return;
}

/* The lines of a region that follow its header, as the kernel writes them. */
static size_t take_record(struct vmv_smaps *p, const char *s, size_t len, unsigned long *lines)
{
	bool first = p->next == 0;
	size_t used;

	if (p->region && first) {
		used = record_take(&p->record, s, len, p->map, vmv_map_last_counters(p->map),
				   &p->region->flags);
		if (used) {
			*lines += p->nfound + 1;
			p->next = p->nfound;
			return used;
		}
	}
	used = take_fields(p, s, len, lines);
	if (first && p->next == p->nfound && !p->record.len)
		learn_record(p);
	return used;
}

/* Neighbours often share a name; looking it up again would cost more than all else. */
static const char *intern_name(const struct vmv_smaps *p, const char *name, size_t len)
{
	const char *last = p->map->nregions ? p->map->regions[p->map->nregions - 1].name : NULL;

	if (!len)
		return p->no_name;
	if (last && !strncmp(last, name, len) && !last[len])
		return last;
	return vmv_map_intern(p->map, name, len);
}

static bool parse_line(struct vmv_smaps *p, const struct line *line)
{
	struct vmv_region region;
	const char *name;
	size_t len;

	/* Keys start with a capital, addresses never do. */
	if (isupper((unsigned char)*line->text))
		return parse_field(p, line);
	if (!vmv_parse_header(line->text, &region, &name))
		return false;
	len = line->len - (size_t)(name - line->text);
	if (len && strlen(name) != len) /* a NUL, which no kernel writes */
		return false;
	region.name = intern_name(p, name, len);
	p->region = vmv_map_add(p->map, &region);
	p->next = 0;
	return true;
}

/* ---- line by line ---- */

static void begin(struct vmv_smaps *p, struct vmv_map *map)
{
	p->map = map;
	p->no_name = vmv_map_intern(map, "", 0);
	p->region = NULL;
	p->nfound = p->next = 0; /* the known ones need no zeros */
	p->bare = false;
	p->record = (struct record){ 0 };
}

struct vmv_smaps *vmv_smaps_new(struct vmv_map *map)
{
	struct vmv_smaps *p = vmv_calloc(1, sizeof(*p));

	begin(p, map);
	return p;
}

void vmv_smaps_free(struct vmv_smaps *p)
{
	free(p);
}

void vmv_smaps_header(struct vmv_smaps *p, struct vmv_region *region, const char *name, size_t len)
{
	region->name = intern_name(p, name, len);
	p->region = vmv_map_append(p->map, region);
	p->next = 0;
}

bool vmv_smaps_counter(struct vmv_smaps *p, const char *text, size_t len)
{
	return parse_field(p, &(struct line){ text, len });
}

size_t vmv_smaps_counters(struct vmv_smaps *p, const char *bytes, size_t len, unsigned long *lines)
{
	return take_fields(p, bytes, len, lines);
}

size_t vmv_smaps_knows(struct vmv_smaps *p, const char *name, size_t len)
{
	const struct known *known = find_known(p, name, len);

	return known ? (size_t)(known - p->known) + 1 : 0;
}

size_t vmv_smaps_progress(const struct vmv_smaps *p)
{
	return p->region && p->region->flags ? SIZE_MAX : p->next;
}

void vmv_smaps_forget(struct vmv_smaps *p)
{
	vmv_map_forget_fields(p->map);
	p->nfound = p->next = 0;
	p->bare = false;
	record_forget(&p->record);
}

void vmv_smaps_moved(struct vmv_smaps *p)
{
	p->region = p->map->nregions ? &p->map->regions[p->map->nregions - 1] : NULL;
}

int vmv_smaps_read(struct vmv_reader *in, const char *what, struct vmv_map *map,
		   struct vmv_error *err)
{
	struct vmv_smaps p;
	unsigned long lineno = 0;
	const char *bytes;
	struct line line;
	size_t len;
	char *text;
	int rc;

	begin(&p, map);
	while ((rc = vmv_reader_line(in, &text, &line.len)) > 0) {
		lineno++;
		line.text = text;
		if (in->unended && vmv_smaps_is_cut(line.text, line.len))
			return vmv_fail(err, EINVAL, "%s:%lu: this line is cut short", what,
					lineno);
		if (!parse_line(&p, &line))
			return vmv_fail(err, EINVAL, "%s:%lu: not a line of maps or smaps", what,
					lineno);
		if (p.nfound && vmv_reader_bytes(in, &bytes, &len) > 0)
			vmv_reader_skip(in, take_record(&p, bytes, len, &lineno));
	}
	if (rc < 0)
		return vmv_fail(err, -rc, "cannot read %s: %m", what);
	return 0;
}
