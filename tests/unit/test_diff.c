/* test_diff.c - what became of regions */
#include "unit.h"

#include "vmapview/class.h"
#include "vmapview/diff.h"

#include <time.h>

/** struct pair - two maps and what differs */
struct pair {
	struct vmv_map before, after;
	struct vmv_diff diff;
};

static void compare(struct pair *p, const char *before, const char *after)
{
	unit_map(&p->before, before);
	unit_map(&p->after, after);
	vmv_classify(&p->before);
	vmv_classify(&p->after);
	vmv_diff_build(&p->diff, &p->before, &p->after);
}

static void done(struct pair *p)
{
	vmv_diff_done(&p->diff);
	vmv_map_done(&p->before);
	vmv_map_done(&p->after);
}

static void put_ranges(FILE *to, const struct vmv_diff *diff, const struct vmv_change *c,
		       bool after)
{
	size_t n = after ? c->nafter : c->nbefore;

	for (size_t i = 0; i < n; i++) {
		const struct vmv_region *r =
			after ? vmv_change_after(diff, c, i) : vmv_change_before(diff, c, i);

		fprintf(to, " %llx-%llx", (unsigned long long)r->start, (unsigned long long)r->end);
	}
}

/* All that is different, one line each: "grown +10 1000-2000 > 1000-2010". */
static char *told(const struct vmv_diff *diff)
{
	char *text;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	for (size_t i = 0; i < diff->ndifferent; i++) {
		const struct vmv_change *c = &diff->changes[i];
		int64_t by;

		assert_true(vmv_delta(&c->amounts[VMV_OF_SIZE], &by));
		fprintf(to, "%s %+lld", vmv_fates[c->fate], (long long)by);
		put_ranges(to, diff, c, false);
		fprintf(to, " >");
		put_ranges(to, diff, c, true);
		fputc('\n', to);
	}
	fclose(to);
	return text;
}

/* Each region is in one change, which vmv_diff_of() finds; amounts add up. */
static void check_whole(const struct vmv_diff *diff)
{
	size_t before = 0, after = 0;
	int64_t by, sum = 0, total;

	for (size_t i = 0; i < diff->nchanges; i++) {
		const struct vmv_change *c = &diff->changes[i];

		before += c->nbefore;
		after += c->nafter;
		assert_true(vmv_delta(&c->amounts[VMV_OF_SIZE], &by));
		sum += by;
		for (size_t a = 0; a < c->nafter; a++)
			assert_ptr_equal(vmv_diff_of(diff, vmv_change_after(diff, c, a)), c);
		assert_int_equal(c->fate == VMV_SAME_REGION, i >= diff->ndifferent);
	}
	assert_int_equal(before, diff->before->nregions);
	assert_int_equal(after, diff->after->nregions);
	assert_true(vmv_delta(&diff->total->amounts[VMV_OF_SIZE], &total));
	assert_int_equal(sum, total);
}

#define EXE  "400000-500000 r-xp 00000000 08:01 77 /bin/prog\n"
#define LIBC "7f0000100000-7f0000200000 r-xp 00028000 08:01 88 /lib/libc.so.6\n"
#define END  "7ffe00000000-7ffe00021000 rw-p 00000000 00:00 0 [stack]\n"

/** struct example - two maps between EXE and END, and what is to be told */
struct example {
	const char *what, *before, *after, *told;
};

