/* memory.c - see memory.h */
#include "memory.h"

#include "vmapview/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { PATIENCE = 1000 }; /* milliseconds, as somebody waits for it */

/**
 * struct eyes - the files of one memory, for as many as look with them
 * @files: mem is opened by the first look, as the kernel may log that we may not
 */
struct eyes {
	unsigned refs;
	int dir, code;
	bool owns_dir;
	struct apart_files files;
	struct procfile_stat program;
};

void looks_init(struct looks *looks)
{
	pthread_mutex_init(&looks->lock, NULL);
	looks->apart = (struct apart){ .patience = PATIENCE };
}

void looks_done(struct looks *looks)
{
	pthread_mutex_destroy(&looks->lock);
}

void memory_init(struct memory *memory)
{
	pthread_mutex_init(&memory->lock, NULL);
	memory->eyes = NULL;
}

static void close_file(int fd)
{
	if (fd >= 0)
		close(fd);
}

static struct eyes *take(struct memory *memory)
{
	struct eyes *eyes;

	pthread_mutex_lock(&memory->lock);
	eyes = memory->eyes;
	if (eyes)
		eyes->refs++;
	pthread_mutex_unlock(&memory->lock);
	return eyes;
}

static void drop(struct memory *memory, struct eyes *eyes)
{
	bool last;

	if (!eyes)
		return;
	pthread_mutex_lock(&memory->lock);
	last = !--eyes->refs;
	pthread_mutex_unlock(&memory->lock);
	if (!last)
		return;
	if (eyes->owns_dir)
		close(eyes->dir);
	close_file(eyes->files.pagemap);
	close_file(eyes->files.mem);
	free(eyes);
}

int memory_dir(struct memory *memory)
{
	struct eyes *eyes = take(memory);
	int dir = eyes ? fcntl(eyes->dir, F_DUPFD_CLOEXEC, 0) : -1;

	drop(memory, eyes);
	return dir;
}

void memory_done(struct memory *memory)
{
	drop(memory, memory->eyes);
	pthread_mutex_destroy(&memory->lock);
}

bool memory_exists(int maps, int pagemap)
{
	enum { COVERING_OR_NEXT = 0x10 };
	/* struct procmap_query: size, query_flags, query_addr, answers (PROCMAP_QUERY, Linux 6.11)
	 */
	uint64_t query[13] = { sizeof(query), COVERING_OR_NEXT }, entry;

	if (ioctl(maps, _IOWR('f', 17, query), query) == 0 || errno == ENOENT)
		return true;
	if (errno == ESRCH)
		return false;
	/* Older kernels: pagemap reads as empty once the memory is gone. */
	return pagemap < 0 || pread(pagemap, &entry, sizeof(entry), 0) != 0;
}

/* Of a child of vfork(), the memory goes on in its parent: then only @now tells of an exec. */
static bool is_still_there(const struct eyes *eyes, const struct procfile_stat *now)
{
	return procfile_is_same_program(&eyes->program, now) &&
	       memory_exists(-1, eyes->files.pagemap);
}

static int move(int *fd)
{
	int moved = *fd;

	*fd = -1;
	return moved;
}

void memory_set(struct memory *memory, const struct memory_place *place)
{
	struct eyes *before = memory->eyes, *eyes; /* nobody else sets it */

	/* The directory of a thread may go before the memory does. */
	if (before && !before->owns_dir && is_still_there(before, place->program))
		return;
	eyes = vmv_calloc(1, sizeof(*eyes));
	*eyes = (struct eyes){
		.refs = 1,
		.dir = place->owned ? move(place->owned) : place->dir,
		.owns_dir = place->owned,
		.code = place->code,
		.files = { .pagemap = move(place->pagemap), .mem = -1 },
		.program = *place->program,
	};
	pthread_mutex_lock(&memory->lock);
	memory->eyes = eyes;
	pthread_mutex_unlock(&memory->lock);
	drop(memory, before);
}

/* VMV_PAGE_READ if it is open.  An exec may have come between pagemap and mem. */
static enum vmv_page open_mem(struct eyes *eyes)
{
	struct procfile_stat now;
	int mem;

	if (eyes->files.mem >= 0)
		return VMV_PAGE_READ;
	if (eyes->files.pagemap < 0)
		return apart_page(eyes->code);
	mem = openat(eyes->dir, "mem", O_RDONLY | O_CLOEXEC);
	if (mem < 0)
		return apart_page(errno);
	if (procfile_stat(eyes->dir, &now) < 0 || !is_still_there(eyes, &now)) {
		close(mem);
		return VMV_PAGE_GONE;
	}
	eyes->files.mem = mem;
	return VMV_PAGE_READ;
}

static void take_piece(void *data, size_t i, enum vmv_page page, unsigned char *bytes)
{
	struct vmv_peek *piece = (struct vmv_peek *)data + i;

	piece->page = page;
	if (page == VMV_PAGE_READ)
		memcpy(piece->to, bytes, piece->size);
}

void memory_look(struct memory *memory, struct looks *looks, struct vmv_peek *pieces, size_t n)
{
	struct eyes *eyes = take(memory);
	enum vmv_page page = VMV_PAGE_GONE;

	pthread_mutex_lock(&looks->lock);
	if (eyes)
		page = open_mem(eyes);
	if (page == VMV_PAGE_READ) {
		const struct apart_job job = { .pieces = pieces,
					       .n = n,
					       .take = take_piece,
					       .data = pieces,
					       .files = &eyes->files };

		apart_read(&looks->apart, &job);
	}
	pthread_mutex_unlock(&looks->lock);
	for (size_t i = 0; i < n && page != VMV_PAGE_READ; i++)
		pieces[i].page = page;
	drop(memory, eyes);
}
