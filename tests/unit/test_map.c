/* test_map.c - the model: regions, counters, names and questions about them */
#include "unit.h"

static struct vmv_region *add(struct vmv_map *map, uint64_t start, uint64_t end)
{
	struct vmv_region r = { .start = start, .end = end };

	r.name = vmv_map_intern(map, "", 0);
	return vmv_map_add(map, &r);
}

/** struct overlap - ranges as they come in, and what must be left of them */
struct overlap {
	const char *what;
	struct range {
		uint64_t start, end;
	} in[8], want[8];
	bool changed;
};

/* clang-format off */
static const struct overlap overlaps[] = {
	{ "apart", { { 1, 2 }, { 3, 4 } }, { { 1, 2 }, { 3, 4 } }, false },
	{ "touching", { { 1, 2 }, { 2, 3 } }, { { 1, 2 }, { 2, 3 } }, false },
	{ "overlapping", { { 1, 4 }, { 3, 6 } }, { { 1, 3 }, { 3, 6 } }, true },
	{ "grown", { { 1, 4 }, { 1, 6 } }, { { 1, 6 } }, true },
	{ "shrunk", { { 1, 6 }, { 1, 4 } }, { { 1, 4 } }, true },
	{ "the same again", { { 1, 4 }, { 1, 4 } }, { { 1, 4 } }, true },
	{ "contained", { { 1, 9 }, { 3, 4 } }, { { 1, 3 }, { 3, 4 } }, true },
	{ "backward, around the last", { { 1, 2 }, { 5, 6 }, { 3, 7 } }, { { 1, 2 }, { 3, 7 } }, true },
	{ "straddling three", { { 1, 4 }, { 4, 6 }, { 6, 8 }, { 3, 7 } }, { { 1, 3 }, { 3, 7 } }, true },
	{ "before all", { { 5, 6 }, { 7, 8 }, { 1, 9 } }, { { 1, 9 } }, true },
	{ "and goes on", { { 1, 4 }, { 3, 6 }, { 6, 7 } }, { { 1, 3 }, { 3, 6 }, { 6, 7 } }, true },
	{ "at the top", { { 1, UINT64_MAX }, { UINT64_MAX - 1, UINT64_MAX } },
	  { { 1, UINT64_MAX - 1 }, { UINT64_MAX - 1, UINT64_MAX } }, true },
};
/* clang-format on */

/* Every way in which four ranges of at most six pages can overlap. */
static void sorting_leaves_no_overlap(void **state)
{
	enum { WAYS = 6 * 6 };

	(void)state;
	for (unsigned way = 0; way < WAYS * WAYS * WAYS * WAYS; way += 7) {
		unsigned rest = way;
		struct vmv_map map;

		vmv_map_init(&map);
		for (int i = 0; i < 4; i++, rest /= WAYS) {
			uint64_t start = rest % WAYS / 6;
			struct vmv_region r = { .start = start, .end = start + 1 + rest % 6 };

			r.name = vmv_map_intern(&map, "", 0);
			vmv_map_append(&map, &r);
		}
		vmv_map_sort(&map);
		for (size_t i = 0; i < map.nregions; i++) {
			assert_true(map.regions[i].start < map.regions[i].end);
			assert_true(!i || map.regions[i].start >= map.regions[i - 1].end);
		}
		vmv_map_done(&map);
	}
}

static void add_lets_the_newer_region_win(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(overlaps); i++) {
		const struct overlap *o = &overlaps[i];
		struct vmv_map map;
		size_t n = 0;

		vmv_map_init(&map);
		for (size_t k = 0; o->in[k].end; k++) {
			struct vmv_region *r = add(&map, o->in[k].start, o->in[k].end);

			assert_int_equal(r->start, o->in[k].start);
			assert_int_equal(r->end, o->in[k].end);
		}
		for (; o->want[n].end; n++)
			if (n >= map.nregions || map.regions[n].start != o->want[n].start ||
			    map.regions[n].end != o->want[n].end)
				fail_msg("%s: region %zu is wrong", o->what, n);
		if (map.nregions != n)
			fail_msg("%s: %zu regions, not %zu", o->what, map.nregions, n);
		if (map.changed != o->changed)
			fail_msg("%s: changed is %d", o->what, map.changed);
		vmv_map_done(&map);
	}
}

