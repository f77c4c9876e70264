/* options.c - see options.h: getopt_long(3), fed by the table of optrow.c */
#include "vmapview/options.h"

#include "abbrev.h"
#include "message.h"
#include "optrow.h"
#include "pidwords.h"
#include "vmapview/map.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Above all characters, so that getopt's result tells rows without a letter. */
enum { FIRST_LONG = CHAR_MAX + 1 };

static bool is_taken(const struct vmv_options *o, const struct option_row *row)
{
	return !(o->as_pmap && row->who >= OURS);
}

/* The table in getopt_long()'s own form. */
struct getopt_tables {
	char letters[2 * OPTION_ROWS_MAX + 1];
	struct option names[OPTION_ROWS_MAX + ABBREV_ROOM + 1];
	struct abbrevs abbrevs;
};

static int has_argument(const struct option_row *row)
{
	if (!row->value)
		return no_argument;
	return strncmp(row->value, "[=", 2) == 0 ? optional_argument : required_argument;
}

static struct option option_of(size_t row)
{
	return (struct option){ .name = option_rows[row].name,
				.has_arg = has_argument(&option_rows[row]),
				.val = FIRST_LONG + (int)row };
}

static void add_letters(const struct vmv_options *o, struct getopt_tables *t)
{
	char *to = t->letters;

	for (size_t i = 0; i < noption_rows; i++) {
		if (!option_rows[i].letter || !is_taken(o, &option_rows[i]))
			continue;
		*to++ = option_rows[i].letter;
		if (option_rows[i].value)
			*to++ = ':';
	}
}

/* Those of @who, after the @n that are there; returns the new @n. */
static size_t add_names(const struct vmv_options *o, struct getopt_tables *t, size_t n,
			enum who who)
{
	for (size_t i = 0; i < noption_rows; i++)
		if (option_rows[i].name && option_rows[i].who == who &&
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
	size_t n, npmap, nold;

	memset(t, 0, sizeof(*t));
	add_letters(o, t);
	npmap = add_names(o, t, 0, BOTH);
	qsort(t->names, npmap, sizeof(*t->names), compare_names);
	nold = add_names(o, t, npmap, OURS);
	n = add_names(o, t, nold, LATER);
	if (o->as_pmap)
		return;
	n = abbrev_add(&t->abbrevs, t->names, n, npmap);
	abbrev_add(&t->abbrevs, t->names, n, nold);
}

static const struct option_row *find_row(int code)
{
	if (code >= FIRST_LONG)
		return &option_rows[code - FIRST_LONG];
	for (size_t i = 0; i < noption_rows; i++)
		if (option_rows[i].letter && option_rows[i].letter == code)
			return &option_rows[i];
	return NULL;
}

/* A wrong use: pmap answers with all it knows, we with one line. */
static enum vmv_action misused(struct vmv_options *o)
{
	char *program = harmless(o->program);

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
	char *argv[] = { harmless(program), harmless(is_long ? word : letter), NULL };

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
	say("library failed pids statistics"); /* so pmap says that none is left */
	return o->action = VMV_USAGE_ERROR;
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
		if (!option_take(&state, row, optarg))
			return o->action = VMV_USAGE_ERROR;
		if (o->action != VMV_SHOW)
			return o->action;
	}
	o->targets = argv + optind;
	o->ntargets = argc - optind;
	options_check(o, &state.given);
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
