/*
 * mmap-demo.c - vmapview-demo: a process to look at while it acts out mmap
 *
 * It maps a file privately and read-only, prints the text through the mapping,
 * and then does one thing with its memory for each key.  It only looks at its
 * own fault counts; the rest is to be seen from outside.
 */
#include "area.h"
#include "compare.h"
#include "console.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define ARRAY_SIZE(a)   (sizeof(a) / sizeof((a)[0]))
#define UNTOUCHED_PAGES 64u
#define SHARED_PAGES    16u
#define ANON_PAGES      64u

struct demo {
	size_t page;
	struct area message;   /* u and w work on it */
	struct area untouched; /* t reads it page by page */
	struct area shared;    /* s writes to it */
};

/** struct key - what a key does; it says so through tell() */
struct key {
	char key;
	void (*act)(struct demo *);
	const char *help;
};

/* --- messages */

/* One line for a key: what happened since @before, and what it cost. */
__attribute__((format(printf, 2, 3))) static void tell(const struct rusage *before, const char *fmt,
						       ...)
{
	struct rusage now;
	va_list ap;

	getrusage(RUSAGE_SELF, &now);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf(" (faults: minor %ld -> %ld, major %ld -> %ld)\n", before->ru_minflt, now.ru_minflt,
	       before->ru_majflt, now.ru_majflt);
}

/* An address as vmapview and pmap print it. */
static unsigned long long row(const char *start)
{
	return (uintptr_t)start;
}

static struct rusage faults_now(void)
{
	struct rusage now;

	getrusage(RUSAGE_SELF, &now);
	return now;
}

/* --- making the mappings */

static int open_temporary(struct area *a, size_t size)
{
	const char *dir = getenv("TMPDIR");
	char path[4096];
	int n = snprintf(path, sizeof(path), "%s/%s.XXXXXX", dir && *dir ? dir : "/tmp", PROGRAM);

	if (n < 0 || (size_t)n >= sizeof(path))
		return demo_fail("TMPDIR", strerror(ENAMETOOLONG));
	a->fd = mkostemp(path, O_CLOEXEC);
	if (a->fd < 0)
		return demo_fail(path, strerror(errno));
	unlink(path);
	a->size = size;
	return ftruncate(a->fd, (off_t)size) ? demo_fail(path, strerror(errno)) : 0;
}

static int map_area(struct area *a, int prot, int flags)
{
	void *p = mmap(NULL, a->size, prot, flags, a->fd, 0);

	if (p == MAP_FAILED)
		return demo_fail(a->name, strerror(errno));
	a->start = p;
	return 0;
}

static int make_areas(struct demo *d, const char *path)
{
	d->page = (size_t)sysconf(_SC_PAGESIZE);
	d->untouched.name = "untouched file";
	d->shared.name = "shared file";
	if (area_open(&d->message, path) || map_area(&d->message, PROT_READ, MAP_PRIVATE) ||
	    open_temporary(&d->untouched, UNTOUCHED_PAGES * d->page) ||
	    map_area(&d->untouched, PROT_READ, MAP_PRIVATE) ||
	    open_temporary(&d->shared, SHARED_PAGES * d->page) ||
	    map_area(&d->shared, PROT_READ | PROT_WRITE, MAP_SHARED))
		return -1;
	/* A file that was just written counts as dirty, which w could not show then. */
	fsync(d->message.fd);
	/* Otherwise the kernel reads ahead, and one touch brings many pages. */
	madvise(d->untouched.start, d->untouched.size, MADV_RANDOM);
	return 0;
}

/* Prints as many characters as the file has: a mapping has no end mark. */
static int print_message(const struct demo *d)
{
	const struct area *a = &d->message;
	char text[1024];
	char last = '\n';

	for (size_t at = 0, n; at < a->size; at += n) {
		n = a->size - at < sizeof(text) ? a->size - at : sizeof(text);
		if (!copy_mapped(text, a->start + at, n))
			return demo_fail(a->name, "the file was truncated while we read it");
		fwrite(text, 1, n, stdout);
		last = text[n - 1];
	}
	if (last != '\n')
		putchar('\n');
	return 0;
}

