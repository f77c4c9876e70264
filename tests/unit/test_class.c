/* test_class.c - what a region is, from its own line and its neighbours */
#include "unit.h"

#include "vmapview/class.h"

#include "source.h"
#include "truth.h"

static void table_is_well_formed(void **state)
{
	(void)state;
	assert_in_range(vmv_nclasses, 1, UINT8_MAX);
	for (size_t i = 0; i < vmv_nclasses; i++) {
		const struct vmv_class *c = &vmv_classes[i];

		assert_true(*c->name && *c->help);
		assert_non_null(c->match);
		assert_in_range(c->role, 0, VMV_ROLES - 1);
		assert_null(strchr(c->help, '\n'));
		assert_null(strpbrk(c->name, " ,=\t"));
		assert_int_equal(class_index(c->name), i); /* names are unique */
	}
	assert_null(vmv_parts[VMV_PART_NONE]);
	for (int p = VMV_PART_NONE + 1; p < VMV_PARTS; p++) {
		assert_true(vmv_parts[p] && *vmv_parts[p]);
		for (int q = VMV_PART_NONE + 1; q < p; q++)
			assert_string_not_equal(vmv_parts[p], vmv_parts[q]);
	}
}

/** struct single - a region without neighbours: one line, maybe its VmFlags */
struct single {
	const char *line, *class;
	enum vmv_evidence evidence;
};

