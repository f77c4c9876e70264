/*
 * memory.h - looking at the memory of a running process (private to source)
 *
 * The kernel ties an open pagemap or mem to the memory that the process had then: once it has
 * exec'd or is gone, they read as empty.  So they stay open for as long as there is that memory,
 * and what is seen through them belongs to the regions that were read at that time.
 */
#ifndef VMV_MEMORY_H
#define VMV_MEMORY_H

#include "apart.h"
#include "procfile.h"

#include <pthread.h>
#include <stdbool.h>

struct eyes;

/** memory_exists - does the memory that they were opened on still exist?  Either may be -1; true if
 *  neither tells. */
bool memory_exists(int maps, int pagemap);

/** struct looks - reading children for all processes whose memory is looked at, one at a time */
struct looks {
	pthread_mutex_t lock;
	struct apart apart;
};

void looks_init(struct looks *looks);
void looks_done(struct looks *looks);

/**
 * struct memory - that of one process
 * @lock: of @eyes, which one thread sets while others look with those of before
 * @eyes: what to look with, NULL before there was any memory
 */
struct memory {
	pthread_mutex_t lock;
	struct eyes *eyes;
};

void memory_init(struct memory *memory);
void memory_done(struct memory *memory);

/**
 * struct memory_place - where the memory is that was just read
 * @dir:     /proc/PID, or the directory of a thread
 * @owned:   where @dir is, to be taken over and set to -1; NULL if it stays open
 * @pagemap: to be taken over in the same way; -1 if it could not be opened, then @code is the errno
 * @program: stat, as read after that
 */
struct memory_place {
	int dir, *owned, *pagemap, code;
	const struct procfile_stat *program;
};

/** memory_set - look there from now on; leaves things as they are if it is the same memory. */
void memory_set(struct memory *memory, const struct memory_place *place);

/** memory_dir - the directory of whoever has that memory, which the caller closes; -1 if there was
 *  none yet. */
int memory_dir(struct memory *memory);

/** memory_look - look at the pieces; see vmv_target_peek(). */
void memory_look(struct memory *memory, struct looks *looks, struct vmv_peek *pieces, size_t n);

#endif