/* clang-format off */
static const struct example examples[] = {
	{ "nothing", LIBC, LIBC, "" },
	{ "grown at the end",
	  "10000000-10010000 rw-p 0 00:00 0\n",
	  "10000000-10020000 rw-p 0 00:00 0\n",
	  "grown +65536 10000000-10010000 > 10000000-10020000\n" },
	{ "grown at the start",
	  "10010000-10020000 rw-p 0 00:00 0\n",
	  "10000000-10020000 rw-p 0 00:00 0\n",
	  "grown +65536 10010000-10020000 > 10000000-10020000\n" },
	{ "heap grown",
	  "10010000-10020000 rw-p 0 00:00 0 [heap]\n",
	  "10010000-10040000 rw-p 0 00:00 0 [heap]\n",
	  "grown +131072 10010000-10020000 > 10010000-10040000\n" },
	{ "shrunk at the start, where the offset follows",
	  "10000000-10010000 r--p 1000 08:01 5 /data\n",
	  "10004000-10010000 r--p 5000 08:01 5 /data\n",
	  "shrunk -16384 10000000-10010000 > 10004000-10010000\n" },
	{ "moved at both ends",
	  "10000000-10010000 rw-p 0 00:00 0\n",
	  "10008000-10018000 rw-p 0 00:00 0\n",
	  "moved +0 10000000-10010000 > 10008000-10018000\n" },
	{ "split by mprotect",
	  "10000000-10010000 rw-p 0 00:00 0\n",
	  "10000000-10004000 rw-p 0 00:00 0\n"
	  "10004000-10005000 r--p 0 00:00 0\n"
	  "10005000-10010000 rw-p 0 00:00 0\n",
	  "split +0 10000000-10010000 > 10000000-10004000 10004000-10005000 10005000-10010000\n" },
	{ "cut by munmap",
	  "10000000-10010000 rw-p 0 00:00 0\n",
	  "10000000-10004000 rw-p 0 00:00 0\n"
	  "10005000-10010000 rw-p 0 00:00 0\n",
	  "split -4096 10000000-10010000 > 10000000-10004000 10005000-10010000\n" },
	{ "merged by mprotect",
	  "10000000-10004000 rw-p 0 00:00 0\n"
	  "10004000-10005000 r--p 0 00:00 0\n"
	  "10005000-10010000 rw-p 0 00:00 0\n",
	  "10000000-10010000 rw-p 0 00:00 0\n",
	  "merged +0 10000000-10004000 10004000-10005000 10005000-10010000 > 10000000-10010000\n" },
	{ "a boundary moved: both are still themselves",
	  "10000000-10010000 rw-p 0 00:00 0\n"
	  "10010000-14000000 ---p 0 00:00 0\n",
	  "10000000-10021000 rw-p 0 00:00 0\n"
	  "10021000-14000000 ---p 0 00:00 0\n",
	  "grown +69632 10000000-10010000 > 10000000-10021000\n"
	  "shrunk -69632 10010000-14000000 > 10021000-14000000\n" },
	{ "cut elsewhere: as many as before, each one of them",
	  "10000000-10005000 rw-p 0 00:00 0\n"
	  "10005000-10006000 r--p 0 00:00 0\n"
	  "10006000-10010000 rw-p 0 00:00 0\n",
	  "10000000-10002000 rw-p 0 00:00 0\n"
	  "10002000-10003000 r--p 0 00:00 0\n"
	  "10003000-10010000 rw-p 0 00:00 0\n",
	  "grown +12288 10006000-10010000 > 10003000-10010000\n"
	  "moved +0 10005000-10006000 > 10002000-10003000\n"
	  "shrunk -12288 10000000-10005000 > 10000000-10002000\n" },
	{ "unmapped",
	  "10000000-10010000 rw-p 0 00:00 0\n", "",
	  "gone -65536 10000000-10010000 >\n" },
	{ "new between two",
	  "10000000-10010000 rw-p 0 00:00 0\n"
	  "10030000-10040000 rw-p 0 00:00 0\n",
	  "10000000-10010000 rw-p 0 00:00 0\n"
	  "10020000-10021000 rw-p 0 00:00 0\n"
	  "10030000-10040000 rw-p 0 00:00 0\n",
	  "new +4096 > 10020000-10021000\n" },
	{ "a file mapped over the middle of anonymous memory",
	  "10000000-10010000 rw-p 0 00:00 0\n",
	  "10000000-10004000 rw-p 0 00:00 0\n"
	  "10004000-10005000 rw-p 0 08:01 5 /data\n"
	  "10005000-10010000 rw-p 0 00:00 0\n",
	  "new +4096 > 10004000-10005000\n"
	  "split -4096 10000000-10010000 > 10000000-10004000 10005000-10010000\n" },
	{ "another file in its place",
	  "10000000-10010000 r--p 0 08:01 5 /data\n",
	  "10000000-10010000 r--p 0 08:01 6 /other\n",
	  "new +65536 > 10000000-10010000\n"
	  "gone -65536 10000000-10010000 >\n" },
	{ "another piece of the file in its place",
	  "10000000-10010000 r--p 0 08:01 5 /data\n",
	  "10000000-10010000 r--p 1000 08:01 5 /data\n",
	  "new +65536 > 10000000-10010000\n"
	  "gone -65536 10000000-10010000 >\n" },
	{ "shared is not private",
	  "10000000-10010000 rw-p 0 08:01 5 /data\n",
	  "10000000-10010000 rw-s 0 08:01 5 /data\n",
	  "new +65536 > 10000000-10010000\n"
	  "gone -65536 10000000-10010000 >\n" },
	{ "other permissions",
	  "10000000-10010000 rw-p 0 00:00 0\n",
	  "10000000-10010000 r-xp 0 00:00 0\n",
	  "changed +0 10000000-10010000 > 10000000-10010000\n" },
	{ "its file was deleted",
	  "10000000-10010000 r--p 0 08:01 5 /data\n",
	  "10000000-10010000 r--p 0 08:01 5 /data (deleted)\n",
	  "changed +0 10000000-10010000 > 10000000-10010000\n" },
	{ "anonymous memory got a name",
	  "10000000-10010000 rw-p 0 00:00 0\n",
	  "10000000-10010000 rw-p 0 00:00 0 [anon:pool]\n",
	  "changed +0 10000000-10010000 > 10000000-10010000\n" },
	{ "a file mapped elsewhere",
	  "10000000-10010000 r--p 0 08:01 5 /data\n",
	  "20000000-20010000 r--p 0 08:01 5 /data\n",
	  "moved +0 10000000-10010000 > 20000000-20010000\n" },
	{ "named memory elsewhere and larger",
	  "10000000-10010000 rw-p 0 00:00 0 [anon:pool]\n",
	  "20000000-20020000 rw-p 0 00:00 0 [anon:pool]\n",
	  "grown +65536 10000000-10010000 > 20000000-20020000\n" },
	{ "anonymous memory elsewhere is other memory",
	  "10000000-10010000 rw-p 0 00:00 0\n",
	  "20000000-20010000 rw-p 0 00:00 0\n",
	  "new +65536 > 20000000-20010000\n"
	  "gone -65536 10000000-10010000 >\n" },
};
/* clang-format on */

