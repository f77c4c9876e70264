/* Filter expressions: what they take, how they bind, where they are wrong. */
#include "unit.h"

#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/filter.h"
#include "vmapview/need.h"
#include "vmapview/view.h"

#include <errno.h>

static const char smaps[] = "00010000-00020000 r-xp 00000000 fd:01 7    /bin/Prog\n"
			    "Rss:     64 kB\n"
			    "Swap:     0 kB\n"
			    "00020000-00120000 rw-p 00000000 00:00 0    [heap]\n"
			    "Rss:   1024 kB\n"
			    "Swap:     4 kB\n"
			    "00200000-00300000 r--p 00001000 fd:01 9    /srv/two words\n"
			    "Rss:    512 kB\n"
			    "NewCounter:     12 kB\n";

static struct vmv_map map;

static int setup(void **state)
{
	(void)state;
	unit_map(&map, smaps);
	vmv_classify(&map);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	vmv_map_done(&map);
	return 0;
}

/* Which regions it takes, as a string of 0 and 1. */
static void assert_takes(const char *text, const char *want)
{
	struct vmv_error err = { .text = "" };
	struct vmv_filter *filter = vmv_filter_parse(&vmv_kind_regions, text, NULL, &err);
	struct vmv_list list = vmv_map_list(&map, &vmv_kind_regions);
	char got[8] = "";

	if (!filter)
		fail_msg("%s: %s", text, err.text);
	for (size_t i = 0; i < map.nregions; i++)
		got[i] = "01"[vmv_filter_match(filter, &list, i, &err)];
	vmv_filter_free(filter);
	if (strcmp(got, want) != 0)
		fail_msg("%s: takes %s, not %s", text, got, want);
}

static void test_relations(void **state)
{
	static const char *const cases[][2] = {
		{ "rss = 64K", "100" },
		{ "rss == 65536", "100" },
		{ "rss != 64K", "011" },
		{ "rss < 512K", "100" },
		{ "rss <= 512K", "101" },
		{ "rss > 0.5M", "010" },
		{ "rss >= .5M", NULL },
		{ "rss>=0.5m", "011" },
		{ "RSS = 1MiB", "010" },
		{ "rss = 1MB", "010" },
		{ "address = 20000", "010" },
		{ "address >= 0x20000", "011" },
		{ "inode = 9", "001" },
		{ "path = /bin/*", "100" },
		{ "path != /bin/*", "011" }, /* heap has a name, too */
		{ "path ~ '^/(bin|srv)/'", "101" },
		{ "path !~ ^/bin", "011" },
		{ "path ~ '^/(b{1}in|[a-z]{2,15}){1,17}'", "101" },
		{ "path ~ '^/[(([:alpha:]+/?*{9}(){9}((]{3,}[]e-}[.x.]]'", "101" },
		{ "path = '/srv/two words'", "001" },
		{ "path = \"/srv/two words\"", "001" },
		{ "perms = r-xp", "100" },
		{ "prog", "100" },
		{ "HEAP", "010" },
		{ "swap = -", "001" },
		{ "swap != -", "110" },
		{ "swap = 0", "100" }, /* unknown is not 0 */
		{ "swap < 1P", "110" },
	};
	struct vmv_error err;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (cases[i][1])
			assert_takes(cases[i][0], cases[i][1]);
		else
			assert_null(vmv_filter_parse(&vmv_kind_regions, cases[i][0], NULL, &err));
}

static void test_binding(void **state)
{
	(void)state;
	assert_takes("prog or heap and rss > 1G", "100");
	assert_takes("(prog or heap) and rss > 1G", "000");
	assert_takes("rss > 1G and prog or heap", "010");
	assert_takes("not prog and not heap", "001");
	assert_takes("not (prog or heap)", "001");
	assert_takes("not prog or prog", "111");
	assert_takes("not not prog", "100");
	assert_takes("NOT prog AND rss>=1M", "010");
	assert_takes("((prog))", "100");
}

static void test_deep(void **state)
{
	enum { DEPTH = 100000 };
	char *text = vmv_calloc(2 * DEPTH + 5, 1);

	(void)state;
	memset(text, '(', DEPTH);
	memcpy(text + DEPTH, "prog", 4);
	memset(text + DEPTH + 4, ')', DEPTH);
	assert_takes(text, "100");
	free(text);
}

