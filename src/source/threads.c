/* threads.c - see threads.h */
#include "threads.h"

#include "blocks.h"
#include "means.h"
#include "procfile.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "202 0x7f.. 0x0 ... SP PC", "-1 SP PC", or "running". */
static uint64_t stack_pointer(int task, int tid, int *lacking)
{
	char path[32], text[256];
	unsigned long long number, sp = 0, pc = 0;
	unsigned words = 0;
	long len;

	snprintf(path, sizeof(path), "%d/syscall", tid);
	len = procfile_read(task, path, text, sizeof(text) - 1);
	if (len < 0)
		means_note(lacking, (int)-len);
	if (len <= 0)
		return VMV_UNKNOWN;
	text[len] = '\0';
	for (char *s = text, *end; (number = strtoull(s, &end, 0), end != s); s = end) {
		sp = pc;
		pc = number;
		words++;
	}
	return words >= 3 ? sp : VMV_UNKNOWN;
}

static void list_threads(int task, struct vmv_map *map, int *lacking)
{
	int fd = dup(task);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!dir) {
		means_note(lacking, errno);
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(dir))) {
		int tid = procfile_tid(entry->d_name);

		if (tid <= 0)
			continue;
		map->threads = vmv_grow(map->threads, map->nthreads, &map->threads_room,
					sizeof(*map->threads));
		map->threads[map->nthreads++] =
			(struct vmv_thread){ tid, VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN };
	}
	closedir(dir);
}

int threads_find(int dir, struct vmv_map *map, struct apart *apart)
{
	int task = openat(dir, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int lacking = 0;
	bool loose = false;

	if (task < 0)
		return -errno;
	list_threads(task, map, &lacking);
	for (size_t t = 0; map->nthreads > 1 && t < map->nthreads; t++) {
		map->threads[t].sp = stack_pointer(task, map->threads[t].tid, &lacking);
		loose |= map->threads[t].sp == VMV_UNKNOWN;
	}
	close(task);
	if (map->nthreads > 1)
		blocks_find_live(dir, map, apart, loose);
	return -lacking;
}