static void tell_what_happened(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(examples); i++) {
		const struct example *e = &examples[i];
		char before[1024], after[1024], *text;
		struct pair p;

		snprintf(before, sizeof(before), "%s%s%s", EXE, e->before, END);
		snprintf(after, sizeof(after), "%s%s%s", EXE, e->after, END);
		compare(&p, before, after);
		check_whole(&p.diff);
		text = told(&p.diff);
		if (strcmp(text, e->told) != 0)
			fail_msg("%s: told\n%swanted\n%s", e->what, text, e->told);
		assert_false(p.diff.rerun);
		free(text);
		done(&p);
	}
}

/* Backwards, what is new is gone and what grew shrank. */
static void is_symmetric(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(examples); i++) {
		const struct example *e = &examples[i];
		struct pair there, back;

		compare(&there, e->before, e->after);
		compare(&back, e->after, e->before);
		check_whole(&back.diff);
		if (there.diff.ndifferent != back.diff.ndifferent)
			fail_msg("%s: %zu changes, backwards %zu", e->what, there.diff.ndifferent,
				 back.diff.ndifferent);
		done(&there);
		done(&back);
	}
}

static void empty_maps(void **state)
{
	struct pair p;

	(void)state;
	compare(&p, "", "");
	assert_int_equal(p.diff.nchanges, 0);
	check_whole(&p.diff);
	done(&p);
	compare(&p, "", EXE LIBC END);
	assert_int_equal(p.diff.ndifferent, 3);
	check_whole(&p.diff);
	done(&p);
	compare(&p, EXE LIBC END, "");
	assert_int_equal(p.diff.ndifferent, 3);
	assert_int_equal(p.diff.changes[0].fate, VMV_GONE);
	done(&p);
}

