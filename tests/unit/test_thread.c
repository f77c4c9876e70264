/* test_thread.c - stacks of threads, proved and by their looks */
#include "unit.h"

#include "vmapview/class.h"

#include "truth.h"

enum { MAIN = 100, ONE = 101, TWO = 102 };

static void add_thread(struct vmv_map *map, int32_t tid, uint64_t sp, uint64_t stack)
{
	map->threads =
		vmv_grow(map->threads, map->nthreads, &map->threads_room, sizeof(*map->threads));
	map->threads[map->nthreads++] = (struct vmv_thread){ tid, sp, stack, VMV_UNKNOWN };
}

static const char stack_text[] = "7f0000001000-7f0000002000 ---p 0 00:00 0\n"
				 "7f0000002000-7f0000802000 rw-p 0 00:00 0\n";

/* clang-format off */
/** struct shape - a region that may be a stack, with nothing known of the threads */
static const struct shape {
	const char *what, *text;
	struct truth truth;
} shapes[] = {
	{ "as glibc maps it", stack_text, { 0x7f0000002000, "thread", NULL, VMV_BY_SHAPE } },
	{ "its guard", stack_text, { 0x7f0000001000, "guard", NULL, VMV_BY_SHAPE } },
	{ "with MAP_STACK, Linux 6.7", "1000-2000 ---p 0 00:00 0\nVmFlags: mr mw me nh \n"
				       "2000-82000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me ac nh \n",
	  { 0x2000, "thread", NULL, VMV_BY_SHAPE } },
	{ "without MAP_STACK", "1000-2000 ---p 0 00:00 0\nVmFlags: mr mw me \n"
			       "2000-82000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me ac \n",
	  { 0x2000, "anon", NULL, VMV_BY_REST } },
	{ "the least", "1000-2000 ---p 0 00:00 0\n2000-6000 rw-p 0 00:00 0\n",
	  { 0x2000, "thread", NULL, VMV_BY_SHAPE } },
	{ "less than PTHREAD_STACK_MIN", "1000-2000 ---p 0 00:00 0\n2000-5000 rw-p 0 00:00 0\n",
	  { 0x2000, "anon", NULL, VMV_BY_REST } },
	{ "larger than stacks are made", "1000-2000 ---p 0 00:00 0\n2000-4003000 rw-p 0 00:00 0\n",
	  { 0x2000, "anon", NULL, VMV_BY_REST } },
	{ "without a guard", "2000-82000 rw-p 0 00:00 0\n", { 0x2000, "anon", NULL, VMV_BY_REST } },
	{ "guard too large", "1000-12000 ---p 0 00:00 0\n12000-82000 rw-p 0 00:00 0\n",
	  { 0x12000, "anon", NULL, VMV_BY_REST } },
	{ "guard apart", "1000-2000 ---p 0 00:00 0\n3000-82000 rw-p 0 00:00 0\n",
	  { 0x3000, "anon", NULL, VMV_BY_REST } },
	{ "guard of a file", "1000-2000 ---p 0 08:01 7 /x\n2000-82000 rw-p 0 00:00 0\n",
	  { 0x2000, "anon", NULL, VMV_BY_REST } },
	{ "guard above only", "2000-82000 rw-p 0 00:00 0\n82000-83000 ---p 0 00:00 0\n",
	  { 0x2000, "anon", NULL, VMV_BY_REST } },
	{ "guards inside, glibc 2.42 and Linux 6.19",
	  "2000-6000000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me gu ac nh \n",
	  { 0x2000, "thread", NULL, VMV_BY_FLAGS } },
	{ "guards inside what is no stack", "2000-82000 rw-p 0 00:00 0\nVmFlags: rd wr mr mw me gu ac \n",
	  { 0x2000, "anon", NULL, VMV_BY_REST } },
	{ "read-only", "1000-2000 ---p 0 00:00 0\n2000-82000 r--p 0 00:00 0\n",
	  { 0x2000, "anon", NULL, VMV_BY_REST } },
};
/* clang-format on */

static void looks_count_while_threads_are_unknown(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
		struct vmv_map map;

		unit_map(&map, shapes[i].text);
		vmv_classify(&map);
		check_truth(&map, shapes[i].what, &shapes[i].truth, 1);
		vmv_map_done(&map);
	}
}

