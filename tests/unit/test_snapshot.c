/* test_snapshot.c - JSON snapshots and records of them */
#include "source.h"

#include <errno.h>

static void check_small(const struct vmv_map *map)
{
	const struct vmv_region *r = map->regions;

	assert_int_equal(map->nregions, 6);
	assert_string_equal(map->kernel, "6.18.44");
	assert_string_equal(map->time, "2026-11-22T20:00:00Z");
	assert_int_equal(map->shm_dev, 1);
	assert_int_equal(map->huge_dev, 15);
	assert_int_equal(map->process.entry, 0x560ba6580040);
	assert_int_equal(map->process.exe_dev, 0xfe00000000);
	assert_int_equal(map->process.exe_inode, 77);
	assert_int_equal(map->process.start_ticks, 12345);
	assert_int_equal(map->process.state, 'S');
	assert_string_equal(map->process.command, "./x -a");
	assert_int_equal(map->nthreads, 2);
	assert_int_equal(map->threads[0].stack, VMV_UNKNOWN);
	assert_int_equal(map->threads[1].stack, 0x7f6580fa9000);
	assert_int_equal(map->nfields, 2);
	assert_true(map->fields[0].bytes && !map->fields[1].bytes);

	assert_int_equal(r[0].perms, VMV_READ);
	assert_int_equal(r[0].major, 0xfe);
	assert_int_equal(r[0].inode, 77);
	assert_string_equal(r[0].flags, "rd mr mw me sd");
	assert_int_equal(vmv_map_stat(map, &r[0], VMV_STAT_RSS), 8192);
	assert_int_equal(vmv_map_stat(map, &r[0], VMV_STAT_THP_ELIGIBLE), 0);
	assert_int_equal(vmv_map_stat(map, &r[1], VMV_STAT_THP_ELIGIBLE), VMV_UNKNOWN);
	assert_int_equal(r[1].part, VMV_PART_TEXT);
	assert_int_equal(r[2].perms, VMV_READ | VMV_WRITE | VMV_SHARED);
	assert_int_equal(r[2].offset, 4096);
	assert_string_equal(r[2].name, "/tmp/bad\377 \"name\"");
	assert_null(r[2].flags);
	assert_int_equal(r[3].tid, 43);
	assert_int_equal(r[3].evidence, VMV_BY_THREAD);
	assert_string_equal(r[3].object, "[thread]");
	assert_int_equal(r[4].perms, VMV_ACCESS_UNKNOWN | VMV_SHARING_UNKNOWN);
	assert_false(vmv_file_is_known(&r[4]));
	assert_true(r[4].inode); /* it is a file all the same */
	assert_string_equal(class_at(map, 0xffffffffff600000), "kernel");
}

static void layout_does_not_matter(void **state)
{
	static const char *const names[] = { "json/small.json", "json/pretty.json",
					     "json/sorted.json" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct vmv_error err;
		struct vmv_map map;

		if (load_fixture(&map, names[i], "", &err) != 0)
			fail_msg("%s", err.text);
		check_small(&map);
		vmv_map_done(&map);
	}
}

static void numbers_are_exact(void **state)
{
	struct vmv_error err;
	struct vmv_map map;

	(void)state;
	assert_int_equal(load_fixture(&map, "json/small.json", "", &err), 0);
	assert_int_equal(vmv_map_stat(&map, &map.regions[1], VMV_STAT_RSS), UINT64_MAX - 1);
	vmv_map_done(&map);
}

