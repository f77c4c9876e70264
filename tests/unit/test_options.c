/* test_options.c - the command line */
#include "unit.h"

#include "optrow.h"
#include "vmapview/options.h"
#include "vmapview/source.h"

#include <errno.h>
#include <getopt.h>

enum { WORDS = 8 };

/* Parse words up to the first NULL; returns what was said on stderr, to be freed. */
static char *parse(struct vmv_options *o, const char *program, const char *const *words)
{
	static char name[32];
	static char *argv[WORDS + 2]; /* @o borrows from it */
	enum vmv_action action;
	int argc = 1, saved = dup(STDERR_FILENO), said = unit_file("", 0);
	char *text;

	snprintf(name, sizeof(name), "%s", program);
	memset(argv, 0, sizeof(argv));
	argv[0] = name;
	while (argc <= WORDS && words[argc - 1]) {
		argv[argc] = (char *)words[argc - 1];
		argc++;
	}
	program_invocation_short_name = name;
	optind = 0; /* getopt_long(3): start anew */
	fflush(stderr);
	dup2(said, STDERR_FILENO);
	action = vmv_options_parse(o, argc, argv);
	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	text = unit_content(said, NULL);
	close(saved);
	close(said);
	assert_int_equal(action, o->action);
	return text;
}

static void join(char *to, size_t size, const char *const *words)
{
	*to = '\0';
	for (size_t i = 0; i < WORDS && words[i]; i++)
		snprintf(to + strlen(to), size - strlen(to), " '%s'", words[i]);
}

/** struct good - a command line that is understood */
/* clang-format off */
static const struct good {
	const char *words[WORDS];
	enum vmv_action action;
	enum vmv_layout layout;
	const char *flags; /* of q, p, k that are set */
	int ntargets;
} good[] = {
	{ { "5" }, VMV_SHOW, VMV_PMAP_PLAIN, "", 1 },
	{ { "5", "6", "5" }, VMV_SHOW, VMV_PMAP_PLAIN, "", 3 },
	{ { "-x", "5" }, VMV_SHOW, VMV_PMAP_EXTENDED, "", 1 },
	{ { "--extended", "5" }, VMV_SHOW, VMV_PMAP_EXTENDED, "", 1 },
	{ { "--ext", "5" }, VMV_SHOW, VMV_PMAP_EXTENDED, "", 1 },
	{ { "-x", "-x", "5" }, VMV_SHOW, VMV_PMAP_EXTENDED, "", 1 },
	{ { "-X", "5" }, VMV_SHOW, VMV_PMAP_MORE, "", 1 },
	{ { "-XX", "5" }, VMV_SHOW, VMV_PMAP_ALL, "", 1 },
	{ { "-X", "-X", "5" }, VMV_SHOW, VMV_PMAP_ALL, "", 1 },
	{ { "-XXX", "5" }, VMV_SHOW, VMV_PMAP_ALL, "", 1 },
	{ { "-d", "5" }, VMV_SHOW, VMV_PMAP_DEVICE, "", 1 },
	{ { "--device", "5" }, VMV_SHOW, VMV_PMAP_DEVICE, "", 1 },
	{ { "-c", "5" }, VMV_SHOW, VMV_PMAP_CHOSEN, "", 1 },
	{ { "--read-rc", "5" }, VMV_SHOW, VMV_PMAP_CHOSEN, "", 1 },
	{ { "-C", "f", "5" }, VMV_SHOW, VMV_PMAP_CHOSEN, "", 1 },
	{ { "--read-rc-from=f", "5" }, VMV_SHOW, VMV_PMAP_CHOSEN, "", 1 },
	{ { "-n" }, VMV_CREATE_RC, VMV_PMAP_PLAIN, "", 0 },
	{ { "--create-rc" }, VMV_CREATE_RC, VMV_PMAP_PLAIN, "", 0 },
	{ { "-N", "f" }, VMV_CREATE_RC, VMV_PMAP_PLAIN, "", 0 },
	{ { "--create-rc-to", "f" }, VMV_CREATE_RC, VMV_PMAP_PLAIN, "", 0 },
	{ { "-q", "5" }, VMV_SHOW, VMV_PMAP_PLAIN, "q", 1 },
	{ { "--quiet", "5" }, VMV_SHOW, VMV_PMAP_PLAIN, "q", 1 },
	{ { "-p", "5" }, VMV_SHOW, VMV_PMAP_PLAIN, "p", 1 },
	{ { "--show-path", "5" }, VMV_SHOW, VMV_PMAP_PLAIN, "p", 1 },
	{ { "-k", "5" }, VMV_SHOW, VMV_PMAP_PLAIN, "k", 1 },
	{ { "--use-kernel-name", "5" }, VMV_SHOW, VMV_PMAP_PLAIN, "k", 1 },
	{ { "-qpkx", "5" }, VMV_SHOW, VMV_PMAP_EXTENDED, "qpk", 1 },
	{ { "5", "-x", "6", "-q" }, VMV_SHOW, VMV_PMAP_EXTENDED, "q", 2 },
	{ { "-x", "--", "5" }, VMV_SHOW, VMV_PMAP_EXTENDED, "", 1 },
	{ { "-h" }, VMV_HELP, VMV_PMAP_PLAIN, "", 0 },
	{ { "--help", "-x", "-d" }, VMV_HELP, VMV_PMAP_PLAIN, "", 0 },
	{ { "-h", "--nonsense" }, VMV_HELP, VMV_PMAP_PLAIN, "", 0 },
	{ { "-V", "-h" }, VMV_VERSION, VMV_PMAP_PLAIN, "", 0 },
	{ { "--version" }, VMV_VERSION, VMV_PMAP_PLAIN, "", 0 },
};
/* clang-format on */

