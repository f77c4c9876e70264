/* Views: which rows, in which order, and what a row of several regions has. */
#include "unit.h"

#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/filter.h"
#include "vmapview/need.h"
#include "vmapview/view.h"

static const char smaps[] = "00010000-00020000 r--p 00000000 fd:01 7    /b\n"
			    "Rss:      8 kB\n"
			    "KernelPageSize: 4 kB\n"
			    "00020000-00030000 rw-p 00010000 fd:01 7    /b\n"
			    "Rss:      4 kB\n"
			    "KernelPageSize: 4 kB\n"
			    "00050000-00060000 r--p 00000000 fd:01 8    /a\n"
			    "00070000-00080000 r--p 00000000 fd:01 9    /c\n"
			    "Rss:      8 kB\n"
			    "KernelPageSize: 2048 kB\n";

static struct vmv_map map;

static int setup(void **state)
{
	(void)state;
	unit_map(&map, smaps);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	vmv_map_done(&map);
	return 0;
}

static const struct vmv_column *column(const char *name)
{
	const struct vmv_column *c = vmv_column_find(&vmv_kind_regions, name, strlen(name));

	assert_non_null(c);
	return c;
}

/* Rows as "0 1 | 2": indices of regions. */
static void assert_rows(const struct vmv_query *query, const char *want)
{
	struct vmv_view view;
	char got[64] = "";

	vmv_view_map(&view, &map, query);
	for (size_t i = 0; i < view.nrows; i++) {
		const struct vmv_row *row = &view.rows[i];

		for (size_t k = 0; k < row->count; k++)
			snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%zu",
				 k ? " " : (i ? " | " : ""), view.order[row->first + k]);
	}
	vmv_view_done(&view);
	assert_string_equal(got, want);
}

static void assert_sorted(const char *keys, const char *want)
{
	struct vmv_query query;
	struct vmv_sort *sort;

	vmv_query_all(&query);
	assert_int_equal(vmv_sort_parse(&vmv_kind_regions, keys, &sort, &query.nsort, NULL), 0);
	query.sort = sort;
	assert_rows(&query, want);
	free(sort);
}

static void test_order(void **state)
{
	struct vmv_query query;

	(void)state;
	vmv_query_all(&query);
	assert_rows(&query, "0 | 1 | 2 | 3");
	assert_sorted("rss", "2 | 1 | 0 | 3"); /* unknown first, equal ones by address */
	assert_sorted("-rss", "0 | 3 | 1 | 2");
	assert_sorted("-rss,-address", "3 | 0 | 1 | 2");
	assert_sorted("path,-rss", "2 | 0 | 1 | 3");
	assert_sorted("-PATH", "3 | 0 | 1 | 2");
}

static void test_bad_keys(void **state)
{
	static const char *const bad[] = { "", "nosuch", "rss,", ",rss", "--rss", "rss,,size" };
	struct vmv_sort *sort;
	struct vmv_error err;
	size_t n;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		if (vmv_sort_parse(&vmv_kind_regions, bad[i], &sort, &n, &err) == 0)
			fail_msg("taken: %s", bad[i]);
}

static void test_groups(void **state)
{
	struct vmv_query query;
	struct vmv_sort sort = { column("rss"), true };

	(void)state;
	vmv_query_all(&query);
	query.group = column("path");
	assert_rows(&query, "0 1 | 2 | 3");
	query.sort = &sort;
	query.nsort = 1;
	assert_rows(&query, "0 1 | 3 | 2");
	query.group = column("perms");
	assert_rows(&query, "0 2 3 | 1");
}

/* Texts that a column makes for each region, from the beginning of their room or not. */
static void test_texts_that_do_not_last(void **state)
{
	struct vmv_query query;

	(void)state;
	vmv_query_all(&query);
	assert_sorted("-access", "1 | 0 | 2 | 3");
	assert_sorted("device,access", "0 | 2 | 3 | 1");
	query.group = column("access");
	assert_rows(&query, "0 2 3 | 1");
	query.group = column("device");
	assert_rows(&query, "0 1 2 3");
}

static void test_ranges_and_filters(void **state)
{
	struct vmv_query query;
	struct vmv_filter *filter = vmv_filter_parse(&vmv_kind_regions, "rss = 8K", NULL, NULL);

	(void)state;
	vmv_query_all(&query);
	query.filter = filter;
	assert_rows(&query, "0 | 3");
	query.low = 0x1ffff;
	assert_rows(&query, "0 | 3");
	query.low = 0x20000;
	assert_rows(&query, "3");
	query.filter = NULL;
	query.high = 0x50000;
	assert_rows(&query, "1 | 2");
	query.low = query.high = 0x48000;
	assert_rows(&query, "");
	vmv_filter_free(filter);
}

static void assert_value(const struct vmv_view *view, const char *name, bool known, uint64_t n)
{
	struct vmv_value value;

	vmv_view_get(view, &view->total, column(name), &value);
	if (value.known != known || (known && value.number != n))
		fail_msg("%s: %d %llx", name, value.known, (unsigned long long)value.number);
}

