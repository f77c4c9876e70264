/* test_source.c - what is taken for what, and saved texts */
#include "source.h"

#include <errno.h>

static const char *const texts[] = {
	"maps/linux26-i386.txt", "maps/linux44-threads.txt", "maps/aarch64.txt",
	"smaps/arm.txt",         "smaps/android.txt",        "smaps/android-adb.txt",
};

static void pid_is_a_number_or_proc(void **state)
{
	static const struct {
		const char *spec;
		int pid;
	} cases[] = {
		{ "1", 1 },          { "4194304", 4194304 },
		{ "010", 10 },       { "/proc/17", 17 },
		{ "0", 0 },          { "", 0 },
		{ "-1", 0 },         { "1x", 0 },
		{ "./1", 0 },        { "/proc/", 0 },
		{ "/proc/17/", 0 },  { "99999999999", 0 },
		{ "+1", 0 },         { "1 ", 0 },
		{ "2147483648", 0 }, { "/proc/17/maps", 0 },
		{ "/proc/x", 0 },    { "2147483647", 2147483647 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (vmv_parse_pid(cases[i].spec) != cases[i].pid)
			fail_msg("'%s' is %d", cases[i].spec, vmv_parse_pid(cases[i].spec));
		assert_int_equal(vmv_target_is_process(cases[i].spec), cases[i].pid > 0);
	}
	assert_int_equal(vmv_parse_pid("/proc/self"), getpid());
}

static void check_refused(const char *spec, int code, const char *text)
{
	const struct vmv_source *source = &vmv_source_text;
	struct vmv_error err = { 0 };
	struct vmv_map map;

	assert_int_equal(vmv_source_load(spec, NULL, 0, &map, &source, &err), -code);
	assert_int_equal(err.code, code);
	assert_non_null(strstr(err.text, text));
	assert_int_equal(map.nregions, 0);
	if (source == &vmv_source_text)
		fail_msg("%s was taken for a text", spec);
	vmv_map_done(&map);
}

static void others_are_refused_by_what_they_are(void **state)
{
	(void)state;
	check_refused("no/such", ENOENT, "'no/such' is neither a process nor a file");
	check_refused("no/such@3", ENOENT, "'no/such@3' is neither");
	check_refused("no/such@99999999999999999999", ENOENT, "is neither");
	check_refused("/", EISDIR, "is a directory");
	check_refused("/proc/self", EINVAL, "process");
	check_refused("/dev/null", EINVAL, "/dev/null is empty");
	check_refused("/proc/self/exe", EINVAL, "not a core file");
}

/* Every line of the file that starts like a region is one, in the file's words. */
static void check_lines(const struct vmv_map *map, const char *name)
{
	size_t len, i = 0;
	char *bytes = fixture(name, &len), *next = bytes, *line;

	while ((line = strsep(&next, "\n"))) {
		unsigned long long start, end;

		if (sscanf(line, "%llx-%llx ", &start, &end) != 2)
			continue;
		assert_true(i < map->nregions);
		assert_int_equal(map->regions[i].start, start);
		assert_int_equal(map->regions[i].end, end);
		i++;
	}
	assert_int_equal(i, map->nregions);
	free(bytes);
}

static void texts_of_other_kernels_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct vmv_error err;
		struct vmv_map map;

		if (load_fixture(&map, texts[i], "", &err) != 0)
			fail_msg("%s: %s", texts[i], err.text);
		check_lines(&map, texts[i]);
		vmv_map_done(&map);
	}
}

