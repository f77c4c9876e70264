/* mapped.c - see mapped.h */
#include "mapped.h"

#include "means.h"
#include "mounts.h"
#include "vmapview/map.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef RESOLVE_CACHED /* Linux 5.12 */
#define RESOLVE_CACHED 0x20
#endif

/* Through map_files: only for root, but whatever became of the name. */
static int find_by_range(int dir, const struct vmv_region *r)
{
	char path[64];

	snprintf(path, sizeof(path), "map_files/%" PRIx64 "-%" PRIx64, r->start, r->end);
	return openat(dir, path, O_PATH | O_CLOEXEC);
}

/*
 * By its name, below the root of the process.  The kernel has the path of a mapped
 * file in its cache, so no file system along it has to be asked.
 */
static int find_by_name(int dir, const struct vmv_region *r)
{
	struct open_how how = { .flags = O_PATH | O_NOFOLLOW | O_CLOEXEC,
				.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS |
					   RESOLVE_NO_MAGICLINKS | RESOLVE_CACHED };
	int root = openat(dir, "root", O_PATH | O_DIRECTORY | O_CLOEXEC), handle = -1;

	if (root < 0)
		return -1;
	for (int try = 0; handle < 0 && try < 3; try++) { /* somebody may have renamed something */
		handle = (int)syscall(SYS_openat2, root, r->name, &how, sizeof(how));
		if (handle < 0 && errno != EAGAIN)
			break;
	}
	close(root);
	return handle;
}

static bool is_file_of(const struct vmv_region *r, const struct identity *id)
{
	return id->regular && id->inode == r->inode && id->mount.major == r->major &&
	       id->mount.minor == r->minor;
}

static int open_identified(int handle, const struct vmv_region *r, struct mounts *mounts)
{
	struct identity id;
	char self[64];
	int fd = -1;

	if (handle < 0) {
		means_note(&mounts->lacking, errno);
		return -1;
	}
	if (mounts_identify(mounts, handle, &id) && id.mount.kind == MOUNT_LOCAL &&
	    is_file_of(r, &id)) {
		snprintf(self, sizeof(self), "/proc/self/fd/%d", handle);
		fd = open(self, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
		if (fd < 0)
			means_note(&mounts->lacking, errno);
	}
	close(handle);
	return fd;
}

int mapped_open(int dir, const struct vmv_region *r, struct mounts *mounts)
{
	int fd;

	if (mounts_kind(mounts, r->major, r->minor) != MOUNT_LOCAL)
		return -1;
	fd = open_identified(find_by_range(dir, r), r, mounts);
	return fd < 0 ? open_identified(find_by_name(dir, r), r, mounts) : fd;
}

/* Is a file of that name mapped, and no file from a file system that may not answer? */
static bool may_be_asked(const struct vmv_map *map, const char *name, struct mounts *mounts)
{
	bool mapped = false;

	for (size_t i = 0; i < map->nregions; i++) {
		const struct vmv_region *r = &map->regions[i];

		if (r->name != name)
			continue;
		if (mounts_kind(mounts, r->major, r->minor) == MOUNT_REMOTE)
			return false;
		mapped = true;
	}
	return mapped;
}

void mapped_exe(int dir, struct vmv_map *map, struct mounts *mounts)
{
	char path[PATH_MAX];
	ssize_t len = readlinkat(dir, "exe", path, sizeof(path));
	struct identity id;
	int handle;

	if (len <= 0 || !may_be_asked(map, vmv_map_intern(map, path, (size_t)len), mounts))
		return;
	handle = openat(dir, "exe", O_PATH | O_CLOEXEC);
	if (handle < 0) {
		means_note(&mounts->lacking, errno);
		return;
	}
	if (mounts_identify(mounts, handle, &id) && id.mount.kind != MOUNT_REMOTE) {
		map->process.exe_dev = vmv_device(id.mount.major, id.mount.minor);
		map->process.exe_inode = id.inode;
	}
	close(handle);
}
