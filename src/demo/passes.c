/* passes.c - see passes.h */
#include "passes.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static uint64_t shifted(unsigned char byte, size_t place)
{
	return (uint64_t)byte << 8 * (place % 8);
}

/* Add @len bytes that begin at @place of the file. */
static void add(struct pass *p, const unsigned char *bytes, size_t len, size_t place)
{
	size_t i = 0;

	p->bytes += len;
	for (; i < len && (place + i) % 8; i++)
		p->sum += shifted(bytes[i], place + i);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	for (uint64_t word; len - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		p->sum += word;
	}
#endif
	for (; i < len; i++)
		p->sum += shifted(bytes[i], place + i);
}

/* --- order */

/**
 * struct shuffle - each number below @n once, in an order that is the same each time
 *
 * A linear congruential generator modulo a power of two visits every number; those
 * that are too large are skipped.
 */
struct shuffle {
	uint64_t n, mask, state;
	unsigned half;
};

static struct shuffle shuffled(uint64_t n)
{
	struct shuffle s = { .n = n, .state = 42 };
	unsigned bits = 0;

	while (bits < 63 && UINT64_C(1) << bits < n)
		bits++;
	s.mask = (UINT64_C(1) << bits) - 1;
	s.half = (bits + 1) / 2;
	return s;
}

static uint64_t next(struct shuffle *s)
{
	uint64_t mixed;

	do {
		s->state =
			(s->state * UINT64_C(6364136223846793005) + 1442695040888963407) & s->mask;
		/* The low digits alone would follow a short pattern. */
		mixed = s->state ^ s->state >> s->half;
	} while (mixed >= s->n);
	return mixed;
}

static size_t page_len(const struct pass *p, size_t at)
{
	return p->size - at < p->page ? p->size - at : p->page;
}

/* --- read */

static bool take(struct pass *p, ssize_t n, size_t place)
{
	p->calls++;
	if (n < 0)
		p->error = errno;
	if (n <= 0)
		return false;
	add(p, p->buffer, (size_t)n, place);
	return true;
}

static void read_on(void *pass)
{
	struct pass *p = pass;

	/* A file that grows as fast as we read ends here, too. */
	while (p->bytes <= p->size && take(p, read(p->fd, p->buffer, PASS_BUFFER), p->bytes))
		;
}

static void read_about(void *pass)
{
	struct pass *p = pass;
	size_t pages = (p->size + p->page - 1) / p->page;
	struct shuffle order = shuffled(pages);

	for (size_t i = 0; i < pages; i++) {
		size_t at = next(&order) * p->page;

		if (!take(p, pread(p->fd, p->buffer, page_len(p, at), (off_t)at), at))
			return;
	}
}

/* --- mmap */

static const unsigned char *map(struct pass *p)
{
	void *start = mmap(NULL, p->size, PROT_READ, MAP_PRIVATE, p->fd, 0);

	p->calls++;
	if (start != MAP_FAILED)
		return start;
	p->error = errno;
	return NULL;
}

static void unmap(struct pass *p, const unsigned char *start)
{
	p->calls++;
	if (munmap((void *)start, p->size))
		p->error = errno;
}

static void walk_on(void *pass)
{
	struct pass *p = pass;
	const unsigned char *start = map(p);

	if (!start)
		return;
	add(p, start, p->size, 0);
	unmap(p, start);
}

static void walk_about(void *pass)
{
	struct pass *p = pass;
	size_t pages = (p->size + p->page - 1) / p->page;
	struct shuffle order = shuffled(pages);
	const unsigned char *start = map(p);

	if (!start)
		return;
	for (size_t i = 0; i < pages; i++) {
		size_t at = next(&order) * p->page;

		add(p, start + at, page_len(p, at), at);
	}
	unmap(p, start);
}

const struct way ways[NWAYS] = {
	{ "read", "sequential", read_on },
	{ "mmap", "sequential", walk_on },
	{ "read", "random", read_about },
	{ "mmap", "random", walk_about },
};
