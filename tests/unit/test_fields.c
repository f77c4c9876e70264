/* test_fields.c - the counters and words of smaps, from kernels that differ */
#include "unit.h"

#include <errno.h>

static void counters_are_bytes_where_the_kernel_says_kb(void **state)
{
	struct vmv_map map;

	(void)state;
	unit_map(&map, "55d0c8a00000-55d0c8a21000 rw-p 00000000 00:00 0                  [heap]\n"
		       "Size:                132 kB\n"
		       "KernelPageSize:        4 kB\n"
		       "Rss:                   0 kB\n"
		       "Pss:18014398509481983 kB\n" /* 2^54 - 1, the most that bytes can say */
		       "Odd:\t7 kB  \n"
		       "THPeligible:           1\n"
		       "ProtectionKey:         0\n"
		       "VmFlags: rd wr mr mw me ac \n");
	assert_int_equal(map.nregions, 1);
	assert_string_equal(map.regions[0].name, "[heap]");
	assert_string_equal(map.regions[0].flags, "rd wr mr mw me ac");
	assert_int_equal(map.nfields, 7);
	assert_int_equal(unit_counter(&map, 0, "Size"), 132 * 1024);
	assert_int_equal(unit_counter(&map, 0, "KernelPageSize"), 4096);
	assert_int_equal(unit_counter(&map, 0, "Rss"), 0);
	assert_int_equal(unit_counter(&map, 0, "Pss"), 18446744073709550592U);
	assert_int_equal(unit_counter(&map, 0, "Odd"), 7168);
	assert_int_equal(unit_counter(&map, 0, "THPeligible"), 1);
	assert_int_equal(unit_counter(&map, 0, "ProtectionKey"), 0);
	assert_true(map.fields[0].bytes);
	assert_false(map.fields[5].bytes);
	assert_int_equal(vmv_map_stat(&map, &map.regions[0], VMV_STAT_RSS), 0);
	assert_int_equal(vmv_map_stat(&map, &map.regions[0], VMV_STAT_SWAP), VMV_UNKNOWN);
	vmv_map_done(&map);
}

static void maps_alone_has_regions_without_counters(void **state)
{
	struct vmv_map map;

	(void)state;
	unit_map(&map, "00400000-00401000 r-xp 00000000 fd:01 131  /bin/x\n"
		       "00401000-00402000 rw-p 00001000 fd:01 131  /bin/x");
	assert_int_equal(map.nregions, 2);
	assert_int_equal(map.nfields, 0);
	assert_ptr_equal(map.regions[0].name, map.regions[1].name);
	assert_null(map.regions[0].flags);
	assert_int_equal(vmv_map_stat(&map, &map.regions[1], VMV_STAT_RSS), VMV_UNKNOWN);
	vmv_map_done(&map);
}

static void an_empty_file_is_an_empty_map(void **state)
{
	struct vmv_map map;

	(void)state;
	unit_map(&map, "");
	assert_int_equal(map.nregions, 0);
	vmv_map_done(&map);
}

