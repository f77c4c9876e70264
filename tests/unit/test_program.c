/* test_program.c - which image is the program, which the linker; and the whole picture */
#include "unit.h"

#include "vmapview/class.h"

#include "truth.h"

/* Every class and every part, as the kernel would write them. */
static const char zoo[] =
	"00400000-00401000 r--p 00000000 08:01 20 /usr/bin/zoo\n"
	"00401000-00402000 r-xp 00001000 08:01 20 /usr/bin/zoo\n"
	"00402000-00403000 ---p 00002000 08:01 20 /usr/bin/zoo\n"
	"00403000-00404000 r--p 00003000 08:01 20 /usr/bin/zoo\n"
	"00404000-00405000 rw-p 00004000 08:01 20 /usr/bin/zoo\n"
	"00405000-00407000 rw-p 00000000 00:00 0\n"
	"01000000-01021000 rw-p 00000000 00:00 0 [heap]\n"
	"7f0000000000-7f0000021000 rw-p 00000000 00:00 0\n"
	"7f0000021000-7f0004000000 ---p 00000000 00:00 0\n"
	"7f0010000000-7f0010001000 ---p 00000000 00:00 0\n"
	"7f0010001000-7f0010801000 rw-p 00000000 00:00 0\n"
	"7f0011000000-7f0011001000 rwxp 00000000 00:00 0\n"
	"7f0012000000-7f0012001000 rw-s 00000000 00:01 5 /SYSV00000000 (deleted)\n"
	"7f0013000000-7f0013001000 rw-s 00000000 00:01 6 /memfd:x (deleted)\n"
	"7f0014000000-7f0014001000 rw-s 00000000 00:01 7 /dev/zero (deleted)\n"
	"7f0015000000-7f0015200000 rw-p 00000000 00:11 8 /anon_hugepage (deleted)\n"
	"7f0016000000-7f0016001000 rw-s 00000000 00:0e 9 anon_inode:[io_uring]\n"
	"7f0017000000-7f0017001000 rw-p 00000000 00:00 0 [anon:mine]\n"
	"7f0018000000-7f0018001000 r--p 00000000 08:01 21 /etc/services\n"
	"7f0019000000-7f0019001000 rw-p 00000000 00:00 0\n"
	"7f001a000000-7f001a001000 r-xp 00000000 08:01 22 /lib/libc.so.6\n"
	"7f001b000000-7f001b001000 r-xp 00000000 08:01 23 /lib/loader\n"
	"7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 [stack]\n"
	"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]\n";

static const struct truth zoo_truth[] = {
	{ 0x00400000, "exe", "rodata", VMV_BY_AUXV },
	{ 0x00401000, "exe", "text", VMV_BY_AUXV },
	{ 0x00402000, "exe", "pad", VMV_BY_AUXV },
	{ 0x00403000, "exe", "relro", VMV_EVIDENCE_NONE },
	{ 0x00404000, "exe", "data", VMV_BY_AUXV },
	{ 0x00405000, "exe", "bss", VMV_BY_SHAPE },
	{ 0x01000000, "heap", NULL, VMV_BY_NAME },
	{ 0x7f0000000000, "arena", NULL, VMV_BY_SHAPE },
	{ 0x7f0000021000, "reserve", NULL, VMV_BY_PERMS },
	{ 0x7f0010000000, "guard", NULL, VMV_BY_SHAPE },
	{ 0x7f0010001000, "thread", NULL, VMV_BY_SHAPE },
	{ 0x7f0011000000, "jit", NULL, VMV_BY_PERMS },
	{ 0x7f0012000000, "shm", NULL, VMV_BY_DEVICE },
	{ 0x7f0013000000, "memfd", NULL, VMV_BY_DEVICE },
	{ 0x7f0014000000, "shared", NULL, VMV_BY_DEVICE },
	{ 0x7f0015000000, "huge", NULL, VMV_BY_DEVICE },
	{ 0x7f0016000000, "device", NULL, VMV_BY_NAME },
	{ 0x7f0017000000, "named", NULL, VMV_BY_NAME },
	{ 0x7f0018000000, "file", NULL, VMV_BY_NAME },
	{ 0x7f0019000000, "anon", NULL, VMV_BY_REST },
	{ 0x7f001a000000, "lib", "text", VMV_BY_PERMS },
	{ 0x7f001b000000, "ld.so", "text", VMV_BY_AUXV },
	{ 0x7ffc00000000, "stack", NULL, VMV_BY_NAME },
	{ 0xffffffffff600000, "kernel", NULL, VMV_BY_NAME },
};

