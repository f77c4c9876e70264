/*
 * compare.c - see compare.h
 *
 * The kernel tells faults, the clock tells time; system calls are those that a
 * pass issues, counted where it issues them.
 */
#include "compare.h"

#include "area.h"
#include "pagecache.h"
#include "passes.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 5, MIDDLE = RUNS / 2, NROWS = 2 * NWAYS };

/** enum - what one pass took */
enum { NANOSECONDS, CALLS, MINOR, MAJOR, COSTS };

/** struct row - one line of the table: a way with a cache
 *  @cached: pages that were in the page cache before it; of all runs the one that is worst */
struct row {
	const struct way *way;
	bool warm;
	size_t cached;
	unsigned long long costs[COSTS][RUNS];
};

struct comparison {
	const struct area *file;
	size_t page, pages;
	unsigned char *buffer;
	bool summed; /* @sum is known */
	uint64_t sum;
	struct row rows[NROWS];
};

static unsigned long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (unsigned long long)t.tv_sec * 1000000000 + (unsigned long long)t.tv_nsec;
}

static struct pass new_pass(const struct comparison *c)
{
	return (struct pass){
		.fd = c->file->fd, .size = c->file->size, .page = c->page, .buffer = c->buffer
	};
}

/* Every pass has to see the same bytes. */
static int check(struct comparison *c, const struct pass *p, bool whole)
{
	if (p->error)
		return demo_fail(c->file->name, strerror(p->error));
	if (!whole || p->bytes < p->size)
		return demo_fail(c->file->name, "the file was truncated while we read it");
	if (p->bytes > p->size || (c->summed && c->sum != p->sum))
		return demo_fail(c->file->name, "the file changed while we read it");
	c->summed = true;
	c->sum = p->sum;
	return 0;
}

static int measure(struct comparison *c, struct row *row, size_t run)
{
	struct pass p = new_pass(c);
	struct rusage before, after;
	unsigned long long start, end;
	bool whole;

	if (lseek(p.fd, 0, SEEK_SET))
		return demo_fail(c->file->name, strerror(errno));
	getrusage(RUSAGE_SELF, &before);
	start = now();
	whole = guarded(row->way->run, &p);
	end = now();
	getrusage(RUSAGE_SELF, &after);
	row->costs[NANOSECONDS][run] = end - start;
	row->costs[CALLS][run] = p.calls;
	row->costs[MINOR][run] = (unsigned long long)(after.ru_minflt - before.ru_minflt);
	row->costs[MAJOR][run] = (unsigned long long)(after.ru_majflt - before.ru_majflt);
	return check(c, &p, whole);
}

/* Make the page cache what the row wants, as far as that can be had, and see what it is. */
static int prepare(const struct comparison *c, struct row *row)
{
	size_t cached;
	int status = row->warm ? cache_fill(c->file, c->buffer, PASS_BUFFER, &cached)
			       : cache_drop(c->file, &cached);

	if (status)
		return demo_fail(c->file->name, strerror(errno));
	if (row->warm ? cached < row->cached : cached > row->cached)
		row->cached = cached;
	return 0;
}

static int run_all(struct comparison *c)
{
	for (size_t run = 0; run < RUNS; run++)
		for (size_t i = 0; i < NROWS; i++)
			if (prepare(c, &c->rows[i]) || measure(c, &c->rows[i], run))
				return -1;
	return 0;
}

/* --- the table */

static int compare_numbers(const void *a, const void *b)
{
	unsigned long long x = *(const unsigned long long *)a, y = *(const unsigned long long *)b;

	return (x > y) - (x < y);
}

static void print_row(struct row *row)
{
	const unsigned long long *ns = row->costs[NANOSECONDS];

	for (size_t i = 0; i < COSTS; i++)
		qsort(row->costs[i], RUNS, sizeof(row->costs[i][0]), compare_numbers);
	printf("%-10s  %-5s  %10zu  %-4s  %9.3f  %9.3f  %9.3f  %8llu  %7llu  %7llu\n",
	       row->way->order, row->warm ? "warm" : "cold", row->cached, row->way->name,
	       (double)ns[MIDDLE] / 1e6, (double)ns[0] / 1e6, (double)ns[RUNS - 1] / 1e6,
	       row->costs[CALLS][MIDDLE], row->costs[MINOR][MIDDLE], row->costs[MAJOR][MIDDLE]);
}

/* What could not be had is told, as the numbers then mean something else. */
static void print_doubts(const struct comparison *c)
{
	bool cold = true, warm = true;

	for (size_t i = 0; i < NROWS; i++) {
		const struct row *row = &c->rows[i];

		if (row->warm)
			warm = warm && row->cached == c->pages;
		else
			cold = cold && !row->cached;
	}
	if (!cold)
		printf("\nNot cold: the page cache keeps pages of files that are in memory only "
		       "(tmpfs), or that\nothers have mapped; of a file of somebody else the "
		       "kernel "
		       "does not tell, and claims all.\n");
	if (!warm)
		printf("\nNot warm: the page cache did not keep the whole file.\n");
}

static void print_table(struct comparison *c)
{
	printf("%s: %zu bytes in %zu page%s of %zu\n", c->file->name, c->file->size, c->pages,
	       c->pages == 1 ? "" : "s", c->page);
	printf("The median of %d runs; for the time, also the lowest and the highest.\n\n", RUNS);
	printf("%-10s  %-5s  %10s  %-4s  %9s  %9s  %9s  %8s  %7s  %7s\n", "Order", "Cache",
	       "In cache", "Way", "ms", "lowest", "highest", "Calls", "Minor", "Major");
	for (size_t i = 0; i < NROWS; i++)
		print_row(&c->rows[i]);
	printf("\nThe sum of the file was %016llx each time.\n", (unsigned long long)c->sum);
	print_doubts(c);
}

int compare_ways(const struct area *file)
{
	struct comparison c = { .file = file, .page = (size_t)sysconf(_SC_PAGESIZE) };
	int status;

	c.pages = (file->size - 1) / c.page + 1;
	if (c.pages > (size_t)sysconf(_SC_PHYS_PAGES))
		return demo_fail(file->name, "too big to hold in memory");
	c.buffer = malloc(PASS_BUFFER);
	if (!c.buffer)
		return demo_fail("buffer", strerror(ENOMEM));
	memset(c.buffer, 1, PASS_BUFFER); /* no pass is to pay for its pages */
	for (size_t i = 0; i < NROWS; i++) {
		bool warm = i / 2 % 2;

		c.rows[i] = (struct row){ .way = &ways[i / 4 * 2 + i % 2],
					  .warm = warm,
					  .cached = warm ? c.pages : 0 };
	}
	status = run_all(&c);
	if (!status)
		print_table(&c);
	free(c.buffer);
	return status;
}
