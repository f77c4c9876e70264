/* pmaptext.c - see pmaptext.h */
#include "pmaptext.h"

#include "scan.h"
#include "textform.h"
#include "vmapview/alloc.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/* Translate pmap's "  [ stack ]" and "  [ anon ]"; take any other name as it is. */
static void take_name(struct textrow *row, const char *s)
{
	textform_name(row, s);
	row->stack = !strcmp(s, "[ stack ]");
	if (row->stack)
		textform_name(row, "[stack]");
}

static bool set_kbytes(struct vmv_region *r, uint64_t kb)
{
	return kb <= UINT64_MAX >> 10 && textform_size(r, kb << 10);
}

/* ---- the short forms ---- */

/** The smaps names of the columns of pmap's short forms; "" is the size. */
static const struct {
	const char *column, *counter;
} short_columns[] = {
	{ "Kbytes", "" },   { "RSS", "Rss" },        { "PSS", "Pss" },       { "Dirty", "Dirty" },
	{ "Swap", "Swap" }, { "Anon", "Anonymous" }, { "Locked", "Locked" },
};

static const char *short_column(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(short_columns); i++)
		if (!strcmp(short_columns[i].column, name))
			return short_columns[i].counter;
	return NULL;
}

/* The @i-th number after the address: by the heading, or as procps prints it with -x. */
static const char *column_at(const struct textforms *forms, size_t i)
{
	static const char *const usual[] = { "", "Rss", "Dirty" };
	const char *name = i + 1 < forms->ncolumns ? short_column(forms->columns[i + 1]) : NULL;

	if (forms->ncolumns)
		return name;
	return i < ARRAY_SIZE(usual) ? usual[i] : NULL;
}

static void add_counter(struct textrow *row, const char *name, uint64_t value, bool bytes)
{
	if (row->ncounters == ARRAY_SIZE(row->counters))
		return;
	row->counters[row->ncounters++] = (struct textcounter){ name, strlen(name), value, bytes };
}

/* "132K", or "132 100 -", where a dash is an unknown value. */
static bool scan_kbytes(const struct textforms *forms, const char **s, struct textrow *row)
{
	enum { MOST = 8 };
	bool sized = false;

	for (size_t i = 0;
	     i < MOST && (isdigit((unsigned char)**s) || ((*s)[0] == '-' && (*s)[1] == ' ')); i++) {
		const char *name = column_at(forms, i);
		uint64_t kb = VMV_UNKNOWN;

		if (!scan_char(s, '-') && !scan_dec(s, &kb))
			return false;
		if (i == 0) {
			sized = kb != VMV_UNKNOWN && set_kbytes(&row->region, kb);
			scan_char(s, 'K');
		} else if (name && *name && kb <= UINT64_MAX >> 11) {
			add_counter(row, name, kb << 10, true);
		}
		if (!scan_blanks(s))
			return false;
	}
	return sized;
}

/* "0000000000400000 008:00001" of -d: at least as wide as that, since a name may look alike. */
static bool scan_place(const char **s, struct vmv_region *r)
{
	const char *at = *s;

	if (!scan_hex(&at, &r->offset) || at - *s < 16 || !scan_blanks(&at) ||
	    !textform_device(&at, r) || !scan_blanks(&at))
		return false;
	*s = at;
	return true;
}

/* A device without an inode identifies no file: it must not be compared. */
static void forget_device(struct vmv_region *r)
{
	r->major = r->minor = 0;
}

bool pmaptext_short(const struct textforms *forms, const char *text, size_t at, struct textrow *row)
{
	const char *s = text + at;
	struct vmv_region *r = &row->region;

	if (!scan_hex(&s, &r->start) || s - (text + at) < 8 || !scan_blanks(&s) ||
	    !scan_kbytes(forms, &s, row) || !textform_perms(&s, 4, &r->perms))
		return false;
	while (*s == '-' || *s == 'R')
		s++;
	if (*s && !scan_blanks(&s))
		return false;
	if (!scan_place(&s, r))
		r->offset = VMV_UNKNOWN;
	forget_device(r);
	take_name(row, s);
	return true;
}

/* ---- pmap -X, -XX, -c: columns by their heading ---- */

static bool is_flag(const char *s)
{
	return islower((unsigned char)s[0]) && islower((unsigned char)s[1]) &&
	       (!s[2] || s[2] == ' ');
}

/* Skip "rd wr mr mw me ac", up to where names begin: a file name may have two letters. */
static void scan_flags(const char **s, const char *text, size_t names, struct textrow *row)
{
	row->flags = *s;
	while (is_flag(*s) && (size_t)(*s - text) != names) {
		*s += 2;
		row->flags_len = (size_t)(*s - row->flags);
		*s += scan_blank(*s);
	}
	if (!row->flags_len)
		row->flags = NULL;
}

