/* test_column.c - what can be shown of a region */
#include "unit.h"

#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/diff.h"
#include "vmapview/need.h"

static void table_is_well_formed(void **state)
{
	(void)state;
	assert_true(vmv_kind_regions.ncolumns > 0);
	for (size_t i = 0; i < vmv_kind_regions.ncolumns; i++) {
		const struct vmv_column *c = &vmv_kind_regions.columns[i];

		assert_non_null(c->get);
		assert_true(*c->title && *c->help);
		assert_null(strchr(c->help, '\n'));
		/* They are words in lists and expressions, and keys in machine formats. */
		assert_true(*c->name >= 'a' && *c->name <= 'z');
		assert_int_equal(strspn(c->name, "abcdefghijklmnopqrstuvwxyz0123456789_"),
				 strlen(c->name));
		assert_null(strpbrk(c->title, " \n"));
		assert_in_range(c->type, VMV_ADDRESS, VMV_TEXT);
		assert_int_equal(c->needs & VMV_NEED_CONTEXT, 0);
		assert_true(c->needs & VMV_NEED_SMAPS || c->needs < 8); /* counters are in it */
		assert_ptr_equal(vmv_column_find(&vmv_kind_regions, c->name, strlen(c->name)),
				 c); /* unique */
		if (c->type == VMV_TEXT)
			assert_int_equal(c->merge, VMV_SAME); /* texts can't be added up */
		assert_in_range(c->keep, 0, VMV_KEEP);
	}
}

/* Growth is that of the measure of the same name; one for another goes both ways. */
static void columns_name_what_belongs_to_them(void **state)
{
	size_t compared = 0;

	(void)state;
	for (size_t i = 0; i < vmv_kind_regions.ncolumns; i++) {
		const struct vmv_column *c = &vmv_kind_regions.columns[i], *other;

		compared += c->growth != 0;
		if (c->growth)
			assert_string_equal(vmv_measures[c->growth - 1], c->name);
		if (!c->instead)
			continue;
		other = vmv_column_find(&vmv_kind_regions, c->instead, strlen(c->instead));
		assert_true(other && other != c);
		assert_string_equal(other->instead, c->name);
		assert_int_equal(other->keep, c->keep);
	}
	assert_true(compared > 0);
}

static void find_takes_whole_names_in_any_case(void **state)
{
	const struct vmv_column *rss = vmv_column_find(&vmv_kind_regions, "rss", 3);

	(void)state;
	assert_non_null(rss);
	assert_string_equal(rss->name, "rss");
	assert_ptr_equal(vmv_column_find(&vmv_kind_regions, "rss,size", 3), rss);
	assert_ptr_equal(vmv_column_find(&vmv_kind_regions, "RSS", 3), rss);
	assert_null(vmv_column_find(&vmv_kind_regions, "", 0));
	assert_null(vmv_column_find(&vmv_kind_regions, "rs", 2));
	assert_null(vmv_column_find(&vmv_kind_regions, "rss ", 4));
	assert_null(vmv_column_find(&vmv_kind_regions, "rssx", 4));
	assert_null(vmv_column_find(&vmv_kind_regions, "no_such_column", 14));
}

static const char example[] =
	"00400000-00402000 r-xp 00001000 fd:01 131      /usr/bin/my prog (deleted)\n"
	"Size: 8 kB\nKernelPageSize: 4 kB\nMMUPageSize: 5 kB\nRss: 6 kB\nPss: 7 kB\nPss_Dirty: 9 "
	"kB\n"
	"Shared_Clean: 10 kB\nShared_Dirty: 11 kB\nPrivate_Clean: 12 kB\nPrivate_Dirty: 13 kB\n"
	"Referenced: 14 kB\nAnonymous: 15 kB\nKSM: 16 kB\nLazyFree: 17 kB\nAnonHugePages: 18 kB\n"
	"ShmemPmdMapped: 19 kB\nFilePmdMapped: 20 kB\nShared_Hugetlb: 21 kB\nPrivate_Hugetlb: 22 "
	"kB\n"
	"Swap: 23 kB\nSwapPss: 24 kB\nLocked: 25 kB\nTHPeligible: 1\nProtectionKey: 3\n"
	"VmFlags: rd ex lo \n"
	"00405000-00406000 ---p 00000000 00:00 0 \n";

/** struct expect - a column of the two regions; NULL where it is not known */
struct expect {
	const char *name;
	const char *first, *second;
};

