/* test_writer.c - buffered output that remembers its first error */
#include "unit.h"

#include "vmapview/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>

/* Too large for the stack of a test. */
static struct vmv_out *open_out(int fd)
{
	struct vmv_out *out = vmv_calloc(1, sizeof(*out));

	out->fd = fd;
	return out;
}

static struct vmv_out *open_capture(void)
{
	return open_out(unit_file("", 0));
}

/* What came out, which must be @want; closes @out. */
static void check_content(struct vmv_out *out, const char *want, size_t wantlen)
{
	size_t len;
	char *text;

	assert_int_equal(vmv_out_flush(out), 0);
	text = unit_content(out->fd, &len);
	assert_int_equal(len, wantlen);
	assert_memory_equal(text, want, len);
	free(text);
	close(out->fd);
	free(out);
}

static void pieces_come_out_in_order(void **state)
{
	static const char want[] = "text|\0|c|-----|  ab|ab  |abc|abc|\033[1;31mred\033[0m|";
	struct vmv_out *out = open_capture();

	(void)state;
	vmv_out_text(out, "text|");
	vmv_out_text(out, "");
	vmv_out_bytes(out, "\0|", 2);
	vmv_out_char(out, 'c');
	vmv_out_char(out, '|');
	vmv_out_fill(out, '-', 5);
	vmv_out_fill(out, '-', 0);
	vmv_out_text(out, "|");
	vmv_out_cell(out, "abc", 2, 4, true);
	vmv_out_text(out, "|");
	vmv_out_cell(out, "abc", 2, 4, false);
	vmv_out_text(out, "|");
	vmv_out_cell(out, "abc", 3, 2, true); /* too wide: never cut */
	vmv_out_text(out, "|");
	vmv_out_cell(out, "abc", 3, 0, false);
	vmv_out_text(out, "|");
	vmv_out_sgr(out, "1;31");
	vmv_out_text(out, "red");
	vmv_out_sgr(out, "0");
	vmv_out_sgr(out, "");
	vmv_out_text(out, "|");
	check_content(out, want, sizeof(want) - 1);
}

/* Pieces of all sizes, so that some meet the end of the buffer at each of its bytes. */
static void nothing_is_lost_at_the_end_of_the_buffer(void **state)
{
	static const size_t sizes[] = {
		1, VMV_OUT_ROOM - 1, VMV_OUT_ROOM,     VMV_OUT_ROOM + 1,    3 * VMV_OUT_ROOM + 7,
		7, VMV_OUT_ROOM / 2, VMV_OUT_ROOM / 2, VMV_OUT_ROOM / 2 + 1
	};
	struct vmv_out *out = open_capture();
	const size_t room = VMV_OUT_ROOM;
	char *block = vmv_calloc(4, room), *want = vmv_calloc(32, room), *to = want;

	(void)state;
	for (size_t i = 0; i < 4 * room; i++)
		block[i] = (char)('!' + i % 90);
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		vmv_out_bytes(out, block, sizes[i]);
		to = mempcpy(to, block, sizes[i]);
		vmv_out_fill(out, (char)('a' + i), sizes[i]);
		memset(to, (int)('a' + i), sizes[i]);
		to += sizes[i];
		vmv_out_char(out, '\n');
		*to++ = '\n';
	}
	check_content(out, want, (size_t)(to - want));
	free(block);
	free(want);
}

static void a_flush_leaves_nothing_to_flush(void **state)
{
	struct vmv_out *out = open_capture();

	(void)state;
	assert_int_equal(vmv_out_flush(out), 0);
	vmv_out_text(out, "once");
	assert_int_equal(vmv_out_flush(out), 0);
	assert_int_equal(vmv_out_flush(out), 0);
	check_content(out, "once", 4);
}

static void a_full_device_is_told(void **state)
{
	struct vmv_out *out = open_out(open("/dev/full", O_WRONLY | O_CLOEXEC));

	(void)state;
	assert_true(out->fd >= 0);
	vmv_out_text(out, "x");
	assert_int_equal(out->error, 0); /* still in the buffer */
	assert_int_equal(vmv_out_flush(out), -ENOSPC);
	assert_int_equal(out->error, ENOSPC);
	close(out->fd);
	free(out);
}