static void load_zoo(struct vmv_map *map)
{
	unit_map(map, zoo);
	map->process.entry = 0x401234;
	map->process.base = 0x7f001b000000;
	map->shm_dev = 1;
	map->huge_dev = 0x11;
}

static void every_class_and_part_can_be_met(void **state)
{
	bool class[UINT8_MAX + 1] = { false }, part[VMV_PARTS] = { false };
	struct vmv_map map;

	(void)state;
	load_zoo(&map);
	vmv_classify(&map);
	assert_int_equal(map.nregions, ARRAY_SIZE(zoo_truth));
	check_truth(&map, "zoo", zoo_truth, ARRAY_SIZE(zoo_truth));
	for (size_t i = 0; i < map.nregions; i++) {
		class[map.regions[i].class] = true;
		part[map.regions[i].part] = true;
	}
	for (size_t i = 0; i < vmv_nclasses; i++)
		if (!class[i])
			fail_msg("not met: %s", vmv_classes[i].name);
	for (size_t i = 0; i < VMV_PARTS; i++)
		if (!part[i])
			fail_msg("not met: part %zu", i);
	vmv_map_done(&map);
}

static void classifying_again_changes_nothing(void **state)
{
	struct vmv_map map;

	(void)state;
	load_zoo(&map);
	vmv_classify(&map);
	vmv_classify(&map);
	check_truth(&map, "twice", zoo_truth, ARRAY_SIZE(zoo_truth));
	vmv_map_done(&map);
}

static void explanations_are_sentences_that_fit(void **state)
{
	struct vmv_map map;

	(void)state;
	load_zoo(&map);
	vmv_classify(&map);
	map.regions[10].tid = 4711;
	for (size_t i = 0; i < map.nregions; i++) {
		const struct vmv_region *r = &map.regions[i];
		const char *help = vmv_classes[r->class].help;
		char text[512], cut[32];

		vmv_explain(r, text, sizeof(text));
		assert_int_equal(strncmp(text, help, strlen(help)), 0);
		assert_true(strlen(text) > strlen(help)); /* how it is known */
		assert_null(strchr(text, '\n'));
		assert_null(strstr(text, "(null)"));
		assert_in_range(strlen(text), 1, sizeof(text) - 2);
		if (r->tid)
			assert_non_null(strstr(text, "4711"));

		memset(cut, '#', sizeof(cut));
		vmv_explain(r, cut, sizeof(cut) - 1);
		assert_int_equal(strlen(cut), sizeof(cut) - 2);
		assert_int_equal(strncmp(cut, text, sizeof(cut) - 2), 0);
		assert_int_equal(cut[sizeof(cut) - 1], '#');
	}
	vmv_map_done(&map);
}

