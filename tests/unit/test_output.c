/* The formats: tables that fit, JSON, CSV and metrics from hostile names and odd numbers. */
#include "unit.h"

#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/output.h"
#include "vmapview/view.h"
#include "vmapview/writer.h"

#include <locale.h>

static const char smaps[] =
	"00010000-00020000 r-xp 00000000 fd:01 7    /opt/long/way/to/\xe5\x9c\xb0\xe5\x9b\xb3\n"
	"Rss:     64 kB\n"
	"00020000-00030000 rw-p 00000000 fd:01 18446744073709551615 /q\"uo,te\\\xff\x1b\n"
	"Rss:      0 kB\n"
	"00030000-00040000 rw-p 00000000 00:00 0\n";

static struct vmv_map map;

static int setup(void **state)
{
	(void)state;
	setlocale(LC_ALL, "C.UTF-8");
	unit_map(&map, smaps);
	vmv_classify(&map);
	map.process.pid = map.process.tgid = 42;
	map.process.name = vmv_strdup("a\"b\\c\nd\xff\033\xc2\x9b");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	vmv_map_done(&map);
	return 0;
}

/* What @format makes of the columns in @names, to be freed. */
static char *print(const struct vmv_format *format, struct vmv_report *report, const char *names,
		   const char *group)
{
	struct vmv_out *out = unit_out();
	const struct vmv_column *columns[16];
	struct vmv_query query;
	struct vmv_view view;
	char *text;

	report->out = out;
	report->columns = columns;
	for (report->ncolumns = 0; *names; names += strspn(names, ","), report->ncolumns++) {
		size_t len = strcspn(names, ",");

		columns[report->ncolumns] = vmv_column_find(&vmv_kind_regions, names, len);
		assert_non_null(columns[report->ncolumns]);
		names += len;
	}
	vmv_query_all(&query);
	query.group = group ? vmv_column_find(&vmv_kind_regions, group, strlen(group)) : NULL;
	vmv_view_map(&view, &map, &query);
	if (format->begin)
		format->begin(report);
	format->rows(report, &view);
	if (format->end)
		format->end(report);
	vmv_view_done(&view);
	text = unit_printed(out);
	return text;
}

static void assert_prints(const struct vmv_format *format, struct vmv_report report,
			  const char *names, const char *want)
{
	char *got = print(format, &report, names, NULL);

	assert_string_equal(got, want);
	free(got);
}

static void test_table(void **state)
{
	const struct vmv_report full = { .headings = true, .totals = true };
	const struct vmv_report plain = { .bytes = true };

	(void)state;
	assert_prints(&vmv_format_table, full, "rss,address,path",
		      "Rss      Address Path\n"
		      "64K 000000010000 /opt/long/way/to/\xe5\x9c\xb0\xe5\x9b\xb3\n"
		      "  . 000000020000 /q\"uo,te\\\\377\\033\n"
		      "  - 000000030000 -\n"
		      "64K        total\n");
	assert_prints(&vmv_format_table, plain, "rss,perms",
		      "65536 r-xp\n    0 rw-p\n    - rw-p\n");
}

/* Every line takes the width of the terminal, or as little as it can. */
static void test_fit(void **state)
{
	const struct vmv_report narrow = { .width = 20 };
	const struct vmv_report ascii = { .width = 20, .ascii = true };
	const struct vmv_report tiny = { .width = 1 };

	(void)state;
	assert_prints(&vmv_format_table, narrow, "rss,path",
		      "64K \xe2\x80\xa6ong/way/to/\xe5\x9c\xb0\xe5\x9b\xb3\n"
		      "  . \xe2\x80\xa6\"uo,te\\\\377\\033\n"
		      "  - -\n");
	assert_prints(&vmv_format_table, ascii, "rss,path",
		      "64K ...0\\345\\233\\263\n"
		      "  . ...o,te\\\\377\\033\n"
		      "  - -\n");
	assert_prints(&vmv_format_table, tiny, "rss,path",
		      "64K \xe2\x80\xa6to/\xe5\x9c\xb0\xe5\x9b\xb3\n"
		      "  . \xe2\x80\xa6"
		      "377\\033\n"
		      "  - -\n");
}

static void test_bars(void **state)
{
	struct vmv_report report = { .bar = vmv_column_find(&vmv_kind_regions, "rss", 3),
				     .ascii = true };

	(void)state;
	assert_prints(&vmv_format_table, report, "perms",
		      "r-xp ##############################\nrw-p\nrw-p\n");
}