static bool scan_counter(const char **s, const char *name, struct textrow *row)
{
	bool bytes = !vmv_is_plain_counter(name, strlen(name));
	uint64_t n = VMV_UNKNOWN;

	if (!scan_char(s, '-') && !scan_dec(s, &n))
		return false;
	if (bytes && n != VMV_UNKNOWN && n > UINT64_MAX >> 11)
		return false;
	if (!strcmp(name, "Size") && !set_kbytes(&row->region, n))
		return false;
	if (n != VMV_UNKNOWN)
		add_counter(row, name, bytes ? n << 10 : n, bytes);
	return true;
}

static bool scan_column(const char **s, const char *name, struct textrow *row)
{
	struct vmv_region *r = &row->region;

	if (!strcmp(name, "Perm"))
		return textform_perms(s, 4, &r->perms);
	if (!strcmp(name, "Offset"))
		return scan_hex(s, &r->offset);
	if (!strcmp(name, "Device"))
		return scan_char(s, '-') || textform_device(s, r);
	if (!strcmp(name, "Inode"))
		return scan_char(s, '-') || scan_dec(s, &r->inode);
	return scan_counter(s, name, row);
}

/* With -q there is no heading; these columns always come first. */
static const char *const first_columns[] = {
	"Address", "Perm", "Offset", "Device", "Inode", "Size"
};

static bool is_long_heading(const struct textforms *forms)
{
	for (size_t i = 0; i < forms->ncolumns; i++)
		if (!strcmp(forms->columns[i], "Size"))
			return true;
	return false;
}

static void skip_numbers(const char **s)
{
	uint64_t n;

	while (isdigit((unsigned char)**s)) {
		const char *at = *s;

		if (!scan_dec(&at, &n) || !scan_blanks(&at))
			return;
		*s = at;
	}
}

/* Of -XX: the kernel's list begins with one of these, and has two for all but [vsyscall]. */
static bool begins_flags(const char *s)
{
	return (!strncmp(s, "rd ", 3) || !strncmp(s, "wr ", 3) || !strncmp(s, "ex ", 3) ||
		!strncmp(s, "mr ", 3)) &&
	       (is_flag(s + 3) || s[3] == '[');
}

/* What -X and -XX print between the columns that are always there and the name. */
static void scan_nameless(const char **s, const char *text, struct textrow *row)
{
	skip_numbers(s);
	if (begins_flags(*s))
		scan_flags(s, text, SIZE_MAX, row);
}

bool pmaptext_long(const struct textforms *forms, const char *text, size_t at, struct textrow *row)
{
	bool heading = is_long_heading(forms);
	const char *const *columns = heading ? forms->columns : first_columns;
	size_t n = heading ? forms->ncolumns : ARRAY_SIZE(first_columns);
	const char *s = text + at;

	row->region.perms = VMV_PERMS_UNKNOWN;
	row->region.offset = VMV_UNKNOWN;
	if (!scan_hex(&s, &row->region.start) || s - (text + at) < 8)
		return false;
	for (size_t i = 1; i < n && strcmp(columns[i], "Mapping") != 0; i++) {
		if (!scan_blanks(&s))
			return false;
		if (!strcmp(columns[i], "VmFlags"))
			scan_flags(&s, text, forms->name_at, row);
		else if (!scan_column(&s, columns[i], row))
			return false;
	}
	if (*s && !scan_blanks(&s) && !row->flags)
		return false;
	if (!heading)
		scan_nameless(&s, text, row);
	take_name(row, s);
	row->by_name = !row->region.inode;
	return row->region.end > 0;
}

/* ---- headings ---- */

static void keep_columns(struct textforms *forms, const char *at, size_t name_at)
{
	char *next, *word;

	textforms_done(forms);
	forms->words = vmv_strdup(at);
	forms->name_at = name_at;
	next = forms->words;
	while ((word = strsep(&next, " \t")) && forms->ncolumns < ARRAY_SIZE(forms->columns))
		if (*word)
			forms->columns[forms->ncolumns++] = word;
}

static bool is_rule(const char *s, char of)
{
	char allowed[] = { ' ', of, '\0' };

	return strspn(s, allowed) == strlen(s) && strchr(s, of);
}

/* Rules and totals under pmap's columns: "===== ====", "---- ---", numbers with "KB". */
static bool is_footer(const char *s)
{
	static const char *const words[] = { "total ", "mapped: " };
	size_t len;

	s += scan_blank(s);
	if (is_rule(s, '=') || is_rule(s, '-'))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncmp(s, words[i], strlen(words[i])))
			return true;
	len = strlen(s);
	return strspn(s, "0123456789- ") + 3 == len && !strcmp(s + len - 3, "KB ");
}

bool pmaptext_heading(struct textforms *forms, const char *text)
{
	const char *at = strstr(text, "Address "), *name = strstr(text, "Mapping");

	if (at && name > at) {
		keep_columns(forms, at, (size_t)(name - text));
		return true;
	}
	return is_footer(text);
}