/* clang-format off */
/** struct role - what is known of the process, and what follows for its two images */
static const struct role {
	const char *what;
	uint64_t entry, base, exe_dev, exe_inode;
	const char *name; /* of the second image */
	struct truth first, second;
} roles[] = {
	{ "auxv tells both", 0x10100, 0x20000, VMV_UNKNOWN, VMV_UNKNOWN, "/lib/b",
	  { 0x10000, "exe", "text", VMV_BY_AUXV }, { 0x20000, "ld.so", "text", VMV_BY_AUXV } },
	{ "the program comes second", 0x20100, 0x10000, VMV_UNKNOWN, VMV_UNKNOWN, "/lib/b",
	  { 0x10000, "ld.so", "text", VMV_BY_AUXV }, { 0x20000, "exe", "text", VMV_BY_AUXV } },
	{ "static: no linker, whatever the name", 0x10100, 0, VMV_UNKNOWN, VMV_UNKNOWN,
	  "/lib/ld-linux-x86-64.so.2",
	  { 0x10000, "exe", "text", VMV_BY_AUXV }, { 0x20000, "lib", "text", VMV_BY_PERMS } },
	{ "the file is the program's", VMV_UNKNOWN, VMV_UNKNOWN, 8ULL << 32 | 1, 32, "/lib/b",
	  { 0x10000, "lib", "text", VMV_BY_PERMS }, { 0x20000, "exe", "text", VMV_BY_FILE } },
	{ "nothing is known: the first", VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN, "/lib/b",
	  { 0x10000, "exe", "text", VMV_BY_SHAPE }, { 0x20000, "lib", "text", VMV_BY_PERMS } },
	{ "a linker by its name", VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN,
	  "/lib/ld-linux-x86-64.so.2",
	  { 0x10000, "exe", "text", VMV_BY_SHAPE }, { 0x20000, "ld.so", "text", VMV_BY_FILE } },
	{ "musl's", VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN, "/lib/ld-musl-x86_64.so.1",
	  { 0x10000, "exe", "text", VMV_BY_SHAPE }, { 0x20000, "ld.so", "text", VMV_BY_FILE } },
	{ "glibc's of Debian 10", VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN, "/lib/ld-2.28.so",
	  { 0x10000, "exe", "text", VMV_BY_SHAPE }, { 0x20000, "ld.so", "text", VMV_BY_FILE } },
	{ "a library of a similar name", VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN,
	  "/lib/ld-linux/libx.so",
	  { 0x10000, "exe", "text", VMV_BY_SHAPE }, { 0x20000, "lib", "text", VMV_BY_PERMS } },
};
/* clang-format on */

static void roles_come_from_the_best_evidence(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		struct vmv_map map;
		char text[256];

		snprintf(text, sizeof(text),
			 "10000-11000 r-xp 0 08:01 31 /bin/a\n20000-21000 r-xp 0 08:01 32 %s\n",
			 roles[i].name);
		unit_map(&map, text);
		map.process.entry = roles[i].entry;
		map.process.base = roles[i].base;
		map.process.exe_dev = roles[i].exe_dev;
		map.process.exe_inode = roles[i].exe_inode;
		vmv_classify(&map);
		check_truth(&map, roles[i].what, &roles[i].first, 1);
		check_truth(&map, roles[i].what, &roles[i].second, 1);
		vmv_map_done(&map);
	}
}

/* V8 maps its built-in code a second time, away from the rest. */
static void the_program_mapped_again_is_still_the_program(void **state)
{
	static const struct truth truth[] = {
		{ 0x10000, "exe", "text", VMV_BY_AUXV },
		{ 0x90000, "exe", "text", VMV_BY_FILE },
		{ 0xa0000, "anon", NULL, VMV_BY_REST },
	};
	struct vmv_map map;

	(void)state;
	unit_map(&map, "10000-20000 r-xp 00000000 08:01 31 /bin/node\n"
		       "90000-94000 r-xp 00003000 08:01 31 /bin/node\n"
		       "a0000-a1000 rw-p 00000000 00:00 0\n");
	map.process.entry = 0x10100;
	map.process.exe_dev = 8ULL << 32 | 1;
	map.process.exe_inode = 31;
	vmv_classify(&map);
	check_truth(&map, "again", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_class_and_part_can_be_met),
		cmocka_unit_test(classifying_again_changes_nothing),
		cmocka_unit_test(explanations_are_sentences_that_fit),
		cmocka_unit_test(roles_come_from_the_best_evidence),
		cmocka_unit_test(the_program_mapped_again_is_still_the_program),
	};

	return cmocka_run_group_tests_name("program", tests, NULL, NULL);
}
