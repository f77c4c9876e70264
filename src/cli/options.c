/*
 * options.c - see options.h
 *
 * One table holds all options: it feeds getopt_long(3) and the usage text.
 */
#include "vmapview/options.h"

#include "abbrev.h"
#include "message.h"
#include "optrow.h"
#include "optwords.h"
#include "parse.h"
#include "pidwords.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

struct option_state {
	struct vmv_options *o;
	struct seen seen;
};

static bool set_extended(struct option_state *s, const char *value)
{
	(void)value;
	s->seen.x = true;
	return true;
}

static bool set_long(struct option_state *s, const char *value)
{
	(void)value;
	s->seen.X++;
	return true;
}

static bool set_read_rc(struct option_state *s, const char *value)
{
	(void)value;
	s->seen.c = true;
	return true;
}

static bool set_read_rc_from(struct option_state *s, const char *value)
{
	s->seen.C = true;
	s->o->rc_file = value;
	return true;
}

static bool set_create_rc(struct option_state *s, const char *value)
{
	(void)value;
	s->seen.n = true;
	return true;
}

static bool set_create_rc_to(struct option_state *s, const char *value)
{
	s->seen.N = true;
	s->o->rc_file = value;
	return true;
}

static bool set_device(struct option_state *s, const char *value)
{
	(void)value;
	s->seen.d = true;
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
		vmv_say("failed to parse argument: '%s'", value);
		return false;
	}
	if (*high)
		s->o->pmap.high = strtoull(high, &end, 16);
	if (*end && *high) {
		vmv_say("failed to parse argument: '%s'", value);
		return false;
	}
	return true;
}

static bool set_sunos(struct option_state *s, const char *value)
{
	(void)s;
	(void)value;
	vmv_say("option -r is ignored as SunOS compatibility");
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
	(void)value;
	s->o->action = VMV_LIST_COLUMNS;
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
	vmv_say("--at: '%s' is not a hexadecimal address", value);
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
		vmv_say("--watch: '%s' is not a number of seconds", value);
	return s->o->watch;
}

static bool set_count(struct option_state *s, const char *value)
{
	s->o->count = parse_count(value);
	if (!s->o->count)
		vmv_say("--count: '%s' is not a number of at least 1", value);
	return s->o->count;
}

static bool set_record(struct option_state *s, const char *value)
{
	s->o->record = value;
	return true;
}

#define TABLE(member) OURS, NULL, offsetof(struct vmv_tables, member)
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
	{ 0, "sort", "[-]<column>[,...]", "sort by these columns, - from the largest down", NULL, TABLE(sort) },
	{ 0, "filter", "<expression>", "only regions such as 'rss > 1M and class = anon'", NULL, TABLE(filter) },
	{ 0, "group", "<what>", "one row per class, object, part or perms; none", NULL, TABLE(group) },
	{ 0, "summary", NULL, "totals by class, with bars", NULL, TABLE(summary) },
	{ 0, "bytes", NULL, "plain numbers instead of 1.3M", NULL, TABLE(bytes) },
	{ 0, "no-headings", NULL, "no headings and no totals", NULL, TABLE(bare) },
	{ 0, "format", "<format>", "table, json, csv or prometheus", NULL, TABLE(format) },
	{ 'J', "json", NULL, "as --format=json; alone, a snapshot to read again", NULL, TABLE(json) },
	{ 0, "output-file", "<file>", "replace this file when all is written", NULL, TABLE(file) },
	{ 0, "list-keys", NULL, "list the keys of the interactive view", NULL, OURS, set_list_keys, 0 },
	{ 0, "list-columns", NULL, "list the columns with their meaning", NULL, OURS, set_list_columns, 0 },
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

/* Above all characters, so that getopt's result tells rows without a letter. */
enum { FIRST_LONG = CHAR_MAX + 1 };

static bool is_taken(const struct vmv_options *o, const struct option_row *row)
{
	return !(o->as_pmap && row->who == OURS);
}

/* The table in getopt_long()'s own form. */
struct getopt_tables {
	char letters[2 * ARRAY_SIZE(option_rows) + 1];
	struct option names[ARRAY_SIZE(option_rows) + ABBREV_ROOM + 1];
	struct abbrevs abbrevs;
};

static struct option option_of(size_t row)
{
	return (struct option){ .name = option_rows[row].name,
				.has_arg = option_rows[row].value ? required_argument : no_argument,
				.val = FIRST_LONG + (int)row };
}

static void add_letters(const struct vmv_options *o, struct getopt_tables *t)
{
	char *to = t->letters;

	for (size_t i = 0; i < ARRAY_SIZE(option_rows); i++) {
		if (!option_rows[i].letter || !is_taken(o, &option_rows[i]))
			continue;
		*to++ = option_rows[i].letter;
		if (option_rows[i].value)
			*to++ = ':';
	}
}

