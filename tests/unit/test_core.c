/* test_core.c - core files of several machines, and ones that lie */
#include "maker.h"
#include "source.h"
#include "truth.h"

#include "vmapview/column.h"

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
	check_lie(m, "has no memory in it");
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

/* What is whole of a list that is cut is kept, and the segments are in the headers. */
static void notes_that_are_whole_are_kept(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));
	struct vmv_error err;
	struct vmv_map map;

	(void)state;
	make(m, &machines[0], PAGE);
	for (size_t at = PAGE; at < m->len; at++)
		if (!memcmp(m->bytes + at, "/bin/prog", 9)) /* within NT_FILE */
			m->len = at;
	assert_int_equal(load_core(&map, m, &err), -EINVAL);
	assert_non_null(strstr(err.text, "notes are cut short"));
	assert_true(map.torn);
	assert_int_equal(map.nregions, 7);
	assert_int_equal(map.process.tgid, 77);
	assert_int_equal(map.process.entry, TEXT + 16);
	assert_int_equal(map.nthreads, 1); /* the second is behind the cut */
	assert_string_equal(class_at(&map, STACK), "stack");
	vmv_map_done(&map);
	free(m);
}

/** struct writer - who else writes core files; @regions: whether its segments are a process's */
static const struct writer {
	const char *note, *message;
	bool regions;
} writers[] = {
	{ "VMCOREINFO", "VMCOREINFO", false }, { "QEMU", "virtual machine (QEMU)", false },
	{ "NetBSD-CORE", "of NetBSD", true },  { "NetBSD-CORE@1", "of NetBSD", true },
	{ "FreeBSD", "of FreeBSD", true },     { "OpenBSD", "of OpenBSD", true },
	{ "CUSTOM", "bare metal", true },
};

static void other_systems_are_named(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(writers); i++) {
		struct vmv_error err;
		struct vmv_map map;

		begin(m, EM_X86_64, true, false);
		note_of(m, writers[i].note, 1, 4);
		append(m, 0, 4);
		if (!writers[i].regions) /* a processor's registers look like a thread's */
			thread(m, 1, 19, STACK);
		end_notes(m);
		load(m, DATA, DATA + PAGE, PF_R | PF_W);
		assert_int_equal(load_core(&map, m, &err), -EINVAL);
		if (!strstr(err.text, writers[i].message))
			fail_msg("%s: %s", writers[i].note, err.text);
		assert_int_equal(map.nregions, writers[i].regions);
		vmv_map_done(&map);
	}
	free(m);
}

static const char *marks_at(const struct vmv_map *map, uint64_t address)
{
	static char text[64];

	vmv_marks_text(map, vmv_map_at(map, address), text, sizeof(text));
	return text;
}

static void make_signal(struct maker *m, const struct machine *of, unsigned number, unsigned code)
{
	size_t registers = 16 + 2 * (of->wide ? 8 : 4) + 16 + 8 * (of->wide ? 8 : 4), at;

	begin(m, of->machine, of->wide, of->big);
	thread(m, 77, of->sp, STACK + 0x1000);
	at = m->len - registers - 40 * word(m);
	put(m, at, number, 4);
	put(m, at + registers + of->pc * word(m), TEXT + 8, word(m));
	siginfo(m, number, code, DATA + 8);
	thread(m, 78, of->sp, STACK + 0x1100);
	end_notes(m);
	load(m, TEXT, TEXT + PAGE, PF_R | PF_X);
	load(m, DATA, DATA + PAGE, PF_R | PF_W);
	load(m, STACK, STACK + 0x2000, PF_R | PF_W);
}

