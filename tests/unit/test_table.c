/* test_table.c - regions as a table of chosen columns */
#include "table.h"

#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/writer.h"

#include <locale.h>

static const char example[] =
	"00400000-00402000 r-xp 00000000 fd:01 131      /usr/bin/prog\n"
	"Rss: 8 kB\n"
	"01000000-01180000 rw-p 00000000 00:00 0        [heap]\n"
	"Rss: 1500 kB\n"
	"7f0000000000-7f0000001000 rw-p 00000000 fd:01 132      "
	"/m\303\251\346\227\245\nRss: 0 kB\n"
	"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0        [vsyscall]\n";

static void check_table(const char *text, const char *columns, bool ascii, const char *want)
{
	struct vmv_out *out = unit_out();
	struct vmv_map map;
	char *printed;

	unit_map(&map, text);
	vmv_classify(&map);
	unit_table(out, &map, columns, &(struct vmv_report){ .headings = true, .ascii = ascii });
	printed = unit_printed(out);
	if (strcmp(printed, want) != 0)
		fail_msg("printed:\n%s\nwanted:\n%s", printed, want);
	free(printed);
	vmv_map_done(&map);
}

static void numbers_stand_right_and_words_left(void **state)
{
	(void)state;
	check_table(example, "address,size,rss,perms,class,part,mapping", false,
		    "         Address Size  Rss Perms Class  Part Mapping\n"
		    "    000000400000   8K   8K r-xp  exe    text prog\n"
		    "    000001000000 1.5M 1.5M rw-p  heap   -    [heap]\n"
		    "    7f0000000000   4K    . rw-p  file   -    m\303\251\346\227\245\n"
		    "ffffffffff600000   4K    - --xp  kernel -    [vsyscall]\n");
}

/* A wide character takes two columns, each octal escape four. */
static void widths_are_those_on_the_screen(void **state)
{
	(void)state;
	check_table(example, "mapping,size", false,
		    "Mapping    Size\n"
		    "prog         8K\n"
		    "[heap]     1.5M\n"
		    "m\303\251\346\227\245         4K\n"
		    "[vsyscall]   4K\n");
	check_table(example, "mapping,size", true,
		    "Mapping               Size\n"
		    "prog                    8K\n"
		    "[heap]                1.5M\n"
		    "m\\303\\251\\346\\227\\245   4K\n"
		    "[vsyscall]              4K\n");
}

static void names_are_escaped_not_dropped(void **state)
{
	(void)state;
	check_table("00001000-00002000 rw-p 00000000 fd:01 133      /a b\tc\\012 \n",
		    "path,address", false,
		    "Path                Address\n/a b\\011c\\012  000000001000\n");
}

static void a_table_without_regions_has_a_heading(void **state)
{
	(void)state;
	check_table("", "rss,mapping", false, "Rss Mapping\n");
}

static void columns_may_come_twice_and_in_any_case(void **state)
{
	(void)state;
	check_table("00001000-00002000 rw-p 00000000 00:00 0 \n", "SIZE,size", false,
		    "Size Size\n  4K   4K\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_stand_right_and_words_left),
		cmocka_unit_test(widths_are_those_on_the_screen),
		cmocka_unit_test(names_are_escaped_not_dropped),
		cmocka_unit_test(a_table_without_regions_has_a_heading),
		cmocka_unit_test(columns_may_come_twice_and_in_any_case),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