/* Those that pmap has too, or the others, after the @n that are there; returns the new @n. */
static size_t add_names(const struct vmv_options *o, struct getopt_tables *t, size_t n, bool both)
{
	for (size_t i = 0; i < ARRAY_SIZE(option_rows); i++)
		if (option_rows[i].name && (option_rows[i].who == BOTH) == both &&
		    is_taken(o, &option_rows[i]))
			t->names[n++] = option_of(i);
	return n;
}

/* In a message about an ambiguous one, pmap has them in this order. */
static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct option *)a)->name, ((const struct option *)b)->name);
}

static void fill_tables(const struct vmv_options *o, struct getopt_tables *t)
{
	size_t n, npmap;

	memset(t, 0, sizeof(*t));
	add_letters(o, t);
	npmap = add_names(o, t, 0, true);
	qsort(t->names, npmap, sizeof(*t->names), compare_names);
	n = add_names(o, t, npmap, false);
	if (!o->as_pmap)
		abbrev_add(&t->abbrevs, t->names, n, npmap);
}

static const struct option_row *find_row(int code)
{
	if (code >= FIRST_LONG)
		return &option_rows[code - FIRST_LONG];
	for (size_t i = 0; i < ARRAY_SIZE(option_rows); i++)
		if (option_rows[i].letter && option_rows[i].letter == code)
			return &option_rows[i];
	return NULL;
}

/* A wrong use: pmap answers with all it knows, we with one line. */
static enum vmv_action misused(struct vmv_options *o)
{
	char *program = vmv_harmless(o->program);

	if (o->as_pmap)
		vmv_options_usage(o, stderr);
	else
		fprintf(stderr, "Try '%s --help' for more.\n", program);
	free(program);
	return o->action = VMV_USAGE_ERROR;
}

/*
 * getopt_long() would quote a word as it is.  With a pattern of the shell, that may be the name of
 * somebody's file: so it is asked to say nothing, and then about a harmless one.
 */
static void complain(const char *program, const char *word, const struct getopt_tables *t)
{
	const char letter[] = { '-', (char)optopt, '\0' };
	bool is_long = optopt == 0 || optopt >= FIRST_LONG;
	char *argv[] = { vmv_harmless(program), vmv_harmless(is_long ? word : letter), NULL };

	if (!is_long && strlen(argv[1]) > 2) /* an escape */
		memcpy(argv[1], "-?", sizeof("-?"));
	optind = 0; /* anew */
	opterr = 1;
	getopt_long(2, argv, t->letters, t->names, NULL);
	free(argv[0]);
	free(argv[1]);
}

/* pmap knows no others than processes; what ours are is found when they are opened. */
static enum vmv_action check_targets(struct vmv_options *o)
{
	if (o->action != VMV_SHOW || !o->as_pmap)
		return o->action;
	pids_leave_out(o);
	if (!pids_take(o))
		return misused(o);
	if (o->ntargets)
		return o->action;
	vmv_say("library failed pids statistics"); /* so pmap says that none is left */
	return o->action = VMV_USAGE_ERROR;
}

static bool take(struct option_state *s, const struct option_row *row, const char *value)
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

static enum vmv_action parse(struct vmv_options *o, int argc, char **argv)
{
	struct option_state state = { .o = o };
	struct getopt_tables tables;
	int code;

	*o = (struct vmv_options){ .program = program_invocation_short_name,
				   .pmap = { .high = UINT64_MAX },
				   .at = VMV_UNKNOWN };
	o->as_pmap = o->pmap.as_pmap = !strcmp(o->program, "pmap");
	if (argc < 2 && !o->as_pmap && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return o->action = VMV_INTERACTIVE;
	if (argc < 2) {
		vmv_options_usage(o, stderr);
		return o->action = VMV_USAGE_ERROR;
	}
	fill_tables(o, &tables);
	opterr = 0;
	while ((code = getopt_long(argc, argv, tables.letters, tables.names, NULL)) != -1) {
		const struct option_row *row = find_row(code);

		if (!row) {
			complain(argv[0], argv[optind - 1], &tables);
			return misused(o);
		}
		if (!take(&state, row, optarg))
			return o->action = VMV_USAGE_ERROR;
		if (o->action != VMV_SHOW)
			return o->action;
	}
	o->targets = argv + optind;
	o->ntargets = argc - optind;
	options_check(o, &state.seen);
	return check_targets(o);
}

/* Where parsing stopped before it: a wrong use of --diff must not say that they differ. */
static bool names_diff(int argc, char *const *argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (!strcmp(argv[i], "--diff"))
			return true;
	return false;
}

enum vmv_action vmv_options_parse(struct vmv_options *o, int argc, char **argv)
{
	if (parse(o, argc, argv) == VMV_USAGE_ERROR && names_diff(argc, argv))
		o->diff = true;
	return o->action;
}