/** struct proof - threads and what they prove of the region [0x10000, 0x80000) */
struct proof {
	const char *what;
	uint64_t sp[3], stack[3]; /* of MAIN, ONE and TWO; 0: there is no such thread */
	const char *class;
	int32_t tid;
	enum vmv_evidence evidence;
};

#define NO VMV_UNKNOWN
/* clang-format off */
static const struct proof proofs[] = {
	{ "a stack pointer in it", { 0x9000000, 0x7ff00 }, { NO, NO }, "thread", ONE, VMV_BY_THREAD },
	{ "at its first address", { 0x9000000, 0x10000 }, { NO, NO }, "thread", ONE, VMV_BY_THREAD },
	{ "at its end, which is not in it", { 0x9000000, 0x80000, 0x80000 }, { NO, NO, 0x9000000 }, "anon", 0, 0 },
	{ "proved before", { 0x9000000, 0x9000100 }, { NO, 0x10000 }, "thread", ONE, VMV_BY_THREAD },
	{ "proved before, now running", { 0x9000000, NO }, { NO, 0x10000 }, "thread", ONE, VMV_BY_THREAD },
	{ "the main thread runs on it", { 0x7ff00 }, { NO }, "anon", 0, 0 },
	{ "two threads in one region", { 0x9000000, 0x20000, 0x30000 }, { NO, NO, NO }, "anon", 0, 0 },
	{ "two, and it is the stack of one", { 0x9000000, 0x20000, 0x30000 }, { NO, NO, 0x10000 }, "thread", 0, VMV_BY_THREAD },
	{ "two that run", { 0x9000000, NO, NO }, { NO, 0x10000, 0x10000 }, "thread", 0, VMV_BY_THREAD },
	{ "elsewhere", { 0x9000000, 0x9000100 }, { NO, NO }, "anon", 0, 0 },
	{ "none but the main one", { 0x9000000 }, { NO }, "anon", 0, 0 },
};
/* clang-format on */

static void a_stack_pointer_proves_a_stack(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(proofs); i++) {
		const struct proof *p = &proofs[i];
		struct truth truth = { 0x10000, p->class, NULL, p->evidence };
		struct vmv_map map;

		unit_map(&map, "10000-80000 rw-p 0 00:00 0\n"
			       "8000000-a000000 rw-p 0 00:00 0 [stack]\n");
		map.process.tgid = MAIN;
		for (int t = 0; t < 3 && p->sp[t]; t++)
			add_thread(&map, MAIN + t, p->sp[t], p->stack[t]);
		vmv_classify(&map);
		check_truth(&map, p->what, &truth, 1);
		if (map.regions[0].tid != p->tid)
			fail_msg("%s: thread %d", p->what, map.regions[0].tid);
		vmv_map_done(&map);
	}
}

static void what_was_proved_is_noted_and_found_again(void **state)
{
	struct vmv_map map;

	(void)state;
	unit_map(&map, "10000-80000 rw-p 0 00:00 0\n");
	map.process.tgid = MAIN;
	add_thread(&map, ONE, 0x7ff00, VMV_UNKNOWN);
	vmv_classify(&map);
	assert_int_equal(map.threads[0].stack, 0x10000);
	assert_int_equal(map.regions[0].tid, ONE);

	map.threads[0].sp = VMV_UNKNOWN;
	vmv_classify(&map);
	assert_int_equal(map.regions[0].tid, ONE);
	assert_int_equal(map.regions[0].class, class_index("thread"));

	map.nthreads = 0; /* it has ended */
	vmv_classify(&map);
	assert_int_equal(map.regions[0].tid, 0);
	assert_int_equal(map.regions[0].class, class_index("anon"));
	vmv_map_done(&map);
}

/* The stack of one is what the others' are in, too; a heap is nobody's. */
static void each_thread_has_the_region_as_its_stack(void **state)
{
	struct vmv_map map;

	(void)state;
	for (int proved = 0; proved < 2; proved++) {
		uint64_t stack = proved ? 0x10000 : VMV_UNKNOWN;

		unit_map(&map, "10000-80000 rw-p 0 00:00 0\n");
		map.process.tgid = MAIN;
		add_thread(&map, ONE, 0x20000, VMV_UNKNOWN);
		add_thread(&map, TWO, 0x30000, stack);
		for (int again = 0; again < 2; again++) {
			vmv_classify(&map);
			assert_true(map.threads[0].stack == stack);
			assert_true(map.threads[1].stack == stack);
		}
		vmv_map_done(&map);
	}
}