static void classes_need_no_running_process(void **state)
{
	static const struct {
		const char *text;
		uint64_t at;
		const char *class;
	} cases[] = {
		{ "maps/linux26-i386.txt", 0x8048000, "exe" },
		{ "maps/linux26-i386.txt", 0x110000, "lib" },
		{ "maps/linux26-i386.txt", 0x3b6000, "ld.so" },
		{ "maps/linux26-i386.txt", 0xa3e000, "kernel" },
		{ "maps/linux26-i386.txt", 0x9a1b000, "heap" },
		{ "maps/linux44-threads.txt", 0x7f2a82d6b000, "thread" },
		{ "maps/linux44-threads.txt", 0x7f2a82d6a000, "guard" },
		{ "maps/linux44-threads.txt", 0x7f2a7c000000, "arena" },
		{ "maps/linux44-threads.txt", 0x7f2a8392b000, "lib" },
		{ "maps/linux44-threads.txt", 0xffffffffff600000, "kernel" },
		{ "maps/aarch64.txt", 0xffffa1ffd000, "lib" },
		{ "smaps/arm.txt", 0xffff0000, "kernel" },
		{ "smaps/arm.txt", 0xbedb9000, "stack" },
		{ "smaps/android.txt", 0x12c00000, "named" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct vmv_error err;
		struct vmv_map map;

		load_fixture(&map, cases[i].text, "", &err);
		assert_string_equal(class_at(&map, cases[i].at), cases[i].class);
		vmv_map_done(&map);
	}
}

static void line_ends_of_dos_change_nothing(void **state)
{
	struct vmv_map unix_map, dos;
	struct vmv_error err;

	(void)state;
	assert_int_equal(load_fixture(&unix_map, "smaps/android.txt", "", &err), 0);
	assert_int_equal(load_fixture(&dos, "smaps/android-adb.txt", "", &err), 0);
	assert_int_equal(dos.nregions, unix_map.nregions);
	assert_int_equal(dos.nfields, unix_map.nfields);
	for (size_t i = 0; i < dos.nregions; i++) {
		assert_string_equal(dos.regions[i].name, unix_map.regions[i].name);
		assert_string_equal(dos.regions[i].flags, unix_map.regions[i].flags);
		for (size_t f = 0; f < dos.nfields; f++)
			assert_int_equal(vmv_map_counter(&dos, &dos.regions[i], f),
					 vmv_map_counter(&unix_map, &unix_map.regions[i], f));
	}
	vmv_map_done(&unix_map);
	vmv_map_done(&dos);
}

static void foreign_lines_are_left_out(void **state)
{
	struct vmv_error err;
	struct vmv_map map;

	(void)state;
	assert_int_equal(load_fixture(&map, "smaps/broken.txt", "", &err), 0);
	assert_non_null(strstr(map.notice, ": left out: 1 line that is not a map"));
	check_lines(&map, "smaps/broken.txt");
	vmv_map_done(&map);
}

#define AT(n, perms) #n "000-" #n "fff " perms " 00000000 00:00 0 \n"

/* What is no region though it was one is missed. */
static void a_damaged_line_is_no_foreign_one(void **state)
{
	static const char *const damaged[] = {
		AT(1, "rw-p") "3000-2000 rw-p 00000000 00:00 0 \n" AT(4, "rw-p"),
		AT(1, "rw-p") "> 2000-3000 rwzp 00000000 00:00 0 \n" AT(4, "rw-p"),
		AT(1, "rw-p") "2000-30000000000000000 rw-p 00000000 00:00 0 \n" AT(4, "rw-p"),
		AT(1, "rw-p") "2000-3000 rw-p 00000000 00:\n" AT(4, "rw-p"),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(damaged); i++) {
		struct vmv_error err;
		struct vmv_map map;

		assert_int_equal(load_bytes(&map, damaged[i], strlen(damaged[i]), "", &err),
				 -EINVAL);
		assert_non_null(strstr(err.text, ":2: a damaged line of a map"));
		assert_int_equal(map.nregions, 2);
		vmv_map_done(&map);
	}
}

/* More than a pipe holds, and more than the first look takes. */
static void pipes_are_read_to_their_end(void **state)
{
	struct vmv_error err;
	struct vmv_map map;
	int ends[2];
	char spec[64];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	if (fork() == 0) {
		FILE *to = fdopen(ends[1], "w");

		for (unsigned i = 0; to && i < 5000; i++)
			fprintf(to, "%x-%x rw-p 00000000 00:00 0 \n", 0x1000 * (i + 1),
				0x1000 * (i + 2));
		_exit(!to || fclose(to));
	}
	close(ends[1]);
	snprintf(spec, sizeof(spec), "/proc/self/fd/%d", ends[0]);
	assert_int_equal(vmv_source_load(spec, NULL, 0, &map, NULL, &err), 0);
	assert_int_equal(map.nregions, 5000);
	close(ends[0]);
	vmv_map_done(&map);
}

/* Lines as long as they may be, full of what begins like a region or a counter: were each
 * beginning searched to the end of its line, this would take hours. */
static void long_lines_are_no_danger(void **state)
{
	static const char *const words[] = {
		"2000-1000 r--p 0 0:0 0 ",
		"00000000 ",
		"00000000 1 ",
		"A: ",
		"[0x1(0x1) @ 0 ",
		"1000-1fff r-- 0 2000 /a ",
		"0x1-0x1\t",
		"0x1 0x2 0x3 0x4 ",
		"00000000 rd ",
		"[0x2-0x1) --- ",
		"\x1b[0m",
		"1-1 ",
		"[1] ",
		"/proc/1 ",
		"a|",
		"1",
		"VmFlags: rd ",
	};
	enum { LONG = (1 << 20) - 100 };
	char *text = vmv_calloc(2 * LONG, 1);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		char *to = stpcpy(text, "Address Kbytes VmFlags Size Mapping\n"
					"1000-2000 rw-p 00000000 00:00 0 \n");
		const char *start = to;
		struct vmv_error err;
		struct vmv_map map;

		while (to - start < LONG)
			to = stpcpy(to, words[i]);
		to = stpcpy(to, "\n3000-4000 rw-p 00000000 00:00 0 \n");
		load_bytes(&map, text, (size_t)(to - text), "", &err);
		assert_true(map.nregions >= 2);
		vmv_map_done(&map);
	}
	free(text);
}

static void damaged_texts_are_no_danger(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		size_t len;
		char *bytes = fixture(texts[i], &len);

		damage(bytes, len, 2000);
		free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pid_is_a_number_or_proc),
		cmocka_unit_test(others_are_refused_by_what_they_are),
		cmocka_unit_test(texts_of_other_kernels_are_read),
		cmocka_unit_test(classes_need_no_running_process),
		cmocka_unit_test(line_ends_of_dos_change_nothing),
		cmocka_unit_test(foreign_lines_are_left_out),
		cmocka_unit_test(a_damaged_line_is_no_foreign_one),
		cmocka_unit_test(pipes_are_read_to_their_end),
		cmocka_unit_test(long_lines_are_no_danger),
		cmocka_unit_test(damaged_texts_are_no_danger),
	};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
