/*
 * test_scale.c - maps that no kernel would make take no more time per region
 *
 * Each once took time by the square of their number, which is hours here: who
 * looks at a hostile process or file must not hang.  Processor time is limited,
 * so that a relapse ends.
 */
#include "unit.h"

#include "vmapview/class.h"
#include "vmapview/diff.h"

#include <sys/resource.h>

enum { MANY = 400 * 1000, PAGE = 4096 };

static void add(struct vmv_map *map, size_t i, const struct vmv_region *like)
{
	struct vmv_region r = *like;

	r.start = 0x10000 + i * PAGE;
	r.end = r.start + PAGE;
	vmv_map_add(map, &r);
}

static void check_class(struct vmv_map *map, size_t i, const char *class)
{
	assert_string_equal(vmv_classes[map->regions[i].class].name, class);
}

/* mprotect() cuts a mapping with MAP_GROWSDOWN into as many as one likes. */
static void regions_that_grow_down(void **state)
{
	struct vmv_region region = { .perms = VMV_READ };
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	region.name = vmv_map_intern(&map, "", 0);
	region.flags = vmv_map_intern(&map, "rd mr gd", 8);
	for (size_t i = 0; i < MANY; i++)
		add(&map, i, &region);
	vmv_classify(&map);
	check_class(&map, 0, "anon");
	region.name = vmv_map_intern(&map, "[stack]", 7);
	add(&map, MANY, &region);
	vmv_classify(&map);
	check_class(&map, 0, "stack");
	vmv_map_done(&map);
}

static void pieces_of_one_file(void **state)
{
	struct vmv_region region = { .inode = 7, .major = 8 };
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	region.name = vmv_map_intern(&map, "/bin/program", 12);
	for (size_t i = 0; i < MANY; i++) {
		region.offset = i * PAGE;
		region.perms = i ? VMV_READ : VMV_READ | VMV_EXEC;
		add(&map, i, &region);
	}
	vmv_classify(&map);
	check_class(&map, 0, "exe");
	check_class(&map, MANY - 1, "exe");
	assert_int_equal(map.regions[MANY - 1].part, VMV_PART_RODATA);
	vmv_map_done(&map);
}

/* A core file can say of any number of threads that they are the first one. */
static void first_threads(void **state)
{
	struct vmv_region region = { .perms = VMV_READ | VMV_WRITE };
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	map.process.pid = map.process.tgid = 42;
	region.name = vmv_map_intern(&map, "", 0);
	map.threads = vmv_calloc(MANY, sizeof(*map.threads));
	for (size_t i = 0; i < MANY; i++) {
		add(&map, i, &region);
		map.threads[map.nthreads++] =
			(struct vmv_thread){ 42, 0x10000, VMV_UNKNOWN, VMV_UNKNOWN };
	}
	vmv_classify(&map);
	check_class(&map, 0, "stack");
	assert_int_equal(map.regions[0].evidence, VMV_BY_THREAD);
	check_class(&map, 1, "anon");
	vmv_map_done(&map);
}

static void files_that_are_elf(void **state)
{
	struct vmv_region region = { .perms = VMV_READ, .major = 8 };
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	region.name = vmv_map_intern(&map, "/some/file", 10);
	for (size_t i = 0; i < MANY; i++) {
		region.inode = i + 1;
		add(&map, i, &region);
		assert_null(vmv_map_elf(&map, &region));
		vmv_map_add_elf(&map, &(struct vmv_elf){ .major = 8, .inode = i + 1 });
	}
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(vmv_map_elf(&map, &map.regions[i])->inode, i + 1);
	vmv_classify(&map);
	check_class(&map, 0, "file");
	vmv_map_done(&map);
}

/* Names of equal length, so that comparing them is no cheaper than it has to be. */
static void counters_have_an_end(void **state)
{
	struct vmv_map map;
	char name[16];

	(void)state;
	vmv_map_init(&map);
	for (size_t i = 0; i < MANY; i++) {
		int len = snprintf(name, sizeof(name), "Name%06zu", i);

		assert_true(vmv_map_field(&map, name, (size_t)len, true) ==
			    (i < VMV_FIELDS_MAX ? i : SIZE_MAX));
	}
	assert_int_equal(map.nfields, VMV_FIELDS_MAX);
	vmv_map_done(&map);
}

/*
 * Where a hash is made of words, each multiplied, the highest bit of one word
 * and two of the next cancel each other: in each block, there is a choice.
 */
static void names_of_one_hash(void **state)
{
	enum { BLOCKS = 17, BLOCK = 16 };
	struct vmv_map map;
	char name[BLOCKS * BLOCK];

	(void)state;
	vmv_map_init(&map);
	for (size_t i = 0; i < 1 << BLOCKS; i++) {
		memset(name, 'a', sizeof(name));
		for (size_t b = 0; b < BLOCKS; b++) {
			char flip = (char)(i >> b & 1 ? 0x80 : 0);

			name[b * BLOCK + 7] ^= flip;
			name[b * BLOCK + 11] ^= flip;
			name[b * BLOCK + 15] ^= flip;
		}
		vmv_map_intern(&map, name, sizeof(name));
	}
	memset(name, 'a', sizeof(name));
	assert_ptr_equal(vmv_map_intern(&map, name, sizeof(name)),
			 vmv_map_intern(&map, name, sizeof(name)));
	vmv_map_done(&map);
}

/* Two maps that have nothing but the kind of their regions in common. */
static void another_run(void **state)
{
	struct vmv_region region = { .perms = VMV_READ };
	struct vmv_map before, after;
	struct vmv_diff diff;

	(void)state;
	vmv_map_init(&before);
	vmv_map_init(&after);
	for (size_t i = 0; i < MANY; i++) {
		region.name = vmv_map_intern(&before, "[stack]", 7);
		add(&before, i, &region);
		region.name = vmv_map_intern(&after, "[stack]", 7);
		add(&after, MANY + i, &region);
	}
	vmv_classify(&before);
	vmv_classify(&after);
	vmv_diff_build(&diff, &before, &after);
	assert_int_equal(diff.nchanges, MANY);
	assert_int_equal(diff.ndifferent, 0);
	vmv_diff_done(&diff);
	vmv_map_done(&before);
	vmv_map_done(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(regions_that_grow_down),
		cmocka_unit_test(pieces_of_one_file),
		cmocka_unit_test(first_threads),
		cmocka_unit_test(files_that_are_elf),
		cmocka_unit_test(counters_have_an_end),
		cmocka_unit_test(names_of_one_hash),
		cmocka_unit_test(another_run),
	};

	setrlimit(RLIMIT_CPU, &(struct rlimit){ 60, 60 });
	return cmocka_run_group_tests_name("scale", tests, NULL, NULL);
}