/* Two runs: everything elsewhere, one library new, the heap larger. */
static void runs_compare_by_what_regions_are(void **state)
{
	static const char first[] = "550000001000-550000002000 r-xp 1000 08:01 77 /bin/prog\n"
				    "550000002000-550000003000 rw-p 2000 08:01 77 /bin/prog\n"
				    "550000003000-550000005000 rw-p 0 00:00 0\n"
				    "550000100000-550000121000 rw-p 0 00:00 0 [heap]\n"
				    "7f0000000000-7f0000100000 rw-p 0 00:00 0\n"
				    "7f0000200000-7f0000300000 r-xp 28000 08:01 88 /lib/libc.so.6\n"
				    "7ffe00000000-7ffe00021000 rw-p 0 00:00 0 [stack]\n"
				    "ffffffffff600000-ffffffffff601000 --xp 0 00:00 0 [vsyscall]\n";
	static const char second[] =
		"56aa00001000-56aa00002000 r-xp 1000 08:01 77 /bin/prog\n"
		"56aa00002000-56aa00003000 rw-p 2000 08:01 77 /bin/prog\n"
		"56aa00003000-56aa00005000 rw-p 0 00:00 0\n"
		"56aa00200000-56aa00231000 rw-p 0 00:00 0 [heap]\n"
		"7faa00000000-7faa00100000 rw-p 0 00:00 0\n"
		"7faa00200000-7faa00300000 r-xp 28000 08:01 88 /lib/libc.so.6\n"
		"7faa00300000-7faa00301000 r-xp 0 08:01 99 /lib/libm.so.6\n"
		"7ffc00000000-7ffc00021000 rw-p 0 00:00 0 [stack]\n"
		"ffffffffff600000-ffffffffff601000 --xp 0 00:00 0 [vsyscall]\n";
	struct pair p;
	char *text;

	(void)state;
	compare(&p, first, second);
	check_whole(&p.diff);
	text = told(&p.diff);
	assert_true(p.diff.rerun);
	assert_string_equal(text,
			    "grown +65536 550000100000-550000121000 > 56aa00200000-56aa00231000\n"
			    "new +4096 > 7faa00300000-7faa00301000\n");
	free(text);
	done(&p);
}

#define ANON(rss, pss, anonymous)                                                                  \
	"10000000-10010000 rw-p 0 00:00 0\n"                                                       \
	"Rss: " #rss " kB\nPss: " #pss " kB\nPrivate_Clean: 0 kB\nPrivate_Dirty: " #rss            \
	" kB\nAnonymous: " #anonymous " kB\nSwap: 0 kB\n"

static void memory_makes_a_change_pss_alone_does_not(void **state)
{
	struct pair p;
	int64_t by;

	(void)state;
	compare(&p, ANON(8, 8, 8), ANON(24, 20, 24));
	assert_int_equal(p.diff.ndifferent, 1);
	assert_int_equal(p.diff.changes[0].fate, VMV_CHANGED);
	assert_int_equal(p.diff.changes[0].differs, VMV_DIFFERS_MEMORY);
	assert_true(vmv_delta(&p.diff.changes[0].amounts[VMV_OF_RSS], &by));
	assert_int_equal(by, 16 * 1024);
	assert_true(vmv_delta(&p.diff.changes[0].amounts[VMV_OF_PSS], &by));
	assert_int_equal(by, 12 * 1024);
	assert_true(vmv_delta(&p.diff.total->amounts[VMV_OF_USS], &by));
	assert_int_equal(by, 16 * 1024);
	done(&p);

	compare(&p, ANON(8, 8, 8), ANON(8, 4, 8));
	assert_int_equal(p.diff.ndifferent, 0);
	done(&p);
	compare(&p, ANON(8, 8, 0), ANON(8, 8, 4)); /* copied on write */
	assert_int_equal(p.diff.ndifferent, 1);
	done(&p);
}

/* A side without counters is unknown, and that is no difference. */
static void unknown_is_not_zero(void **state)
{
	struct pair p;
	int64_t by;

	(void)state;
	compare(&p, ANON(8, 8, 8) "10020000-10030000 rw-p 0 00:00 0\nRss: 4 kB\n",
		"10000000-10010000 rw-p 0 00:00 0\n10040000-10050000 rw-p 0 00:00 0\n");
	assert_int_equal(p.diff.ndifferent, 2);
	for (size_t i = 0; i < p.diff.nchanges; i++) {
		assert_false(vmv_delta(&p.diff.changes[i].amounts[VMV_OF_RSS], &by));
		assert_int_equal(by, 0);
	}
	assert_false(vmv_delta(&p.diff.total->amounts[VMV_OF_RSS], &by));
	assert_true(vmv_delta(&p.diff.total->amounts[VMV_OF_SIZE], &by));
	done(&p);
}

