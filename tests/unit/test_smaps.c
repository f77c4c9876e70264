/* test_smaps.c - the grammar of maps and smaps */
#include "unit.h"

#include <errno.h>
#include <sys/socket.h>

/** struct header - a good line and what it says */
struct header {
	const char *line;
	struct vmv_region r;
	const char *name;
};

enum { R = VMV_READ, W = VMV_WRITE, X = VMV_EXEC, S = VMV_SHARED };

/* clang-format off */
static const struct header headers[] = {
	{ "7f1c3a021000-7f1c3a044000 r-xp 00001000 fd:01 131190          /usr/lib/ld.so",
	  { .start = 0x7f1c3a021000, .end = 0x7f1c3a044000, .perms = R | X, .offset = 0x1000,
	    .major = 0xfd, .minor = 1, .inode = 131190 }, "/usr/lib/ld.so" },
	{ "7f1c3a021000-7f1c3a044000 rw-p 00000000 00:00 0 ",
	  { .start = 0x7f1c3a021000, .end = 0x7f1c3a044000, .perms = R | W }, "" },
	{ "7f1c3a021000-7f1c3a044000 rw-p 00000000 00:00 0", /* an editor took the blank */
	  { .start = 0x7f1c3a021000, .end = 0x7f1c3a044000, .perms = R | W }, "" },
	{ "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]",
	  { .start = 0xffffffffff600000, .end = 0xffffffffff601000, .perms = X }, "[vsyscall]" },
	{ "00000000-ffffffffffffffff rwxs ffffffffffffffff fffffffe:ffffffff 18446744073709551615 /x",
	  { .start = 0, .end = UINT64_MAX, .perms = R | W | X | S, .offset = UINT64_MAX,
	    .major = UINT32_MAX - 1, .minor = UINT32_MAX, .inode = UINT64_MAX }, "/x" },
	{ "08048000-08049000 ---s 00000000 103:00 7      /srv/two  words/a b ",
	  { .start = 0x8048000, .end = 0x8049000, .perms = S, .major = 0x103, .inode = 7 },
	  "/srv/two  words/a b " },
	{ "08048000-08049000 -w-p 00000000 08:01 7      /gone2 (deleted) (deleted)",
	  { .start = 0x8048000, .end = 0x8049000, .perms = W, .major = 8, .minor = 1, .inode = 7 },
	  "/gone2 (deleted) (deleted)" },
	{ "08048000-08049000 r--p 00000000 08:01 7      /esc\033[31m\t\r\177\377\\012",
	  { .start = 0x8048000, .end = 0x8049000, .perms = R, .major = 8, .minor = 1, .inode = 7 },
	  "/esc\033[31m\t\r\177\377\\012" },
	{ "08048000-08049000 r--p 00000000 08:01 7      /\00100000000-00001000 rwxp 00000000 00:00 0 ",
	  { .start = 0x8048000, .end = 0x8049000, .perms = R, .major = 8, .minor = 1, .inode = 7 },
	  "/\00100000000-00001000 rwxp 00000000 00:00 0 " },
	{ "08048000-08049000 rw-s 10000000 00:0e 2042      anon_inode:[io_uring]",
	  { .start = 0x8048000, .end = 0x8049000, .perms = R | W | S, .offset = 0x10000000,
	    .minor = 0xe, .inode = 2042 }, "anon_inode:[io_uring]" },
	{ "400000-7ffd0a0bd000 ---p 00000000 00:00 0        [rollup]",
	  { .start = 0x400000, .end = 0x7ffd0a0bd000 }, "[rollup]" },
	{ "7f00-9f00 r--p 0 0:0 0",
	  { .start = 0x7f00, .end = 0x9f00, .perms = R }, "" },
};