/* Any address can be the end of a region, and any 64 bits an offset. */
static void numbers_that_stand_for_unknown(void **state)
{
	static const char text[] =
		"{\"schema\":\"vmapview-snapshot\",\"version\":1,\"process\":{\"state\":\"\u00e9\","
		"\"stack_start\":\"0xffffffffffffffff\",\"exe\":{\"device\":\"fe:00\"}},"
		"\"regions\":["
		"{\"start\":\"0x1000\",\"end\":\"0xffffffffffffffff\",\"path\":\"/x\","
		"\"offset\":18446744073709551615,\"inode\":18446744073709551615,"
		"\"device\":\"fe:00\"}]}";
	struct vmv_error err;
	struct vmv_map map;

	(void)state;
	assert_int_equal(load_bytes(&map, text, strlen(text), "", &err), 0);
	assert_int_equal(map.nregions, 1);
	assert_true(map.regions[0].end == UINT64_MAX && map.regions[0].offset == UINT64_MAX);
	assert_true(vmv_file_is_known(&map.regions[0]) && map.regions[0].inode == UINT64_MAX);
	assert_true(map.process.stack_start == VMV_UNKNOWN);
	assert_true(map.process.exe_dev == VMV_UNKNOWN && map.process.exe_inode == VMV_UNKNOWN);
	assert_int_equal(map.process.state, 0);
	vmv_map_done(&map);
}