static void check_good(const char *program, const struct good *g)
{
	struct vmv_options o;
	char *said = parse(&o, program, g->words), line[256];

	join(line, sizeof(line), g->words);
	if (o.action != g->action || *said)
		fail_msg("%s%s: action %d, said \"%s\"", program, line, o.action, said);
	free(said);
	if (o.action != VMV_SHOW)
		return;
	if (o.pmap.layout != g->layout || o.ntargets != g->ntargets ||
	    o.pmap.quiet != !!strchr(g->flags, 'q') || o.pmap.path != !!strchr(g->flags, 'p') ||
	    o.pmap.kernel_names != !!strchr(g->flags, 'k'))
		fail_msg("%s%s: not understood", program, line);
	assert_int_equal(o.pmap.low, 0);
	assert_int_equal(o.pmap.high, UINT64_MAX);
	assert_false(o.own);
}

static void both_names_take_pmaps_options(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		check_good("pmap", &good[i]);
		check_good("vmapview", &good[i]);
	}
}

static void file_names_are_kept(void **state)
{
	static const char *const read[] = { "-C", "my rc", "5", NULL };
	static const char *const create[] = { "--create-rc-to=my rc", NULL };
	static const char *const home[] = { "-c", "5", NULL };
	struct vmv_options o;

	(void)state;
	free(parse(&o, "pmap", read));
	assert_string_equal(o.rc_file, "my rc");
	assert_string_equal(o.targets[0], "5");
	free(parse(&o, "pmap", create));
	assert_string_equal(o.rc_file, "my rc");
	free(parse(&o, "pmap", home));
	assert_null(o.rc_file);
}

#define EXCLUSIVE ": options -c, -C, -d, -n, -N, -x, -X are mutually exclusive\n"
#define CREATE    ": options -p, -q are mutually exclusive with -n, -N\n"

static void check_pair(const char *one, const char *other)
{
	const char *const words[] = { one, other, "5", NULL };
	struct vmv_options o;
	char *said = parse(&o, "pmap", words);

	if (o.action != VMV_USAGE_ERROR || strcmp(said, "pmap" EXCLUSIVE) != 0)
		fail_msg("%s %s: action %d, said \"%s\"", one, other, o.action, said);
	free(said);
}

static void modes_exclude_each_other(void **state)
{
	static const char *const modes[] = { "-c", "-Cf", "-d", "-n", "-Nf", "-x", "-X" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++)
		for (size_t k = 0; k < ARRAY_SIZE(modes); k++)
			if (i != k)
				check_pair(modes[i], modes[k]);
}

/** struct bad - a command line that is refused with one message, the same for both names */
/* clang-format off */
static const struct bad {
	const char *words[WORDS];
	const char *said;
} bad[] = {
	{ { "-x" }, ": argument missing\n" },
	{ { "-q", "-p" }, ": argument missing\n" },
	{ { "-c" }, ": argument missing\n" },
	{ { "-A", "0" }, ": argument missing\n" },
	{ { "-n", "5" }, ": too many arguments\n" },
	{ { "-N", "f", "5" }, ": too many arguments\n" },
	{ { "-n", "-q" }, CREATE },
	{ { "-p", "-n" }, CREATE },
	{ { "-N", "f", "-q", "5" }, CREATE },
	{ { "-A", "zz", "5" }, ": failed to parse argument: 'zz'\n" },
	{ { "--range=1000,zz", "5" }, ": failed to parse argument: '1000,zz'\n" },
};
/* clang-format on */

