/* test_reader.c - lines of any length from a file descriptor */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>

/* Lines around the sizes of pages, pipes and the reader's own first buffer. */
static const size_t lengths[] = { 0,     1,     0,     4094,  4095,  4096,  0,      32765, 32766,
				  32767, 32768, 32769, 65535, 65536, 70000, 300000, 3 };

static char letter(size_t line, size_t i)
{
	return (char)('a' + (line * 7 + i) % 26);
}

static char *long_text(size_t *len, bool last_newline)
{
	char *text = NULL, *to;

	*len = 0;
	for (size_t k = 0; k < ARRAY_SIZE(lengths); k++)
		*len += lengths[k] + 1;
	to = text = vmv_realloc(NULL, *len, 1);
	for (size_t k = 0; k < ARRAY_SIZE(lengths); k++) {
		for (size_t i = 0; i < lengths[k]; i++)
			*to++ = letter(k, i);
		*to++ = '\n';
	}
	*len -= !last_newline;
	return text;
}

/* Each line must be what long_text() put there; then it is overwritten, as is allowed. */
static void check_long_text(int fd, bool ahead)
{
	struct vmv_reader r = { .fd = fd, .ahead = ahead };
	size_t len;
	char *line;

	for (size_t k = 0; k < ARRAY_SIZE(lengths); k++) {
		assert_int_equal(vmv_reader_line(&r, &line, &len), 1);
		assert_int_equal(len, lengths[k]);
		assert_int_equal(line[len], '\0');
		for (size_t i = 0; i < len; i++)
			if (line[i] != letter(k, i))
				fail_msg("line %zu, byte %zu is wrong", k, i);
		memset(line, '\n', len + 1);
	}
	assert_int_equal(vmv_reader_line(&r, &line, &len), 0);
	assert_int_equal(vmv_reader_line(&r, &line, &len), 0); /* and stays so */
	vmv_reader_done(&r);
}

static void lines_of_any_length_come_whole(void **state)
{
	size_t len;
	char *text = long_text(&len, true);
	int fd = unit_file(text, len);

	(void)state;
	check_long_text(fd, false);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	check_long_text(fd, true);
	close(fd);
	free(text);
}

static void last_line_needs_no_newline(void **state)
{
	size_t len;
	char *text = long_text(&len, false);
	int fd = unit_file(text, len);

	(void)state;
	check_long_text(fd, false);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	check_long_text(fd, true);
	close(fd);
	free(text);
}

/* A pipe in packet mode: each read(2) gets what one write(2) put. */
static void lines_come_whole_from_reads_of_one_byte(void **state)
{
	size_t len;
	char *text = long_text(&len, true);
	int ends[2], status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe2(ends, O_DIRECT | O_CLOEXEC), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]); /* or it would outlive a parent that gave up */
		for (size_t i = 0; i < len; i++)
			if (write(ends[1], text + i, 1) != 1)
				_exit(1);
		_exit(0);
	}
	close(ends[1]);
	check_long_text(ends[0], true);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	free(text);
}

static void check_lines(const char *text, size_t textlen, const char *const *want, size_t n)
{
	struct vmv_reader r = { .fd = unit_file(text, textlen) };
	size_t len;
	char *line;

	for (size_t i = 0; i < n; i++) {
		assert_int_equal(vmv_reader_line(&r, &line, &len), 1);
		assert_int_equal(len, strlen(want[i]));
		assert_string_equal(line, want[i]);
	}
	assert_int_equal(vmv_reader_line(&r, &line, &len), 0);
	close(r.fd);
	vmv_reader_done(&r);
}

static void empty_lines_are_lines_and_an_empty_file_has_none(void **state)
{
	static const char *const empty[] = { "", "", "" };
	static const char *const mixed[] = { "", "a", "", "b" };

	(void)state;
	check_lines("", 0, NULL, 0);
	check_lines("\n", 1, empty, 1);
	check_lines("\n\n\n", 3, empty, 3);
	check_lines("\na\n\nb", 5, mixed, 4);
	check_lines("\na\n\nb\n", 6, mixed, 4);
}