static void records_are_read_by_number(void **state)
{
	static const struct {
		const char *name, *which;
		int rc, tgid;
		size_t regions;
		const char *text;
	} cases[] = {
		{ "json/record.json", "", 0, 102, 6, NULL },
		{ "json/record.json", "@last", 0, 102, 6, NULL },
		{ "json/record.json", "@1", 0, 100, 6, NULL },
		{ "json/record.json", "@2", 0, 101, 6, NULL },
		{ "json/record.json", "@3", 0, 102, 6, NULL },
		{ "json/record.json", "@4", -ENOENT, 0, 0, "there are 3 snapshots" },
		{ "json/small.json", "@1", 0, 42, 6, NULL },
		{ "json/pretty.json", "@2", -ENOENT, 0, 0, "there is 1 snapshot in" },
		{ "json/record-cut.json", "", -EINVAL, 101, 6, "snapshot 3 is cut short" },
		{ "json/record-cut.json", "@2", 0, 101, 6, NULL },
		{ "json/record-cut.json", "@3", -EINVAL, 102, 4, "ends in the middle" },
		{ "json/record-resumed.json", "", 0, 102, 6, NULL },
		{ "json/record-resumed.json", "@3", 0, 102, 6, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct vmv_error err;
		struct vmv_map map;
		int rc = load_fixture(&map, cases[i].name, cases[i].which, &err);

		if (rc != cases[i].rc || map.process.tgid != cases[i].tgid ||
		    map.nregions != cases[i].regions ||
		    (cases[i].text && !strstr(err.text, cases[i].text)))
			fail_msg("%s%s: %d, PID %d, %zu regions, %s", cases[i].name, cases[i].which,
				 rc, map.process.tgid, map.nregions, err.text);
		vmv_map_done(&map);
	}
}

/* Its sums would be those of what could be read. */
static void incomplete_ones_are_not_whole(void **state)
{
	static const char text[] =
		"{\"schema\":\"vmapview-snapshot\",\"version\":1,%s"
		"\"regions\":[{\"start\":\"0x1000\",\"end\":\"0x2000\",\"perms\":\"r--p\"}]%s}";
	static const struct {
		const char *before, *after;
		int rc;
	} cases[] = {
		{ "\"torn\":false,", "", 0 },
		{ "\"torn\":true,", "", -EINVAL },
		{ "", ",\"torn\":true", -EINVAL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct vmv_error err;
		struct vmv_map map;
		char *whole;
		int len = asprintf(&whole, text, cases[i].before, cases[i].after);

		assert_true(len > 0);
		assert_int_equal(load_bytes(&map, whole, (size_t)len, "", &err), cases[i].rc);
		assert_int_equal(map.torn, cases[i].rc < 0);
		assert_int_equal(map.nregions, 1);
		if (cases[i].rc && !strstr(err.text, "an incomplete snapshot"))
			fail_msg("%s", err.text);
		vmv_map_done(&map);
		free(whole);
	}
}

static void broken_ones_say_where(void **state)
{
	static const struct {
		const char *name;
		size_t regions;
		const char *text;
	} cases[] = {
		{ "json/cut.json", 4, ":6: it ends in the middle" },
		{ "json/backwards.json", 1, ":4: a region that is not above" },
		{ "json/version2.json", 0, ":1: a snapshot of another version" },
		{ "json/other.json", 0, ":1: JSON, but not a vmapview snapshot" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct vmv_error err;
		struct vmv_map map;

		assert_int_equal(load_fixture(&map, cases[i].name, "", &err), -EINVAL);
		assert_int_equal(map.nregions, cases[i].regions);
		if (!strstr(err.text, cases[i].text))
			fail_msg("%s", err.text);
		vmv_map_done(&map);
	}
}

#define HEAD   "{\"schema\":\"vmapview-snapshot\",\"version\":1,\"regions\":["
#define REGION "{\"start\":\"0x1000\",\"end\":\"0x2000\",\"perms\":\"r--p\"}"

#define FIELD                                                                                      \
	"{\"schema\":\"vmapview-snapshot\",\"version\":1,\"regions\":[],\"fields\":[{\"name\":"
#define FLAGS HEAD "{\"start\":\"0x1000\",\"end\":\"0x2000\",\"flags\":"
#define REST  "}]}"

static void little_is_enough(void **state)
{
	static const char *const good[] = {
		HEAD "]}",
		HEAD REGION "]}",
		HEAD REGION "]}\n\n",
		HEAD REGION "],\"process\":{},\"unheard\":[{\"of\":[1,[2]]}]}",
		" \n {\"version\":1,\"schema\":\"vmapview-snapshot\",\"regions\" :\t[\n" REGION
		"\n]\n}",
		"{\"x\":\"\\\"regions\\\":[\",\"y\":{\"regions\":[1]},\"schema\":"
		"\"vmapview-snapshot\",\"version\":1,\"regions\":[" REGION "]}",
		"{\"regions\":[" REGION "],\"schema\":\"vmapview-snapshot\",\"version\":1}",
		FIELD "\"Rss\"" REST,
		FLAGS "\"rd mr\"" REST,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		struct vmv_error err;
		struct vmv_map map;
		int rc = load_bytes(&map, good[i], strlen(good[i]), "", &err);

		check_sound(&map, rc, &err);
		if (rc != 0)
			fail_msg("%s in %s", err.text, good[i]);
		vmv_map_done(&map);
	}
}

static void what_is_no_snapshot_is_refused(void **state)
{
	static const char *const bad[] = {
		"{",
		"{}",
		"{\"regions\":[]}",
		"{\"schema\":\"vmapview-snapshot\",\"version\":1}",
		"{\"schema\":\"vmapview-snapshot\",\"regions\":[]}",
		HEAD "]",
		HEAD "]} x",
		HEAD "],}",
		HEAD "],\"regions\":[]}",
		HEAD REGION " " REGION "]}",
		HEAD "," REGION "]}",
		HEAD REGION ",]}",
		HEAD "1]}",
		HEAD "[" REGION "]]}",
		HEAD "{\"start\":\"0x1000\",\"end\":\"0x1000\",\"perms\":\"r--p\"}]}",
		HEAD "{\"start\":4096,\"end\":\"0x2000\"}]}",
		HEAD "{\"start\":\"1000\",\"end\":\"0x2000\"}]}",
		HEAD "{\"start\":\"0x1000\",\"end\":\"0x10000000000000000\"}]}",
		HEAD "{\"start\":\"0x1000\",\"end\":\"0x2000\",\"perms\":\"rrrr\"}]}",
		HEAD "{\"start\":\"0x1000\",\"end\":\"0x2000\",\"path\":7}]}",
		HEAD "{\"start\":\"0x1000\",\"end\":\"0x2000\",\"path\":\"a\\u0000b\"}]}",
		HEAD "{\"start\":\"0x1000\",\"end\":\"0x2000\",\"path_hex\":\"2f0\"}]}",
		HEAD "{\"start\":\"0x1000\",\"end\":\"0x2000\",\"path_hex\":\"2f00\"}]}",
		HEAD "{\"start\":\"0x1000\",\"end\":\"0x2000\",\"path\":\"\377\"}]}",
		HEAD "{\"start\":\"0x1000\",\"end\":\"0x2000\",\"inode\":1,\"device\":\"zz\"}]}",
		HEAD "{\"a\":[[[[[[[[[[[[1]]]]]]]]]]]]}]}",
		FIELD "\"\"" REST,
		FIELD "null" REST,
		FIELD "\"R s\"" REST,
		FIELD "\"R\\u001b[31m\"" REST,
		FIELD "\"R\\u0000s\"" REST,
		FIELD "\"R\\ns\"" REST,
		FIELD "\"R\\u007f\"" REST,
		FIELD "\"R\\u009b\"" REST,
		FIELD "\"R\\u202e\"" REST,
		FLAGS "\"rd \\u001b]0;x\\u0007\"" REST,
		FLAGS "\"rd\\n\"" REST,
		FLAGS "\"rd\\twr\"" REST,
		FLAGS "\"\\u007f\"" REST,
		FLAGS "\"\\u009b\"" REST,
		FLAGS "\"rd \\u202e\"" REST,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct vmv_error err;
		struct vmv_map map;
		int rc = load_bytes(&map, bad[i], strlen(bad[i]), "", &err);

		check_sound(&map, rc, &err);
		if (rc != -EINVAL)
			fail_msg("accepted: %s", bad[i]);
		vmv_map_done(&map);
	}
}

/* The file is read in pieces, whose ends may be in the middle of a character. */
static void characters_are_whole_wherever_a_piece_ends(void **state)
{
	enum { MANY = 2000 };
	static const char *const chars[] = { "\303\251", "\342\202\254", "\360\237\230\200" };

	(void)state;
	for (size_t shift = 0; shift < 4; shift++) {
		struct vmv_error err;
		struct vmv_map map;
		char *text = NULL;
		size_t len;
		FILE *to = open_memstream(&text, &len);

		fprintf(to, "%.*s" HEAD, (int)shift, "   ");
		for (unsigned i = 0; i < MANY; i++) {
			fprintf(to, "%s{\"start\":\"0x%x\",\"end\":\"0x%x\",\"path\":\"/",
				i ? "," : "", (i + 1) * 4096, (i + 2) * 4096);
			for (unsigned k = 0; k < 40; k++)
				fputs(chars[(i + k) % ARRAY_SIZE(chars)], to);
			fputs("\"}", to);
		}
		fputs("]}", to);
		assert_int_equal(fclose(to), 0);
		if (load_bytes(&map, text, len, "", &err) != 0)
			fail_msg("%s", err.text);
		assert_int_equal(map.nregions, MANY);
		vmv_map_done(&map);
		free(text);
	}
}

static void a_region_has_an_end(void **state)
{
	enum { MANY = 1 << 20 };
	char *text = NULL;
	struct vmv_error err;
	struct vmv_map map;
	size_t len;
	FILE *to = open_memstream(&text, &len);

	(void)state;
	fputs(HEAD "{\"start\":\"0x1000\",\"end\":\"0x2000\",\"counters\":[", to);
	for (unsigned i = 0; i < MANY; i++)
		fputs("0,", to);
	fputs("0]}]}", to);
	assert_int_equal(fclose(to), 0);
	assert_int_equal(load_bytes(&map, text, len, "", &err), -EINVAL);
	assert_non_null(strstr(err.text, "too long"));
	vmv_map_done(&map);
	free(text);
}

static void damaged_snapshots_are_no_danger(void **state)
{
	static const char *const names[] = { "json/small.json", "json/pretty.json",
					     "json/record.json" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		size_t len;
		char *bytes = fixture(names[i], &len);

		damage(bytes, len, 3000);
		free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout_does_not_matter),
		cmocka_unit_test(numbers_are_exact),
		cmocka_unit_test(numbers_that_stand_for_unknown),
		cmocka_unit_test(records_are_read_by_number),
		cmocka_unit_test(incomplete_ones_are_not_whole),
		cmocka_unit_test(broken_ones_say_where),
		cmocka_unit_test(little_is_enough),
		cmocka_unit_test(what_is_no_snapshot_is_refused),
		cmocka_unit_test(characters_are_whole_wherever_a_piece_ends),
		cmocka_unit_test(a_region_has_an_end),
		cmocka_unit_test(damaged_snapshots_are_no_danger),
	};

	return cmocka_run_group_tests_name("snapshot", tests, NULL, NULL);
}