static void misuse_is_told_in_pmaps_words(void **state)
{
	static const char *const programs[] = { "pmap", "vmapview" };

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_SIZE(bad); i++) {
		const struct bad *b = &bad[i / 2];
		const char *program = programs[i % 2];
		struct vmv_options o;
		char *said = parse(&o, program, b->words), want[128], line[256];

		join(line, sizeof(line), b->words);
		snprintf(want, sizeof(want), "%s%s", program, b->said);
		if (o.action != VMV_USAGE_ERROR || strcmp(said, want) != 0)
			fail_msg("%s%s: action %d, said \"%s\"", program, line, o.action, said);
		free(said);
	}
}

static void sunos_is_remembered(void **state)
{
	static const char *const words[] = { "-r", "5", NULL };
	struct vmv_options o;
	char *said = parse(&o, "pmap", words);

	(void)state;
	assert_int_equal(o.action, VMV_SHOW);
	assert_string_equal(said, "pmap: option -r is ignored as SunOS compatibility\n");
	free(said);
}

/** struct range - the argument of -A; bad ones have low > high */
/* clang-format off */
static const struct range {
	const char *text;
	uint64_t low, high;
} ranges[] = {
	{ "0", 0, 0 },
	{ "7f1c3a021000", 0x7f1c3a021000, 0x7f1c3a021000 }, /* just that address */
	{ "0x1000", 0x1000, 0x1000 },
	{ "1000,2000", 0x1000, 0x2000 },
	{ "0x1000,0XFF00", 0x1000, 0xff00 },
	{ "1000,", 0x1000, UINT64_MAX },
	{ ",2000", 0, 0x2000 },
	{ ",", 0, UINT64_MAX },
	{ "", 0, UINT64_MAX },
	{ "2000,1000", 0x2000, 0x1000 },                    /* holds nothing, as in pmap */
	{ "ffffffffff600000,ffffffffffffffff", 0xffffffffff600000, UINT64_MAX },
};

static const char *const bad_ranges[] = {
	"zz", "1000g", "1000-2000", "1000 ,2000", "1000,2000,", "1000,2000,3000", "zz,1000",
	"1000,zz", "zz,", ",zz", ",,", "1000,,2000", "1000;2000", "1000,2000 ",
};
/* clang-format on */

static void ranges_are_hexadecimal(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
		const char *const words[] = { "-A", ranges[i].text, "5", NULL };
		struct vmv_options o;
		char *said = parse(&o, "pmap", words);

		if (o.action != VMV_SHOW || *said || o.pmap.low != ranges[i].low ||
		    o.pmap.high != ranges[i].high)
			fail_msg("'%s': %llx to %llx, said \"%s\"", ranges[i].text,
				 (unsigned long long)o.pmap.low, (unsigned long long)o.pmap.high,
				 said);
		free(said);
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad_ranges); i++) {
		const char *const words[] = { "-A", bad_ranges[i], "5", NULL };
		struct vmv_options o;
		char *said = parse(&o, "pmap", words);

		if (o.action != VMV_USAGE_ERROR || !strstr(said, bad_ranges[i]))
			fail_msg("'%s' was taken, said \"%s\"", bad_ranges[i], said);
		free(said);
	}
}

static void pids_are_decimal(void **state)
{
	static const struct {
		const char *text;
		int pid;
	} pids[] = {
		{ "1", 1 },
		{ "4242", 4242 },
		{ "010", 10 }, /* 8 in pmap */
		{ "2147483647", 2147483647 },
		{ "/proc/5", 5 },
		{ "/proc/010", 10 },
	};
	static const char *const others[] = {
		"",
		"0",
		"00",
		"0x10",
		"+5",
		"-5",
		" 5",
		"5 ",
		"5\n",
		"5,6",
		"5a",
		"a5",
		"2147483648",
		"4294967301",
		"9999999999",
		"18446744073709551621",
		"/proc/",
		"/proc/0",
		"/proc/5/",
		"/proc/5/maps",
		"/proc//5",
		"proc/5",
		"/proc/self/",
		"/proc/selfish",
		"self",
		"/5",
		"/proc/2147483648",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pids); i++)
		assert_int_equal(vmv_parse_pid(pids[i].text), pids[i].pid);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (vmv_parse_pid(others[i]))
			fail_msg("'%s' is %d", others[i], vmv_parse_pid(others[i]));
	assert_int_equal(vmv_parse_pid("/proc/self"), getpid());
}

static void pmap_takes_processes_only(void **state)
{
	static const char *const words[] = { "5", "x\033y", NULL };
	struct vmv_options o;
	char *said = parse(&o, "pmap", words);

	(void)state;
	assert_int_equal(o.action, VMV_USAGE_ERROR);
	assert_int_equal(strncmp(said, "\nUsage:\n pmap [options] PID [PID ...]\n", 38), 0);
	free(said);

	/* Under our own name any word may name a file; the sources say if it does. */
	said = parse(&o, "vmapview", words);
	assert_int_equal(o.action, VMV_SHOW);
	assert_string_equal(said, "");
	free(said);
}