/* --- keys */

static void touch_page(struct demo *d)
{
	struct area *a = &d->untouched;
	size_t n = a->uses++ % UNTOUCHED_PAGES;
	char *at = a->start + n * d->page, c;
	struct rusage before = faults_now();

	if (!copy_mapped(&c, at, 1))
		tell(&before, "t: no page at %p: the file ends before it", (void *)at);
	else if (a->uses > UNTOUCHED_PAGES)
		tell(&before, "t: read page %zu at %p, which was there; row %016llx stays as it is",
		     n + 1, (void *)at, row(a->start));
	else
		tell(&before, "t: read page %zu at %p, fetched only now; row %016llx: RSS +%zu kB",
		     n + 1, (void *)at, row(a->start), d->page >> 10);
}

static size_t pages_of(const struct area *a, size_t page)
{
	return (a->size + page - 1) / page;
}

/* The next page of the message; when all have had their turn, the next character of each. */
static size_t next_write(struct area *a, size_t page)
{
	size_t pages = pages_of(a, page);
	size_t at = a->uses % pages * page + a->uses / pages % page;

	a->uses++;
	return at < a->size ? at : at / page * page;
}

/* Change the character at @at; on success @old is what it was and @file what the file has. */
static bool change(const struct area *a, size_t at, char *new, char *old, char *file)
{
	if (!copy_mapped(old, a->start + at, 1))
		return false;
	*new = (char)(isalpha((unsigned char)*old) ? *old ^ ('a' ^ 'A') : '*');
	return copy_mapped(a->start + at, new, 1) && pread(a->fd, file, 1, (off_t)at) == 1;
}

static const char *show(char c, char buf[8])
{
	snprintf(buf, 8, isprint((unsigned char)c) ? "'%c'" : "0x%02x", (unsigned char)c);
	return buf;
}

static void write_private(struct demo *d)
{
	struct area *a = &d->message;
	struct rusage before = faults_now();
	char new, old, file, buf[3][8];
	size_t at;

	if (!a->start) {
		tell(&before, "w: the message is unmapped, there is nothing to write to");
		return;
	}
	if (mprotect(a->start, a->size, PROT_READ | PROT_WRITE)) {
		tell(&before, "w: mprotect: %s", strerror(errno));
		return;
	}
	at = next_write(a, d->page);
	if (!change(a, at, &new, &old, &file)) {
		tell(&before, "w: no page at %p: the file ends before it", (void *)(a->start + at));
		return;
	}
	tell(&before, "w: %s became %s at %p, the file has %s; row %016llx: %s", show(old, buf[0]),
	     show(new, buf[1]), (void *)(a->start + at), show(file, buf[2]), row(a->start),
	     a->uses <= pages_of(a, d->page) ? "Private_Dirty and Anonymous grow by our copy"
					     : "stays as it is, the copy was made before");
}

static void write_shared(struct demo *d)
{
	struct area *a = &d->shared;
	size_t offset = a->uses++ % SHARED_PAGES * d->page;
	char *at = a->start + offset;
	char text[64], file[64];
	size_t len = (size_t)snprintf(text, sizeof(text), "press %zu of key s\n", a->uses);
	struct rusage before = faults_now();

	if (!copy_mapped(at, text, len))
		tell(&before, "s: no page at %p: the disk of the file is full", (void *)at);
	else if (pread(a->fd, file, len, (off_t)offset) != (ssize_t)len ||
		 memcmp(text, file, len) != 0)
		tell(&before, "s: wrote %zu bytes at %p, but the file has others", len, (void *)at);
	else
		tell(&before,
		     "s: wrote %zu bytes at %p, the file has them, too; row %016llx: dirty grows, "
		     "Anonymous stays 0",
		     len, (void *)at, row(a->start));
}