/* clang-format off */
static const struct single singles[] = {
	/* the kernel's names */
	{ "1000-2000 r-xp 0 00:00 0 [vdso]", "kernel", VMV_BY_NAME },
	{ "1000-2000 r--p 0 00:00 0 [vvar]", "kernel", VMV_BY_NAME },
	{ "1000-2000 r--p 0 00:00 0 [vvar_vclock]", "kernel", VMV_BY_NAME },
	{ "1000-2000 --xp 0 00:00 0 [uprobes]", "kernel", VMV_BY_NAME },
	{ "1000-2000 r-xp 0 00:00 0 [sigpage]", "kernel", VMV_BY_NAME },
	{ "1000-2000 r-xp 0 00:00 0 [of_the_future]", "kernel", VMV_BY_NAME },
	{ "ffffffffff600000-ffffffffff601000 --xp 0 00:00 0 [vsyscall]", "kernel", VMV_BY_NAME },
	{ "1000-2000 rw-p 0 00:00 0 [heap]", "heap", VMV_BY_NAME },
	{ "1000-2000 rw-p 0 00:00 0 [stack]", "stack", VMV_BY_NAME },
	{ "1000-2000 rw-p 0 00:00 0 [stack:123]", "thread", VMV_BY_NAME }, /* Linux 3.4 to 4.4 */
	{ "1000-2000 rw-p 0 00:00 0 [anon:mine]", "named", VMV_BY_NAME },
	{ "1000-2000 rw-p 0 00:00 0 [anon: glibc: malloc]", "named", VMV_BY_NAME },
	{ "1000-2000 rw-p 0 00:00 0 [anon: glibc: malloc arena]", "arena", VMV_BY_NAME },
	{ "1000-2000 rw-p 0 00:00 0 [anon: glibc: pthread stack: 77]", "thread", VMV_BY_NAME },
	{ "1000-2000 rw-p 0 00:00 0 [anon: glibc: pthread user stack: 77]", "thread", VMV_BY_NAME },
	{ "1000-2000 rw-p 0 00:00 0 [anon:stack_and_tls:77]", "thread", VMV_BY_NAME }, /* Android */
	{ "1000-2000 rw-p 0 00:00 0 [anon:stack_and_tls:main]", "named", VMV_BY_NAME }, /* no stack */
	{ "1000-2000 rw-p 0 00:00 0 [anon:stack_and_tls:77x]", "named", VMV_BY_NAME },
	{ "1000-2000 ---p 0 00:00 0 [anon:thread stack guard]", "guard", VMV_BY_NAME },
	{ "1000-2000 rw-p 0 00:00 0 [anon:libc_malloc]", "named", VMV_BY_NAME },
	{ "1000-2000 rw-p 0 00:00 0 [anon:scudo:primary]", "named", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 00:01 9 [anon_shmem:mine]", "shared", VMV_BY_NAME },

	/* names and devices */
	{ "1000-2000 rw-s 0 00:01 9 /dev/zero (deleted)", "shared", VMV_BY_DEVICE },
	{ "1000-2000 rw-p 0 00:06 4 /dev/zero", "anon", VMV_BY_REST }, /* private: only its name */
	{ "1000-2000 rw-s 0 00:01 9 /memfd:x (deleted)", "memfd", VMV_BY_DEVICE },
	{ "1000-2000 rw-s 0 00:01 9 /memfd:a/b (deleted)", "memfd", VMV_BY_DEVICE },
	{ "1000-2000 rw-p 0 00:01 9 /memfd: (deleted)", "memfd", VMV_BY_DEVICE },
	{ "1000-2000 rw-s 0 08:01 9 /memfd:x (deleted)", "file", VMV_BY_NAME }, /* a real device */
	{ "1000-2000 rw-s 0 00:1b 9 /memfd:x (deleted)", "file", VMV_BY_NAME }, /* other tmpfs */
	{ "1000-2000 rw-s 0 00:0e 9 /secretmem (deleted)", "memfd", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 08:01 9 /secretmem (deleted)", "file", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 00:01 9 /SYSV00000000 (deleted)", "shm", VMV_BY_DEVICE },
	{ "1000-2000 rw-s 0 00:11 9 /SYSV0000a1b2 (deleted)", "shm", VMV_BY_DEVICE }, /* huge */
	{ "1000-2000 rw-s 0 08:01 9 /SYSV00000000 (deleted)", "file", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 00:1b 9 /SYSV00000000 (deleted)", "file", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 00:1b 9 /dev/shm/sem.x", "shm", VMV_BY_FILE },
	{ "1000-2000 rw-s 0 00:1b 9 /dev/shm/gone (deleted)", "shm", VMV_BY_FILE },
	{ "1000-2000 rw-p 0 00:11 9 /anon_hugepage (deleted)", "huge", VMV_BY_DEVICE },
	{ "1000-2000 rw-p 0 00:11 9 /anon_hugepage (deleted)\nVmFlags: rd wr ht ", "huge", VMV_BY_FLAGS },
	{ "1000-2000 rw-s 0 00:22 9 /mnt/huge/pool\nVmFlags: rd wr ht ", "huge", VMV_BY_FLAGS },
	{ "1000-2000 rw-p 0 08:01 9 /anon_hugepage (deleted)", "file", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 00:10 9 anon_inode:[io_uring]", "device", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 00:10 9 anon_inode:bpf-map", "device", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 00:09 9 socket:[9]", "device", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 00:0c 9 /dmabuf:", "device", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 00:13 9 /[aio] (deleted)", "device", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 08:01 9 /[aio] (deleted)", "file", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 00:06 9 /dev/dri/card0", "device", VMV_BY_FILE },
	{ "1000-2000 rw-s 0 00:06 9 /dev/fb0\nVmFlags: rd pf io ", "device", VMV_BY_FLAGS },
	{ "1000-2000 r--s 0 00:14 9 /sys/resource0\nVmFlags: rd io ", "device", VMV_BY_FLAGS },

	/* plain files, and what only looks special */
	{ "1000-2000 r--p 0 08:01 9 /etc/passwd", "file", VMV_BY_NAME },
	{ "1000-2000 rw-s 0 08:01 9 /data.db (deleted)", "file", VMV_BY_NAME },
	{ "1000-2000 r--p 0 08:01 9 /data.so", "file", VMV_BY_NAME }, /* no code in it */
	{ "1000-2000 r--p 0 08:01 9 /[heap]", "file", VMV_BY_NAME },
	{ "1000-2000 r--p 0 08:01 9 /[stack]", "file", VMV_BY_NAME },
	{ "1000-2000 ---p 0 08:01 9 /etc/passwd", "file", VMV_BY_NAME }, /* no guard */
	{ "1000-2000 r--p 0 08:01 9 /x/dev/shm/y", "file", VMV_BY_NAME },
	{ "1000-2000 r--p 0 00:00 0 /no/inode", "file", VMV_BY_NAME },
	{ "1000-2000 rwxp 0 00:00 0 /no/inode", "file", VMV_BY_NAME },

	/* code that no file backs */
	{ "1000-2000 rwxp 0 00:00 0 ", "jit", VMV_BY_PERMS },
	{ "1000-2000 r-xp 0 00:00 0 ", "jit", VMV_BY_PERMS },
	{ "1000-2000 rwxp 0 00:00 0 [anon:v8]", "jit", VMV_BY_PERMS },
	{ "1000-2000 r-xs 0 00:01 9 /memfd:doublemap (deleted)", "jit", VMV_BY_PERMS },
	{ "1000-2000 rwxs 0 00:01 9 /dev/zero (deleted)", "jit", VMV_BY_PERMS },
	{ "1000-2000 r-xs 0 00:0e 9 /secretmem (deleted)", "jit", VMV_BY_PERMS },
	{ "1000-2000 r-xs 0 08:01 9 /memfd:not (deleted)", "file", VMV_BY_NAME },

	/* the rest */
	{ "1000-2000 rw-p 0 00:00 0 ", "anon", VMV_BY_REST },
	{ "1000-2000 r--p 0 00:00 0 ", "anon", VMV_BY_REST },
	{ "10000000-20000000 ---p 0 00:00 0 ", "reserve", VMV_BY_PERMS },
	{ "1000-2000 ---p 0 00:00 0 ", "reserve", VMV_BY_PERMS }, /* beside nothing */
};
/* clang-format on */

static void a_region_tells_by_itself(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(singles); i++) {
		struct truth truth = { 0, singles[i].class, NULL, singles[i].evidence };
		struct vmv_map map;

		unit_map(&map, singles[i].line);
		map.shm_dev = 1;
		map.huge_dev = 0x11;
		map.process.entry = map.process.base = 0; /* no guess about the program */
		truth.address = map.regions[0].start;
		vmv_classify(&map);
		check_truth(&map, singles[i].line, &truth, 1);
		vmv_map_done(&map);
	}
}

/* A saved map of some other machine: any device without a number may be internal. */
static void foreign_maps_go_by_name(void **state)
{
	static const struct truth truth[] = {
		{ 0x1000, "memfd", NULL, VMV_BY_DEVICE },
		{ 0x3000, "shm", NULL, VMV_BY_DEVICE },
		{ 0x5000, "shared", NULL, VMV_BY_DEVICE },
		{ 0x7000, "file", NULL, VMV_BY_NAME },
	};
	struct vmv_map map;

	(void)state;
	unit_map(&map, "1000-2000 rw-s 0 00:0f 9 /memfd:x (deleted)\n"
		       "3000-4000 rw-s 0 00:05 9 /SYSV00000000 (deleted)\n"
		       "5000-6000 rw-s 0 00:05 10 /dev/zero (deleted)\n"
		       "7000-8000 rw-s 0 08:01 9 /SYSV00000000 (deleted)\n");
	vmv_classify(&map);
	check_truth(&map, "foreign", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

/** struct scene - regions that explain each other */
struct scene {
	const char *what, *text;
	struct truth truth[4];
};

/* clang-format off */
static const struct scene scenes[] = {
	{ "glibc arena", "7f0000000000-7f0000021000 rw-p 0 00:00 0\n"
			 "7f0000021000-7f0004000000 ---p 0 00:00 0\n",
	  { { 0x7f0000000000, "arena", NULL, VMV_BY_SHAPE },
	    { 0x7f0000021000, "reserve", NULL, VMV_BY_PERMS } } },
	{ "arena that says it is not reserved", "7f0000000000-7f0000021000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me nr \n"
			 "7f0000021000-7f0004000000 ---p 0 00:00 0\nVmFlags: mr mw me nr \n",
	  { { 0x7f0000000000, "arena", NULL, VMV_BY_SHAPE } } },
	{ "JVM metaspace: aligned, but accounted", "7f0000000000-7f0000021000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me ac \n"
			 "7f0000021000-7f0004000000 ---p 0 00:00 0\nVmFlags: mr mw me \n",
	  { { 0x7f0000000000, "anon", NULL, VMV_BY_REST } } },
	{ "arena full but for a page: not a guard", "7f0000000000-7f0003fff000 rw-p 0 00:00 0\n"
			 "7f0003fff000-7f0004000000 ---p 0 00:00 0\n",
	  { { 0x7f0000000000, "arena", NULL, VMV_BY_SHAPE },
	    { 0x7f0003fff000, "reserve", NULL, VMV_BY_PERMS } } },
	{ "arena whose tail joined the guard of a stack", "7f0000000000-7f0000021000 rw-p 0 00:00 0\n"
			 "7f0000021000-7f0004001000 ---p 0 00:00 0\n"
			 "7f0004001000-7f0004801000 rw-p 0 00:00 0\n",
	  { { 0x7f0000000000, "arena", NULL, VMV_BY_SHAPE } } },
	{ "a larger reservation", "7f0000000000-7f0000021000 rw-p 0 00:00 0\n"
			 "7f0000021000-7f0014000000 ---p 0 00:00 0\n",
	  { { 0x7f0000000000, "anon", NULL, VMV_BY_REST } } },
	{ "kept from children: V8 does", "7f0000000000-7f0000021000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me dc nr \n"
			 "7f0000021000-7f0004000000 ---p 0 00:00 0\nVmFlags: mr mw me dc nr \n",
	  { { 0x7f0000000000, "anon", NULL, VMV_BY_REST } } },
	{ "where Go begins on 64-bit Arm", "4000000000-4000400000 rw-p 0 00:00 0\n"
			 "4000400000-4004000000 ---p 0 00:00 0\n",
	  { { 0x4000000000, "anon", NULL, VMV_BY_REST } } },
	{ "not aligned", "7f0000001000-7f0000021000 rw-p 0 00:00 0\n"
			 "7f0000021000-7f0004001000 ---p 0 00:00 0\n",
	  { { 0x7f0000001000, "anon", NULL, VMV_BY_REST } } },
	{ "too little reserved", "7f0000000000-7f0000021000 rw-p 0 00:00 0\n"
			 "7f0000021000-7f0003fff000 ---p 0 00:00 0\n",
	  { { 0x7f0000000000, "anon", NULL, VMV_BY_REST } } },
	{ "a hole before the reservation", "7f0000000000-7f0000021000 rw-p 0 00:00 0\n"
			 "7f0000022000-7f0004000000 ---p 0 00:00 0\n",
	  { { 0x7f0000000000, "anon", NULL, VMV_BY_REST } } },

	{ "guard below", "1000-2000 ---p 0 00:00 0\n2000-3000 rw-p 0 00:00 0\n",
	  { { 0x1000, "guard", NULL, VMV_BY_SHAPE }, { 0x2000, "anon", NULL, VMV_BY_REST } } },
	{ "guard above", "1000-2000 rw-p 0 00:00 0\n2000-3000 ---p 0 00:00 0\n",
	  { { 0x2000, "guard", NULL, VMV_BY_SHAPE } } },
	{ "guard of 64 KiB", "10000-20000 ---p 0 00:00 0\n20000-30000 rw-p 0 00:00 0\n",
	  { { 0x10000, "guard", NULL, VMV_BY_SHAPE } } },
	{ "too large for a guard", "10000-21000 ---p 0 00:00 0\n21000-30000 rw-p 0 00:00 0\n",
	  { { 0x10000, "reserve", NULL, VMV_BY_PERMS } } },
	{ "apart by a page", "1000-2000 ---p 0 00:00 0\n3000-4000 rw-p 0 00:00 0\n",
	  { { 0x1000, "reserve", NULL, VMV_BY_PERMS } } },
	{ "beside what can't be written", "1000-2000 ---p 0 00:00 0\n2000-3000 r--p 0 00:00 0\n",
	  { { 0x1000, "reserve", NULL, VMV_BY_PERMS } } },
	{ "beside a file", "1000-2000 rw-p 0 08:01 7 /x\n2000-3000 ---p 0 00:00 0\n3000-4000 rw-s 0 08:01 7 /x\n",
	  { { 0x2000, "reserve", NULL, VMV_BY_PERMS } } },

	{ "stack cut by mprotect", "7ffc000-7ffd000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me gd ac \n"
			 "7ffd000-7ffe000 r--p 0 00:00 0\nVmFlags: rd mr mw me gd ac \n"
			 "7ffe000-7fff000 rw-p 0 00:00 0 [stack]\nVmFlags: rd wr mr mw me gd ac \n",
	  { { 0x7ffc000, "stack", NULL, VMV_BY_FLAGS }, { 0x7ffd000, "stack", NULL, VMV_BY_FLAGS },
	    { 0x7ffe000, "stack", NULL, VMV_BY_NAME } } },
	{ "stack cut by mprotect, flags not known", "7ffb000-7ffc000 rw-p 0 00:00 0\n7ffc000-7ffd000 ---p 0 00:00 0\n"
			 "7ffd000-7ffe000 rwxp 0 00:00 0\n7ffe000-7fff000 rw-p 0 00:00 0 [stack]\n",
	  { { 0x7ffb000, "stack", NULL, VMV_BY_SHAPE }, { 0x7ffc000, "guard", NULL, VMV_BY_SHAPE },
	    { 0x7ffd000, "stack", NULL, VMV_BY_SHAPE }, { 0x7ffe000, "stack", NULL, VMV_BY_NAME } } },
	{ "apart from the stack, flags not known", "7ffc000-7ffd000 rw-p 0 00:00 0\n"
			 "7ffe000-7fff000 rw-p 0 00:00 0 [stack]\n",
	  { { 0x7ffc000, "anon", NULL, VMV_BY_REST } } },
	{ "a library by its name, without a program", "10000-11000 r-xp 0 08:01 7 /x.so\n"
			 "20000-21000 r-xp 0 08:01 8 /y.so.1\n",
	  { { 0x10000, "lib", "text", VMV_BY_PERMS }, { 0x20000, "lib", "text", VMV_BY_PERMS } } },
	{ "a program that has the name of a library", "10000-11000 r-xp 0 08:01 7 /x.so\n"
			 "12000-13000 rw-p 0 00:00 0 [heap]\n20000-21000 r-xp 0 08:01 8 /y.so.1\n",
	  { { 0x10000, "exe", "text", VMV_BY_SHAPE }, { 0x20000, "lib", "text", VMV_BY_PERMS } } },
	{ "a file below the stack", "7ffd000-7ffe000 r-xp 0 08:01 7 /x\n"
			 "7ffe000-7fff000 rw-p 0 00:00 0 [stack]\n",
	  { { 0x7ffd000, "exe", "text", VMV_BY_SHAPE } } },
	{ "grows down, but apart", "7ffc000-7ffd000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me gd ac \n"
			 "7ffe000-7fff000 rw-p 0 00:00 0 [stack]\nVmFlags: rd wr mr mw me gd ac \n",
	  { { 0x7ffc000, "anon", NULL, VMV_BY_REST } } },
	{ "below the stack, but not of it", "7ffd000-7ffe000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me ac \n"
			 "7ffe000-7fff000 rw-p 0 00:00 0 [stack]\nVmFlags: rd wr mr mw me gd ac \n",
	  { { 0x7ffd000, "anon", NULL, VMV_BY_REST } } },
	{ "one between does not grow down", "7ffc000-7ffd000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me gd ac \n"
			 "7ffd000-7ffe000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me ac \n"
			 "7ffe000-7fff000 rw-p 0 00:00 0 [stack]\nVmFlags: rd wr mr mw me gd ac \n",
	  { { 0x7ffc000, "anon", NULL, VMV_BY_REST } } },
};
/* clang-format on */

static void neighbours_tell(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(scenes); i++) {
		const struct scene *s = &scenes[i];
		struct vmv_map map;
		size_t n = 0;

		while (n < ARRAY_SIZE(s->truth) && s->truth[n].class)
			n++;
		unit_map(&map, s->text);
		vmv_classify(&map);
		check_truth(&map, s->what, s->truth, n);
		vmv_map_done(&map);
	}
}

static void the_main_stack_may_have_no_name(void **state)
{
	static const struct truth truth[] = {
		{ 0x7000, "stack", NULL, VMV_BY_AUXV },
		{ 0x9000, "anon", NULL, VMV_BY_REST },
	};
	struct vmv_map map;

	(void)state;
	unit_map(&map, "7000-9000 rw-p 0 00:00 0\n9000-a000 rw-p 0 00:00 0\n");
	map.process.stack_start = 0x8ff0;
	vmv_classify(&map);
	check_truth(&map, "stack", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

/* What is in the memory counts, whatever it looks like; only where nobody could look, its shape. */
static void what_is_in_a_heap_is_the_truth(void **state)
{
	static const char text[] = "7f0000000000-7f0000021000 rw-p 0 00:00 0\n"
				   "7f0000021000-7f0014000000 ---p 0 00:00 0\n"
				   "7f1000000000-7f1000021000 rw-p 0 00:00 0\n"
				   "7f1000021000-7f1004000000 ---p 0 00:00 0\n"
				   "7f2000000000-7f2000021000 rw-p 0 00:00 0\n"
				   "7f2000021000-7f2004000000 ---p 0 00:00 0\n"
				   "7f3000000000-7f3004000000 rw-p 0 00:00 0\n";
	static const struct truth truth[] = {
		{ 0x7f0000000000, "arena", NULL, VMV_BY_CONTENT },
		{ 0x7f1000000000, "anon", NULL, VMV_BY_REST },
		{ 0x7f2000000000, "arena", NULL, VMV_BY_SHAPE },
		{ 0x7f3000000000, "arena", NULL, VMV_BY_CONTENT }, /* full */
	};
	const struct vmv_heap heaps[] = { { 0x7f0000000000, true },
					  { 0x7f1000000000, false },
					  { 0x7f3000000000, true } };
	struct vmv_map map;

	(void)state;
	unit_map(&map, text);
	map.heaps = vmv_calloc(ARRAY_SIZE(heaps), sizeof(*heaps));
	memcpy(map.heaps, heaps, sizeof(heaps));
	map.nheaps = ARRAY_SIZE(heaps);
	vmv_classify(&map);
	check_truth(&map, "heaps", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

/** struct found - a region of a file in tests/fixtures/cases
 *  @tid: of its thread
 *  @why: what its explanation has to say, or NULL */
struct found {
	const char *file;
	struct truth truth;
	int tid;
	const char *why;
};

/* clang-format off */
static const struct found founds[] = {
	{ "go.maps", { 0xc000000000, "anon", NULL, VMV_BY_REST }, 0, NULL },
	{ "go.maps", { 0x402000, "exe", "text", VMV_BY_SHAPE }, 0, NULL },
	{ "wasm-memory.smaps", { 0x7f3a00000000, "anon", NULL, VMV_BY_REST }, 0, NULL },
	{ "wasm-memory.smaps", { 0x7f3a00650000, "reserve", NULL, VMV_BY_PERMS }, 0, NULL },
	{ "old-ld.so.maps", { 0x400000, "exe", "text", VMV_BY_SHAPE }, 0, NULL },
	{ "old-ld.so.maps", { 0x600000, "exe", "relro", VMV_BY_SHAPE }, 0, NULL },
	{ "old-ld.so.maps", { 0x601000, "exe", "data", VMV_BY_SHAPE }, 0, NULL },
	{ "old-ld.so.maps", { 0x7f1ad290c000, "lib", "relro", VMV_BY_PERMS }, 0, NULL },
	{ "old-ld.so.maps", { 0x7f1ad2912000, "lib", "bss", VMV_BY_SHAPE }, 0, "may be its variables" },
	{ "old-ld.so.maps", { 0x7f1ad2916000, "ld.so", "text", VMV_BY_FILE }, 0, NULL },
	{ "old-ld.so.maps", { 0x7f1ad2b1f000, "anon", NULL, VMV_BY_REST }, 0, NULL }, /* in its hole */
	{ "old-ld.so.maps", { 0x7f1ad2b38000, "anon", NULL, VMV_BY_REST }, 0, NULL },
	{ "old-ld.so.maps", { 0x7f1ad2b3b000, "ld.so", "relro", VMV_BY_FILE }, 0, NULL },
	{ "old-ld.so.maps", { 0x7f1ad2b3c000, "ld.so", "data", VMV_BY_FILE }, 0, NULL },
	{ "old-ld.so.maps", { 0x7f1ad2b3d000, "ld.so", "bss", VMV_BY_SHAPE }, 0, NULL },
	{ "android.maps", { 0x70200000, "lib", "text", VMV_BY_PERMS }, 0, NULL },
	{ "android.maps", { 0x5a11c01000, "exe", "text", VMV_BY_SHAPE }, 0, NULL },
	{ "android.maps", { 0x7b50000000, "thread", NULL, VMV_BY_NAME }, 4711, "4711" },
	{ "android.maps", { 0x7b30000000, "named", NULL, VMV_BY_NAME }, 0, NULL },
	{ "android.maps", { 0x7b40000000, "named", NULL, VMV_BY_NAME }, 0, NULL },
	{ "tombstone.txt", { 0x7a3e000000, "lib", "text", VMV_BY_PERMS }, 0, NULL },
	{ "path-without-inode.maps", { 0x7f3b10000000, "file", NULL, VMV_BY_NAME }, 0, NULL },
	{ "unknown-bracket.maps", { 0x7f3b10000000, "kernel", NULL, VMV_BY_NAME }, 0,
	  "a name this version does not know" },
};
/* clang-format on */

static void maps_of_other_systems_are_no_puzzle(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(founds); i++) {
		const struct found *f = &founds[i];
		char path[128], why[512];
		const struct vmv_region *r;
		struct vmv_error err;
		struct vmv_map map;

		snprintf(path, sizeof(path), "cases/%s", f->file);
		assert_int_equal(load_fixture(&map, path, "", &err), 0);
		check_truth(&map, f->file, &f->truth, 1);
		r = vmv_map_at(&map, f->truth.address);
		assert_int_equal(r->tid, f->tid);
		vmv_explain(r, why, sizeof(why));
		if (f->why && !strstr(why, f->why))
			fail_msg("%s: %s", f->file, why);
		vmv_map_done(&map);
	}
}

static void an_object_is_a_file_also_without_an_inode(void **state)
{
	struct vmv_error err;
	struct vmv_map map;

	(void)state;
	load_fixture(&map, "cases/path-without-inode.maps", "", &err);
	assert_string_equal(vmv_map_at(&map, 0x7f3b10000000)->object, "/tmp/foo");
	vmv_map_done(&map);
}

/* Since Linux 6.13 two regions of the vdso's data are below it; a core file names neither. */
static void the_data_of_the_vdso_may_be_two(void **state)
{
	static const struct truth truth[] = {
		{ 0x5000, "anon", NULL, VMV_BY_REST },
		{ 0x6000, "kernel", NULL, VMV_BY_SHAPE },
		{ 0x8000, "kernel", NULL, VMV_BY_SHAPE },
		{ 0x9000, "kernel", NULL, VMV_BY_AUXV },
	};
	struct vmv_map map;

	(void)state;
	unit_map(&map, "5000-6000 r--p 0 00:00 0\n6000-8000 r--p 0 00:00 0\n"
		       "8000-9000 r--p 0 00:00 0\n9000-a000 r-xp 0 00:00 0\n");
	map.process.vdso = 0x9000;
	vmv_classify(&map);
	check_truth(&map, "vvar_vclock", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_well_formed),
		cmocka_unit_test(a_region_tells_by_itself),
		cmocka_unit_test(foreign_maps_go_by_name),
		cmocka_unit_test(neighbours_tell),
		cmocka_unit_test(the_main_stack_may_have_no_name),
		cmocka_unit_test(the_data_of_the_vdso_may_be_two),
		cmocka_unit_test(what_is_in_a_heap_is_the_truth),
		cmocka_unit_test(maps_of_other_systems_are_no_puzzle),
		cmocka_unit_test(an_object_is_a_file_also_without_an_inode),
	};

	return cmocka_run_group_tests_name("class", tests, NULL, NULL);
}