static void what_is_ours_is_unknown_to_pmap(void **state)
{
	static const struct {
		const char *words[WORDS];
	} ours[] = { { { "-o", "rss", "5" } },
		     { { "--output=rss", "5" } },
		     { { "--color=always", "5" } },
		     { { "--list-columns" } } };
	static const char *const unknown[] = { "-z", "5", NULL };
	struct vmv_options o;
	char *said;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ours); i++) {
		said = parse(&o, "pmap", ours[i].words);
		assert_int_equal(o.action, VMV_USAGE_ERROR);
		assert_true(o.as_pmap);
		assert_non_null(strstr(said, "Usage:"));
		free(said);

		said = parse(&o, "vmapview", ours[i].words);
		assert_int_not_equal(o.action, VMV_USAGE_ERROR);
		assert_false(o.as_pmap);
		assert_string_equal(said, "");
		free(said);
	}
	free(parse(&o, "vmapview", unknown));
	assert_int_equal(o.action, VMV_USAGE_ERROR);
}

static void no_words_at_all_is_a_usage_error(void **state)
{
	static const char *const none[] = { NULL };
	struct vmv_options o;
	char *said = parse(&o, "pmap", none);

	(void)state;
	assert_int_equal(o.action, VMV_USAGE_ERROR);
	assert_int_equal(strncmp(said, "\nUsage:\n pmap [options]", 23), 0);
	free(said);
}

static void color_is_auto_unless_said(void **state)
{
	static const struct {
		const char *words[WORDS];
		enum vmv_color color;
	} colors[] = { { { "5" }, VMV_COLOR_AUTO },
		       { { "--color=auto", "5" }, VMV_COLOR_AUTO },
		       { { "--color=always", "5" }, VMV_COLOR_ALWAYS },
		       { { "--color", "never", "5" }, VMV_COLOR_NEVER } };
	static const char *const bad_color[] = { "--color=yes", "5", NULL };
	struct vmv_options o;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(colors); i++) {
		free(parse(&o, "vmapview", colors[i].words));
		assert_int_equal(o.action, VMV_SHOW);
		assert_int_equal(o.color, colors[i].color);
	}
	free(parse(&o, "vmapview", bad_color));
	assert_int_equal(o.action, VMV_USAGE_ERROR);
}

/* strtoul(3)'s prefixes, and "/proc/self" is none. */
static void pmap_takes_pids_of_any_base(void **state)
{
	char hex[] = "0x1092", octal[] = "/proc/010222", self[] = "/proc/self", plain[] = "4242";
	const char *const words[] = { hex, octal, self, plain, NULL };
	struct vmv_options o;

	(void)state;
	free(parse(&o, "vmapview", words));
	assert_int_equal(o.ntargets, 4);
	assert_string_equal(o.targets[0], "0x1092");

	free(parse(&o, "pmap", words));
	assert_int_equal(o.action, VMV_SHOW);
	assert_int_equal(o.ntargets, 3);
	assert_string_equal(o.targets[0], "4242");
	assert_string_equal(o.targets[1], "/proc/4242");
	assert_string_equal(o.targets[2], "4242");
}

/* But those of JSON. */
static void watching_takes_no_option_of_tables(void **state)
{
	size_t refused = 0;

	(void)state;
	for (size_t i = 0; i < noption_rows; i++) {
		const struct option_row *row = &option_rows[i];
		char word[64];
		const char *words[] = { "--watch=1", word, "1234", NULL };
		struct vmv_options o;
		char *said;

		if (!row->name || row->set || !strcmp(row->name, "json") ||
		    !strcmp(row->name, "format"))
			continue;
		snprintf(word, sizeof(word), "--%s%s", row->name, row->value ? "=x" : "");
		said = parse(&o, "vmapview", words);
		if (o.action != VMV_USAGE_ERROR)
			fail_msg("taken with --watch: %s", word);
		free(said);
		refused++;
	}
	assert_in_range(refused, 9, noption_rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_names_take_pmaps_options),
		cmocka_unit_test(file_names_are_kept),
		cmocka_unit_test(modes_exclude_each_other),
		cmocka_unit_test(misuse_is_told_in_pmaps_words),
		cmocka_unit_test(sunos_is_remembered),
		cmocka_unit_test(ranges_are_hexadecimal),
		cmocka_unit_test(pids_are_decimal),
		cmocka_unit_test(pmap_takes_processes_only),
		cmocka_unit_test(pmap_takes_pids_of_any_base),
		cmocka_unit_test(what_is_ours_is_unknown_to_pmap),
		cmocka_unit_test(no_words_at_all_is_a_usage_error),
		cmocka_unit_test(color_is_auto_unless_said),
		cmocka_unit_test(watching_takes_no_option_of_tables),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
