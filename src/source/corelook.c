/* corelook.c - see corelook.h */
#include "corelook.h"

#include "corememory.h"
#include "vmapview/alloc.h"
#include "vmapview/source.h"

#include <pthread.h>
#include <stdlib.h>

/** struct corelook - @lock: of @memory, and not held while the file is read */
struct corelook {
	pthread_mutex_t lock;
	struct corememory memory;
};

int corelook_open(struct vmv_target *t, struct vmv_error *err)
{
	struct corelook *look = vmv_calloc(1, sizeof(*look));

	(void)err;
	pthread_mutex_init(&look->lock, NULL);
	t->own = look;
	return 0;
}

void corelook_close(struct vmv_target *t)
{
	struct corelook *look = t->own;

	if (!look)
		return;
	corememory_done(&look->memory);
	pthread_mutex_destroy(&look->lock);
	free(look);
}

void corelook_set(struct vmv_target *t, const struct corememory *memory)
{
	struct corelook *look = t->own;
	struct corememory before;

	pthread_mutex_lock(&look->lock);
	before = look->memory;
	look->memory = *memory;
	pthread_mutex_unlock(&look->lock);
	corememory_done(&before);
}

static enum vmv_page read_piece(int fd, struct corelook *look, const struct vmv_peek *piece)
{
	uint64_t place;
	bool there;

	pthread_mutex_lock(&look->lock);
	there = corememory_find(&look->memory, piece->address, piece->size, &place);
	pthread_mutex_unlock(&look->lock);
	if (!there)
		return VMV_PAGE_UNSAVED;
	return corefile_read(fd, place, piece->to, piece->size) < 0 ? VMV_PAGE_FAULT
								    : VMV_PAGE_READ;
}

void corelook_peek(struct vmv_target *t, struct vmv_peek *pieces, size_t n)
{
	for (size_t i = 0; i < n; i++)
		pieces[i].page = read_piece(t->fd, t->own, &pieces[i]);
}