/* All threads accounted for: what only looks like a stack is none. */
static void looks_count_only_for_threads_without_a_stack(void **state)
{
	static const char text[] = "10000-80000 rw-p 0 00:00 0\n"
				   "7f0000001000-7f0000002000 ---p 0 00:00 0\n"
				   "7f0000002000-7f0000802000 rw-p 0 00:00 0\n";
	static const struct truth is = { 0x7f0000002000, "thread", NULL, VMV_BY_SHAPE };
	static const struct truth is_not = { 0x7f0000002000, "anon", NULL, VMV_BY_REST };
	struct vmv_map map;

	(void)state;
	unit_map(&map, text);
	map.process.tgid = MAIN;
	add_thread(&map, MAIN, 0x9000000, VMV_UNKNOWN);
	add_thread(&map, ONE, 0x7ff00, VMV_UNKNOWN);
	vmv_classify(&map);
	check_truth(&map, "all proved", &is_not, 1);

	add_thread(&map, TWO, VMV_UNKNOWN, VMV_UNKNOWN); /* running: its stack is somewhere */
	vmv_classify(&map);
	check_truth(&map, "one running", &is, 1);
	vmv_map_done(&map);
}

/* A stack that large needs more than a pointer: a heap may have been taken for a stack. */
static void a_large_stack_needs_a_guard_or_proof_too(void **state)
{
	static const struct truth is = { 0x40000000, "thread", NULL, VMV_BY_THREAD };
	static const struct truth is_not = { 0x40000000, "anon", NULL, VMV_BY_REST };
	struct vmv_map map;

	(void)state;
	unit_map(&map, "40000000-50000000 rw-p 0 00:00 0\n");
	add_thread(&map, ONE, 0x4ffff000, VMV_UNKNOWN);
	vmv_classify(&map);
	check_truth(&map, "without", &is_not, 1);
	vmv_map_done(&map);

	unit_map(&map, "3ffff000-40000000 ---p 0 00:00 0\n40000000-50000000 rw-p 0 00:00 0\n");
	add_thread(&map, ONE, 0x4ffff000, VMV_UNKNOWN);
	vmv_classify(&map);
	check_truth(&map, "with", &is, 1);
	vmv_map_done(&map);

	unit_map(&map, "40000000-50000000 rw-p 0 00:00 0\n");
	add_thread(&map, ONE, 0x4ffff000, 0x40000000);
	vmv_classify(&map);
	check_truth(&map, "proved", &is, 1);
	vmv_map_done(&map);
}

static void a_stack_is_private_memory_without_a_file(void **state)
{
	static const char *const others[] = {
		"10000-80000 rw-s 0 00:01 9 /dev/zero (deleted)\n",
		"10000-80000 rw-p 0 08:01 9 /data\n",
		"10000-80000 rw-p 0 00:00 0 [heap]\n",
		"10000-80000 r--p 0 00:00 0\n",
		"10000-80000 ---p 0 00:00 0\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		struct vmv_map map;

		unit_map(&map, others[i]);
		add_thread(&map, ONE, 0x7ff00, VMV_UNKNOWN);
		vmv_classify(&map);
		if (map.regions[0].tid || map.regions[0].class == class_index("thread"))
			fail_msg("a stack: %s", others[i]);
		vmv_map_done(&map);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_count_while_threads_are_unknown),
		cmocka_unit_test(a_stack_pointer_proves_a_stack),
		cmocka_unit_test(what_was_proved_is_noted_and_found_again),
		cmocka_unit_test(each_thread_has_the_region_as_its_stack),
		cmocka_unit_test(looks_count_only_for_threads_without_a_stack),
		cmocka_unit_test(a_large_stack_needs_a_guard_or_proof_too),
		cmocka_unit_test(a_stack_is_private_memory_without_a_file),
	};

	return cmocka_run_group_tests_name("thread", tests, NULL, NULL);
}