/* Other orders, fields only here or only there: each value keeps its name. */
static void fields_may_come_in_any_order(void **state)
{
	struct vmv_map map;

	(void)state;
	unit_map(&map, "1000-2000 rw-p 00000000 00:00 0 \n"
		       "Rss: 1 kB\nPss: 2 kB\nSwap: 3 kB\n"
		       "2000-3000 rw-p 00000000 00:00 0 \n"
		       "Swap: 4 kB\nRss: 5 kB\nPss: 6 kB\n"
		       "3000-4000 rw-p 00000000 00:00 0 \n"
		       "4000-5000 rw-p 00000000 00:00 0 \n"
		       "Rss: 7 kB\nLater: 8 kB\nSwap: 9 kB\n"
		       "5000-6000 rw-p 00000000 00:00 0 \n"
		       "Pss: 10 kB\nLater: 11 kB\nRssNot: 12 kB\n");
	static const struct {
		size_t region;
		const char *name;
		uint64_t kb; /* 0: unknown */
	} want[] = {
		{ 0, "Rss", 1 },  { 0, "Pss", 2 },    { 0, "Swap", 3 },    { 0, "Later", 0 },
		{ 1, "Rss", 5 },  { 1, "Pss", 6 },    { 1, "Swap", 4 },    { 2, "Rss", 0 },
		{ 2, "Pss", 0 },  { 2, "Swap", 0 },   { 3, "Rss", 7 },     { 3, "Pss", 0 },
		{ 3, "Swap", 9 }, { 3, "Later", 8 },  { 4, "Rss", 0 },     { 4, "Pss", 10 },
		{ 4, "Swap", 0 }, { 4, "Later", 11 }, { 4, "RssNot", 12 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		uint64_t value = want[i].kb ? want[i].kb << 10 : VMV_UNKNOWN;

		if (unit_counter(&map, want[i].region, want[i].name) != value)
			fail_msg("%s of region %zu", want[i].name, want[i].region);
	}
	assert_int_equal(map.nfields, 5);
	vmv_map_done(&map);
}

static void more_fields_than_any_kernel_has_are_kept(void **state)
{
	enum { FIELDS = 100 };
	char *text = vmv_calloc(FIELDS, 64), *to = text;
	struct vmv_map map;

	(void)state;
	for (unsigned r = 1; r <= 2; r++) {
		to += sprintf(to, "%x000-%x000 r--p 00000000 00:00 0 \n", r, r + 1);
		for (unsigned f = 0; f < FIELDS; f++)
			to += sprintf(to, "New_%u: %u kB\n", f, r * f);
	}
	unit_map(&map, text);
	assert_int_equal(map.nfields, FIELDS);
	for (unsigned f = 0; f < FIELDS; f++) {
		assert_int_equal(vmv_map_counter(&map, &map.regions[0], f), f * 1024);
		assert_int_equal(vmv_map_counter(&map, &map.regions[1], f), f * 2048);
	}
	free(text);
	vmv_map_done(&map);
}

static void names_are_whole_whatever_their_length(void **state)
{
	enum { LONG = 5000 };
	static const char head[] = "1000-2000 r--p 00000000 08:01 7 ";
	static const char forged[] = "00001000-7ffffffff000 rwxp 00000000 00:00 0 x";
	char *name = vmv_calloc(1, LONG + 1), *text;
	struct vmv_map map;

	(void)state;
	/* pmap's buffer of 1,024 bytes would begin a line of its own in this name. */
	memset(name, 'x', LONG);
	*name = '/';
	mempcpy(name + 1023 - strlen(head), forged, strlen(forged));
	assert_true(asprintf(&text, "%s%s (deleted)\nRss: 4 kB\n", head, name) > 0);
	unit_map(&map, text);

	assert_int_equal(map.nregions, 1);
	assert_int_equal(map.regions[0].end, 0x2000);
	assert_int_equal(strlen(map.regions[0].name), LONG + strlen(" (deleted)"));
	assert_memory_equal(map.regions[0].name, name, LONG);
	assert_string_equal(map.regions[0].name + LONG, " (deleted)");
	assert_int_equal(unit_counter(&map, 0, "Rss"), 4096);
	free(text);
	free(name);
	vmv_map_done(&map);
}

static void words_are_no_counters(void **state)
{
	struct vmv_map map;

	(void)state;
	unit_map(&map, "1000-2000 rw-p 00000000 00:00 0 \n"
		       "Name:           [anon:libc_malloc]\n" /* Android */
		       "Rss: 4 kB\n"
		       "Vendor: yes\n"
		       "VmFlags: \n"
		       "2000-3000 rw-p 00000000 00:00 0                    [anon:own]\n"
		       "Name:           [anon:other]\n"
		       "Rss: 8 kB\n"
		       "VmFlags: rd ?? pad=12kB \n"
		       "3000-4000 rw-p 00000000 00:00 0 \n"
		       "Rss: many kB\n");
	assert_int_equal(map.nfields, 1);
	assert_string_equal(map.regions[0].name, "[anon:libc_malloc]");
	assert_int_equal(unit_counter(&map, 0, "Rss"), 4096);
	assert_non_null(map.regions[0].flags); /* known to be none */
	assert_string_equal(map.regions[0].flags, "");
	assert_string_equal(map.regions[1].name, "[anon:own]"); /* the kernel's own wins */
	assert_string_equal(map.regions[1].flags, "rd ?? pad=12kB");
	assert_true(vmv_has_flag(&map.regions[1], "rd"));
	assert_string_equal(map.regions[2].name, "");
	assert_null(map.regions[2].flags);
	assert_int_equal(unit_counter(&map, 2, "Rss"), VMV_UNKNOWN);
	vmv_map_done(&map);
}

/*
 * A file that went through Windows.  A carriage return is part of a name, as names
 * may end in one, but a counter must not be taken for another.
 */
static void carriage_returns_never_make_a_wrong_number(void **state)
{
	struct vmv_error err;
	struct vmv_map map;
	static const char text[] = "1000-2000 r--p 00000000 08:01 7 /a\r\n"
				   "Rss: 188 kB\r\n"
				   "THPeligible: 1\r\n"
				   "2000-3000 rw-p 00000000 08:01 7 /a\n"
				   "Rss: 4 kB\n";

	(void)state;
	assert_int_equal(unit_read(&map, text, strlen(text), &err), 0);
	assert_int_equal(map.nregions, 2);
	assert_string_equal(map.regions[0].name, "/a\r");
	assert_string_equal(map.regions[1].name, "/a");
	assert_int_equal(unit_counter(&map, 1, "Rss"), 4096);
	if (unit_counter(&map, 0, "Rss") != VMV_UNKNOWN)
		assert_int_equal(unit_counter(&map, 0, "Rss"), 188 * 1024);
	vmv_map_done(&map);
}

/* The kernel drops its lock between reads; see vmv_map_add(). */
static void a_map_that_changed_while_read_is_repaired(void **state)
{
	struct vmv_map map;

	(void)state;
	unit_map(&map, "1000-2000 rw-p 00000000 00:00 0 \nRss: 1 kB\nVmFlags: rd \n"
		       "5000-6000 rw-p 00000000 00:00 0 \nRss: 2 kB\nVmFlags: rd \n"
		       "4000-8000 r--p 00000000 00:00 0 \nRss: 3 kB\n"
		       "9000-a000 rw-p 00000000 00:00 0 \nRss: 4 kB\n");
	assert_true(map.changed);
	assert_int_equal(map.nregions, 3);
	assert_int_equal(map.regions[1].start, 0x4000);
	assert_null(map.regions[1].flags); /* not those of the replaced one */
	assert_int_equal(unit_counter(&map, 0, "Rss"), 1024);
	assert_int_equal(unit_counter(&map, 1, "Rss"), 3072);
	assert_int_equal(unit_counter(&map, 2, "Rss"), 4096);
	vmv_map_done(&map);
}

static void a_second_text_is_appended(void **state)
{
	static const char more[] = "8000-9000 r--p 00000000 00:00 0 \nPss: 2 kB\n";
	struct vmv_reader in;
	struct vmv_map map;

	(void)state;
	unit_map(&map, "1000-2000 rw-p 00000000 00:00 0 \nRss: 1 kB\n");
	in = (struct vmv_reader){ .fd = unit_file(more, strlen(more)) };
	assert_int_equal(vmv_smaps_read(&in, "more", &map, NULL), 0);
	assert_int_equal(map.nregions, 2);
	assert_false(map.changed);
	assert_int_equal(unit_counter(&map, 0, "Rss"), 1024);
	assert_int_equal(unit_counter(&map, 0, "Pss"), VMV_UNKNOWN);
	assert_int_equal(unit_counter(&map, 1, "Pss"), 2048);
	close(in.fd);
	vmv_reader_done(&in);
	vmv_map_done(&map);
}

/* Others are not kept, known by name or not, wherever they stand. */
static void what_is_not_wanted_takes_no_room(void **state)
{
	static const char text[] = "1000-2000 rw-p 00000000 00:00 0 \n"
				   "Rss: 1 kB\nNewField: 7\nPss: 2 kB\nSwap: 3 kB\nVmFlags: rd \n"
				   "5000-6000 rw-p 00000000 00:00 0 \n"
				   "Swap: 4 kB\nLocked: 5 kB\nRss: 6 kB\nVmFlags: wr \n"
				   "7000-8000 rw-p 00000000 00:00 0 \n"
				   "Rss: 8 kB\nNewField: 9\nPss: 1 kB\nVmFlags: wr \n";
	struct vmv_map map;

	(void)state;
	assert_int_equal(unit_read_for(&map, text, strlen(text),
				       VMV_NEED_STAT(VMV_STAT_RSS) | VMV_NEED_STAT(VMV_STAT_SWAP),
				       NULL),
			 0);
	assert_int_equal(map.nfields, 2);
	assert_int_equal(map.nregions, 3);
	assert_int_equal(unit_counter(&map, 0, "Rss"), 1024);
	assert_int_equal(unit_counter(&map, 0, "Swap"), 3072);
	assert_int_equal(unit_counter(&map, 1, "Rss"), 6144);
	assert_int_equal(unit_counter(&map, 1, "Swap"), 4096);
	assert_int_equal(unit_counter(&map, 2, "Rss"), 8192);
	assert_int_equal(unit_counter(&map, 2, "Swap"), VMV_UNKNOWN);
	assert_string_equal(map.regions[1].flags, "wr");
	vmv_map_done(&map);
	assert_int_equal(unit_read_for(&map, text, strlen(text), VMV_NEED_SMAPS, NULL), 0);
	assert_int_equal(map.nfields, 0);
	assert_string_equal(map.regions[2].flags, "wr");
	vmv_map_done(&map);
}

/* There is an end to them all the same. */
static void fields_that_are_not_wanted_are_counted(void **state)
{
	char text[8192];
	struct vmv_error err;
	struct vmv_map map;
	size_t len;

	(void)state;
	len = (size_t)snprintf(text, sizeof(text), "1000-2000 rw-p 00000000 00:00 0 \n");
	for (int i = 0; i <= VMV_FIELDS_MAX; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "Field%d: 1 kB\n", i);
	assert_int_equal(unit_read_for(&map, text, len, VMV_NEED_SMAPS, &err), -EINVAL);
	vmv_map_done(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counters_are_bytes_where_the_kernel_says_kb),
		cmocka_unit_test(maps_alone_has_regions_without_counters),
		cmocka_unit_test(an_empty_file_is_an_empty_map),
		cmocka_unit_test(fields_may_come_in_any_order),
		cmocka_unit_test(more_fields_than_any_kernel_has_are_kept),
		cmocka_unit_test(names_are_whole_whatever_their_length),
		cmocka_unit_test(words_are_no_counters),
		cmocka_unit_test(carriage_returns_never_make_a_wrong_number),
		cmocka_unit_test(a_map_that_changed_while_read_is_repaired),
		cmocka_unit_test(a_second_text_is_appended),
		cmocka_unit_test(what_is_not_wanted_takes_no_room),
		cmocka_unit_test(fields_that_are_not_wanted_are_counted),
	};

	return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}
