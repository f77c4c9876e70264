/*
 * mounts.h - what kind of file system a file of a process is on (private to source)
 *
 * Whoever mounts a FUSE decides whether it ever answers a question about its files,
 * and not even SIGKILL ends the wait for one.  So we ask the kernel's own tables first.
 */
#ifndef VMV_MOUNTS_H
#define VMV_MOUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * enum mount_kind - who answers for its files
 *
 * MOUNT_UNKNOWN: not listed, or may pass questions on, as overlayfs does
 * MOUNT_LOCAL:   this kernel
 * MOUNT_REMOTE:  another process or machine
 */
enum mount_kind { MOUNT_UNKNOWN, MOUNT_LOCAL, MOUNT_REMOTE };

/** struct mount - one line of proc_pid_mountinfo(5); the device is that of /proc/PID/maps. */
struct mount {
	uint64_t id;
	uint32_t major, minor;
	enum mount_kind kind;
};

/** struct mounts - the mounts of a process, by device; the members are private */
struct mounts {
	int dir;
	struct mount *list;
	size_t n, room;
	bool ours;   /* our own mounts were added, too */
	int lacking; /* the first errno of what we lacked ourselves */
	struct pinned {
		struct mount mount;
		int fd;
	} pins[8];
	unsigned npins;
};

/** mounts_open - read the mounts of the process whose /proc/PID directory is @dir (borrowed). */
void mounts_open(struct mounts *m, int dir);

/** mounts_close - release all of it. */
void mounts_close(struct mounts *m);

/** mounts_kind - what kind of file system a device in maps has. */
enum mount_kind mounts_kind(struct mounts *m, uint32_t major, uint32_t minor);

/** struct identity - what identifies a file; @mount has the device as maps shows it. */
struct identity {
	struct mount mount;
	uint64_t inode;
	bool regular;
};

/**
 * mounts_identify - identify the file of a handle (O_PATH) without asking its file system
 *
 * The answer about the mount stays true as long as @m is open.
 *
 * Return: false if the kernel does not tell.
 */
bool mounts_identify(struct mounts *m, int handle, struct identity *id);

#endif