static void addresses_mark_their_regions(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(machines); i++) {
		struct vmv_value value;
		struct vmv_error err;
		struct vmv_map map;

		make_signal(m, &machines[i], 11, 2);
		assert_int_equal(load_core(&map, m, &err), 0);
		assert_int_equal(map.process.signal, 11);
		assert_int_equal(map.process.fault, DATA + 8);
		assert_string_equal(marks_at(&map, TEXT), "pc:77");
		assert_string_equal(marks_at(&map, DATA), "fault");
		assert_string_equal(marks_at(&map, STACK), "sp:77 sp:78");
		vmv_region_get(vmv_column_find(&vmv_kind_regions, "why", 3), &map,
			       vmv_map_at(&map, DATA), &value);
		assert_non_null(strstr(value.text, "signal 11 is at 20008"));
		vmv_map_done(&map);
	}
	free(m);
}

/* A signal that somebody sent is about no address, nor is one that is about something else. */
static void not_every_signal_is_a_fault(void **state)
{
	static const struct {
		unsigned number, code;
	} sent[] = { { 11, 0 }, { 11, (unsigned)-6 }, { 11, 0x80 }, { 6, 1 }, { 17, 1 } };
	struct maker *m = vmv_calloc(1, sizeof(*m));

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sent); i++) {
		struct vmv_error err;
		struct vmv_map map;

		make_signal(m, &machines[0], sent[i].number, sent[i].code);
		assert_int_equal(load_core(&map, m, &err), 0);
		assert_int_equal(map.process.signal, sent[i].number);
		assert_true(map.process.fault == VMV_UNKNOWN);
		assert_string_equal(marks_at(&map, DATA), "");
		vmv_map_done(&map);
	}
	free(m);
}

/* What of a region the file holds: also of one that a file's end cuts, and of a file that is cut.
 */
static void what_the_file_holds_is_counted(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));
	struct vmv_error err;
	struct vmv_map map;

	(void)state;
	begin(m, EM_X86_64, true, false);
	files(m, TEXT, DATA, PAGE);
	end_notes(m);
	load(m, TEXT, TEXT + PAGE, PF_R | PF_X);
	m->len = 5 * PAGE;
	header(m, PT_LOAD, PF_R | PF_W,
	       (uint64_t[]){ 2 * PAGE, DATA, 0, PAGE + PAGE / 2, 3 * PAGE });
	header(m, PT_LOAD, PF_R, (uint64_t[]){ 4 * PAGE, STACK, 0, 2 * PAGE, 2 * PAGE });
	assert_int_equal(load_core(&map, m, &err), -EINVAL);
	assert_non_null(strstr(err.text, "cut short"));
	assert_true(map.has_dumped);
	assert_int_equal(vmv_map_at(&map, TEXT)->dumped, 0);
	assert_int_equal(vmv_map_at(&map, DATA)->dumped, PAGE);
	assert_int_equal(vmv_map_at(&map, DATA + PAGE)->dumped, PAGE / 2);
	assert_int_equal(vmv_map_at(&map, STACK)->dumped, PAGE);
	vmv_map_done(&map);
	free(m);
}

/* No list of files: what is dumped and what the kernel told the program tell. */
static void images_are_found_without_names(void **state)
{
	static const struct truth truth[] = {
		{ TEXT, "exe", "text", VMV_BY_AUXV },
		{ DATA, "exe", "data", VMV_BY_AUXV },
		{ DATA + PAGE, "exe", "bss", VMV_BY_AUXV },
		{ LINKER, "ld.so", "text", VMV_BY_AUXV },
		{ LINKER + 2 * PAGE, "ld.so", "data", VMV_BY_AUXV },
		{ LIBRARY, "lib", "rodata", VMV_BY_SHAPE },
		{ LIBRARY + PAGE, "lib", "text", VMV_BY_SHAPE },
		{ LIBRARY + 2 * PAGE, "lib", "data", VMV_BY_SHAPE },
		{ CODE, "jit", NULL, VMV_BY_PERMS },
		{ VDSO, "kernel", NULL, VMV_BY_AUXV },
	};
	struct maker *m = vmv_calloc(1, sizeof(*m));

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(machines); i++) {
		struct vmv_error err;
		struct vmv_map map;

		make_unnamed(m, &machines[i]);
		if (load_core(&map, m, &err) != 0)
			fail_msg("machine %u: %s", machines[i].machine, err.text);
		check_truth(&map, "unnamed", truth, ARRAY_SIZE(truth));
		assert_string_equal(vmv_map_at(&map, TEXT)->name, "build-id:abcd");
		assert_string_equal(vmv_map_at(&map, DATA)->name, "build-id:abcd");
		assert_int_equal(vmv_map_at(&map, DATA)->offset, PAGE);
		assert_string_equal(vmv_map_at(&map, LIBRARY)->object, "unnamed:620000");
		vmv_map_done(&map);
	}
	free(m);
}

