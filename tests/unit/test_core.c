/* test_core.c - core files of several machines, and ones that lie */
#include "maker.h"
#include "source.h"

#include <errno.h>

static int load_core(struct vmv_map *map, const struct maker *m, struct vmv_error *err)
{
	int rc = load_bytes(map, m->bytes, m->len, "", err);

	check_sound(map, rc, err);
	return rc;
}

static void machines_have_their_own_layouts(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(machines); i++) {
		struct vmv_error err;
		struct vmv_map map;

		make(m, &machines[i], PAGE);
		if (load_core(&map, m, &err) != 0)
			fail_msg("machine %u: %s", machines[i].machine, err.text);
		assert_int_equal(map.nregions, 7);
		assert_int_equal(map.process.tgid, 77);
		assert_string_equal(map.process.name, "prog");
		assert_string_equal(map.process.command, "./prog -x");
		assert_int_equal(map.process.entry, TEXT + 16);
		assert_int_equal(map.process.base, 0);
		assert_int_equal(map.nthreads, 2);
		assert_int_equal(map.threads[1].tid, 78);
		assert_int_equal(map.threads[1].sp, 0x501000);
		assert_string_equal(map.regions[1].name, "/bin/prog");
		assert_int_equal(map.regions[1].offset, PAGE);
		assert_int_equal(map.regions[1].perms, VMV_READ | VMV_WRITE | VMV_SHARING_UNKNOWN);
		assert_string_equal(class_at(&map, TEXT), "exe");
		assert_string_equal(class_at(&map, DATA), "exe");
		assert_string_equal(class_at(&map, HEAP), "heap");
		assert_int_equal(vmv_map_at(&map, HEAP)->evidence, VMV_BY_SHAPE);
		assert_string_equal(class_at(&map, 0x4ff000), "guard");
		assert_string_equal(class_at(&map, 0x500000), "thread");
		assert_int_equal(vmv_map_at(&map, 0x500000)->tid, 78);
		assert_string_equal(class_at(&map, STACK), "stack");
		assert_string_equal(class_at(&map, VDSO), "kernel");
		assert_int_equal(map.nfields, 0);
		vmv_map_done(&map);
	}
	free(m);
}

/* gcore counts offsets in bytes and leaves out what is as in the file. */
static void what_only_the_file_list_has_is_there(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));
	struct vmv_error err;
	struct vmv_map map;

	(void)state;
	begin(m, EM_X86_64, true, false);
	files(m, TEXT, DATA, 1);
	end_notes(m);
	load(m, DATA, DATA + PAGE, PF_R | PF_W);
	load(m, DATA + 2 * PAGE, DATA + 3 * PAGE, PF_R);
	assert_int_equal(load_core(&map, m, &err), 0);
	assert_int_equal(map.nregions, 3);
	assert_int_equal(map.regions[0].start, TEXT);
	assert_int_equal(map.regions[0].perms, VMV_ACCESS_UNKNOWN | VMV_SHARING_UNKNOWN);
	assert_int_equal(map.regions[1].offset, PAGE);
	assert_int_equal(map.regions[1].perms, VMV_READ | VMV_WRITE | VMV_SHARING_UNKNOWN);
	/* It says so of what has no access, too. */
	assert_int_equal(map.regions[2].perms, VMV_ACCESS_UNKNOWN | VMV_SHARING_UNKNOWN);
	vmv_map_done(&map);
	free(m);
}

static void segments_and_files_may_cut_each_other(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));
	struct vmv_error err;
	struct vmv_map map;

	(void)state;
	begin(m, EM_X86_64, true, false);
	files(m, TEXT, DATA, PAGE);
	end_notes(m);
	load(m, TEXT - PAGE, TEXT + PAGE / 2, PF_R);
	load(m, DATA + PAGE / 2, DATA + 2 * PAGE, PF_R | PF_W);
	assert_int_equal(load_core(&map, m, &err), 0);
	assert_int_equal(map.nregions, 6);
	assert_int_equal(map.regions[0].inode, 0);
	assert_string_equal(map.regions[1].name, "/bin/prog");
	assert_int_equal(map.regions[1].end, TEXT + PAGE / 2);
	assert_int_equal(map.regions[2].offset, PAGE / 2);
	assert_int_equal(map.regions[4].offset, PAGE + PAGE / 2);
	assert_int_equal(map.regions[5].inode, 0);
	vmv_map_done(&map);
	free(m);
}

static void check_lie(const struct maker *m, const char *text)
{
	struct vmv_error err;
	struct vmv_map map;

	assert_int_equal(load_core(&map, m, &err), -EINVAL);
	if (!strstr(err.text, text))
		fail_msg("%s, not: %s", err.text, text);
	vmv_map_done(&map);
}

