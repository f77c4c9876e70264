/* smaps.c - see smaps.h */
#include "vmapview/smaps.h"

#include "shape.h"
#include "vmapview/error.h"
#include "vmapview/map.h"
#include "vmapview/reader.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/* The take_ functions consume one token or return false. */

static bool take_char(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

/* One more than the digit's value; 0 for what is none. */
static const uint8_t hex_digits[256] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

static bool take_hex(const char **s, uint64_t max, uint64_t *out)
{
	const char *start = *s, *at = start;
	uint64_t n = 0;
	unsigned digit;

	for (; (digit = hex_digits[(unsigned char)*at]); at++)
		n = n << 4 | (digit - 1);
	*s = at;
	*out = n;
	return at > start && at - start <= 16 && n <= max;
}

static bool take_hex32(const char **s, uint32_t max, uint32_t *out)
{
	uint64_t wide;

	if (!take_hex(s, max, &wide))
		return false;
	*out = (uint32_t)wide;
	return true;
}

static bool take_dec(const char **s, uint64_t *out)
{
	const char *start = *s;

	*out = 0;
	for (; **s >= '0' && **s <= '9'; (*s)++)
		if (__builtin_mul_overflow(*out, 10, out) ||
		    __builtin_add_overflow(*out, (unsigned)(**s - '0'), out))
			return false;
	return *s > start;
}

/* "rw-p": each place holds its letter or its alternative. */
static bool take_perms(const char **s, uint8_t *out)
{
	static const struct {
		char on, off;
		uint8_t bit;
	} place[] = {
		{ 'r', '-', VMV_READ },
		{ 'w', '-', VMV_WRITE },
		{ 'x', '-', VMV_EXEC },
		{ 's', 'p', VMV_SHARED },
	};

	*out = 0;
	for (size_t i = 0; i < ARRAY_SIZE(place); i++) {
		if (take_char(s, place[i].on))
			*out |= place[i].bit;
		else if (!take_char(s, place[i].off))
			return false;
	}
	return true;
}

bool vmv_parse_header(const char *line, struct vmv_region *r, const char **name)
{
	const char *s = line;

	*r = (struct vmv_region){ 0 };
	/* clang-format off */
	if (!(take_hex(&s, UINT64_MAX, &r->start) && take_char(&s, '-') &&
	      take_hex(&s, UINT64_MAX, &r->end) && take_char(&s, ' ') &&
	      take_perms(&s, &r->perms) && take_char(&s, ' ') &&
	      take_hex(&s, UINT64_MAX, &r->offset) && take_char(&s, ' ') &&
	      take_hex32(&s, VMV_NO_DEVICE - 1, &r->major) && take_char(&s, ':') &&
	      take_hex32(&s, UINT32_MAX, &r->minor) && take_char(&s, ' ') &&
	      take_dec(&s, &r->inode)))
		return false;
	/* clang-format on */
	if (*s && *s != ' ')
		return false;
	while (*s == ' ')
		s++;
	*name = s;
	return r->start < r->end;
}

/** struct line - one line, without its newline; a NUL follows it */
struct line {
	const char *text;
	size_t len;
};

/* More fields than any kernel has; those beyond are read without a shape. */
enum { SHAPES = 64 };

/** struct parse - what is being read, and where in it
 *  @region: the one whose fields follow, or NULL
 *  @next:   index of the field expected on this line
 *  @shapes: how the lines of the fields look
 *  @no_name: the name of most regions, "" */
struct parse {
	struct vmv_map *map;
	const char *no_name;
	struct vmv_region *region;
	size_t next;
	struct shape shapes[SHAPES];
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
static bool take_text(struct parse *p, const char *key, size_t keylen, const char *value)
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
static bool is_expected(const struct parse *p, const struct line *line)
{
	const struct vmv_field *field;

	if (p->next >= p->map->nfields)
		return false;
	field = &p->map->fields[p->next];
	return line->len > field->len && line->text[field->len] == ':' &&
	       !memcmp(line->text, field->name, field->len);
}

/* "Rss:   188 kB".  False if it is no field at all. */
static bool parse_field(struct parse *p, const struct line *line)
{
	bool expected = is_expected(p, line), kilo;
	size_t keylen = expected ? p->map->fields[p->next].len : strcspn(line->text, ":");
	const char *value = line->text + keylen + 1;
	uint64_t number;
	size_t field;

	if (!p->region || line->text[keylen] != ':')
		return false;
	if (!expected && !vmv_may_be_field(line->text, keylen))
		return false;
	if (!take_value(value, line->text + line->len, &number, &kilo))
		return strlen(line->text) == line->len && /* else a NUL: not from a kernel */
		       take_text(p, line->text, keylen, value);
	if (kilo && number > (VMV_UNKNOWN - 1) >> 10)
		return false;
	field = expected ? p->next : vmv_map_field(p->map, line->text, keylen, kilo);
	if (field == SIZE_MAX)
		return false;
	vmv_map_set(p->map, field, kilo ? number << 10 : number);
	if (field < SHAPES)
		shape_learn(&p->shapes[field], line->text, line->len, kilo);
	p->next = field + 1;
	return true;
}

/* Take those of the @len bytes at @s that are lines of fields as expected. */
static size_t take_fields(struct parse *p, const char *s, size_t len, unsigned long *lines)
{
	size_t used = 0, last = p->map->nfields, f = p->next;
	uint64_t *counters;

	if (last > SHAPES)
		last = SHAPES;
	if (!p->region || f >= last)
		return 0;
	counters = vmv_map_last_counters(p->map);
	for (; f < last; f++) {
		size_t got = shape_take(&p->shapes[f], s + used, len - used, &counters[f]);

		if (!got)
			break;
		used += got;
	}
	*lines += f - p->next;
	p->next = f;
	return used;
}

/* Neighbours often share a name; looking it up again would cost more than all else. */
static const char *intern_name(const struct parse *p, const char *name, size_t len)
{
	const char *last = p->map->nregions ? p->map->regions[p->map->nregions - 1].name : NULL;

	if (!len)
		return p->no_name;
	if (last && !strcmp(last, name))
		return last;
	return vmv_map_intern(p->map, name, len);
}

static bool parse_line(struct parse *p, const struct line *line)
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

int vmv_smaps_read(struct vmv_reader *in, const char *what, struct vmv_map *map,
		   struct vmv_error *err)
{
	struct parse p = { .map = map, .no_name = vmv_map_intern(map, "", 0) };
	unsigned long lineno = 0;
	const char *bytes;
	struct line line;
	size_t len;
	char *text;
	int rc;

	while ((rc = vmv_reader_line(in, &text, &line.len)) > 0) {
		lineno++;
		line.text = text;
		if (!parse_line(&p, &line))
			return vmv_fail(err, EINVAL, "%s:%lu: not a line of maps or smaps", what,
					lineno);
		if (vmv_reader_bytes(in, &bytes, &len) > 0)
			vmv_reader_skip(in, take_fields(&p, bytes, len, &lineno));
	}
	if (rc < 0)
		return vmv_fail(err, -rc, "cannot read %s: %m", what);
	return 0;
}