/* Each has one thing wrong. */
static const char *const bad_headers[] = {
	"",
	" ",
	"7f00",
	"7f00-",
	"7f00-9f00",
	"7f00-9f00 ",
	"7f00-9f00 r--p",
	"7f00-9f00 r--p 0",
	"7f00-9f00 r--p 0 0:0",
	"7f00-9f00 r--p 0 0:0 ",
	"-9f00 r--p 0 0:0 0",
	"7f00 9f00 r--p 0 0:0 0",
	"9f00-7f00 r--p 0 0:0 0",                       /* backwards */
	"7f00-7f00 r--p 0 0:0 0",                       /* empty */
	"0-0 r--p 0 0:0 0",
	" 7f00-9f00 r--p 0 0:0 0",
	"7F00-9F00 r--p 0 0:0 0",                       /* the kernel writes lower case */
	"0x7f00-0x9f00 r--p 0 0:0 0",
	"+7f00-9f00 r--p 0 0:0 0",
	"7g00-9f00 r--p 0 0:0 0",
	"10000000000000000-20000000000000000 r--p 0 0:0 0", /* 65 bits */
	"0-10000000000000000 r--p 0 0:0 0",
	"7f00-9f00 rwzp 0 0:0 0",                       /* not a permission */
	"7f00-9f00 r--- 0 0:0 0",
	"7f00-9f00 wr-p 0 0:0 0",
	"7f00-9f00 R--p 0 0:0 0",
	"7f00-9f00 r--  0 0:0 0",
	"7f00-9f00 r--pp 0 0:0 0",
	"7f00-9f00 r--p  0 0:0 0",
	"7f00-9f00\tr--p 0 0:0 0",
	"7f00-9f00 r--p 10000000000000000 0:0 0",
	"7f00-9f00 r--p 0 100000000:0 0",               /* 33 bits */
	"7f00-9f00 r--p 0 0:100000000 0",
	"7f00-9f00 r--p 0 ffffffff:0 0",                /* what stands for no device */
	"7f00-9f00 r--p 0 0 0",
	"7f00-9f00 r--p 0 :0 0",
	"7f00-9f00 r--p 0 0: 0",
	"7f00-9f00 r--p 0 0:0 18446744073709551616",
	"7f00-9f00 r--p 0 0:0 -1",
	"7f00-9f00 r--p 0 0:0 12x",
	"7f00-9f00 r--p 0 0:0 ff",
	"7f00-9f00 r--p 0 0:0 0\t/x",
};
/* clang-format on */

static void header_says_what_the_kernel_wrote(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		const struct vmv_region *want = &headers[i].r;
		struct vmv_region r;
		const char *name;

		memset(&r, 0xff, sizeof(r));
		if (!vmv_parse_header(headers[i].line, &r, &name))
			fail_msg("refused: %s", headers[i].line);
		assert_int_equal(r.start, want->start);
		assert_int_equal(r.end, want->end);
		assert_int_equal(r.perms, want->perms);
		assert_int_equal(r.offset, want->offset);
		assert_int_equal(r.major, want->major);
		assert_int_equal(r.minor, want->minor);
		assert_int_equal(r.inode, want->inode);
		assert_string_equal(name, headers[i].name);
		assert_null(r.flags);
		assert_int_equal(r.tid | r.class | r.part | r.evidence, 0);
	}
}

static void header_rejects(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad_headers); i++) {
		struct vmv_region r;
		const char *name;

		if (vmv_parse_header(bad_headers[i], &r, &name))
			fail_msg("accepted: %s", bad_headers[i]);
	}
}

#define GOOD "7f00-9f00 r--p 00000000 00:00 0 \n"

/** struct broken - text that must be refused, and the number of the line to blame */
struct broken {
	const char *text;
	size_t len; /* 0: to its NUL */
	unsigned line;
};

/* clang-format off */
static const struct broken broken[] = {
	{ "garbage\n", 0, 1 },
	{ "\n", 0, 1 },
	{ "Rss: 4 kB\n" GOOD, 0, 1 },                             /* of no region */
	{ GOOD "garbage\n", 0, 2 },
	{ GOOD "\n" GOOD, 0, 2 },
	{ GOOD ": 5 kB\n", 0, 2 },
	{ GOOD " Rss: 5 kB\n", 0, 2 },
	{ GOOD "Rss 5 kB\n", 0, 2 },
	{ GOOD "Rss: 5 kB\n9f00-7f00 r--p 00000000 00:00 0 \n", 0, 3 },
	{ GOOD "Rss:  18014398509481984 kB\n", 0, 2 },            /* 2^54 kB: 64 bits of bytes and more */
	{ GOOD "Rss:  18446744073709551615 kB\n", 0, 2 },
	{ GOOD "Rss: \0 4 kB\n", sizeof(GOOD) + 11, 2 },          /* a NUL */
	{ GOOD "Rss: 4\0kB\n", sizeof(GOOD) + 9, 2 },
	{ GOOD "Rss: 4 kB\0\n", sizeof(GOOD) + 10, 2 },
	{ GOOD "Name: a\0b\n", sizeof(GOOD) + 9, 2 },
	{ "7f00-9f00 r--p 00000000 00:00 0 /a\0b\n", 37, 1 },
};

/* Last lines that can't be whole: what is left of a number would pass for one. */
static const struct broken cut[] = {
	{ GOOD "Rss: 15", 0, 2 },
	{ GOOD "Rss: 1540 ", 0, 2 },
	{ GOOD "Rss: 1540 k", 0, 2 },
	{ GOOD "Rss:", 0, 2 },
	{ GOOD "Rs", 0, 2 },
	{ GOOD "Rss: 4 kB\n" GOOD "Rss: 1", 0, 4 },
	{ GOOD "VmFlags:", 0, 2 },
	{ GOOD "VmFlags: rd m", 0, 2 },
	{ GOOD "b000-c000 r--p 00000000 fd:01 18", 0, 2 },
};