static void lies_are_told(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));
	size_t count;

	(void)state;
	begin(m, EM_X86_64, true, false);
	end_notes(m);
	check_lie(m, "tells of no memory");
	load(m, 0xfffffffffffff000, 0xfffffffffffff000 + 0x2000, PF_R);
	check_lie(m, "beyond the end of memory");

	make(m, &machines[0], PAGE);
	load(m, TEXT + 16, TEXT + 32, PF_R);
	check_lie(m, "segments overlap");

	make(m, &machines[0], PAGE);
	header(m, PT_LOAD, PF_R, (uint64_t[]){ PAGE, 0x900000, 0, ROOM, ROOM });
	check_lie(m, "cut short");

	make(m, &machines[0], PAGE);
	header(m, PT_NOTE, 0, (uint64_t[]){ UINT64_MAX - 8, 0, 0, 64, 0 });
	check_lie(m, "its notes");

	begin(m, EM_X86_64, true, false);
	count = m->len + 20; /* where NT_FILE has it */
	files(m, TEXT, DATA, PAGE);
	end_notes(m);
	put(m, count, UINT64_MAX / 3, 8);
	check_lie(m, "list of files is cut short");
	put(m, count, 3, 8);
	check_lie(m, "list of files is cut short");
	put(m, count, 2, 8);
	put(m, count + 8, UINT64_MAX, 8);
	check_lie(m, "list of files");
	free(m);
}

/* Each segment of notes makes the next one slower to find. */
static void segments_of_notes_are_few(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));

	(void)state;
	begin(m, EM_X86_64, true, false);
	m->len = ROOM;
	load(m, TEXT, DATA, PF_R);
	for (unsigned i = 0; i < 300; i++)
		header(m, PT_NOTE, 0, (uint64_t[]){ ROOM / 2 + i, 0, 0, 16, 0 });
	check_lie(m, "its notes are not in the file, or too long");
	free(m);
}

/* Headers may point to the same notes any number of times; all would be kept. */
static void notes_have_an_end(void **state)
{
	enum { NOTES = 40 << 20 };
	struct maker *m = vmv_calloc(1, sizeof(*m));
	char spec[32];
	int fd;

	(void)state;
	make(m, &machines[0], PAGE);
	for (unsigned headers = 1; headers <= 2; headers++) {
		struct vmv_error err = { 0 };
		struct vmv_map map;
		int rc;

		header(m, PT_NOTE, 0, (uint64_t[]){ ROOM, 0, 0, NOTES, 0 });
		fd = unit_file(m->bytes, m->len);
		assert_int_equal(ftruncate(fd, ROOM + NOTES), 0);
		snprintf(spec, sizeof(spec), "/proc/self/fd/%d", fd);
		rc = vmv_source_load(spec, NULL, VMV_NEED_CLASS, &map, NULL, &err);
		check_sound(&map, rc, &err);
		assert_int_equal(map.nregions, 7);
		assert_int_equal(rc, headers == 1 ? 0 : -EINVAL);
		assert_true(rc == 0 || strstr(err.text, "too long"));
		vmv_map_done(&map);
		close(fd);
	}
	free(m);
}

/* The kernel's file names are paths; a name that is none makes no file. */
static void names_that_are_no_files(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));
	struct vmv_error err;
	struct vmv_map map;
	size_t name;

	(void)state;
	begin(m, EM_X86_64, true, false);
	files(m, TEXT, DATA, PAGE);
	name = m->len - 2 * sizeof("/bin/prog");
	m->bytes[name] = '[';
	m->bytes[name + sizeof("/bin/prog")] = '\0';
	end_notes(m);
	load_core(&map, m, &err);
	assert_int_equal(map.nregions, 2);
	assert_string_equal(map.regions[0].name, "[bin/prog");
	assert_int_equal(map.regions[0].inode | map.regions[1].inode, 0);
	assert_string_equal(map.regions[1].name, "");
	vmv_map_done(&map);
	free(m);
}

static void damaged_cores_are_no_danger(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(machines); i++) {
		make(m, &machines[i], PAGE);
		damage((char *)m->bytes, m->len, 3000);
	}
	free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machines_have_their_own_layouts),
		cmocka_unit_test(what_only_the_file_list_has_is_there),
		cmocka_unit_test(segments_and_files_may_cut_each_other),
		cmocka_unit_test(lies_are_told),
		cmocka_unit_test(segments_of_notes_are_few),
		cmocka_unit_test(notes_have_an_end),
		cmocka_unit_test(names_that_are_no_files),
		cmocka_unit_test(damaged_cores_are_no_danger),
	};

	return cmocka_run_group_tests_name("core", tests, NULL, NULL);
}