/* Numbers in decimal, whatever the type. */
/* clang-format off */
static const struct expect expects[] = {
	{ "address", "4194304", "4214784" },
	{ "end", "4202496", "4218880" },
	{ "size", "8192", "4096" },
	{ "rss", "6144", NULL },
	{ "perms", "r-xp", "---p" },
	{ "class", "exe", "reserve" },
	{ "part", "text", NULL },
	{ "mapping", "my prog (deleted)", NULL },
	{ "path", "/usr/bin/my prog (deleted)", NULL },
	{ "regions", "1", "1" },
	{ "gap", NULL, "12288" },
	{ "pss", "7168", NULL },
	{ "uss", "25600", NULL },            /* Private_Clean and Private_Dirty */
	{ "pss_dirty", "9216", NULL },
	{ "shared_clean", "10240", NULL },
	{ "shared_dirty", "11264", NULL },
	{ "private_clean", "12288", NULL },
	{ "private_dirty", "13312", NULL },
	{ "referenced", "14336", NULL },
	{ "anonymous", "15360", NULL },
	{ "ksm", "16384", NULL },
	{ "lazyfree", "17408", NULL },
	{ "anonhugepages", "18432", NULL },
	{ "shmempmdmapped", "19456", NULL },
	{ "filepmdmapped", "20480", NULL },
	{ "shared_hugetlb", "21504", NULL },
	{ "private_hugetlb", "22528", NULL },
	{ "swap", "23552", NULL },
	{ "swappss", "24576", NULL },
	{ "locked", "25600", NULL },
	{ "thpeligible", "1", NULL },
	{ "kernelpagesize", "4096", NULL },
	{ "mmupagesize", "5120", NULL },
	{ "protectionkey", "3", NULL },
	{ "access", "read, execute, private", "none, private" },
	{ "offset", "4096", NULL },
	{ "device", "fd:01", NULL },
	{ "inode", "131", NULL },
	{ "thread", NULL, NULL },
	{ "notes", "deleted swap lazyfree locked", NULL },
	{ "vmflags", "rd ex lo", NULL },
	{ "marks", NULL, NULL },
	{ "dumped", NULL, NULL },
	{ "object", "/usr/bin/my prog (deleted)", "[reserve]" },
	{ "why", "the program itself: its code, constants and variables; this part is its code (it looks like it: address, size and neighbours fit)",
	  "address space set aside without access: it costs no memory until it is opened (known from its permissions)" },
};
/* clang-format on */

static void check_value(struct vmv_map *map, size_t region, const char *name, const char *want)
{
	const struct vmv_column *c = vmv_column_find(&vmv_kind_regions, name, strlen(name));
	struct vmv_value value;
	char number[24];
	const char *got = NULL;

	memset(&value, 0xa5, sizeof(value));
	assert_non_null(c);
	vmv_region_get(c, map, &map->regions[region], &value);
	if (value.known && c->type == VMV_TEXT) {
		got = value.text;
	} else if (value.known) {
		snprintf(number, sizeof(number), "%llu", (unsigned long long)value.number);
		got = number;
	}
	if (!got != !want || (got && strcmp(got, want) != 0))
		fail_msg("%s of region %zu is %s, not %s", name, region, got ? got : "unknown",
			 want ? want : "unknown");
}

static bool is_expected(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(expects); i++)
		if (!strcmp(expects[i].name, name))
			return true;
	return false;
}

static void values_are_those_of_the_region(void **state)
{
	struct vmv_map map;

	(void)state;
	unit_map(&map, example);
	vmv_classify(&map);
	for (size_t i = 0; i < ARRAY_SIZE(expects); i++) {
		check_value(&map, 0, expects[i].name, expects[i].first);
		check_value(&map, 1, expects[i].name, expects[i].second);
	}
	for (size_t i = 0; i < vmv_kind_regions.ncolumns; i++)
		if (!is_expected(vmv_kind_regions.columns[i].name))
			fail_msg("%s: nothing here says what it has",
				 vmv_kind_regions.columns[i].name);
	map.regions[1].tid = 77;
	check_value(&map, 1, "thread", "77");
	vmv_map_done(&map);
}

static void counters_of_maps_alone_are_unknown(void **state)
{
	struct vmv_map map;

	(void)state;
	unit_map(&map, "00400000-00402000 rw-p 00000000 00:00 0 \n");
	vmv_classify(&map);
	for (size_t i = 0; i < vmv_kind_regions.ncolumns; i++)
		if (vmv_kind_regions.columns[i].needs & VMV_NEED_SMAPS)
			check_value(&map, 0, vmv_kind_regions.columns[i].name, NULL);
	vmv_map_done(&map);
}

