/* textform.c - see textform.h */
#include "textform.h"

#include "pmaptext.h"
#include "scan.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/* ---- parts of lines ---- */

/* "rw-p", or the first @n letters of it, capital ones also; "?" where it was not known, which
 * leaves the whole access unknown. */
bool textform_perms(const char **s, size_t n, uint8_t *perms)
{
	static const struct {
		const char *on, *off;
		uint8_t bit, unknown;
	} place[] = {
		{ "r", "-", VMV_READ, VMV_ACCESS_UNKNOWN },
		{ "w", "-", VMV_WRITE, VMV_ACCESS_UNKNOWN },
		{ "x", "-", VMV_EXEC, VMV_ACCESS_UNKNOWN },
		{ "s", "p-", VMV_SHARED, VMV_SHARING_UNKNOWN },
	};

	*perms = n < ARRAY_SIZE(place) ? VMV_SHARING_UNKNOWN : 0;
	for (size_t i = 0; i < n; i++) {
		char c = (char)tolower((unsigned char)*(*s)++);

		if (c == *place[i].on)
			*perms |= place[i].bit;
		else if (c == '?')
			*perms |= place[i].unknown;
		else if (!c || !strchr(place[i].off, c))
			return false;
	}
	if (*perms & VMV_ACCESS_UNKNOWN)
		*perms &= (uint8_t) ~(VMV_READ | VMV_WRITE | VMV_EXEC);
	return true;
}

void textform_name(struct textrow *row, const char *s)
{
	row->name = s;
	row->by_name = true;
}

bool textform_size(struct vmv_region *r, uint64_t size)
{
	return size && !__builtin_add_overflow(r->start, size, &r->end);
}

bool textform_device(const char **s, struct vmv_region *r)
{
	uint64_t major, minor;

	if (!(scan_hex(s, &major) && scan_char(s, ':') && scan_hex(s, &minor)) ||
	    major >= VMV_NO_DEVICE || minor > UINT32_MAX)
		return false;
	r->major = (uint32_t)major;
	r->minor = (uint32_t)minor;
	return true;
}

/* ---- /proc/PID/maps ---- */

/* The blanks between columns may have become tabs, the bars of a table or the commas of a list. */
static bool scan_gap(const char **s)
{
	const char *start = *s;

	while (scan_blanks(s) || (**s && strchr("|,;", **s) && ++*s))
		;
	return *s > start;
}

/* Other programs may write it with 0x, or with capital digits. */
static bool scan_address(const char **s, uint64_t *n)
{
	return scan_0x(s, n) || scan_hex(s, n);
}

static bool parse_maps(const struct textforms *forms, const char *text, size_t at,
		       struct textrow *row)
{
	const char *s = text + at;
	struct vmv_region *r = &row->region;

	(void)forms;
	/* clang-format off */
	if (!(scan_address(&s, &r->start) && scan_char(&s, '-') &&
	      scan_address(&s, &r->end) && scan_gap(&s) &&
	      textform_perms(&s, 4, &r->perms) && scan_gap(&s) &&
	      scan_hex(&s, &r->offset) && scan_gap(&s) &&
	      textform_device(&s, r) && scan_gap(&s) &&
	      scan_dec(&s, &r->inode)))
		return false;
	/* clang-format on */
	/* A closing quote or a colour may follow immediately. */
	if (!scan_gap(&s) && isalnum((unsigned char)*s))
		return false;
	textform_name(row, s);
	row->by_name = false;
	return true;
}

/* ---- others ---- */

/* gdb, "info proc mappings": start, end, size, offset, since 12 permissions, name. */
static bool parse_gdb(const struct textforms *forms, const char *text, size_t at,
		      struct textrow *row)
{
	const char *s = text + at, *perms;
	struct vmv_region *r = &row->region;
	uint64_t size;

	(void)forms;
	if (!(scan_0x(&s, &r->start) && scan_blanks(&s) && scan_0x(&s, &r->end) &&
	      scan_blanks(&s) && scan_0x(&s, &size) && scan_blanks(&s) && scan_0x(&s, &r->offset)))
		return false;
	s += scan_blank(s);
	perms = s;
	if (textform_perms(&s, 4, &r->perms) && (!*s || scan_blanks(&s))) {
		textform_name(row, s);
	} else {
		r->perms = VMV_PERMS_UNKNOWN;
		textform_name(row, perms);
	}
	return r->end - r->start == size;
}

/* A sanitizer: "0x000000400000-0x000000456000<tab>/home/user/app". */
static bool parse_sanitizer(const struct textforms *forms, const char *text, size_t at,
			    struct textrow *row)
{
	const char *s = text + at;
	struct vmv_region *r = &row->region;

	(void)forms;
	if (!(scan_0x(&s, &r->start) && scan_char(&s, '-') && scan_0x(&s, &r->end)) ||
	    (*s && *s != '\t'))
		return false;
	s += scan_blank(s);
	r->perms = VMV_PERMS_UNKNOWN;
	r->offset = VMV_UNKNOWN;
	textform_name(row, s);
	return true;
}

/* "0000007b'340a2000", or eight digits alone. */
static bool scan_quoted(const char **s, uint64_t *n)
{
	uint64_t low;

	if (!scan_hex(s, n))
		return false;
	if (!scan_char(s, '\''))
		return true;
	if (!scan_hex(s, &low) || low > UINT32_MAX || *n > UINT32_MAX)
		return false;
	*n = *n << 32 | low;
	return true;
}