static uint64_t counter(const struct vmv_map *map, size_t region, size_t field)
{
	return vmv_map_counter(map, &map->regions[region], field);
}

static void counters_go_with_what_was_replaced(void **state)
{
	struct vmv_map map;
	size_t rss;

	(void)state;
	vmv_map_init(&map);
	add(&map, 0x1000, 0x4000);
	rss = vmv_map_field(&map, "Rss", 3, true);
	vmv_map_set(&map, rss, 11);
	add(&map, 0x4000, 0x8000);
	vmv_map_set(&map, rss, 22);
	add(&map, 0x8000, 0x9000);
	vmv_map_set(&map, rss, 33);
	add(&map, 0x6000, 0xa000); /* trims the second, replaces the third */

	assert_int_equal(map.nregions, 3);
	assert_int_equal(counter(&map, 0, rss), 11);
	assert_int_equal(counter(&map, 1, rss), VMV_UNKNOWN); /* it was that of the whole */
	assert_int_equal(counter(&map, 2, rss), VMV_UNKNOWN); /* not what stood there before */
	vmv_map_done(&map);
}

enum { REGIONS = 300, FIELDS = 120 };

/* What is in the table below: nothing where a field is newer than a region, and here and there. */
static uint64_t tabled(size_t region, size_t field)
{
	return field <= region && (region + field) % 3 ? 1000 * region + field : VMV_UNKNOWN;
}

static void add_tabled(struct vmv_map *map, size_t region)
{
	add(map, 0x1000 * region, 0x1000 * (region + 1));
	for (size_t f = 0; f <= region && f < FIELDS; f++) {
		char name[16];
		int len = snprintf(name, sizeof(name), "Field%zu", f);

		assert_int_equal(vmv_map_field(map, name, (size_t)len, f % 2), f);
		if (tabled(region, f) != VMV_UNKNOWN)
			vmv_map_set(map, f, tabled(region, f));
	}
}

/* Regions and fields grow in turns, so that the table of counters is moved both ways. */
static void counters_stay_with_their_regions_while_the_table_grows(void **state)
{
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	for (size_t r = 0; r < REGIONS; r++)
		add_tabled(&map, r);
	assert_int_equal(map.nregions, REGIONS);
	assert_int_equal(map.nfields, FIELDS);
	for (size_t r = 0; r < REGIONS; r++)
		for (size_t f = 0; f < FIELDS; f++)
			if (counter(&map, r, f) != tabled(r, f))
				fail_msg("region %zu, field %zu is wrong", r, f);
	vmv_map_done(&map);
}

static void fields_know_their_kind(void **state)
{
	static const struct {
		const char *name;
		bool bytes, additive;
	} cases[] = {
		{ "Rss", true, true },
		{ "KernelPageSize", true, false },
		{ "MMUPageSize", true, false },
		{ "ProtectionKey", false, false },
		{ "SomethingNew", true, true },
		{ "Rss_Of_The_Future", true, true },
		{ "Private_Hugetlb", true, true },
	};
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	add(&map, 1, 2);
	assert_int_equal(vmv_map_stat(&map, &map.regions[0], VMV_STAT_RSS), VMV_UNKNOWN);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t len = strlen(cases[i].name);

		assert_int_equal(vmv_map_field(&map, cases[i].name, len, cases[i].bytes), i);
		assert_string_equal(map.fields[i].name, cases[i].name);
		assert_int_equal(map.fields[i].len, len);
		assert_int_equal(map.fields[i].bytes, cases[i].bytes);
		assert_int_equal(map.fields[i].additive, cases[i].additive);
	}
	assert_int_equal(vmv_map_field(&map, "Rss: 5 kB", 3, true), 0); /* by length */
	vmv_map_set(&map, 0, 4096);
	vmv_map_set(&map, 6, 8192);
	assert_int_equal(vmv_map_stat(&map, &map.regions[0], VMV_STAT_RSS), 4096);
	assert_int_equal(vmv_map_stat(&map, &map.regions[0], VMV_STAT_PRIVATE_HUGETLB), 8192);
	assert_int_equal(vmv_map_stat(&map, &map.regions[0], VMV_STAT_PSS), VMV_UNKNOWN);
	vmv_map_done(&map);
}