/* Last lines that may be. */
static const char *const whole[] = {
	GOOD "Rss: 4 kB", GOOD "VmFlags: rd mr", GOOD "VmFlags: rd mr ",
	GOOD "b000-c000 r--p 00000000 00:00 0", GOOD "b000-c000 r--p 00000000 fd:01 18 /a",
};

/* Headers that start with a letter, as the name of a counter does, and have a colon. */
static const struct broken broken_letters[] = {
	{ GOOD "a000-a000 r--p 00000000 00:00 0 \n", 0, 2 },      /* empty */
	{ GOOD "c000-b000 r--p 00000000 00:00 0 \n", 0, 2 },      /* backwards */
	{ GOOD "ffffffffff600000-ffffffffff601000 --zp 00000000 00:00 0 [vsyscall]\n", 0, 2 },
	{ GOOD "b000-c000 r--p 00000000 00:00 \n", 0, 2 },        /* cut */
	{ GOOD "b000-c000 r--p 00000000 fd:\n", 0, 2 },
	{ GOOD "fffffffffffffffff-2ffffffffffffffff r--p 00000000 00:00 0 \n", 0, 2 },
};
/* clang-format on */

static void check_refused(const struct broken *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t len = cases[i].len ? cases[i].len : strlen(cases[i].text);
		struct vmv_error err = { 0 };
		struct vmv_map map;
		char place[32];
		int rc = unit_read(&map, cases[i].text, len, &err);

		snprintf(place, sizeof(place), "smaps:%u: ", cases[i].line);
		if (rc != -EINVAL || err.code != EINVAL ||
		    strncmp(err.text, place, strlen(place)) != 0)
			fail_msg("%d, \"%s\", not %s in:\n%s", rc, err.text, place, cases[i].text);
		vmv_map_done(&map);
	}
}

static void text_is_refused_with_the_line_to_blame(void **state)
{
	(void)state;
	check_refused(broken, ARRAY_SIZE(broken));
}

static void a_line_that_is_cut_gives_no_number(void **state)
{
	(void)state;
	check_refused(cut, ARRAY_SIZE(cut));
	for (size_t i = 0; i < ARRAY_SIZE(whole); i++) {
		struct vmv_error err = { .text = "" };
		struct vmv_map map;

		if (unit_read(&map, whole[i], strlen(whole[i]), &err) != 0)
			fail_msg("%s: %s", whole[i], err.text);
		vmv_map_done(&map);
	}
}

static void a_nul_is_no_colon(void **state)
{
	static const struct broken nul = { GOOD "Rss\0 4 kB\n", sizeof(GOOD) + 9, 2 };

	(void)state;
	check_refused(&nul, 1);
}

static void a_bad_header_is_not_taken_for_a_counter(void **state)
{
	(void)state;
	check_refused(broken_letters, ARRAY_SIZE(broken_letters));
}

static void no_caller_has_to_care_for_errors(void **state)
{
	struct vmv_map map;

	(void)state;
	assert_int_equal(unit_read(&map, "garbage\n", 8, NULL), -EINVAL);
	vmv_map_done(&map);
}

/* What was read before the error is kept; the message names the reason. */
static void read_errors_keep_what_came_before(void **state)
{
	static const char text[] = GOOD "Rss: 4 kB\nPss:";
	struct vmv_error err = { 0 };
	struct vmv_reader in;
	struct vmv_map map;
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
	assert_int_equal(write(ends[0], "unread", 6), 6);
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	close(ends[1]); /* with data unread: the other end gets ECONNRESET */

	in = (struct vmv_reader){ .fd = ends[0] };
	vmv_map_init(&map);
	assert_int_equal(vmv_smaps_read(&in, "smaps", &map, &err), -ECONNRESET);
	assert_int_equal(err.code, ECONNRESET);
	assert_string_equal(err.text, "cannot read smaps: Connection reset by peer");
	assert_int_equal(map.nregions, 1);
	assert_int_equal(unit_counter(&map, 0, "Rss"), 4096);
	vmv_reader_done(&in);
	close(ends[0]);
	vmv_map_done(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_says_what_the_kernel_wrote),
		cmocka_unit_test(header_rejects),
		cmocka_unit_test(text_is_refused_with_the_line_to_blame),
		cmocka_unit_test(a_line_that_is_cut_gives_no_number),
		cmocka_unit_test(a_nul_is_no_colon),
		cmocka_unit_test(a_bad_header_is_not_taken_for_a_counter),
		cmocka_unit_test(no_caller_has_to_care_for_errors),
		cmocka_unit_test(read_errors_keep_what_came_before),
	};

	return cmocka_run_group_tests_name("smaps", tests, NULL, NULL);
}