/* Make the last segment hold a whole page of 64 KiB. */
static void enlarge(struct maker *m)
{
	enum { LARGE = 65536 };
	size_t header = 64 + (m->nheaders - 1) * 56u;

	put(m, header + 32, LARGE, 8);
	put(m, header + 40, LARGE, 8);
	m->len += LARGE - PAGE;
}

/* There, what headers say about a part of a page goes for all of it. */
static void pages_may_be_larger_than_ours(void **state)
{
	static const struct truth truth[] = {
		{ TEXT, "exe", "text", VMV_BY_AUXV },
		{ DATA, "exe", "data", VMV_BY_AUXV },
		{ HEAP, "heap", NULL, VMV_BY_SHAPE },
		{ LINKER, "ld.so", "text", VMV_BY_AUXV },
		{ LINKER + 0x20000, "ld.so", "data", VMV_BY_AUXV },
	};
	struct maker *m = vmv_calloc(1, sizeof(*m));
	struct vmv_error err;
	struct vmv_map map;

	(void)state;
	begin(m, EM_AARCH64, true, false);
	process(m, 77);
	auxv(m,
	     (uint64_t[]){ AT_ENTRY, TEXT + 16, AT_PHDR, TEXT + 64, AT_BASE, LINKER, AT_NULL, 0 },
	     8);
	end_notes(m);
	dump_image(m, TEXT, DATA + 0x100);
	enlarge(m);
	load(m, DATA, DATA + 0x10000, PF_R | PF_W);
	load(m, HEAP, HEAP + 0x10000, PF_R | PF_W);
	dump_image(m, LINKER, LINKER + 0x20100);
	enlarge(m);
	load(m, LINKER + 0x20000, LINKER + 0x30000, PF_R | PF_W);
	if (load_core(&map, m, &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(map.nregions, ARRAY_SIZE(truth));
	check_truth(&map, "pages of 64 KiB", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
	free(m);
}

/* Where the kernel dumped the first page of ELF files, a file without it is no program. */
static void a_first_page_may_be_larger_than_ours(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));
	struct vmv_error err;
	struct vmv_map map;

	(void)state;
	begin(m, EM_AARCH64, true, false);
	process(m, 77);
	files(m, TEXT, DATA, PAGE);
	end_notes(m);
	load(m, TEXT, TEXT + 0x10000, PF_R | PF_X);
	dump_image(m, LINKER, LINKER + 0x20000);
	enlarge(m);
	put(m, 64 + (m->nheaders - 1) * 56u + 40, 0x20000, 8);
	assert_int_equal(load_core(&map, m, &err), 0);
	assert_string_equal(class_at(&map, TEXT), "file");
	vmv_map_done(&map);
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
		make_unnamed(m, &machines[i]);
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
		cmocka_unit_test(notes_that_are_whole_are_kept),
		cmocka_unit_test(other_systems_are_named),
		cmocka_unit_test(addresses_mark_their_regions),
		cmocka_unit_test(not_every_signal_is_a_fault),
		cmocka_unit_test(what_the_file_holds_is_counted),
		cmocka_unit_test(images_are_found_without_names),
		cmocka_unit_test(pages_may_be_larger_than_ours),
		cmocka_unit_test(a_first_page_may_be_larger_than_ours),
		cmocka_unit_test(names_that_are_no_files),
		cmocka_unit_test(damaged_cores_are_no_danger),
	};

	return cmocka_run_group_tests_name("core", tests, NULL, NULL);
}