/* An Android tombstone: first and last address, permissions, offset, size, name. */
static bool parse_tombstone(const struct textforms *forms, const char *text, size_t at,
			    struct textrow *row)
{
	const char *s = text + at;
	struct vmv_region *r = &row->region;
	uint64_t last, size;

	(void)forms;
	if (!(scan_quoted(&s, &r->start) && scan_char(&s, '-') && scan_quoted(&s, &last) &&
	      scan_blanks(&s) && textform_perms(&s, 3, &r->perms) && scan_blanks(&s) &&
	      scan_hex(&s, &r->offset) && scan_blanks(&s) && scan_hex(&s, &size)) ||
	    (*s && !scan_blanks(&s)))
		return false;
	textform_name(row, s);
	return textform_size(r, size) && r->end - 1 == last;
}

/* lldb, "memory region --all": "[0x0000000000400000-0x0000000000402000) r-x /usr/bin/app
 * PT_LOAD[0]"; it lists unmapped ranges, too. */
static bool parse_lldb(const struct textforms *forms, const char *text, size_t at,
		       struct textrow *row)
{
	const char *s = text + at;
	struct vmv_region *r = &row->region;

	(void)forms;
	if (!(scan_char(&s, '[') && scan_0x(&s, &r->start) && scan_char(&s, '-') &&
	      scan_0x(&s, &r->end) && scan_char(&s, ')') && scan_blanks(&s) &&
	      textform_perms(&s, 3, &r->perms)) ||
	    (*s && !scan_blanks(&s)))
		return false;
	r->offset = VMV_UNKNOWN;
	textform_name(row, s);
	return *s || r->perms & (VMV_READ | VMV_WRITE | VMV_EXEC);
}

/* perf script --show-mmap-events: "[0x400000(0x2000) @ 0x1000 fe:00 1201 0]: r-xp /usr/bin/app";
 * later versions give a build-id in place of the device. */
static bool parse_perf(const struct textforms *forms, const char *text, size_t at,
		       struct textrow *row)
{
	const char *s = text + at;
	struct vmv_region *r = &row->region;
	enum { DEVICE_MAX = 100 };
	uint64_t size;

	(void)forms;
	if (!(scan_char(&s, '[') && scan_0x(&s, &r->start) && scan_char(&s, '(') &&
	      scan_0x(&s, &size) && scan_word(&s, ") @ ")) ||
	    !textform_size(r, size))
		return false;
	if (!scan_0x(&s, &r->offset) && !scan_hex(&s, &r->offset))
		return false;
	s = memmem(s, strnlen(s, DEVICE_MAX), "]: ", 3);
	if (!s)
		return false;
	s += 3;
	if (!textform_perms(&s, 4, &r->perms) || !scan_blanks(&s))
		return false;
	textform_name(row, strcmp(s, "//anon") ? s : "");
	return true;
}

/* ---- the table ---- */

/** struct form - the first form that fits is taken.  A name ends where one of @remarks begins. */
static const struct form {
	bool (*parse)(const struct textforms *forms, const char *text, size_t at,
		      struct textrow *row);
	const char *remarks[3];
} forms_table[] = {
	{ parse_maps, { NULL } },
	{ pmaptext_short, { NULL } },
	{ pmaptext_long, { NULL } },
	{ parse_gdb, { NULL } },
	{ parse_sanitizer, { NULL } },
	{ parse_tombstone, { " (BuildId: ", " (load bias ", " (offset " } },
	{ parse_lldb, { " PT_LOAD[" } },
	{ parse_perf, { NULL } },
};

/* Not earlier: lines may be long, with much in them that looks like a region at first. */
static void end_name(struct textrow *row, const struct form *form)
{
	row->len = strlen(row->name);
	for (size_t i = 0; i < ARRAY_SIZE(form->remarks) && form->remarks[i]; i++) {
		const char *at = strstr(row->name, form->remarks[i]);

		if (at && (size_t)(at - row->name) < row->len)
			row->len = (size_t)(at - row->name);
	}
}

static void clear(struct textrow *row)
{
	row->region = (struct vmv_region){ 0 };
	row->name = "";
	row->flags = NULL;
	row->len = row->flags_len = row->ncounters = 0;
	row->by_name = row->stack = false;
}

bool textform_parse(const struct textforms *forms, const char *text, size_t at, struct textrow *row)
{
	for (size_t i = 0; i < ARRAY_SIZE(forms_table); i++) {
		clear(row);
		if (!forms_table[i].parse(forms, text, at, row) ||
		    row->region.start >= row->region.end)
			continue;
		end_name(row, &forms_table[i]);
		return true;
	}
	return false;
}

/* ---- headings ---- */

static bool is_one_of(const char *s)
{
	static const char *const lines[] = { "Start Addr ",
					     "Mapped address spaces:", "--->Fault address " };

	s += scan_blank(s);
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		if (!strncmp(s, lines[i], strlen(lines[i])))
			return true;
	return false;
}

bool textform_heading(struct textforms *forms, const char *text)
{
	return pmaptext_heading(forms, text) || is_one_of(text);
}

void textforms_done(struct textforms *forms)
{
	free(forms->words);
	*forms = (struct textforms){ 0 };
}