static void largest_growth_of_rss_comes_first(void **state)
{
	static const char before[] = "10000000-10010000 rw-p 0 00:00 0\nRss: 0 kB\n"
				     "20000000-20010000 rw-p 0 00:00 0\nRss: 40 kB\n"
				     "30000000-30010000 rw-p 0 00:00 0\nRss: 4 kB\n"
				     "40000000-40010000 rw-p 0 00:00 0\nRss: 4 kB\n";
	static const char after[] = "10000000-10020000 rw-p 0 00:00 0\nRss: 0 kB\n"
				    "20000000-20010000 rw-p 0 00:00 0\nRss: 8 kB\n"
				    "30000000-30010000 rw-p 0 00:00 0\nRss: 12 kB\n"
				    "40000000-40010000 rw-p 0 00:00 0\nRss: 4 kB\n"
				    "50000000-50030000 rw-p 0 00:00 0\nRss: 0 kB\n";
	/* What shrank comes after all that grew; what is the same is last. */
	static const uint64_t starts[] = { 0x30000000, 0x50000000, 0x10000000, 0x20000000,
					   0x40000000 };
	struct pair p;

	(void)state;
	compare(&p, before, after);
	assert_int_equal(p.diff.nchanges, ARRAY_SIZE(starts));
	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		assert_int_equal(vmv_change_region(&p.diff, &p.diff.changes[i])->start, starts[i]);
	done(&p);
}

static void amounts_of_any_size(void **state)
{
	struct vmv_amount most = { 0, UINT64_MAX - 1 }, least = { UINT64_MAX - 1, 0 };
	int64_t by;

	(void)state;
	assert_true(vmv_delta(&most, &by));
	assert_true(by == INT64_MAX);
	assert_true(vmv_delta(&least, &by));
	assert_true(by == -INT64_MAX);
}

enum { MANY = 60000 };

/* Region @i of a large map: anonymous, named or of a file; every tenth is @grown. */
static void put_region(FILE *to, unsigned i, uint64_t base, bool grown)
{
	static const char *const names[] = { "00:00 0 ", "08:01 5 /data", "00:00 0 [anon:pool]" };
	uint64_t start = base + i * 0x10000ull;

	fprintf(to, "%llx-%llx rw-p 0 %s\n", (unsigned long long)start,
		(unsigned long long)start + (grown && i % 10 == 0 ? 0x3000 : 0x2000), names[i % 3]);
}

static char *large_map(uint64_t base, bool grown)
{
	char *text;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	for (unsigned i = 0; i < MANY; i++)
		put_region(to, i, base, grown);
	fclose(to);
	return text;
}

/* In one run and, at other addresses, in two.  Quadratic would take minutes. */
static void large_maps_take_no_time(void **state)
{
	static const uint64_t bases[] = { 0x100000000, 0x700000000 };
	char *before = large_map(bases[0], false);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bases); i++) {
		char *after = large_map(bases[i], true);
		struct pair p;
		clock_t start;

		unit_map(&p.before, before);
		unit_map(&p.after, after);
		start = clock();
		vmv_diff_build(&p.diff, &p.before, &p.after);
		if (clock() - start > 5 * CLOCKS_PER_SEC)
			fail_msg("took %ld ticks", (long)(clock() - start));
		check_whole(&p.diff);
		assert_int_equal(p.diff.rerun, i == 1);
		assert_int_equal(p.diff.nchanges, MANY);
		assert_int_equal(p.diff.ndifferent, MANY / 10);
		done(&p);
		free(after);
	}
	free(before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tell_what_happened),
		cmocka_unit_test(is_symmetric),
		cmocka_unit_test(empty_maps),
		cmocka_unit_test(runs_compare_by_what_regions_are),
		cmocka_unit_test(memory_makes_a_change_pss_alone_does_not),
		cmocka_unit_test(unknown_is_not_zero),
		cmocka_unit_test(largest_growth_of_rss_comes_first),
		cmocka_unit_test(amounts_of_any_size),
		cmocka_unit_test(large_maps_take_no_time),
	};

	return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