static void check_merges(struct vmv_query query)
{
	struct vmv_view view;
	struct vmv_value value;

	vmv_view_map(&view, &map, &query);
	assert_value(&view, "rss", true, 20 * 1024); /* of those that are known */
	assert_value(&view, "size", true, 0x40000);
	assert_value(&view, "regions", true, 4);
	assert_value(&view, "address", true, 0x10000);
	assert_value(&view, "end", true, 0x80000);
	assert_value(&view, "gap", true, 0x30000);
	assert_value(&view, "swap", false, 0);
	assert_value(&view, "kernelpagesize", false, 0); /* not all the same */
	vmv_view_done(&view);

	query.high = 0x2ffff;
	vmv_view_map(&view, &map, &query);
	assert_value(&view, "rss", true, 12 * 1024);
	assert_value(&view, "kernelpagesize", true, 4096);
	vmv_view_get(&view, &view.total, column("path"), &value);
	assert_true(value.known);
	assert_string_equal(value.text, "/b");
	vmv_view_get(&view, &view.total, column("perms"), &value);
	assert_false(value.known);
	vmv_view_done(&view);

	query.low = query.high;
	vmv_view_map(&view, &map, &query);
	assert_value(&view, "rss", true, 4 * 1024);
	query.low = query.high = 0x48000;
	vmv_view_done(&view);
	vmv_view_map(&view, &map, &query);
	assert_value(&view, "rss", false, 0);
	vmv_view_done(&view);
}

/* In groups or not, and whether their sums are made before or when asked for: all the same. */
static void test_merges(void **state)
{
	const struct vmv_column *columns[] = { column("rss"),  column("size"), column("regions"),
					       column("path"), column("gap"),  column("swap"),
					       column("rss"),  column("end"),  column("perms") };
	const size_t ready[] = { 0, 1, sizeof(columns) / sizeof(*columns) };
	struct vmv_query query;

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		vmv_query_all(&query);
		query.group = i % 2 ? column("path") : NULL;
		query.columns = columns;
		query.ncolumns = ready[i / 2];
		check_merges(query);
	}
}

static void test_sums_of_groups(void **state)
{
	const struct vmv_column *columns[] = { column("size"), column("rss") };
	const struct {
		uint64_t size, rss;
	} want[] = { { 0x20000, 12 * 1024 }, { 0x10000, 8 * 1024 }, { 0x10000, VMV_UNKNOWN } };
	struct vmv_query query;
	struct vmv_sort *sort;

	(void)state;
	vmv_query_all(&query);
	query.group = column("path");
	assert_int_equal(vmv_sort_parse(&vmv_kind_regions, "-rss", &sort, &query.nsort, NULL), 0);
	query.sort = sort;
	query.columns = columns;
	for (query.ncolumns = 0; query.ncolumns <= 2; query.ncolumns++) {
		struct vmv_view view;
		struct vmv_value value;

		vmv_view_map(&view, &map, &query);
		assert_int_equal(view.nrows, 3);
		for (size_t i = 0; i < 3; i++) {
			vmv_view_get(&view, &view.rows[i], column("size"), &value);
			assert_true(value.known && value.number == want[i].size);
			vmv_view_get(&view, &view.rows[i], column("rss"), &value);
			assert_int_equal(value.known, want[i].rss != VMV_UNKNOWN);
			assert_true(!value.known || value.number == want[i].rss);
		}
		vmv_view_done(&view);
	}
	free(sort);
}

static void test_sums_do_not_wrap(void **state)
{
	const struct vmv_column *rss = column("rss");
	struct vmv_map huge;
	struct vmv_query query;

	(void)state;
	unit_map(&huge, "10000-20000 r--p 0 0:0 0\nRss: 18014398509481983 kB\n"
			"20000-30000 r--p 0 0:0 0\nRss: 18014398509481983 kB\n"
			"30000-40000 rw-p 0 0:0 0\nRss: 18014398509481983 kB\n");
	for (size_t i = 0; i < 4; i++) {
		struct vmv_view view;
		struct vmv_value value;

		vmv_query_all(&query);
		query.group = i % 2 ? column("perms") : NULL;
		query.columns = &rss;
		query.ncolumns = i / 2;
		vmv_view_map(&view, &huge, &query);
		vmv_view_get(&view, &view.total, rss, &value);
		assert_true(value.known);
		assert_true(value.number == UINT64_MAX - 1);
		vmv_view_done(&view);
	}
	vmv_map_done(&huge);
}

static void test_needs(void **state)
{
	struct vmv_query query;
	struct vmv_sort sort = { column("rss"), false };

	(void)state;
	vmv_query_all(&query);
	assert_int_equal(vmv_query_needs(&query), 0);
	query.group = column("class");
	assert_int_equal(vmv_query_needs(&query), VMV_NEED_CLASS);
	query.sort = &sort;
	query.nsort = 1;
	assert_int_equal(vmv_query_needs(&query), VMV_NEED_CLASS | VMV_NEED_STAT(VMV_STAT_RSS));
}

/* Guards the table itself, so that a bad new row fails here and not in the field. */
static void test_columns_are_well_formed(void **state)
{
	(void)state;
	for (size_t i = 0; i < vmv_kind_regions.ncolumns; i++) {
		const struct vmv_column *c = &vmv_kind_regions.columns[i];

		assert_non_null(c->get);
		assert_true(*c->title && *c->help);
		assert_ptr_equal(column(c->name), c); /* names are unique */
		assert_int_equal(strspn(c->name, "abcdefghijklmnopqrstuvwxyz_"), strlen(c->name));
		assert_true(c->type != VMV_TEXT || c->merge == VMV_SAME);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_bad_keys),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_texts_that_do_not_last),
		cmocka_unit_test(test_ranges_and_filters),
		cmocka_unit_test(test_merges),
		cmocka_unit_test(test_sums_of_groups),
		cmocka_unit_test(test_sums_do_not_wrap),
		cmocka_unit_test(test_needs),
		cmocka_unit_test(test_columns_are_well_formed),
	};

	return cmocka_run_group_tests_name("view", tests, setup, teardown);
}