static bool same_value(const struct vmv_column *c, const struct vmv_value *a,
		       const struct vmv_value *b)
{
	if (a->known != b->known || !a->known)
		return a->known == b->known;
	return c->type == VMV_TEXT ? !strcmp(a->text, b->text) : a->number == b->number;
}

/* Read for one column alone, it has the same as where all is read. */
static void columns_need_what_they_show(void **state)
{
	struct vmv_map all, one;

	(void)state;
	unit_map(&all, example);
	vmv_classify(&all);
	for (size_t i = 0; i < vmv_kind_regions.ncolumns; i++) {
		const struct vmv_column *c = &vmv_kind_regions.columns[i];

		unit_read_for(&one, example, strlen(example), c->needs, NULL);
		vmv_classify(&one);
		for (size_t r = 0; r < all.nregions; r++) {
			struct vmv_value a, b;

			vmv_region_get(c, &all, &all.regions[r], &a);
			vmv_region_get(c, &one, &one.regions[r], &b);
			if (!same_value(c, &a, &b))
				fail_msg("%s of region %zu", c->name, r);
		}
		vmv_map_done(&one);
	}
	vmv_map_done(&all);
}

/* No column may run over its room, whatever is set. */
static void every_column_has_room_for_the_worst(void **state)
{
	char text[2048];
	struct vmv_map map;

	(void)state;
	snprintf(text, sizeof(text),
		 "0-ffffffffffffffff rwxs ffffffffffffffff fffffffe:ffffffff 18446744073709551615 "
		 "/x (deleted)\nSwap: 18014398509481983 kB\nVmFlags: rd wr ex sh mr mw me ms gd gu "
		 "pf "
		 "dw lo lf io sr rr dc de ac nr ht sf nl ar wf dd sd mm hg nh mg um uw ui bt mt mp "
		 "ss dp sl ?? \n");
	unit_map(&map, text);
	vmv_classify(&map);
	for (size_t i = 0; i < vmv_kind_regions.ncolumns; i++) {
		struct {
			struct vmv_value value;
			char after[16];
		} v;

		memset(&v, '#', sizeof(v));
		vmv_region_get(&vmv_kind_regions.columns[i], &map, &map.regions[0], &v.value);
		for (size_t k = 0; k < sizeof(v.after); k++)
			assert_int_equal(v.after[k], '#');
		if (v.value.known && vmv_kind_regions.columns[i].type == VMV_TEXT)
			assert_in_range(strlen(v.value.text), 1, sizeof(v.value.room) - 1);
	}
	check_value(&map, 0, "device", "fffffffe:ffffffff");
	vmv_map_done(&map);
}

static void perms_are_written_as_in_maps(void **state)
{
	(void)state;
	for (unsigned perms = 0; perms < 16; perms++) {
		char want[5];

		snprintf(want, sizeof(want), "%c%c%c%c", perms & VMV_READ ? 'r' : '-',
			 perms & VMV_WRITE ? 'w' : '-', perms & VMV_EXEC ? 'x' : '-',
			 perms & VMV_SHARED ? 's' : 'p');
		assert_string_equal(vmv_perms_text(perms), want);
	}
}

static void base_names_are_of_paths_only(void **state)
{
	static const struct {
		const char *name, *base;
	} cases[] = {
		{ "", "" },
		{ "/usr/lib/libc.so.6", "libc.so.6" },
		{ "/x", "x" },
		{ "/", "/" },
		{ "/dir/", "/" },
		{ "/a/b (deleted)", "b (deleted)" },
		{ "/a/[heap]", "[heap]" },
		{ "[heap]", "[heap]" },
		{ "[anon:a/b]", "[anon:a/b]" },
		{ "anon_inode:[io_uring]", "anon_inode:[io_uring]" },
		{ "socket:[5]", "socket:[5]" },
		{ "/memfd:a/b (deleted)", "memfd:a/b (deleted)" },
		{ "/memfd: (deleted)", "memfd: (deleted)" },
		{ "/SYSV00000000 (deleted)", "SYSV00000000 (deleted)" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(vmv_base_name(cases[i].name), cases[i].base);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_well_formed),
		cmocka_unit_test(columns_name_what_belongs_to_them),
		cmocka_unit_test(find_takes_whole_names_in_any_case),
		cmocka_unit_test(values_are_those_of_the_region),
		cmocka_unit_test(counters_of_maps_alone_are_unknown),
		cmocka_unit_test(columns_need_what_they_show),
		cmocka_unit_test(every_column_has_room_for_the_worst),
		cmocka_unit_test(perms_are_written_as_in_maps),
		cmocka_unit_test(base_names_are_of_paths_only),
	};

	return cmocka_run_group_tests_name("column", tests, NULL, NULL);
}