static void nul_bytes_are_bytes(void **state)
{
	struct vmv_reader r = { .fd = unit_file("a\0b\n\0\nc\0", 8) };
	size_t len;
	char *line;

	(void)state;
	assert_int_equal(vmv_reader_line(&r, &line, &len), 1);
	assert_int_equal(len, 3);
	assert_memory_equal(line, "a\0b", 4);
	assert_int_equal(vmv_reader_line(&r, &line, &len), 1);
	assert_int_equal(len, 1);
	assert_memory_equal(line, "\0", 2);
	assert_int_equal(vmv_reader_line(&r, &line, &len), 1);
	assert_int_equal(len, 2);
	assert_memory_equal(line, "c\0", 3);
	assert_int_equal(vmv_reader_line(&r, &line, &len), 0);
	close(r.fd);
	vmv_reader_done(&r);
}

static void errors_are_told_at_once(void **state)
{
	struct vmv_reader directory = { .fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
	struct vmv_reader closed = { .fd = -1 };
	size_t len;
	char *line;

	(void)state;
	assert_true(directory.fd >= 0);
	assert_int_equal(vmv_reader_line(&directory, &line, &len), -EISDIR);
	assert_int_equal(vmv_reader_line(&closed, &line, &len), -EBADF);
	close(directory.fd);
	vmv_reader_done(&directory);
	vmv_reader_done(&closed);
}

/* A socket whose other end closed without having read all: data, then ECONNRESET. */
static void lines_before_an_error_are_not_lost(void **state)
{
	struct vmv_reader r;
	size_t len;
	char *line;
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
	assert_int_equal(write(ends[0], "unread", 6), 6);
	assert_int_equal(write(ends[1], "one\ntwo\nthr", 11), 11);
	close(ends[1]);

	r = (struct vmv_reader){ .fd = ends[0] };
	assert_int_equal(vmv_reader_line(&r, &line, &len), 1);
	assert_string_equal(line, "one");
	assert_int_equal(vmv_reader_line(&r, &line, &len), 1);
	assert_string_equal(line, "two");
	assert_int_equal(vmv_reader_line(&r, &line, &len), -ECONNRESET);
	close(ends[0]);
	vmv_reader_done(&r);
}

enum { NUMBERED = 200000 };

/* Lines that say which they are. */
static int numbered_lines(void)
{
	int fd = memfd_create("numbered", MFD_CLOEXEC);
	FILE *f = fdopen(dup(fd), "w");

	assert_non_null(f);
	for (size_t i = 0; i < NUMBERED; i++)
		fprintf(f, "%zu\n", i);
	assert_int_equal(fclose(f), 0);
	return fd;
}

/* Reading is quicker than taking here, so that the thread is always about to overwrite what has
 * just been taken. */
static void reading_ahead_loses_nothing(void **state)
{
	int fd = numbered_lines();
	size_t len;
	char *line;

	(void)state;
	for (int round = 0; round < 50; round++) {
		struct vmv_reader r = { .fd = fd, .ahead = true };

		assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
		for (size_t i = 0; i < NUMBERED; i++) {
			assert_int_equal(vmv_reader_line(&r, &line, &len), 1);
			if (strtoul(line, NULL, 10) != i)
				fail_msg("line %zu is '%s'", i, line);
		}
		assert_int_equal(vmv_reader_line(&r, &line, &len), 0);
		vmv_reader_done(&r);
	}
	close(fd);
}

/* Some longer than what the thread reads at a time, so that they are put together from pieces. */
static void reading_ahead_takes_lines_of_any_length(void **state)
{
	enum { LINES = 60, LONGEST = 400000 };
	int fd = memfd_create("long", MFD_CLOEXEC);
	FILE *f = fdopen(dup(fd), "w");
	struct vmv_reader r = { .fd = fd, .ahead = true };
	size_t len;
	char *line;

	(void)state;
	assert_non_null(f);
	for (size_t i = 0; i < LINES; i++)
		fprintf(f, "%0*zu\n", (int)(1 + i * i * 7919 % LONGEST), i);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	for (size_t i = 0; i < LINES; i++) {
		size_t digits = i > 9 ? 2 : 1, want = 1 + i * i * 7919 % LONGEST;

		assert_int_equal(vmv_reader_line(&r, &line, &len), 1);
		assert_int_equal(len, want < digits ? digits : want);
		assert_int_equal(strlen(line), len);
		assert_int_equal(strspn(line, "0"), i ? len - digits : len);
		assert_int_equal(strtoul(line + len - digits, NULL, 10), i);
	}
	assert_int_equal(vmv_reader_line(&r, &line, &len), 0);
	vmv_reader_done(&r);
	close(fd);
}

static void reading_ahead_can_be_given_up(void **state)
{
	int fd = numbered_lines();
	size_t len;
	char *line;

	(void)state;
	for (size_t lines = 1; lines < NUMBERED; lines *= 3) {
		struct vmv_reader r = { .fd = fd, .ahead = true };

		assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
		for (size_t i = 0; i < lines; i++)
			assert_int_equal(vmv_reader_line(&r, &line, &len), 1);
		vmv_reader_done(&r);
	}
	close(fd);
}

static void errors_are_told_also_when_reading_ahead(void **state)
{
	const int room = 1 << 20;
	struct vmv_reader r;
	char text[1024];
	size_t len, lines = 0;
	int ends[2], rc;
	char *line;

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\n';
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
	assert_int_equal(setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &room, sizeof(room)), 0);
	assert_int_equal(write(ends[0], "unread", 6), 6);
	for (int i = 0; i < 150; i++)
		assert_int_equal(write(ends[1], text, sizeof(text)), sizeof(text));
	close(ends[1]);

	r = (struct vmv_reader){ .fd = ends[0], .ahead = true };
	while ((rc = vmv_reader_line(&r, &line, &len)) > 0)
		lines++;
	assert_int_equal(rc, -ECONNRESET);
	assert_int_equal(lines, 150);
	close(ends[0]);
	vmv_reader_done(&r);
}