static void test_csv(void **state)
{
	const struct vmv_report one = { .headings = true };
	const struct vmv_report several = { .titles = true, .target = "a,b" };

	(void)state;
	assert_prints(&vmv_format_csv, one, "address,rss,inode,path",
		      "address,rss,inode,path\r\n"
		      "0x000000010000,65536,7,/opt/long/way/to/\xe5\x9c\xb0\xe5\x9b\xb3\r\n"
		      "0x000000020000,0,18446744073709551615,\"/q\"\"uo,te\\\\377\\033\"\r\n"
		      "0x000000030000,,,\r\n");
	assert_prints(&vmv_format_csv, several, "perms",
		      "\"a,b\",r-xp\r\n\"a,b\",rw-p\r\n\"a,b\",rw-p\r\n");
}

static void test_json(void **state)
{
	struct vmv_report report = { .bytes = true };
	char *got = print(&vmv_format_json, &report, "address,rss,inode,path", NULL);
	char *rows = strstr(got, "\"rows\":");

	(void)state;
	assert_non_null(rows);
	assert_string_equal(
		rows,
		"\"rows\":[\n{\"address\":\"0x10000\",\"rss_bytes\":65536,\"inode\":7,"
		"\"path\":\"/opt/long/way/to/\xe5\x9c\xb0\xe5\x9b\xb3\"},\n"
		"{\"address\":\"0x20000\",\"rss_bytes\":0,\"inode\":18446744073709551615,"
		"\"path\":\"/q\\\"uo,te\\\\\xef\xbf\xbd\\u001b\","
		"\"path_hex\":\"2f7122756f2c74655cff1b\"},\n"
		"{\"address\":\"0x30000\",\"rss_bytes\":null,\"inode\":null,\"path\":null}\n],"
		"\"totals\":{\"rss_bytes\":65536}}\n");
	free(got);
}

static void test_snapshot(void **state)
{
	struct vmv_out *out = unit_out();
	const char *line;
	char *got;
	int regions = 0;

	(void)state;
	vmv_snapshot_write(out, &map, false);
	got = unit_printed(out);
	line = got;
	while ((line = strchr(line, '\n')) && *++line == '{')
		regions++;
	assert_int_equal(regions, 3);
	assert_string_equal(line, "]}\n");
	assert_non_null(strstr(got, "\"time\":null,\"kernel\":null,\"process\":{\"pid\":42"));
	assert_non_null(strstr(got, "\"name\":\"a\\\"b\\\\c\\u000ad\xef\xbf\xbd\\u001b\\u009b\""));
	assert_non_null(strstr(got, "\"counters\":[65536]}"));
	assert_non_null(strstr(got, "\"counters\":[null]}"));
	assert_non_null(strstr(got, "\"inode\":18446744073709551615"));
	free(got);
}

static void test_prometheus(void **state)
{
	struct vmv_report report = { .target = "42" };
	char *got = print(&vmv_format_prometheus, &report, "rss,swap", "perms");

	(void)state;
	assert_string_equal(
		got,
		"# HELP vmapview_rss_bytes how much is in memory (hugetlb pages "
		"are not counted)\n"
		"# TYPE vmapview_rss_bytes gauge\n"
		"vmapview_rss_bytes{pid=\"42\",comm="
		"\"a\\\"b\\\\c\\nd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\",perms=\"r-xp\"} 65536\n"
		"vmapview_rss_bytes{pid=\"42\",comm="
		"\"a\\\"b\\\\c\\nd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\",perms=\"rw-p\"} 0\n");
	free(got);
}

static void test_formats(void **state)
{
	size_t n = 0;

	(void)state;
	for (const struct vmv_format *f; (f = vmv_format_at(n)); n++) {
		assert_true(*f->name && *f->help && f->rows);
		assert_ptr_equal(vmv_format_find(f->name), f);
	}
	assert_true(n > 0);
	assert_null(vmv_format_find("xml"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),      cmocka_unit_test(test_fit),
		cmocka_unit_test(test_bars),       cmocka_unit_test(test_csv),
		cmocka_unit_test(test_json),       cmocka_unit_test(test_snapshot),
		cmocka_unit_test(test_prometheus), cmocka_unit_test(test_formats),
	};

	return cmocka_run_group_tests_name("output", tests, setup, teardown);
}
