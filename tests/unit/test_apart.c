/* test_apart.c - memory that is read in a child, of a process made of files */
#include "unit.h"

#include "apart.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { PRESENT = 63, SWAPPED = 62, GUARD = 58, PAGES = 8, SHORT = 50 /* ms of patience */ };

/** struct world - a directory with pagemap and mem; @seen: the result and the bytes of each piece
 */
struct world {
	char path[64];
	int dir;
	size_t page, n;
	struct {
		enum vmv_page page;
		unsigned char first, last;
	} seen[16];
	const struct vmv_peek *pieces;
};

static int setup(void **state)
{
	struct world *w = vmv_calloc(1, sizeof(*w));

	snprintf(w->path, sizeof(w->path), "/tmp/vmapview-unit.XXXXXX");
	assert_non_null(mkdtemp(w->path));
	w->dir = open(w->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	w->page = (size_t)sysconf(_SC_PAGESIZE);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	unlinkat(w->dir, "pagemap", 0);
	unlinkat(w->dir, "mem", 0);
	close(w->dir);
	rmdir(w->path);
	free(w);
	return 0;
}

static void write_file(const struct world *w, const char *name, const void *bytes, size_t size)
{
	int fd = openat(w->dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_int_equal(write(fd, bytes, size), size);
	close(fd);
}

/* Eight pages: two present, two absent, one swapped, one guard, two present.  The bytes of page N
 * are N + 1, and mem ends in the middle of the last one. */
static void write_world(const struct world *w)
{
	static const unsigned char bits[PAGES] = { PRESENT, PRESENT, 0,       0,
						   SWAPPED, 0,       PRESENT, PRESENT };
	uint64_t entries[PAGES];
	unsigned char *mem = vmv_calloc(PAGES, w->page);

	for (size_t i = 0; i < PAGES; i++) {
		entries[i] = bits[i] ? UINT64_C(1) << bits[i] : 0;
		memset(mem + i * w->page, (int)i + 1, w->page);
	}
	entries[5] = UINT64_C(1) << GUARD | UINT64_C(1) << SWAPPED;
	write_file(w, "pagemap", entries, sizeof(entries));
	write_file(w, "mem", mem, PAGES * w->page - 100);
	free(mem);
}

static void take(void *data, size_t piece, enum vmv_page page, unsigned char *bytes)
{
	struct world *w = data;

	assert_int_equal(piece, w->n);
	w->seen[w->n].page = page;
	if (page == VMV_PAGE_READ) {
		w->seen[w->n].first = bytes[0];
		w->seen[w->n].last = bytes[w->pieces[piece].size - 1];
	}
	w->n++;
}

static void read_pieces(struct world *w, struct apart *apart, const struct vmv_peek *pieces,
			size_t n)
{
	const struct apart_job job = {
		.dir = w->dir, .pieces = pieces, .n = n, .take = take, .data = w
	};

	w->n = 0;
	w->pieces = pieces;
	apart_read(apart, &job);
	assert_int_equal(w->n, n);
}

/** struct expected - @at and @size in quarters of a page */
struct expected {
	const char *what;
	unsigned at, size;
	bool fetch;
	enum vmv_page page;
	unsigned char first, last;
};

static const struct expected table[] = {
	{ "a page that is there", 0, 4, false, VMV_PAGE_READ, 1, 1 },
	{ "a part of one", 5, 2, false, VMV_PAGE_READ, 2, 2 },
	{ "over a border", 3, 2, false, VMV_PAGE_READ, 1, 2 },
	{ "an absent one", 8, 4, false, VMV_PAGE_ABSENT, 0, 0 },
	{ "fetched", 8, 4, true, VMV_PAGE_READ, 3, 3 },
	{ "its first half is there", 7, 2, false, VMV_PAGE_READ, 2, 0 },
	{ "swapped", 16, 1, false, VMV_PAGE_SWAPPED, 0, 0 },
	{ "swapped, fetched", 16, 1, true, VMV_PAGE_READ, 5, 5 },
	{ "a guard", 20, 1, true, VMV_PAGE_GUARD, 0, 0 },
	{ "behind the end", 28, 4, false, VMV_PAGE_FAULT, 0, 0 },
	{ "not of a process", 32, 4, false, VMV_PAGE_FAULT, 0, 0 },
};

static void pieces_are_read(void **state)
{
	struct vmv_peek pieces[ARRAY_SIZE(table)];
	struct apart apart = { .patience = APART_PATIENCE };
	struct world *w = *state;

	if (w->page > APART_MOST) /* pieces are smaller than pages there */
		return;           /* cmocka's skip() is a failure to automake */
	write_world(w);
	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		pieces[i] = (struct vmv_peek){ .address = table[i].at * w->page / 4,
					       .size = table[i].size * w->page / 4,
					       .fetch = table[i].fetch };
	read_pieces(w, &apart, pieces, ARRAY_SIZE(table));
	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		if (w->seen[i].page != table[i].page || w->seen[i].first != table[i].first ||
		    w->seen[i].last != table[i].last)
			fail_msg("%s: %d, %u to %u", table[i].what, (int)w->seen[i].page,
				 w->seen[i].first, w->seen[i].last);
	read_pieces(w, &apart, pieces, 0);
}

static void why_not_is_told(void **state)
{
	const struct vmv_peek pieces[] = { { .size = 16 }, { .size = 16 } };
	struct apart apart = { .patience = APART_PATIENCE };
	struct world *w = *state;

	read_pieces(w, &apart, pieces, 2); /* no such files */
	assert_int_equal(w->seen[0].page, VMV_PAGE_GONE);
	assert_int_equal(w->seen[1].page, VMV_PAGE_GONE);
}

/* A FIFO without a writer can't even be opened. */
static void silence_ends(void **state)
{
	const struct vmv_peek pieces[] = { { .size = 16 }, { .size = 16 } };
	struct apart apart = { .patience = SHORT };
	struct world *w = *state;

	write_world(w);
	unlinkat(w->dir, "mem", 0);
	assert_int_equal(mkfifoat(w->dir, "mem", 0600), 0);
	for (int i = 0; i < 10; i++) {
		read_pieces(w, &apart, pieces, 2);
		assert_int_equal(w->seen[0].page, VMV_PAGE_SILENT);
		assert_int_equal(w->seen[1].page, VMV_PAGE_SILENT);
	}
	/* Children that can be killed were, and are collected when their slots are needed. */
	unlinkat(w->dir, "mem", 0);
	write_world(w);
	for (size_t i = 0; i < ARRAY_SIZE(apart.lost); i++)
		if (apart.lost[i])
			assert_int_equal(waitpid(apart.lost[i], NULL, 0), apart.lost[i]);
	apart.patience = APART_PATIENCE;
	read_pieces(w, &apart, pieces, 2);
	assert_int_equal(w->seen[0].page, VMV_PAGE_READ);
}

/* Leave so many descriptors to be opened. */
static void leave_descriptors(int room)
{
	struct rlimit limit;
	int opened[8];

	for (int i = 0; i <= room; i++) /* others may be open in between */
		opened[i] = dup(STDERR_FILENO);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = (rlim_t)opened[room];
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	while (room >= 0)
		close(opened[room--]);
}

/* Not the process's silence, nor a fault of its memory. */
static void too_few_descriptors_are_ours(void **state)
{
	enum { NEEDED = 4 }; /* a pipe here, and two files there */
	const struct vmv_peek pieces[] = { { .size = 16 }, { .size = 16 } };
	struct world *w = *state;
	struct rlimit old;

	write_world(w);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	for (int room = 0; room <= NEEDED; room++) {
		struct apart apart = { .patience = APART_PATIENCE };

		leave_descriptors(room);
		read_pieces(w, &apart, pieces, 2);
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
		assert_int_equal(w->seen[0].page, room < NEEDED ? VMV_PAGE_LACKING : VMV_PAGE_READ);
		assert_int_equal(w->seen[1].page, w->seen[0].page);
		assert_int_equal(apart.lacking, room < NEEDED ? EMFILE : 0);
	}
}

static void no_more_are_left_than_there_is_room_for(void **state)
{
	const struct vmv_peek piece = { .size = 16 };
	struct apart apart = { .patience = APART_PATIENCE };
	struct world *w = *state;

	write_world(w);
	for (size_t i = 0; i < ARRAY_SIZE(apart.lost); i++) {
		apart.lost[i] = fork();
		if (!apart.lost[i])
			for (;;)
				pause();
	}
	read_pieces(w, &apart, &piece, 1);
	assert_int_equal(w->seen[0].page, VMV_PAGE_SILENT);
	for (size_t i = 0; i < ARRAY_SIZE(apart.lost); i++)
		kill(apart.lost[i], SIGKILL);
	waitpid(apart.lost[0], NULL, 0);
	read_pieces(w, &apart, &piece, 1);
	assert_int_equal(w->seen[0].page, VMV_PAGE_READ);
	for (size_t i = 0; i < ARRAY_SIZE(apart.lost); i++)
		if (apart.lost[i])
			waitpid(apart.lost[i], NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pieces_are_read, setup, teardown),
		cmocka_unit_test_setup_teardown(why_not_is_told, setup, teardown),
		cmocka_unit_test_setup_teardown(silence_ends, setup, teardown),
		cmocka_unit_test_setup_teardown(too_few_descriptors_are_ours, setup, teardown),
		cmocka_unit_test_setup_teardown(no_more_are_left_than_there_is_room_for, setup,
						teardown),
	};

	return cmocka_run_group_tests_name("apart", tests, NULL, NULL);
}
