/* optrow.c - see optrow.h: all options, and what each sets */
#include "optrow.h"

#include "message.h"
#include "optwords.h"
#include "parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

static bool set_extended(struct option_state *s, const char *value)
{
	(void)value;
	s->given.x = true;
	return true;
}

static bool set_long(struct option_state *s, const char *value)
{
	(void)value;
	s->given.X++;
	return true;
}

static bool set_read_rc(struct option_state *s, const char *value)
{
	(void)value;
	s->given.c = true;
	return true;
}

static bool set_read_rc_from(struct option_state *s, const char *value)
{
	s->given.C = true;
	s->o->rc_file = value;
	return true;
}

static bool set_create_rc(struct option_state *s, const char *value)
{
	(void)value;
	s->given.n = true;
	return true;
}

static bool set_create_rc_to(struct option_state *s, const char *value)
{
	s->given.N = true;
	s->o->rc_file = value;
	return true;
}

static bool set_device(struct option_state *s, const char *value)
{
	(void)value;
	s->given.d = true;
	return true;
}

static bool set_quiet(struct option_state *s, const char *value)
{
	(void)value;
	s->o->pmap.quiet = true;
	return true;
}

static bool set_path(struct option_state *s, const char *value)
{
	(void)value;
	s->o->pmap.path = true;
	return true;
}

static bool set_kernel_names(struct option_state *s, const char *value)
{
	(void)value;
	s->o->pmap.kernel_names = true;
	return true;
}

/* "low", "low,high", "low," and ",high", in hex; one address means just that. */
static bool set_range(struct option_state *s, const char *value)
{
	const char *comma = strchr(value, ','), *high = comma ? comma + 1 : value;
	char *end = (char *)value;

	if (*value && *value != ',')
		s->o->pmap.low = strtoull(value, &end, 16);
	if (*end && end != comma) {
		say("failed to parse argument: '%s'", value);
		return false;
	}
	if (*high)
		s->o->pmap.high = strtoull(high, &end, 16);
	if (*end && *high) {
		say("failed to parse argument: '%s'", value);
		return false;
	}
	return true;
}

static bool set_sunos(struct option_state *s, const char *value)
{
	(void)s;
	(void)value;
	say("option -r is ignored as SunOS compatibility");
	return true;
}

static bool set_help(struct option_state *s, const char *value)
{
	(void)value;
	s->o->action = VMV_HELP;
	return true;
}

static bool set_version(struct option_state *s, const char *value)
{
	(void)value;
	s->o->action = VMV_VERSION;
	return true;
}

static bool set_list_columns(struct option_state *s, const char *value)
{
	s->o->tables.list = value;
	s->o->action = VMV_LIST_COLUMNS;
	return true;
}

static bool set_list_kinds(struct option_state *s, const char *value)
{
	(void)value;
	s->o->action = VMV_LIST_KINDS;
	return true;
}

static bool set_list_keys(struct option_state *s, const char *value)
{
	(void)value;
	s->o->action = VMV_LIST_KEYS;
	return true;
}

static bool set_interactive(struct option_state *s, const char *value)
{
	(void)value;
	s->o->interactive = true;
	return true;
}

static bool set_at(struct option_state *s, const char *value)
{
	char *end;

	errno = 0;
	s->o->at = strtoull(value, &end, 16);
	if (*value && *value != '-' && !*end && !errno)
		return true;
	say("--at: '%s' is not a hexadecimal address", value);
	return false;
}

static bool set_color(struct option_state *s, const char *value)
{
	int word = option_word("color", value);

	if (word >= 0)
		s->o->color = (enum vmv_color)word;
	return word >= 0;
}

static bool set_diff(struct option_state *s, const char *value)
{
	(void)value;
	return s->o->diff = true;
}

static bool set_all(struct option_state *s, const char *value)
{
	(void)value;
	return s->o->all = true;
}

static bool set_watch(struct option_state *s, const char *value)
{
	s->o->watch = parse_seconds(value);
	if (!s->o->watch)
		say("--watch: '%s' is not a number of seconds", value);
	return s->o->watch;
}

static bool set_count(struct option_state *s, const char *value)
{
	s->o->count = parse_count(value);
	if (!s->o->count)
		say("--count: '%s' is not a number of at least 1", value);
	return s->o->count;
}

static bool set_record(struct option_state *s, const char *value)
{
	s->o->record = value;
	return true;
}

#define TABLE(member)       OURS, NULL, offsetof(struct vmv_tables, member)
#define LATER_TABLE(member) LATER, NULL, offsetof(struct vmv_tables, member)
#define HEADING(text)                                                                              \
	{                                                                                          \
		0, NULL, NULL, text, NULL, OURS, NULL, 0                                           \
	}