static void a_line_without_end_is_no_line(void **state)
{
	enum { MOST = 1 << 20 };
	char *text = vmv_realloc(NULL, 2 * MOST, 1);
	size_t len;
	char *line;

	(void)state;
	memset(text, 'x', 2 * MOST);
	for (size_t size = MOST / 2; size <= 2 * MOST; size *= 4) {
		struct vmv_reader r = { .fd = unit_file(text, size), .longest = MOST };
		struct vmv_reader any = { .fd = r.fd };

		assert_int_equal(vmv_reader_line(&r, &line, &len), size < MOST ? 1 : -EMSGSIZE);
		assert_int_equal(lseek(r.fd, 0, SEEK_SET), 0);
		assert_int_equal(vmv_reader_line(&any, &line, &len), 1);
		assert_int_equal(len, size);
		close(r.fd);
		vmv_reader_done(&r);
		vmv_reader_done(&any);
	}
	free(text);
}

static void more_comes_after_what_is_left(void **state)
{
	struct vmv_reader r = { .fd = -1 };
	const char *bytes;
	size_t len;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	r.fd = ends[0];
	assert_int_equal(write(ends[1], "abc", 3), 3);
	assert_int_equal(vmv_reader_bytes(&r, &bytes, &len), 1);
	vmv_reader_skip(&r, 2);
	assert_int_equal(write(ends[1], "de", 2), 2);
	assert_int_equal(vmv_reader_more(&r), 1);
	assert_int_equal(vmv_reader_bytes(&r, &bytes, &len), 1);
	assert_true(len == 3 && !memcmp(bytes, "cde", 3));
	close(ends[1]);
	assert_int_equal(vmv_reader_more(&r), 0);
	assert_int_equal(vmv_reader_more(&r), 0);
	assert_int_equal(vmv_reader_bytes(&r, &bytes, &len), 1);
	assert_true(len == 3 && !memcmp(bytes, "cde", 3));
	close(ends[0]);
	vmv_reader_done(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_any_length_come_whole),
		cmocka_unit_test(last_line_needs_no_newline),
		cmocka_unit_test(lines_come_whole_from_reads_of_one_byte),
		cmocka_unit_test(empty_lines_are_lines_and_an_empty_file_has_none),
		cmocka_unit_test(nul_bytes_are_bytes),
		cmocka_unit_test(errors_are_told_at_once),
		cmocka_unit_test(lines_before_an_error_are_not_lost),
		cmocka_unit_test(reading_ahead_loses_nothing),
		cmocka_unit_test(reading_ahead_takes_lines_of_any_length),
		cmocka_unit_test(reading_ahead_can_be_given_up),
		cmocka_unit_test(errors_are_told_also_when_reading_ahead),
		cmocka_unit_test(a_line_without_end_is_no_line),
		cmocka_unit_test(more_comes_after_what_is_left),
	};

	return cmocka_run_group_tests_name("reader", tests, NULL, NULL);
}