static void equal_names_are_equal_pointers(void **state)
{
	enum { NAMES = 1000 };
	const char *first[NAMES];
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < NAMES; i++) {
			char name[32];
			int len = snprintf(name, sizeof(name), "/lib/%zu.so and more", i);
			const char *got = vmv_map_intern(&map, name, (size_t)len - 9);

			name[len - 9] = '\0';
			assert_string_equal(got, name);
			if (round)
				assert_ptr_equal(got, first[i]);
			first[i] = got;
		}
	}
	assert_ptr_equal(vmv_map_intern(&map, "", 0), vmv_map_intern(&map, "x", 0));
	assert_ptr_not_equal(vmv_map_intern(&map, "ab", 2), vmv_map_intern(&map, "abc", 3));
	assert_memory_equal(vmv_map_intern(&map, "a\0b", 3), "a\0b", 4);
	assert_ptr_not_equal(vmv_map_intern(&map, "a\0b", 3), vmv_map_intern(&map, "a\0c", 3));
	vmv_map_done(&map);
}

static void at_holds_the_first_address_but_not_the_end(void **state)
{
	static const struct {
		uint64_t address;
		int region; /* -1: none */
	} cases[] = {
		{ 0, -1 },          { 0xfff, -1 }, { 0x1000, 0 },  { 0x1fff, 0 },
		{ 0x2000, 1 },      { 0x2fff, 1 }, { 0x3000, -1 }, { 0x4fff, -1 },
		{ 0x5000, 2 },      { 0x8fff, 2 }, { 0x9000, -1 }, { UINT64_MAX - 1, 3 },
		{ UINT64_MAX, -1 },
	};
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	assert_null(vmv_map_at(&map, 0));
	add(&map, 0x1000, 0x2000);
	add(&map, 0x2000, 0x3000);
	add(&map, 0x5000, 0x9000);
	add(&map, UINT64_MAX - 1, UINT64_MAX);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_ptr_equal(vmv_map_at(&map, cases[i].address),
				 cases[i].region < 0 ? NULL : &map.regions[cases[i].region]);
	vmv_map_done(&map);
}