/* clang-format off */
const struct option_row option_rows[] = {
	{ 'x', "extended", NULL, "show details", NULL, BOTH, set_extended, 0 },
	{ 'X', NULL, NULL, "show even more details",
	  "WARNING: format changes according to /proc/PID/smaps", BOTH, set_long, 0 },
	{ 'c', "read-rc", NULL, "read the default rc", NULL, BOTH, set_read_rc, 0 },
	{ 'C', "read-rc-from", "<file>", "read the rc from file", NULL, BOTH, set_read_rc_from, 0 },
	{ 'n', "create-rc", NULL, "create new default rc", NULL, BOTH, set_create_rc, 0 },
	{ 'N', "create-rc-to", "<file>", "create new rc to file",
	  "NOTE: pid arguments are not allowed with -n, -N", BOTH, set_create_rc_to, 0 },
	{ 'd', "device", NULL, "show the device format", NULL, BOTH, set_device, 0 },
	{ 'q', "quiet", NULL, "do not display header and footer", NULL, BOTH, set_quiet, 0 },
	{ 'p', "show-path", NULL, "show path in the mapping", NULL, BOTH, set_path, 0 },
	{ 'k', "use-kernel-name", NULL, "use names provided by kernel", NULL, BOTH, set_kernel_names, 0 },
	{ 'A', "range", "<low>[,<high>]", "limit results to the given range", NULL, BOTH, set_range, 0 },
	{ 'r', NULL, NULL, NULL, NULL, HIDDEN, set_sunos, 0 },
	HEADING("Interactive view"),
	{ 'i', "interactive", NULL, "look at one target on the whole terminal",
	  "without a target, choose a process first", OURS, set_interactive, 0 },
	{ 0, "at", "<address>", "with -i: begin with the region at this address", NULL, OURS, set_at, 0 },
	HEADING("Tables, also as JSON, CSV and Prometheus text"),
	{ 'o', "output", "[+]<column>[,...]", "show a table of these columns, + adds to the usual", NULL, TABLE(columns) },
	{ 0, "list", "<kind>", "list these: see --list-kinds", NULL, LATER_TABLE(list) },
	{ 0, "sort", "[-]<column>[,...]", "sort by these columns, - from the largest down", NULL, TABLE(sort) },
	{ 0, "filter", "<expression>", "only those such as 'rss > 1M and class = anon'", NULL, TABLE(filter) },
	{ 0, "group", "<what>", "one row per class, object, part or perms; none", NULL, TABLE(group) },
	{ 0, "summary", NULL, "totals by class, with bars", NULL, TABLE(summary) },
	{ 0, "bytes", NULL, "plain numbers instead of 1.3M", NULL, TABLE(bytes) },
	{ 0, "no-headings", NULL, "no headings and no totals", NULL, TABLE(bare) },
	{ 0, "format", "<format>", "table, json, csv or prometheus", NULL, TABLE(format) },
	{ 'J', "json", NULL, "as --format=json; alone, a snapshot to read again", NULL, TABLE(json) },
	{ 0, "output-file", "<file>", "replace this file when all is written", NULL, TABLE(file) },
	{ 0, "list-keys", NULL, "list the keys of the interactive view", NULL, OURS, set_list_keys, 0 },
	{ 0, "list-columns", "[=<kind>]", "list the columns with their meaning", NULL, OURS, set_list_columns, 0 },
	{ 0, "list-kinds", NULL, "list what --list knows", NULL, LATER, set_list_kinds, 0 },
	HEADING("Two targets, a process over time, all processes"),
	{ 0, "diff", NULL, "compare two targets; exit status 1 if they differ", NULL, OURS, set_diff, 0 },
	{ 0, "watch", "<seconds>", "print what changes, until the process ends", NULL, OURS, set_watch, 0 },
	{ 0, "count", "<times>", "look again this many times, then end", NULL, OURS, set_count, 0 },
	{ 0, "record", "<file>", "append a snapshot, with --watch one each time", NULL, OURS, set_record, 0 },
	{ 0, "all", NULL, "one row per process", NULL, OURS, set_all, 0 },
	HEADING("General"),
	{ 0, "color", "<when>", "auto, always or never; auto heeds NO_COLOR", NULL, OURS, set_color, 0 },
	{ 'h', "help", NULL, "display this help and exit", NULL, BOTH, set_help, 0 },
	{ 'V', "version", NULL, "output version information and exit", NULL, BOTH, set_version, 0 },
};
/* clang-format on */
const size_t noption_rows = ARRAY_SIZE(option_rows);

_Static_assert(ARRAY_SIZE(option_rows) <= OPTION_ROWS_MAX, "getopt's tables have room for them");

bool option_take(struct option_state *s, const struct option_row *row, const char *value)
{
	char *member = (char *)&s->o->tables + row->at;

	if (row->set)
		return row->set(s, value);
	s->o->own = true;
	if (row->value)
		*(const char **)(void *)member = value;
	else
		*(bool *)(void *)member = true;
	return true;
}

bool option_is_of_tables(const struct option_row *row, const struct vmv_options *o)
{
	const char *member = (const char *)&o->tables + row->at;

	if (row->set || !row->name)
		return false;
	return row->value ? *(const char *const *)(const void *)member != NULL
			  : *(const bool *)(const void *)member;
}