static void test_places(void **state)
{
	static const struct {
		const char *text;
		size_t where;
	} wrong[] = {
		{ "", 0 },
		{ "rsz > 1", 0 },
		{ "rss > 1Q", 6 },
		{ "rss >", 5 },
		{ "rss > > 1", 6 },
		{ "rss = 1 rss", 8 },
		{ "rss = 1 and", 11 },
		{ "rss = 1 and or", 12 },
		{ "(rss = 1", 0 },
		{ "heap and (rss = 1", 9 },
		{ "rss = 1)", 7 },
		{ "path ~ '('", 8 },
		{ "path ~ a(", 8 },
		{ "path ~ 'a{1000}'", 9 },
		{ "path ~ '[[.a'", 9 },
		{ "path ~ \"[[:foo:]]\"", 9 },
		{ "heap or path !~ '(.*)(.*)\\1\\2x'", 25 },
		{ "path = 'abc", 7 },
		{ "rss ~ 1", 6 },
		{ "address = zz", 10 },
		{ "inode = 1K", 8 },
		{ "rss > 17179869184G", 6 },
		{ "rss > 99999999999999999999", 6 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct vmv_error err = { .text = "" };
		size_t where = SIZE_MAX;

		if (vmv_filter_parse(&vmv_kind_regions, wrong[i].text, &where, &err))
			fail_msg("taken: %s", wrong[i].text);
		if (where != wrong[i].where || !*err.text)
			fail_msg("%s: at %zu, not %zu: %s", wrong[i].text, where, wrong[i].where,
				 err.text);
	}
}

static void test_needs(void **state)
{
	static const struct {
		const char *text;
		unsigned needs;
	} cases[] = {
		{ "address > 0", 0 },
		{ "path = x and size > 1", 0 },
		{ "not rss > 1", VMV_NEED_STAT(VMV_STAT_RSS) },
		{ "class = lib", VMV_NEED_CLASS },
		{ "word", VMV_NEED_CLASS },
		{ "rss > 1 or class = lib", VMV_NEED_STAT(VMV_STAT_RSS) | VMV_NEED_CLASS },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct vmv_filter *filter =
			vmv_filter_parse(&vmv_kind_regions, cases[i].text, NULL, NULL);

		assert_non_null(filter);
		assert_int_equal(vmv_filter_needs(filter), cases[i].needs);
		vmv_filter_free(filter);
	}
}

/* What no counter could be compared with is told where its name is. */
static void assert_slip(struct vmv_counters *counters, const char *text, size_t at)
{
	struct vmv_error err = { .text = "" };
	size_t where = SIZE_MAX;

	assert_null(vmv_filter_parse_with(&vmv_kind_regions, counters, text, &where, &err));
	assert_int_equal(where, at);
	assert_non_null(strstr(err.text, "no such column"));
}

static void test_counters(void **state)
{
	struct vmv_counters counters = { 0 };
	struct vmv_list list = vmv_map_list(&map, &vmv_kind_regions);
	struct vmv_filter *filter;

	(void)state;
	assert_null(vmv_filter_parse(&vmv_kind_regions, "newcounter > 1K", NULL, NULL));
	filter = vmv_filter_parse_with(&vmv_kind_regions, &counters, "newcounter > 1K", NULL, NULL);
	assert_non_null(filter);
	assert_int_equal(vmv_filter_needs(filter), VMV_NEED_COUNTERS);
	assert_int_equal(vmv_counters_resolve(&counters, &map, NULL), 0);
	assert_int_equal(vmv_filter_match(filter, &list, 0, NULL), 0);
	assert_int_equal(vmv_filter_match(filter, &list, 2, NULL), 1);
	vmv_filter_free(filter);
	assert_slip(&counters, "clas = lib", 0);
	assert_slip(&counters, "rss > 1 and clas ~ lib", 12);

	assert_non_null(vmv_counters_find(&vmv_kind_regions, &counters, "Misspelt", 8));
	assert_true(vmv_counters_resolve(&counters, &map, NULL) < 0);
	assert_null(vmv_counters_find(&vmv_kind_regions, &counters, "no such", 7));
	vmv_counters_done(&counters);
}

/* Neither in nor out: the filter says so, whatever else is asked. */
static void a_pattern_may_be_too_costly(void **state)
{
	static const char *const cases[] = {
		"path ~ '(a|aa)+[bc]'",
		"path !~ '(a|aa)+[bc]'",
		"not path ~ '(a|aa)+[bc]'",
		"rss > 1 or path ~ '(a|aa)+[bc]'",
	};
	struct vmv_map one;

	(void)state;
	unit_map(&one,
		 "1000-2000 r--p 0 08:01 7 /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct vmv_filter *filter =
			vmv_filter_parse(&vmv_kind_regions, cases[i], NULL, NULL);
		struct vmv_query query;
		struct vmv_view view;

		vmv_query_all(&query);
		query.filter = filter;
		assert_int_equal(vmv_view_map(&view, &one, &query), -E2BIG);
		assert_string_equal(view.err.text, "the pattern '(a|aa)+[bc]' is too costly");
		assert_int_equal(view.nrows, 0);
		vmv_view_done(&view);
		vmv_filter_free(filter);
	}
	vmv_map_done(&one);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_may_be_too_costly),
		cmocka_unit_test(test_relations),
		cmocka_unit_test(test_binding),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_needs),
		cmocka_unit_test(test_counters),
	};

	return cmocka_run_group_tests_name("filter", tests, setup, teardown);
}