static void has_flag_compares_whole_words(void **state)
{
	static const struct {
		const char *flags, *flag;
		bool has;
	} cases[] = {
		{ NULL, "rd", false },          { "", "rd", false },
		{ "rd wr mr", "rd", true },     { "rd wr mr", "wr", true },
		{ "rd wr mr", "mr", true },     { "rd wr mr", "ac", false },
		{ "rd  wr ", "wr", true },      { "?? rd", "rd", true },
		{ "rda wr", "rd", false },      { "card wr", "rd", false },
		{ "rd pad=12kB", "pa", false }, { "r d", "rd", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct vmv_region r = { .flags = cases[i].flags };

		if (vmv_has_flag(&r, cases[i].flag) != cases[i].has)
			fail_msg("'%s' in '%s'", cases[i].flag, cases[i].flags);
	}
}

static void sysv_segments_are_on_the_internal_tmpfs(void **state)
{
	static const struct {
		const char *name;
		uint32_t major, minor;
		uint64_t inode;
		bool foreign, sysv;
	} cases[] = {
		{ "/SYSV0052e2c1 (deleted)", 0, 1, 32769, false, true },
		{ "/SYSV00000000 (deleted)", 0, 0x11, 5, false, true },      /* SHM_HUGETLB */
		{ "/SYSV0052e2c1 (deleted)", 0, 0x1b, 32769, false, false }, /* a tmpfs of ours */
		{ "/SYSV0052e2c1 (deleted)", 8, 1, 32769, false, false },
		{ "/SYSV0052e2c1 (deleted)", 0, 0x1b, 32769, true, true }, /* who knows */
		{ "/SYSV0052e2c1 (deleted)", 8, 1, 32769, true, false },
		{ "/SYSV0052e2c1", 0, 1, 32769, false, false },
		{ "/SYSV52e2c1 (deleted)", 0, 1, 32769, false, false },
		{ "/SYSV0052E2C1 (deleted)", 0, 1, 32769, false, false },
		{ "/SYSV0052e2c1a (deleted)", 0, 1, 32769, false, false },
		{ "/SYSV0052e2c1 (deleted) (deleted)", 0, 1, 32769, false, false },
		{ "/x/SYSV0052e2c1 (deleted)", 0, 1, 32769, false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct vmv_region r = { .name = cases[i].name,
					.major = cases[i].major,
					.minor = cases[i].minor,
					.inode = cases[i].inode };
		struct vmv_map map;

		vmv_map_init(&map);
		if (!cases[i].foreign) {
			map.shm_dev = 1;
			map.huge_dev = 0x11;
		}
		if (vmv_is_sysv(&map, &r) != cases[i].sysv)
			fail_msg("%zu: %s", i, cases[i].name);
		vmv_map_done(&map);
	}
}

static void questions_about_one_region(void **state)
{
	struct vmv_region anon = { .start = 0x5000, .end = 0x7000, .name = "" }, r = anon;
	struct vmv_region file = { .name = "/x", .inode = 7, .major = 8, .minor = 1 }, other = file;
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	assert_true(vmv_is_anon(&anon));
	r.perms = VMV_SHARED;
	assert_false(vmv_is_anon(&r));
	assert_false(vmv_is_anon(&file));
	r = anon;
	r.name = "[heap]";
	assert_false(vmv_is_anon(&r));

	assert_false(vmv_is_main_stack(&map, &anon)); /* nobody knows where it is */
	map.process.stack_start = 0x5000;
	assert_true(vmv_is_main_stack(&map, &anon));
	map.process.stack_start = 0x6fff;
	assert_true(vmv_is_main_stack(&map, &anon));
	map.process.stack_start = 0x7000;
	assert_false(vmv_is_main_stack(&map, &anon));
	map.process.stack_start = 0x4fff;
	assert_false(vmv_is_main_stack(&map, &anon));

	assert_true(vmv_same_file(&file, &other));
	other.minor = 2;
	assert_false(vmv_same_file(&file, &other));
	assert_false(vmv_same_file(&anon, &anon)); /* no file is not a file */
	vmv_map_done(&map);
}

static void unknown_is_not_zero(void **state)
{
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	assert_int_equal(map.process.stack_start, VMV_UNKNOWN);
	assert_int_equal(map.process.entry, VMV_UNKNOWN);
	assert_int_equal(map.process.base, VMV_UNKNOWN);
	assert_int_equal(map.process.exe_inode, VMV_UNKNOWN);
	assert_int_equal(map.shm_dev, VMV_UNKNOWN);
	assert_int_equal(map.nregions, 0);
	assert_int_equal(map.nfields, 0);
	for (size_t i = 0; i < VMV_STATS; i++)
		assert_int_equal(map.stats[i], -1);
	vmv_map_done(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(add_lets_the_newer_region_win),
		cmocka_unit_test(counters_go_with_what_was_replaced),
		cmocka_unit_test(counters_stay_with_their_regions_while_the_table_grows),
		cmocka_unit_test(fields_know_their_kind),
		cmocka_unit_test(equal_names_are_equal_pointers),
		cmocka_unit_test(at_holds_the_first_address_but_not_the_end),
		cmocka_unit_test(has_flag_compares_whole_words),
		cmocka_unit_test(sorting_leaves_no_overlap),
		cmocka_unit_test(sysv_segments_are_on_the_internal_tmpfs),
		cmocka_unit_test(questions_about_one_region),
		cmocka_unit_test(unknown_is_not_zero),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