static void large_blocks_tell_too(void **state)
{
	struct vmv_out *out = open_out(open("/dev/full", O_WRONLY | O_CLOEXEC));
	char *block = vmv_calloc(2, VMV_OUT_ROOM);

	(void)state;
	vmv_out_bytes(out, block, (size_t)2 * VMV_OUT_ROOM);
	assert_int_equal(out->error, ENOSPC);
	assert_int_equal(vmv_out_flush(out), -ENOSPC);
	close(out->fd);
	free(block);
	free(out);
}

/* What follows an error is dropped: a hole in the output is worse than its end. */
static void the_first_error_sticks(void **state)
{
	struct vmv_out *out = open_out(open("/dev/full", O_WRONLY | O_CLOEXEC));
	int good = unit_file("", 0), full = out->fd;
	char *text;

	(void)state;
	vmv_out_text(out, "lost");
	assert_int_equal(vmv_out_flush(out), -ENOSPC);
	out->fd = good;
	vmv_out_text(out, "late");
	vmv_out_fill(out, '-', (size_t)3 * VMV_OUT_ROOM);
	assert_int_equal(vmv_out_flush(out), -ENOSPC);
	out->fd = -1; /* would be another error */
	vmv_out_text(out, "later");
	assert_int_equal(vmv_out_flush(out), -ENOSPC);
	text = unit_content(good, NULL);
	assert_string_equal(text, "");
	free(text);
	close(good);
	close(full);
	free(out);
}

static void a_closed_pipe_is_an_error(void **state)
{
	struct vmv_out *out;
	int ends[2];

	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	close(ends[0]);
	signal(SIGPIPE, SIG_IGN);
	out = open_out(ends[1]);
	vmv_out_text(out, "x");
	assert_int_equal(vmv_out_flush(out), -EPIPE);
	signal(SIGPIPE, SIG_DFL);
	close(ends[1]);
	free(out);
}

static void numbers_are_as_wide_as_asked(void **state)
{
	static const struct {
		uint64_t n;
		size_t width;
		const char *text;
	} cases[] = {
		{ 0, 0, "0" },
		{ 0, 1, "0" },
		{ 9, 4, "   9" },
		{ 10, 1, "10" },
		{ 10, 4, "  10" },
		{ 7, 16, "               7" },
		{ 7, 20, "                   7" },
		{ 1234567890123456, 16, "1234567890123456" },
		{ UINT64_MAX, 3, "18446744073709551615" },
		{ UINT64_MAX, 22, "  18446744073709551615" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct vmv_out *out = open_capture();

		vmv_out_number(out, cases[i].n, cases[i].width);
		check_content(out, cases[i].text, strlen(cases[i].text));
	}
}

/* At every distance from the end of the buffer. */
static void numbers_are_whole_where_the_buffer_ends(void **state)
{
	(void)state;
	for (size_t left = 0; left <= 40; left++) {
		struct vmv_out *out = open_capture();
		char *want = vmv_calloc(VMV_OUT_ROOM + 100, 1);

		vmv_out_fill(out, '.', VMV_OUT_ROOM - 41);
		vmv_out_fill(out, '.', 41 - left);
		memset(want, '.', VMV_OUT_ROOM - left);
		for (int i = 0; i < 4; i++) {
			vmv_out_number(out, 5, 9);
			strcat(want, "        5");
		}
		check_content(out, want, strlen(want));
		free(want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_come_out_in_order),
		cmocka_unit_test(numbers_are_as_wide_as_asked),
		cmocka_unit_test(numbers_are_whole_where_the_buffer_ends),
		cmocka_unit_test(nothing_is_lost_at_the_end_of_the_buffer),
		cmocka_unit_test(a_flush_leaves_nothing_to_flush),
		cmocka_unit_test(a_full_device_is_told),
		cmocka_unit_test(large_blocks_tell_too),
		cmocka_unit_test(the_first_error_sticks),
		cmocka_unit_test(a_closed_pipe_is_an_error),
	};

	return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
