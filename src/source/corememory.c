/* corememory.c - see corememory.h */
#include "corememory.h"

#include "vmapview/alloc.h"
#include "vmapview/page.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

void corememory_add(struct corememory *m, const struct coreload *load)
{
	m->loads = vmv_grow(m->loads, m->nloads, &m->room, sizeof(*m->loads));
	m->loads[m->nloads++] = *load;
}

static int compare(const void *a, const void *b)
{
	const struct coreload *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

void corememory_sort(struct corememory *m)
{
	if (m->nloads)
		qsort(m->loads, m->nloads, sizeof(*m->loads), compare);
}

uint64_t corememory_page(const struct corememory *m)
{
	return vmv_page_size(m->edges);
}

size_t corememory_at(const struct corememory *m, uint64_t address)
{
	size_t low = 0, high = m->nloads;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->loads[middle].end <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool corememory_find(const struct corememory *m, uint64_t address, size_t size, uint64_t *place)
{
	size_t i = corememory_at(m, address);
	const struct coreload *load = &m->loads[i];
	uint64_t skip;

	if (i == m->nloads || load->start > address)
		return false;
	skip = address - load->start;
	*place = load->place + skip;
	return load->length >= size && skip <= load->length - size;
}

int corefile_read(int fd, uint64_t place, void *to, size_t size)
{
	ssize_t got = pread(fd, to, size, (off_t)place);

	if (got < 0)
		return -errno;
	return (size_t)got == size ? 0 : -ENODATA;
}

bool corememory_read(struct corememory *m, uint64_t address, void *to, size_t size)
{
	uint64_t place;
	int rc;

	if (!corememory_find(m, address, size, &place))
		return false;
	rc = corefile_read(m->fd, place, to, size);
	if (rc < 0 && !m->failure)
		m->failure = -rc;
	return rc == 0;
}

uint64_t core_number(const void *bytes, size_t size, bool big)
{
	const unsigned char *at = bytes;
	uint64_t n = 0;

	for (size_t i = 0; i < size; i++)
		n = n << 8 | at[big ? i : size - 1 - i];
	return n;
}

uint64_t corememory_number(const struct corememory *m, const void *bytes, size_t size)
{
	return core_number(bytes, size, m->big);
}

void corememory_done(struct corememory *m)
{
	free(m->loads);
}
