/*
 * lock.h - one writer of a file at a time (private to cli)
 */
#ifndef VMV_LOCK_H
#define VMV_LOCK_H

struct vmv_error;

/** What lock_for_writing() can come to, where it does not fail. */
enum lock {
	LOCK_NONE, /* not to be had here, or somebody reads under it: others may write, too */
	LOCK_HELD, /* until the file is closed */
};

/**
 * lock_for_writing - lock the file @fd, which is open for writing, against other writers
 *
 * Only who may write to the file can keep us from it, and only for some seconds.
 *
 * Return: enum lock, or -EBUSY with @err set if another process goes on writing.
 */
int lock_for_writing(int fd, struct vmv_error *err);

#endif