static void allocate(struct demo *d)
{
	size_t len = ANON_PAGES * d->page;
	struct rusage before = faults_now();
	char *p = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED) {
		tell(&before, "a: mmap: %s", strerror(errno));
		return;
	}
	for (size_t at = 0; at < len; at += d->page)
		((volatile char *)p)[at] = 1;
	tell(&before,
	     "a: allocated and used %zu kB; row %016llx or the one that holds it: Size and RSS "
	     "+%zu kB",
	     len >> 10, row(p), len >> 10);
}

static void unmap_message(struct demo *d)
{
	struct area *a = &d->message;
	struct rusage before = faults_now();

	if (!a->start) {
		tell(&before, "u: the message is unmapped already");
	} else if (munmap(a->start, a->size)) {
		tell(&before, "u: munmap: %s", strerror(errno));
	} else {
		tell(&before, "u: unmapped the message; row %016llx: gone", row(a->start));
		a->start = NULL;
	}
}

static const struct key keys[] = {
	{ 't', touch_page, "touch the next page of a file that was never read: demand paging" },
	{ 'w', write_private, "write to the message: copy-on-write, the file keeps its text" },
	{ 's', write_shared, "write to a shared file: the file has the text, too" },
	{ 'a', allocate, "allocate anonymous memory and use it" },
	{ 'u', unmap_message, "unmap the message" },
};

static void print_keys(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		printf("  %c  %s\n", keys[i].key, keys[i].help);
	printf("  q  quit\n");
}

static void press(void *demo, char key)
{
	if (isspace((unsigned char)key))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		if (keys[i].key == key) {
			keys[i].act(demo);
			return;
		}
	}
	puts("no such key; there are:");
	print_keys();
}

/* --- start */

static void introduce(const struct demo *d)
{
	long pid = (long)getpid();

	printf("\npid %ld\n", pid);
	printf("message    %016llx  %s, private and read-only: the text above was read here\n",
	       row(d->message.start), d->message.name);
	printf("untouched  %016llx  a file of %u pages that nobody read\n", row(d->untouched.start),
	       UNTOUCHED_PAGES);
	printf("shared     %016llx  a file of %u pages, writable and shared\n",
	       row(d->shared.start), SHARED_PAGES);
	printf("look with  vmapview -x %ld\n\n", pid);
	print_keys();
}

static int usage(void)
{
	printf("Usage: %s [FILE]\n"
	       "       %s --compare [FILE]\n\n"
	       "Map FILE (default: %s), print it through the mapping, and wait for keys:\n",
	       PROGRAM, PROGRAM, MESSAGE);
	print_keys();
	printf("\n"
	       "  -c, --compare  measure read and mmap on FILE instead\n"
	       "  -h, --help     show this help\n"
	       "  -V, --version  show the version\n");
	return EXIT_SUCCESS;
}

static int compare(const char *path)
{
	struct area a;

	return area_open(&a, path) || compare_ways(&a) ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int act_out(const char *path)
{
	struct demo d = { 0 };

	if (make_areas(&d, path) || print_message(&d))
		return EXIT_FAILURE;
	introduce(&d);
	console_run(press, &d);
	return EXIT_SUCCESS;
}

/* Returns the exit status. */
static int run(int argc, char **argv)
{
	static const struct option options[] = {
		{ "compare", no_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int (*work)(const char *path) = act_out;
	int c;

	while ((c = getopt_long(argc, argv, "chV", options, NULL)) == 'c')
		work = compare;
	if (c == 'h')
		return usage();
	if (c == 'V')
		return printf("%s %s\n", PROGRAM, PACKAGE_VERSION) < 0;
	if (c == -1 && argc - optind <= 1)
		return work(argv[optind]);
	if (c == -1)
		demo_fail(argv[optind + 1], "one file is enough");
	fprintf(stderr, "Try '%s --help'.\n", PROGRAM);
	return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	int status;

	catch_bus_errors();
	setvbuf(stdout, NULL, _IOFBF, BUFSIZ);
	status = run(argc, argv);
	if (fflush(stdout) || ferror(stdout)) {
		demo_fail("standard output", strerror(errno));
		return EXIT_FAILURE;
	}
	return status;
}
